//! Turns a text into a tree and the list of its syntax problems.
//!
//! The grammar is that of Rune 0.14.2 and type annotations, or that of stubs, which declare what a host binds. A recursive descent reads it: one method for one construct,
//! each of which leaves the tree whole whatever it meets, so that any text has a tree.

mod annotations;
mod attributes;
mod builder;
mod calls;
mod closures;
mod control;
mod core;
mod declarations;
mod expressions;
mod functions;
mod items;
mod lists;
mod macros;
mod messages;
mod operators;
mod paths;
mod patterns;
mod recovery;
mod statements;
mod structures;
mod templates;
mod trees;

use crate::lexer::{lex, Lexed};
use crate::parser::core::Parser;
pub use crate::parser::macros::know_macros;
pub use crate::problem::SyntaxProblem;
use crate::tree::Tree;

/// How many constructs may be inside of each other before the parser gives up on what is deeper. Each level is one
/// nested expression, pattern, type, use tree or item; a block in a `match` arm takes two. This needs less than half a
/// megabyte of stack in a release build, and is about twice what Rune's compiler survives.
pub const NESTING_LIMIT: u32 = 512;

/// What a file holds: items, or the statements of a function's body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    Module,
    FunctionBody,
    /// Declarations without bodies.
    Stub,
}

/// A parsed text.
#[derive(Debug, Clone)]
pub struct Parse {
    pub tree: Tree,
    /// In the order of the text.
    pub problems: Vec<SyntaxProblem>,
    /// How often the parser looked at a token: what its time is proportional to.
    pub steps: u64,
    /// Whether a literal can end at two places, of which the whole text decides.
    pub has_choice: bool,
    /// Whether something outside of functions would be read otherwise if a bracket more, or one less, was missing.
    pub hangs_on_brackets: bool,
}

/// Parses a file of items. Any text has a tree.
pub fn parse(text: &str) -> Parse {
    parse_as(text, Dialect::Module)
}

/// Parses a file of the given dialect. Any text has a tree.
pub fn parse_as(text: &str, dialect: Dialect) -> Parse {
    let mut lexed = lex(text);
    // A literal that looks as if its end was missing is one that somebody wanted if all is right with it.
    let Some(as_written) = lexed.as_written.take() else {
        return parse_tokens(text, lexed, dialect);
    };
    let mut parsed = parse_tokens(text, *as_written, dialect);
    if !parsed.problems.is_empty() {
        parsed = parse_tokens(text, lexed, dialect);
    }
    Parse {
        has_choice: true,
        ..parsed
    }
}

fn parse_tokens(text: &str, lexed: Lexed, dialect: Dialect) -> Parse {
    let mut parser = Parser::new(text, lexed);
    parser.is_stub = dialect == Dialect::Stub;
    match dialect {
        Dialect::Module | Dialect::Stub => parser.source_file(),
        Dialect::FunctionBody => parser.function_body_file(),
    }
    parser.finish()
}
