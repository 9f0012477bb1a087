//! Scripts to try things on: Rune's own tests, the examples of its documentation, and those of the sample kiln.
#![allow(dead_code)]

use std::path::{Path, PathBuf};

use runekiln_guest::handle::handle;
use runekiln_guest::protocol::*;

use crate::fixture::source;
use crate::parsing::{documented_scripts, files, upstream};

#[derive(Debug, Clone)]
pub struct Script {
    pub name: String,
    pub text: String,
    pub dialect: Dialect,
}

/// Rune's test scripts, the examples of its documentation, and the sample kiln's scripts without annotations.
pub fn scripts() -> Vec<Script> {
    let without_annotations = samples().into_iter().map(|script| Script {
        text: stripped(&script.text),
        ..script
    });
    let tests = files(upstream().join("tests"), ".rn");
    let tests = tests.into_iter().map(module);
    tests.chain(without_annotations).chain(examples()).collect()
}

/// The examples of Rune's documentation. Those without a `main` are bodies of functions.
fn examples() -> impl Iterator<Item = Script> {
    let documented = files(upstream().join("src/modules"), ".rs").into_iter();
    documented.flat_map(|(path, rust)| {
        let texts = documented_scripts(&rust).into_iter();
        texts.map(move |example| Script {
            name: path.display().to_string(),
            dialect: match example.script.contains("fn main(") {
                true => Dialect::Module,
                false => Dialect::FunctionBody,
            },
            text: example.script,
        })
    })
}

/// The sample kiln's scripts that are meant to be right, but for those of several files.
pub fn samples() -> Vec<Script> {
    let kiln =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/kilns/garden/.crucible/scripts");
    let mut samples = files(kiln, ".rn");
    samples.retain(|(path, text)| {
        !path.display().to_string().contains("drafts") && !text.contains("\nmod ")
    });
    samples.into_iter().map(module).collect()
}

fn module((path, text): (PathBuf, String)) -> Script {
    Script {
        name: path.display().to_string(),
        text,
        dialect: Dialect::Module,
    }
}

/// The text without annotations, which Rune alone refuses.
pub fn stripped(text: &str) -> String {
    let source = source("main.rn", text);
    match handle(Request::Strip(StripRequest { source })) {
        Response::Stripped { text, .. } => String::from_utf8(text.into_vec()).expect("a text"),
        other => panic!("{other:?}"),
    }
}
