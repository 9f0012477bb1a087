//! Rune's own test scripts: all of them are right.

mod fixture;
mod parsing;

use fixture::{list, problems, source};
use runekiln_guest::protocol::*;

fn upstream_scripts() -> Vec<(String, String)> {
    let files = parsing::files(parsing::upstream().join("tests"), ".rn");
    let named = files.into_iter().map(|(path, text)| {
        (
            path.file_name().unwrap().to_string_lossy().into_owned(),
            text,
        )
    });
    named.collect()
}

#[test]
fn every_script_is_without_errors() {
    for (name, text) in upstream_scripts() {
        let said = problems(&[source(&name, &text)], Dialect::Module);
        let errors: Vec<_> = said
            .into_iter()
            .filter(|said| said.severity == "error")
            .collect();
        assert!(errors.is_empty(), "{name}:\n{}", list(&errors));
    }
}

#[test]
fn any_beginning_of_a_script_can_be_checked() {
    for (name, text) in upstream_scripts() {
        let ends = (0..text.len())
            .step_by(151)
            .filter(|end| text.is_char_boundary(*end));
        for end in ends {
            // What is asked here is that it ends, and that every place lies in the text.
            problems(&[source(&name, &text[..end])], Dialect::Module);
        }
    }
}
