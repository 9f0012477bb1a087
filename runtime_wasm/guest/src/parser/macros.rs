//! Macro calls. The arguments of the standard ones are expressions, and format strings have holes.

use std::cell::RefCell;
use std::collections::HashSet;

use super::builder::Checkpoint;
use super::core::Parser;
use super::expressions::Shape;
use crate::literals::{format_parts, FormatPart};
use crate::syntax::SyntaxKind::{self, *};

/// How the arguments of a macro are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arguments {
    /// So many expressions, then perhaps a format string with its arguments.
    Format { before: usize, is_required: bool },
    /// Expressions.
    Expressions,
    /// Tokens that only the macro understands.
    Tokens,
}

thread_local! {
    /// The macros of the host whose arguments are expressions.
    static OF_HOST: RefCell<HashSet<String>> = RefCell::new(HashSet::new());
}

/// From now on the arguments of these macros are read as expressions, too.
pub fn know_macros(names: Vec<String>) {
    OF_HOST.set(names.into_iter().collect());
}

/// What the macro of that name takes.
fn arguments_of(name: &str) -> Arguments {
    match name {
        "print" | "println" | "format" | "panic" => Arguments::Format {
            before: 0,
            is_required: true,
        },
        "assert" => Arguments::Format {
            before: 1,
            is_required: false,
        },
        "assert_eq" | "assert_ne" => Arguments::Format {
            before: 2,
            is_required: false,
        },
        "dbg" => Arguments::Expressions,
        _ if OF_HOST.with_borrow(|known| known.contains(name)) => Arguments::Expressions,
        _ => Arguments::Tokens,
    }
}

impl Parser<'_> {
    /// Reads a macro call from its `!` on; the path is taken.
    pub(super) fn macro_call(&mut self, start: Checkpoint) -> Shape {
        let is_braced = self.macro_content();
        self.node(start, MacroCall);
        if is_braced {
            Shape::BracedMacro
        } else {
            Shape::Other
        }
    }

    /// Reads `!` and the arguments. Tells whether they are in braces.
    pub(super) fn macro_content(&mut self) -> bool {
        let name = self.previous_span().unwrap_or_default().of(self.text);
        if !self.expect(Bang, "expected-macro-call") {
            return false;
        }
        let close = match self.current() {
            OpenParenthesis => CloseParenthesis,
            OpenBracket => CloseBracket,
            OpenBrace => CloseBrace,
            _ => {
                self.expected(
                    "expected-arguments",
                    "the arguments of the macro in `()`, `[]` or `{}`",
                );
                return false;
            }
        };
        let arguments = self.checkpoint();
        self.bump();
        self.macro_arguments(arguments_of(name), arguments, close);
        close == CloseBrace
    }

    fn macro_arguments(&mut self, arguments: Arguments, start: Checkpoint, close: SyntaxKind) {
        let open = self.previous_span().unwrap_or_default();
        match arguments {
            Arguments::Tokens => {
                self.token_trees(close, open);
                return self.node(start, TokenTree);
            }
            Arguments::Expressions => self.list(close, |parser| {
                parser.expression();
            }),
            Arguments::Format {
                before,
                is_required,
            } => {
                let mut place = 0;
                let required = before + usize::from(is_required);
                self.list(close, |parser| {
                    parser.format_argument(place, before, close);
                    place += 1;
                    if place < required && parser.at(Comma) && parser.nth(1) == close {
                        parser.bump();
                    }
                    if place < required && parser.at(close) {
                        parser.expected("expected-arguments", "another argument of the macro");
                    }
                    if place == before {
                        parser.ignored_arguments(close);
                    }
                });
                if place == 0 {
                    self.report_no_arguments(before);
                }
            }
        }
        self.node(start, MacroArguments);
    }

    /// Takes what an assertion does not look at: all that stands behind its expressions without a comma.
    fn ignored_arguments(&mut self, close: SyntaxKind) {
        if self.at_any(&[Comma, close]) || self.lacks_delimiter_where(|_| true) {
            return;
        }
        self.take_trivia(true);
        let start = self.checkpoint();
        self.token_trees_inside();
        self.node(start, TokenTree);
    }

    /// Reports that a macro has no arguments, at its closing delimiter.
    fn report_no_arguments(&mut self, before: usize) {
        let what = if before > 0 {
            "an expression"
        } else {
            "a format string"
        };
        let message = format!("Expected {what} as the argument of the macro, found none");
        let span = self.previous_span().unwrap_or_default();
        self.report("expected-arguments", message, span);
    }

    /// The argument at `place`, where the format string is the one after the first `before`.
    fn format_argument(&mut self, place: usize, before: usize, close: SyntaxKind) {
        let is_format = place == before && self.at(StringLiteral);
        if is_format && (self.nth(1) == Comma || self.nth(1) == close || self.nth(1) == EndOfFile) {
            let start = self.checkpoint();
            self.format_string();
            self.node(start, FormatString);
        } else if place > before && self.at(Identifier) && self.nth(1) == Equal {
            let start = self.checkpoint();
            self.bump();
            self.bump();
            self.expression();
            self.node(start, NamedArgument);
        } else {
            self.expression();
        }
    }

    /// Takes a string in parts: its text and its holes.
    fn format_string(&mut self) {
        let text = self.current_text();
        self.bump_parts(|builder, token| {
            for part in format_parts(text) {
                match part {
                    FormatPart::Text(span) => {
                        builder.token(FormatText, token.start + span.start, token.start + span.end)
                    }
                    FormatPart::Hole { kind, tokens } => {
                        let start = builder.checkpoint();
                        for (kind, span) in tokens {
                            builder.token(kind, token.start + span.start, token.start + span.end);
                        }
                        builder.node(start, kind);
                    }
                }
            }
        });
    }
}
