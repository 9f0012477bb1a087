//! The items, annotations and encoded trees that are read off a tree.

mod parsing;

use parsing::parse_whole;
use runekiln_guest::annotations::annotation_spans;
use runekiln_guest::items::{encode_item, encode_tree, items, module_declarations, Item};
use runekiln_guest::parser::{parse, Dialect};
use runekiln_guest::syntax::SyntaxKind;

const SCRIPT: &str = "\
//! About the file.

use std::iter;
/// Says hello.
///
/// Twice.
pub fn hello(name) { fn inner() { } name }
mod a {
    pub(crate) const X = 1;
    impl b::C {
        /** Gets it. */
        #[get] pub async fn get(self) { self.x }
    }
    mod d { pub mod elsewhere; }
}
struct S { x } enum E { A }
make!(it);
";

/// Each item on a line, indented below its parent: kind, name, and what else there is to say.
fn listed(text: &str) -> String {
    let tree = parse(text).tree;
    let items = items(&tree, text);
    let depth =
        |item: &Item| std::iter::successors(item.parent, |parent| items[*parent].parent).count();
    let line = |item: &Item| {
        let public = if item.public { " public" } else { "" };
        let docs = if item.docs.is_empty() {
            String::new()
        } else {
            format!(" {:?}", item.docs)
        };
        format!(
            "{}{} {}{public}{docs}\n",
            "  ".repeat(depth(item)),
            item.kind.name(),
            item.name
        )
    };
    items.iter().map(line).collect()
}

#[test]
fn items_are_listed_with_their_parents_before_them() {
    let expected = r#"use std::iter
function hello public "Says hello.\n\nTwice."
module a
  const X
  impl b::C
    function get public "Gets it. "
  module d
    module elsewhere public
struct S
enum E
macro-call make
"#;
    assert_eq!(listed(SCRIPT), expected);
}

#[test]
fn broken_headers_keep_their_names() {
    let expected = "function a\nfunction b\nfunction \nstruct c\nenum d\nfunction e\n";
    assert_eq!(
        listed("fn a(\nfn b\nfn (x) { }\nstruct c { x\nenum d { ( \nfn e() { }"),
        expected
    );
}

#[test]
fn spans_cover_docs_and_names() {
    let text = "/// Docs.\n#[a]\npub fn name() { }\nfn () { }";
    let items = items(&parse(text).tree, text);
    let named = |item: &Item| {
        &text[(item.span.start + item.name_span.start) as usize
            ..(item.span.start + item.name_span.end) as usize]
    };
    assert_eq!(items[0].span.of(text), "/// Docs.\n#[a]\npub fn name() { }");
    assert_eq!(items.iter().map(named).collect::<Vec<_>>(), ["name", "fn"]);
}

#[test]
fn a_hash_is_that_of_the_item_alone() {
    let hashes = |text: &str| {
        items(&parse(text).tree, text)
            .iter()
            .map(|item| item.hash)
            .collect::<Vec<_>>()
    };
    let before = hashes("fn a() { 1 }\nfn b() { 2 }");
    let after = hashes("\n\nfn a() { 1 }\n\nfn b() { 3 }");
    assert_eq!(before[0], after[0]);
    assert_ne!(before[1], after[1]);
    assert_eq!(before[0], 0xb9b6_dbcc_e6f1_6890);
}

#[test]
fn modules_in_other_files_are_declared() {
    let declarations = module_declarations(&parse(SCRIPT).tree, SCRIPT);
    let [only] = declarations.as_slice() else {
        panic!("{declarations:?}")
    };
    assert_eq!(only.path, ["a", "d", "elsewhere"]);
    assert_eq!(only.span.of(SCRIPT), "pub mod elsewhere;");
    assert_eq!(only.name_span.of(SCRIPT), "elsewhere");
}

/// The quadruples of an encoded tree, with the kind by its name.
fn decoded(bytes: &[u8]) -> Vec<(&'static str, u32, u32, u32)> {
    let number = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().expect("four bytes"));
    let quadruple = |bytes: &[u8]| {
        let name = SyntaxKind::ALL[number(&bytes[..4]) as usize].1;
        (
            name,
            number(&bytes[4..8]),
            number(&bytes[8..12]),
            number(&bytes[12..]),
        )
    };
    bytes.chunks(16).map(quadruple).collect()
}

#[test]
fn an_encoded_tree_leaves_blanks_out() {
    let text = "/// Docs.\nuse  a /* b */ ;";
    let tree = parse(text).tree;
    let item = &items(&tree, text)[0];
    let expected = [
        ("UseItem", 0, 26, 5),
        ("UseKeyword", 10, 13, 1),
        ("UseTree", 15, 16, 2),
        ("Identifier", 15, 16, 1),
        ("Semicolon", 25, 26, 1),
    ];
    assert_eq!(
        decoded(&encode_tree(tree.node(item.node), item.span.start)),
        expected
    );
}

#[test]
fn the_tree_of_a_module_is_its_header() {
    let text = "\n mod a { fn b() { } }";
    let tree = parse(text).tree;
    let encoded: Vec<_> = items(&tree, text)
        .iter()
        .map(|item| decoded(&encode_item(&tree, item)))
        .collect();
    assert_eq!(
        encoded[0],
        [
            ("ModuleItem", 0, 20, 4),
            ("ModKeyword", 0, 3, 1),
            ("Name", 4, 5, 2),
            ("Identifier", 4, 5, 1)
        ]
    );
    assert_eq!(encoded[1][0], ("FunctionItem", 0, 10, 10));
}

/// The text with its annotations blanked.
#[test]
fn the_tree_of_a_function_has_all_that_is_in_it() {
    let text = "fn f() { impl A { fn g(self) { self } } mod b { fn h() { } } }";
    let tree = parse(text).tree;
    let function = decoded(&encode_item(&tree, &items(&tree, text)[0]));
    let count = |kind: &str| function.iter().filter(|node| node.0 == kind).count();
    assert_eq!((count("FunctionItem"), count("SelfParameter")), (3, 1));
}

fn stripped(text: &str) -> String {
    let parse = parse_whole(text, Dialect::Module);
    assert_eq!(parse.problems, []);
    let mut bytes = text.as_bytes().to_vec();
    for span in annotation_spans(&parse.tree) {
        bytes[span.start as usize..span.end as usize].fill(b' ');
    }
    String::from_utf8(bytes).expect("annotations are whole characters")
}

#[test]
fn annotations_are_found_everywhere() {
    assert_eq!(
        stripped("fn f(a: Vec<A>, (b, c): (B, C)) -> fn(A) -> B { let x: A | B = 1; }"),
        "fn f(a        , (b, c)        )               { let x        = 1; }"
    );
    assert_eq!(stripped("struct A { x: i64, y }"), "struct A { x     , y }");
    assert_eq!(
        stripped("fn f() { assert_eq!((|x: i64| -> i64 { x })(1), 1); `${|y: A| y}` }"),
        "fn f() { assert_eq!((|x     |        { x })(1), 1); `${|y   | y}` }"
    );
}

#[test]
fn what_only_looks_like_an_annotation_stays() {
    let text = "fn f() { stringify!(x: T); let #{ a: b } = #{ a: b }; match x { #{ a: 1 } => 2 } }";
    assert_eq!(stripped(text), text);
}
