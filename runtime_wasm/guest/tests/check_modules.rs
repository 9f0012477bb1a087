//! Scripts of several files.

mod fixture;
use fixture::{check, source, sources};
use runekiln_guest::handle::handle;
use runekiln_guest::protocol::*;

fn respond(sources: Vec<Source>) -> Response {
    handle(Request::Check(CheckRequest {
        sources,
        dialect: Dialect::Module,
    }))
}

#[test]
fn files_of_modules_are_asked_for_as_rune_looks_for_them() {
    let Response::NeedSources { needs } = respond(vec![source(
        "kiln/main.rn",
        "mod plants;\npub fn main() { plants::sow() }",
    )]) else {
        panic!("nothing was asked for")
    };
    assert_eq!(needs.len(), 1);
    assert_eq!(
        (needs[0].module.as_str(), needs[0].span),
        ("plants", [0, 11])
    );
    assert_eq!(
        needs[0].candidates,
        ["kiln/plants/mod.rn", "kiln/plants.rn"]
    );
}

#[test]
fn files_below_files_are_looked_for_below_the_script() {
    let mut given = sources("//- main.rn\nmod plants;\n//- plants.rn\npub mod seeds;\n");
    given.push(Source {
        path: "plants/mod.rn".to_owned(),
        text: None,
    });
    let Response::NeedSources { needs } = respond(given) else {
        panic!("nothing was asked for")
    };
    assert_eq!(needs[0].from_path, "plants.rn");
    assert_eq!(
        needs[0].candidates,
        ["plants/seeds/mod.rn", "plants/seeds.rn"]
    );
}

#[test]
fn a_module_without_a_file_is_one_mistake() {
    let absent = |path: &str| Source {
        path: path.to_owned(),
        text: None,
    };
    let text = "mod plants;\npub fn main() { plants::sow(); absent() }";
    let Response::Checked { files } = respond(vec![
        source("main.rn", text),
        absent("plants/mod.rn"),
        absent("plants.rn"),
    ]) else {
        panic!("not checked")
    };
    let said: Vec<_> = files[0]
        .problems
        .iter()
        .map(|said| said.code.as_str())
        .collect();
    assert_eq!(said, ["missing-module", "missing-item"]);
}

#[test]
fn problems_are_in_the_files_that_they_are_in() {
    check(
        r#"
//- main.rn
pub mod plants;
pub fn main() { plants::sow(); absent() }
                             //^^^^^^ error[missing-item]
//- plants/mod.rn
pub fn sow() { let = 1; }
                 //^ error[expected-pattern]
pub fn water() { absent() }
               //^^^^^^ error[missing-item]
"#,
    );
}

#[test]
fn a_module_in_a_function_has_no_file() {
    check(
        r#"
pub fn main() { mod plants; 1 }
                  //^^^^^^ error[module-in-function]: A module in a function cannot have a file of its own
"#,
    );
}
