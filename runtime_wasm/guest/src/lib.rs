//! The sandboxed side of Runekiln.

// The parser: text in, tree and problems out. Nothing in these files knows the compiler.
pub mod annotations;
pub mod items;
pub mod lexer;
pub mod literals;
pub mod parser;
pub mod problem;
pub mod syntax;
pub mod tree;
