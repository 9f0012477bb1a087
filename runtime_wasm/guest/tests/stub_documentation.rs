//! The examples of `docs/stubs.md` are as the page says: right, or wrong where they are marked.

mod fixture;

use std::path::Path;

use runekiln_guest::protocol::Dialect;
use runekiln_guest::stubs::read::marks::{PERMISSIONS, PROFILES};

fn page() -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/stubs.md");
    std::fs::read_to_string(page).expect("the page can be read")
}

#[test]
fn every_example_is_checked() {
    let page = page();
    let blocks = page.split("```rni\n").skip(1);
    let examples: Vec<&str> = blocks
        .filter_map(|block| block.split("```").next())
        .collect();
    assert!(examples.len() >= 4, "only {} examples", examples.len());
    for example in examples {
        fixture::check_as(example, Dialect::Stub);
    }
}

#[test]
fn the_page_lists_all_permissions_and_profiles() {
    let page = page();
    for names in [&PERMISSIONS[..], &PROFILES[..]] {
        let list = format!(": `{}`.", names.join("`, `"));
        assert!(page.contains(&list), "{list}");
    }
}
