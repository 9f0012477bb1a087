//! An instance is configured once, and tells what it binds.

mod fixture;
mod hosts;

use hosts::{configure, configured, said_of, with_host};
use runekiln_guest::compile::counted;
use runekiln_guest::handle::handle;
use runekiln_guest::host::Host;
use runekiln_guest::protocol::*;

const GARDEN: &str = "//! crate: garden\npub fn plan() -> String;\n";

fn alone<T: Send + 'static>(act: impl FnOnce() -> T + Send + 'static) -> T {
    let instance = std::thread::spawn(act);
    instance.join().expect("an instance")
}

fn refusal(response: Response) -> String {
    match response {
        Response::Refused { message } => message,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn configuring_twice_or_late_is_refused() {
    let again = alone(|| {
        configured(&[("garden.rni", GARDEN)], "core");
        refusal(configure(&[], "core"))
    });
    assert!(again.contains("once"), "{again}");
    let late = alone(|| {
        assert_eq!(said_of("pub fn main() {}"), []);
        refusal(configure(&[("garden.rni", GARDEN)], "core"))
    });
    assert!(late.contains("take a new instance"), "{late}");
    alone(|| {
        handle(Request::Describe);
        configured(&[("garden.rni", GARDEN)], "core");
    });
}

#[test]
fn natives_and_stubs_are_told_in_one_and_a_native_stays_native() {
    let stub = "//! crate: crucible\n/// A log.\npub mod session { #[prelude] pub struct Session { pub mood: String }\n\
                impl Session { pub fn hum(self) -> String; } }\n";
    let (bindings, hummed, phases) = alone(move || {
        let bindings = configured(&[("crucible.rni", stub)], "core");
        let text = |body: &str| hosts::text_of(&format!("pub fn main() {{ {body} }}"));
        (
            bindings,
            text("crucible::session::Session::hum"),
            text("Workflow::new().steps"),
        )
    });
    let native = runekiln_bindings::table();
    assert_eq!(bindings.types.len(), native.types.len());
    let session = |types: &[runekiln_bindings::TypeRow]| {
        let row = types
            .iter()
            .find(|row| row.path == "crucible::session::Session");
        row.expect("the type").clone()
    };
    let (row, before) = (session(&bindings.types), session(&native.types));
    assert_eq!(row.fields.len(), before.fields.len() + 1);
    assert!(row.about.place.is_some() && row.functions.iter().any(|row| row.name == "phases"));
    assert!(hummed.contains("function"), "{hummed}");
    assert!(phases.contains("steps"), "{phases}");
}

#[test]
fn what_is_wrong_in_a_stub_binds_nothing_and_the_rest_is_bound() {
    let stub =
        "//! crate: garden\npub fn plan() -> String;\npub fn broken(\npub fn dig() -> i64;\n";
    let (files, plan) = alone(move || {
        let Response::Configured { files, .. } = configure(&[("garden.rni", stub)], "core") else {
            panic!("not configured");
        };
        (files, said_of("pub fn main() { garden::plan() }"))
    });
    assert!(!files[0].problems.is_empty());
    assert_eq!(plan, []);
}

#[test]
fn more_enums_than_there_is_room_for_are_problems_where_they_are_declared() {
    let enums: String = (0..130)
        .map(|n| format!("pub enum E{n} {{ A, B }}\n"))
        .collect();
    let stub = format!("//! crate: many\n{enums}");
    let problems = alone(move || match configure(&[("many.rni", &stub)], "core") {
        Response::Configured { files, .. } => files[0].problems.clone(),
        other => panic!("{other:?}"),
    });
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(problems.iter().all(|problem| problem.code == "not-bound"));
}

#[test]
fn a_check_compiles_no_more_with_many_stubs_and_compares_names_with_few() {
    let functions: String = (0..5_000)
        .map(|n| format!("pub fn call_{n}(a: String) -> i64;\n"))
        .collect();
    let types: String = (0..300)
        .map(|n| format!("pub struct Type{n} {{ pub a: i64 }}\n"))
        .collect();
    let stub = format!("//! crate: many\n{functions}{types}");
    let cost = || {
        let before = counted();
        said_of(
            "pub fn main() { unknown_one(); many::call_7(\"a\") } pub fn two() { unknown_two() }",
        );
        let after = counted();
        (after.compiles - before.compiles, after.bytes - before.bytes)
    };
    let with_few = with_host(
        &[(
            "many.rni",
            "//! crate: many\npub fn call_7(a: String) -> i64;\n",
        )],
        "core",
        cost,
    );
    let (with_many, names) = with_host(&[("many.rni", &stub)], "core", || {
        (cost(), Host::shared().names.len())
    });
    assert_eq!(with_many, with_few);
    assert!(
        names < 100,
        "{names} names are compared with each missing one"
    );
}

#[test]
fn arguments_of_macros_of_expressions_may_have_annotations() {
    let stub =
        "//! crate: garden\npub macro log(expressions) -> ();\npub macro raw(tokens) -> ();\n";
    with_host(&[("garden.rni", stub)], "core", || {
        assert_eq!(
            said_of(
                "pub fn main() { garden::log!((|x: i64| x)(1), missing); garden::raw!(|x: i64|) }"
            )[0]
            .0,
            "missing"
        );
        let (_, code, _) = &said_of("pub fn main() { garden::log!(1 2) }")[0];
        assert!(!code.is_empty());
        assert_eq!(
            said_of("pub fn main() { garden::log!((|x: i64| x)(1)) }"),
            []
        );
    });
}

#[test]
fn slips_in_names_of_the_prelude_are_mended_by_names_of_stubs() {
    let stub = "//! crate: garden\n#[prelude] pub struct Trellis {}\nimpl Trellis { pub fn new() -> Trellis; }\n";
    with_host(&[("garden.rni", stub)], "core", || {
        let said = said_of("pub fn main() { let x = Trelis; x }");
        assert!(said[0].2.contains("did you mean `Trellis`?"), "{said:?}");
    });
}

#[test]
fn the_built_in_stub_is_bound_in_every_profile_and_answers_with_native_samples() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../runekiln_runtime/stubs/host.rni"
    );
    let stub = std::fs::read_to_string(path).expect("the stub");
    for profile in ["core", "tools", "events", "struct-plugin", "all"] {
        with_host(&[("host.rni", &stub)], profile, || {
            assert_eq!(said_of("pub fn main() {}"), [], "{profile}");
        });
    }
    let script = "pub fn main() {
            let note = crucible::read_note(\"a.md\")?;
            let found = crucible::semantic_search(\"beds\", 1)?[0];
            (note is crucible::note::Note, note.headings()[0].level, found.path)
        }";
    with_host(&[("host.rni", &stub)], "all", || {
        assert_eq!(said_of(script), []);
        assert_eq!(hosts::text_of(script), "(true, 1, \"sample.md\")");
    });
}
