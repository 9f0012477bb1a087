//! What the shed registers is found, all of it and nothing else: every word of its source is tried as a name in every
//! place, and the shed's own context says whether it is one.

mod support;

use std::collections::BTreeSet;

use runekiln_extract::table::Bindings;
use support::{compile, compiled, extraction, functions_of, ran, value_of, words};

/// What Rune's own syntax asks of a value `a`, and how Rune says that a type does not have it.
const SYNTAX: &[(&str, &str)] = &[
    ("ADD", "a + a"),
    ("ADD_ASSIGN", "a += 1"),
    ("BIT_AND", "a & a"),
    ("BIT_OR", "a | a"),
    ("BIT_XOR", "a ^ a"),
    ("DISPLAY_FMT", "format!(\"{}\", a)"),
    ("DIV", "a / a"),
    ("INDEX_GET", "a[0]"),
    ("INDEX_SET", "a[0] = 1"),
    ("INTO_FUTURE", "async { a.await }"),
    ("INTO_ITER", "for x in a {}"),
    ("MUL", "a * a"),
    ("PARTIAL_CMP", "a < a"),
    ("PARTIAL_EQ", "a == a"),
    ("REM", "a % a"),
    ("SHL", "a << 1"),
    ("SHR", "a >> 1"),
    ("SUB", "a - a"),
    ("SUB_ASSIGN", "a -= 1"),
    ("TRY", "a?"),
];

/// Those that no syntax asks for by itself: a trait's handler does, or a function of Rune's own.
const BY_FUNCTIONS: &[&str] = &["CLONE", "LEN", "NEXT"];

/// The words that are names in a place, as the compiler sees it.
fn names_in(place: &str, words: &BTreeSet<String>) -> BTreeSet<String> {
    let paths: Vec<String> = words
        .iter()
        .map(|word| format!("::{place}::{word}"))
        .collect();
    let said = compiled(&paths);
    let is_there = |said: &Option<String>| {
        said.as_deref()
            .is_none_or(|said| !said.starts_with("Missing item"))
    };
    let found = words.iter().zip(said).filter(|(_, said)| is_there(said));
    found.map(|(word, _)| word.clone()).collect()
}

/// The modules that words make with the shed's name, and the shed itself.
fn modules(words: &BTreeSet<String>) -> BTreeSet<String> {
    let compiles = |script: String| compile(&script).is_ok();
    let is_module = |word: &&String| {
        let is_there = compiles(format!("use shed::{word}; pub fn f() {{ }}"));
        let is_type = compiles(format!("pub fn f(value) {{ value is ::shed::{word} }}"));
        let is_value = compiles(format!("pub fn f() {{ ::shed::{word} }}"));
        is_there && !is_type && !is_value
    };
    let inner = words.iter().filter(is_module);
    let inner = inner.map(|word| format!("shed::{word}"));
    inner.chain(["shed".to_owned()]).collect()
}

fn in_module<'b>(bindings: &'b Bindings, module: &str) -> BTreeSet<&'b str> {
    let here = |path: &'b str| {
        let (holder, name) = path.rsplit_once("::")?;
        (holder == module).then_some(name)
    };
    let types = bindings.types.iter().filter_map(|row| here(&row.path));
    let traits = bindings.traits.iter().filter_map(|row| here(&row.path));
    let rows = bindings.modules.iter().filter(|row| row.path == module);
    let others = rows.flat_map(|row| {
        let functions = row.functions.iter().map(|row| &*row.name);
        let constants = row.constants.iter().map(|row| &*row.name);
        let aliases = row.aliases.iter().map(|row| &*row.name);
        functions.chain(constants).chain(aliases)
    });
    types.chain(traits).chain(others).collect()
}

#[test]
fn every_name_in_a_module_is_found() {
    let (bindings, words) = (extraction().bindings, words());
    let modules = modules(&words);
    assert!(modules.len() >= 7, "{modules:?}");
    for module in modules {
        let found = in_module(&bindings, &module);
        let there = names_in(&module, &words);
        let there: BTreeSet<&str> = there.iter().map(String::as_str).collect();
        assert_eq!(found, there, "{module}");
    }
}

