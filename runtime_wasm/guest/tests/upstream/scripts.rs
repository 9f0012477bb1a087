//! The tests that Rune writes in its own language: functions behind `#[test]`, made callable from outside.

use runekiln_guest::parser::parse;
use runekiln_guest::syntax::SyntaxKind::*;
use runekiln_guest::tree::NodeRef;

use crate::parsing::{files, upstream};

/// A script whose tests can be called.
pub struct TestScript {
    pub name: String,
    pub text: String,
    /// The public functions at its root that call its tests, one each.
    pub entries: Vec<String>,
}

/// All of Rune's test scripts. Those that have no tests are run by nobody.
pub fn test_scripts() -> Vec<TestScript> {
    let scripts = files(upstream().join("tests"), ".rn").into_iter();
    scripts
        .map(|(path, text)| {
            let name = path.file_name().unwrap().to_string_lossy();
            with_entries(&name, &text)
        })
        .collect()
}

/// Makes each test `pub`, and adds a function that calls it and returns what it returns.
fn with_entries(name: &str, text: &str) -> TestScript {
    let tree = parse(text).tree;
    let mut script = TestScript {
        name: name.to_owned(),
        text: text.to_owned(),
        entries: Vec::new(),
    };
    let functions = tree.root().descendants();
    let tests: Vec<NodeRef<'_>> = functions.filter(|node| is_test(*node, text)).collect();
    for test in tests.iter().rev() {
        let first = test.children().find(|child| is_header(*child));
        let start = first.expect("a function").span().start as usize;
        script.text.insert_str(start, "pub ");
    }
    for (number, test) in tests.iter().enumerate() {
        let entry = format!("run_test_{number}");
        let is_async = test.first_child(AsyncKeyword).is_some();
        let (before, behind) = if is_async {
            ("async ", ".await")
        } else {
            ("", "")
        };
        let path = path(*test, text);
        let function = format!("\npub {before}fn {entry}() {{ {path}(){behind} }}");
        script.text.push_str(&function);
        script.entries.push(entry);
    }
    script
}

fn is_test(function: NodeRef<'_>, text: &str) -> bool {
    let mut attributes = function.children_of(Attribute);
    function.kind() == FunctionItem && attributes.any(|node| node.text(text) == "#[test]")
}

/// Whether a child of a function is the first of its words. None of Rune's tests is `pub` already.
fn is_header(child: NodeRef<'_>) -> bool {
    matches!(child.kind(), AsyncKeyword | FnKeyword)
}

/// The name of a function with those of the modules around it.
fn path(function: NodeRef<'_>, text: &str) -> String {
    let mut names = Vec::new();
    let mut around = Some(function);
    while let Some(node) = around {
        let name = node
            .first_child(Name)
            .filter(|_| matches!(node.kind(), FunctionItem | ModuleItem));
        names.extend(name.map(|name| name.text(text)));
        around = node.parent();
    }
    names.reverse();
    names.join("::")
}
