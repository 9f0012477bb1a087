//! Small crates, what is extracted from them, and what of them cannot be decided.
//!
//! With `RUNEKILN_WRITE_GOLDEN` set the expected files are written anew, to be read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use runekiln_extract::{extract, extract_from, stubs, Chosen, Files};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/crates")
        .join(name)
}

/// Holds what is extracted from the crate against the files beside it.
fn check(name: &str) {
    let folder = folder(name);
    let extraction = extract(&folder, &Chosen::default()).expect("there is a crate");
    let mut found: Vec<(String, String)> = stubs(&extraction.bindings)
        .into_iter()
        .map(|(name, text)| (format!("{name}.rni"), text))
        .collect();
    let undecided = extraction
        .undecided
        .iter()
        .map(|undecided| format!("{undecided}\n"));
    found.push(("undecided.txt".to_owned(), undecided.collect()));
    for (file, text) in found {
        let path = folder.join(&file);
        if std::env::var_os("RUNEKILN_WRITE_GOLDEN").is_some() {
            std::fs::write(&path, &text).expect("the file can be written");
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(text, expected, "{}", path.display());
    }
}

#[test]
fn rune_s_own_registrations_are_read() {
    check("plain");
}

#[test]
fn registrations_through_a_recorder_are_read() {
    check("recorder");
}

#[test]
fn a_folder_without_a_crate_is_told() {
    let error = extract(&folder("nothing"), &Chosen::default()).expect_err("there is none");
    assert!(error.contains("Cargo.toml"), "{error}");
}

#[test]
fn extracted_twice_it_is_the_same() {
    let once = extract(&folder("plain"), &Chosen::default()).expect("there is a crate");
    assert_eq!(
        once,
        extract(&folder("plain"), &Chosen::default()).expect("there is a crate")
    );
}

#[test]
fn features_are_chosen_as_with_cargo() {
    let chosen = |names: &[&str]| Chosen {
        features: names.iter().map(|name| (*name).to_owned()).collect(),
        ..Chosen::default()
    };
    let has_trade = |chosen: &Chosen| {
        let extraction = extract(&folder("plain"), chosen).expect("there is a crate");
        let modules = extraction.bindings.modules.iter();
        let mut trade = modules.filter(|row| row.path == "trade");
        trade.next().map(|row| row.functions.len())
    };
    assert_eq!(has_trade(&chosen(&[])), None);
    assert_eq!(has_trade(&chosen(&["trade"])), Some(0));
    let error =
        extract(&folder("plain"), &chosen(&["tade"])).expect_err("there is no such feature");
    assert!(
        error.ends_with("the crate has no feature `tade`"),
        "{error}"
    );
}

#[test]
fn what_macros_and_traits_make_is_read() {
    check("made");
}

/// Two crates whose texts are at hand: one has a trait, a type and a constant that the other one uses.
fn two_crates() -> Files<'static> {
    let garden = r#"
        pub mod beds;
        pub const MOST: u32 = 12;
        pub fn module() -> Result<Module, ContextError> {
            let mut module = Module::with_crate("garden")?;
            module.ty::<beds::Bed>()?;
            let mut holding = module.define_trait(["Holding"])?;
            holding.handler(|context| {
                context.function("count", |of: Value| -> i64 { 1 })?;
                Ok(())
            })?;
            Ok(module)
        }
    "#;
    let beds = "#[derive(rune::Any)] #[rune(item = ::garden)] pub struct Bed;";
    let shed = r#"
        use my_garden::beds::Bed;
        #[derive(rune::Any)] #[rune(item = ::shed)] pub struct Shelf;
        pub fn module() -> Result<Module, ContextError> {
            let mut module = Module::with_crate("shed")?;
            module.ty::<Shelf>()?;
            module.implement_trait::<Shelf>(rune::item!(::garden::Holding))?;
            module.constant("MOST", my_garden::MOST).build()?;
            module.associated_function("plan", |shelf: &Shelf, bed: &Bed| -> Vec<Bed> { todo!() })?;
            Ok(module)
        }
    "#;
    let texts = [
        ("work/garden/Cargo.toml", "[package]\nname = \"my-garden\""),
        ("work/garden/src/lib.rs", garden),
        ("work/garden/src/beds.rs", beds),
        ("work/shed/Cargo.toml", "[package]\nname = \"shed\""),
        ("work/shed/src/main.rs", shed),
    ];
    let owned = texts.map(|(path, text)| (path.to_owned(), text.to_owned()));
    Files::of(BTreeMap::from(owned))
}

#[test]
fn what_one_crate_declares_is_known_in_the_other() {
    let folders = ["work/garden", "./work/shed"];
    let both = extract_from(&two_crates(), &folders, &Chosen::default()).expect("two crates");
    assert_eq!((both.undecided, &*both.folder), (Vec::new(), "work"));
    let stubs = stubs(&both.bindings);
    let declared = stubs["shed"].lines().filter(|line| !line.contains("#["));
    let declared: Vec<&str> = declared.filter(|line| !line.is_empty()).collect();
    assert_eq!(
        declared,
        [
            "//! crate: shed",
            "pub const MOST: u64 = 12;",
            "pub struct Shelf;",
            "impl Shelf {",
            "    pub fn plan(self, bed: garden::Bed) -> Vec<garden::Bed>;",
            "}",
            "impl garden::Holding for Shelf;",
        ]
    );
    assert!(stubs["shed"].contains("#[source(\"shed/src/main.rs\", 3)]"));
}

#[test]
fn alone_a_crate_lists_what_it_has_from_another_one() {
    let alone = extract_from(&two_crates(), &["work/shed"], &Chosen::default());
    let undecided = alone.expect("a crate").undecided;
    let lines: Vec<String> = undecided.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "src/main.rs:7: the trait `garden::Holding` is defined in a crate that is not read: read that crate too",
            "src/main.rs:8: the crate has no constant `my_garden::MOST`",
            "src/main.rs:9: the type of the parameter `bed` has no counterpart in Rune: say it by `@param bed: Type`",
            "src/main.rs:9: the type of the result has no counterpart in Rune: say it by `@return Type`",
        ]
    );
}

#[test]
fn functions_that_hand_modules_on_are_followed() {
    check("helpers");
}