#[test]
fn every_name_in_a_type_is_found() {
    let (bindings, words) = (extraction().bindings, words());
    for row in &bindings.types {
        let functions = functions_of(&bindings, row)
            .into_iter()
            .map(|row| &*row.name);
        let constants = row.constants.iter().map(|row| &*row.name);
        let variants = row.variants.iter().map(|row| &*row.name);
        let found: BTreeSet<&str> = functions.chain(constants).chain(variants).collect();
        let there = names_in(&row.path, &words);
        let there: BTreeSet<&str> = there.iter().map(String::as_str).collect();
        assert_eq!(found, there, "{}", row.path);
    }
}

/// The words of which Rune says something else than that they are missing behind a value.
fn members(value: &str, tail: &str, missing: &str, words: &BTreeSet<String>) -> BTreeSet<String> {
    let uses: Vec<String> = words
        .iter()
        .map(|word| format!("{value}.{word}{tail}"))
        .collect();
    let results = words.iter().zip(ran(&uses));
    let there = results.filter(|(_, result)| match result {
        Err(said) => !said.contains(missing),
        Ok(_) => true,
    });
    there.map(|(word, _)| word.clone()).collect()
}

#[test]
fn every_method_and_field_is_found() {
    let (bindings, words) = (extraction().bindings, words());
    for row in &bindings.types {
        let value = value_of(&row.path);
        // Rune finds functions of the type behind a dot too, and only then counts their arguments.
        let functions = functions_of(&bindings, row).into_iter();
        let found: BTreeSet<String> = functions.map(|row| row.name.clone()).collect();
        let there = members(value, "()", "Missing instance function", &words);
        assert_eq!(found, there, "{}", row.path);
        let fields = row.fields.iter().map(|row| row.name.clone());
        let of_variants = row.variants.iter().flat_map(|row| &row.fields);
        let found: BTreeSet<String> = fields
            .chain(of_variants.map(|row| row.name.clone()))
            .collect();
        let there = members(value, "", "not available on", &words);
        assert_eq!(found, there, "{}", row.path);
        let set = row.fields.iter().filter(|row| row.mutable);
        let found: BTreeSet<String> = set.map(|row| row.name.clone()).collect();
        let there = members(value, " = ()", "not available to set on", &words);
        assert_eq!(found, there, "{}", row.path);
    }
}

#[test]
fn every_operator_is_found() {
    let bindings = extraction().bindings;
    let mut count = 0;
    for row in &bindings.types {
        let value = value_of(&row.path);
        let uses: Vec<String> = SYNTAX
            .iter()
            .map(|(_, syntax)| format!("let a = {value}; {syntax}"))
            .collect();
        let names = SYNTAX.iter().map(|(name, _)| *name);
        let there = names.zip(ran(&uses)).filter(|(name, result)| match result {
            // A future that nobody awaits says nothing yet.
            _ if *name == "INTO_FUTURE" => false,
            Err(said) => !["not supported", "Unsupported", "Missing"]
                .iter()
                .any(|no| said.contains(no)),
            Ok(_) => true,
        });
        let there: BTreeSet<&str> = there.map(|(name, _)| name).collect();
        let found = row.protocols.iter().map(|row| &*row.name);
        let found: BTreeSet<&str> = found.filter(|name| !BY_FUNCTIONS.contains(name)).collect();
        assert_eq!(found, there, "{}", row.path);
        count += found.len();
    }
    assert!(count > 6, "{count}");
}

#[test]
fn every_macro_and_attribute_is_found() {
    let (bindings, words) = (extraction().bindings, words());
    for module in modules(&words) {
        let rows = bindings.modules.iter().filter(|row| row.path == module);
        let found: BTreeSet<&str> = rows
            .flat_map(|row| &row.macros)
            .map(|row| &*row.name)
            .collect();
        let is_macro = |word: &&String| {
            let said = compiled(&[format!("::{module}::{word}!()")]).remove(0);
            said.is_none_or(|said| !said.starts_with("Missing macro"))
        };
        let there: BTreeSet<&str> = words.iter().filter(is_macro).map(String::as_str).collect();
        assert_eq!(found, there, "{module}");
    }
    let found: BTreeSet<&str> = bindings.attributes.iter().map(|row| &*row.name).collect();
    let is_attribute = |word: &&String| compile(&format!("#[{word}] pub fn f() {{}}")).is_ok();
    // Rune itself has one for tests, and one for benchmarks.
    let own = |word: &&str| !["test", "bench"].contains(word);
    let there = words
        .iter()
        .filter(is_attribute)
        .map(String::as_str)
        .filter(own);
    assert_eq!(found, there.collect());
}
