//! The shed registers in every form that Rune has, the deprecated ones too; which those are, Rune's own source says.

#[path = "../../../../runtime_wasm/guest/tests/parsing/upstream_crate.rs"]
mod upstream_crate;

mod support;

use std::collections::BTreeSet;

use support::{compile, source};
use upstream_crate::upstream;

/// What only a type can use that is not derived: `#[derive(Any)]` says the same by itself, and Rune takes it once.
const BESIDES_DERIVE: &[&str] = &["enum_meta", "struct_meta"];

/// The public functions of `Module`.
fn forms() -> BTreeSet<String> {
    let path = upstream().join("src/module/module.rs");
    let text = std::fs::read_to_string(path).expect("Rune has the file");
    let (_, own) = text.split_once("\nimpl Module {").expect("its functions");
    let (own, _) = own.split_once("\n}\n").expect("the end of them");
    let declared = own
        .lines()
        .filter_map(|line| line.strip_prefix("    pub fn "));
    let names = declared.map(|line| line.split(['<', '(']).next().unwrap_or_default());
    names.map(str::to_owned).collect()
}

#[test]
fn the_shed_registers_in_every_form() {
    let forms = forms();
    assert!(forms.len() > 30, "{forms:?}");
    let source = source();
    let is_used = |form: &&String| {
        let calls = [
            format!(".{form}("),
            format!("::{form}("),
            format!(".{form}::<"),
        ];
        calls.iter().any(|call| source.contains(call.as_str()))
    };
    let lacking: Vec<&String> = forms.iter().filter(|form| !is_used(form)).collect();
    assert_eq!(lacking, BESIDES_DERIVE);
}

#[test]
fn a_module_in_no_crate_is_seen_from_the_root_alone() {
    assert!(compile("pub fn f() { meadow::mow(1) }").is_ok());
    assert!(compile("pub fn f() { crate::meadow::mow(1) }").is_ok());
    assert!(compile("pub fn f() { ::meadow::mow(1) }").is_err());
    assert!(compile("mod inner { pub fn f() { meadow::mow(1) } }").is_err());
}
