//! The sandboxed side of Runekiln.
#![deny(unsafe_code)]

// The parser: text in, tree and problems out. Nothing in these files knows the compiler.
pub mod annotations;
pub mod items;
pub mod lexer;
pub mod literals;
pub mod parser;
pub mod problem;
pub mod syntax;
pub mod tree;

// The checker: what the compiler says, all of it.
mod around;
pub mod blank;
mod budget;
mod cascade;
pub mod check;
mod code_rows;
pub mod codes;
pub mod compile;
mod cuts;
mod duplicates;
mod facts;
pub mod files;
mod meanings;
mod modules;
pub mod recheck;
mod reexports;
mod related;
mod report;
mod settled;
mod suggest;
mod sweep;
mod unavailable_types;
mod uses;

// What hosts declare.
pub mod stubs;

// The formatter.
pub mod format;

// The runner.
mod arguments;
mod entry;
mod extract;
mod frames;
pub mod output;
pub mod run;
pub mod strip;
mod trace;
pub mod wait;
mod words;

// The boundary.
pub mod abi;
#[cfg_attr(not(target_family = "wasm"), allow(dead_code))]
mod blocks;
pub mod handle;
pub mod host;
pub mod memory;
pub mod protocol;
