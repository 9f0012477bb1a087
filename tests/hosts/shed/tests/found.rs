//! Each thing that is found in the shed's source is there when it runs, and takes as much as it is said to take.

mod support;

use runekiln_extract::table::{ConstantRow, FunctionKind, FunctionRow};
use support::{arguments, compile, compiled, extraction, functions_of, ran, value_of, written};

/// A function, and how scripts call it: `{}` stands for the arguments.
struct Called {
    call: String,
    takes: usize,
    /// With the value that a method is called on, as Rune counts.
    counts: usize,
}

/// All functions and methods, also by names that there are not.
fn called(rename: impl Fn(&str) -> String) -> Vec<Called> {
    let bindings = extraction().bindings;
    let mut found = Vec::new();
    for row in &bindings.modules {
        for function in &row.functions {
            let call = format!("{}::{}({{}})", written(&row.path), rename(&function.name));
            found.push(of(function, call));
        }
    }
    for row in &bindings.types {
        for function in functions_of(&bindings, row) {
            let holder = match function.kind {
                FunctionKind::Method => format!("{}.", value_of(&row.path)),
                _ => format!("::{}::", row.path),
            };
            found.push(of(
                function,
                format!("{holder}{}({{}})", rename(&function.name)),
            ));
        }
    }
    found
}

fn of(function: &FunctionRow, call: String) -> Called {
    let takes = function.parameters.len();
    let counts = takes + usize::from(function.kind == FunctionKind::Method);
    Called {
        call,
        takes,
        counts,
    }
}

#[test]
fn functions_take_as_many_arguments_as_they_are_said_to() {
    let called = called(str::to_owned);
    assert!(called.len() > 30, "{}", called.len());
    let with = |more: usize| -> Vec<String> {
        let calls = called.iter();
        let calls = calls.map(|of| of.call.replace("{}", &arguments(of.takes + more)));
        calls.collect()
    };
    for (of, result) in called.iter().zip(ran(&with(1))) {
        let expected = format!(
            "Wrong number of arguments {}, expected {}",
            of.counts + 1,
            of.counts
        );
        let said = result.err().unwrap_or_default();
        assert!(said.contains(&expected), "{}: {said}", of.call);
    }
    for (of, result) in called.iter().zip(ran(&with(0))) {
        let said = result.err().unwrap_or_default();
        assert!(
            !said.contains("Wrong number of arguments"),
            "{}: {said}",
            of.call
        );
    }
}

#[test]
fn functions_of_other_names_are_refused() {
    let renamed = called(|name| format!("{name}_at_night"));
    let calls: Vec<String> = renamed.iter().map(|of| of.call.replace("{}", "")).collect();
    let (methods, paths): (Vec<_>, Vec<_>) =
        calls.into_iter().partition(|call| call.contains(")."));
    for (call, said) in paths.iter().zip(compiled(&paths)) {
        assert!(
            said.is_some_and(|said| said.starts_with("Missing item")),
            "{call}"
        );
    }
    for (call, result) in methods.iter().zip(ran(&methods)) {
        let said = result.err().unwrap_or_default();
        assert!(
            said.starts_with("Missing instance function"),
            "{call}: {said}"
        );
    }
}

#[test]
fn functions_that_are_async_have_to_be_awaited() {
    let bindings = extraction().bindings;
    let modules = bindings.modules.iter().flat_map(|row| {
        let functions = row.functions.iter();
        functions.map(move |function| {
            let path = format!("{}::{}", written(&row.path), function.name);
            (function, path)
        })
    });
    let values = |of: &str| match of {
        "f64" => "1.5",
        "i64" | "u64" => "1",
        "(i64, i64)" => "(1, 2)",
        "Option<u64>" => "None",
        "String" => "\"a\"",
        _ => "[]",
    };
    let plain = modules.filter(|(function, _)| function.name != "remind");
    let plain: Vec<(&FunctionRow, String)> = plain.collect();
    let calls = plain.iter().map(|(function, path)| {
        let given = function.parameters.iter().map(|row| values(&row.type_name));
        format!(
            "{path}({}) is ::std::future::Future",
            given.collect::<Vec<_>>().join(", ")
        )
    });
    let calls: Vec<String> = calls.collect();
    for ((function, path), result) in plain.iter().zip(ran(&calls)) {
        let is_future = result.map(|value| value.as_bool().expect("a truth"));
        assert_eq!(is_future, Ok(function.is_async), "{path}");
    }
}

#[test]
fn fields_are_there_and_can_be_set_if_they_are_said_to() {
    let bindings = extraction().bindings;
    let mut count = 0;
    for row in &bindings.types {
        let value = value_of(&row.path);
        for field in &row.fields {
            let name = &field.name;
            let results = ran(&[
                format!("{value}.{name}"),
                format!("{value}.{name} = {value}.{name}"),
                format!("{value}.{name}_at_night"),
            ]);
            assert!(results[0].is_ok(), "{name}: {:?}", results[0]);
            assert_eq!(
                results[1].is_ok(),
                field.mutable,
                "{name}: {:?}",
                results[1]
            );
            assert!(results[2].is_err(), "{name}");
            count += 1;
        }
    }
    assert!(count > 5, "{count}");
}

/// Every operator that changes what stands before it.
const CHANGES: &[&str] = &["+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="];

#[test]
fn fields_are_changed_by_the_operators_that_they_are_said_to_be() {
    let bindings = extraction().bindings;
    let mut count = 0;
    for row in &bindings.types {
        let value = value_of(&row.path);
        for field in &row.fields {
            let place = format!("value.{}", field.name);
            let changes = CHANGES
                .iter()
                .map(|change| format!("let value = {value}; {place} {change} {place}"));
            let changes: Vec<String> = changes.collect();
            let works = CHANGES.iter().zip(ran(&changes));
            let works = works.filter(|(_, result)| result.is_ok());
            let works: Vec<&str> = works.map(|(change, _)| *change).collect();
            assert_eq!(field.operators, works, "{}.{}", row.path, field.name);
            count += works.len();
        }
    }
    assert!(count > 2, "{count}");
}

#[test]
fn constants_have_their_types_and_values() {
    let bindings = extraction().bindings;
    let modules = bindings
        .modules
        .iter()
        .map(|row| (&row.path, &row.constants));
    let types = bindings.types.iter().map(|row| (&row.path, &row.constants));
    let rows = modules.chain(types).flat_map(|(path, rows)| {
        rows.iter()
            .map(move |row| (row, format!("::{path}::{}", row.name)))
    });
    let rows: Vec<(&ConstantRow, String)> = rows.collect();
    assert!(rows.len() > 8, "{}", rows.len());
    let paths: Vec<String> = rows.iter().map(|(_, path)| path.clone()).collect();
    for ((row, path), value) in rows.iter().zip(ran(&paths)) {
        let value = value.unwrap_or_else(|said| panic!("{path}: {said}"));
        if let Some(expected) = &row.value {
            let found = serde_json::to_value(&value).expect("constants are plain");
            assert_eq!(found, *expected, "{path}");
        }
        let of = format!("{path} is ::std::{}", module_of(&row.type_name));
        let is_of_type = ran(std::slice::from_ref(&of)).remove(0);
        assert_eq!(
            is_of_type.map(|is| is.as_bool().expect("a truth")),
            Ok(true),
            "{of}"
        );
    }
}

/// Where Rune has a type of its own.
fn module_of(type_name: &str) -> &str {
    match type_name {
        "String" => "string::String",
        other => other,
    }
}

#[test]
fn macros_and_attributes_compile_and_others_do_not() {
    let bindings = extraction().bindings;
    for row in &bindings.modules {
        for found in &row.macros {
            let call = format!("::{}::{}", row.path, found.name);
            assert_eq!(compiled(&[format!("{call}!()")]), [None], "{call}");
            let other = compiled(&[format!("{call}_at_night!()")]).remove(0);
            assert!(
                other.is_some_and(|said| said.starts_with("Missing macro")),
                "{call}"
            );
        }
    }
    assert_eq!(bindings.attributes.len(), 2);
    for row in &bindings.attributes {
        assert!(compile(&format!("#[{}] pub fn f() {{}}", row.name)).is_ok());
        assert!(compile(&format!("#[{}_at_night] pub fn f() {{}}", row.name)).is_err());
    }
}

#[test]
fn types_have_their_paths_and_enums_their_variants() {
    let bindings = extraction().bindings;
    for row in &bindings.types {
        let value = value_of(&row.path);
        let is = ran(&[format!("{value} is ::{}", row.path)]).remove(0);
        assert_eq!(
            is.map(|is| is.as_bool().expect("a truth")),
            Ok(true),
            "{}",
            row.path
        );
        for variant in &row.variants {
            let path = format!("::{}::{}", row.path, variant.name);
            let pattern = match (variant.values.len(), &*variant.fields) {
                (0, []) => path,
                (0, fields) => {
                    let names = fields.iter().map(|field| &*field.name);
                    format!("{path} {{ {} }}", names.collect::<Vec<_>>().join(", "))
                }
                (count, _) => format!("{path}({})", vec!["_"; count].join(", ")),
            };
            let matched = format!("match {value} {{ {pattern} => 1, _ => 0 }}");
            assert!(ran(std::slice::from_ref(&matched))[0].is_ok(), "{matched}");
        }
    }
}

#[test]
fn only_types_of_the_prelude_need_no_path() {
    let bindings = extraction().bindings;
    for row in &bindings.types {
        let script = format!(
            "mod inner {{ pub fn f(value) {{ value is {} }} }}",
            row.name
        );
        assert_eq!(compile(&script).is_ok(), row.prelude, "{}", row.name);
    }
    assert!(bindings.types.iter().any(|row| row.prelude));
}

#[test]
fn other_names_are_those_of_the_same_type() {
    let bindings = extraction().bindings;
    let aliases = bindings.modules.iter().flat_map(|row| {
        row.aliases
            .iter()
            .map(move |alias| (format!("::{}::{}", row.path, alias.name), alias))
    });
    let aliases: Vec<_> = aliases.collect();
    assert_eq!(aliases.len(), 2);
    for (path, alias) in aliases {
        let is = ran(&[format!("{} is {path}", value_of(&alias.type_name))]).remove(0);
        assert_eq!(
            is.map(|is| is.as_bool().expect("a truth")),
            Ok(true),
            "{path}"
        );
    }
}
