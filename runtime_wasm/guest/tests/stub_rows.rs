//! What stubs declare becomes rows.

use runekiln_bindings::{Bindings, FunctionKind, MacroArguments, Permission, SourceLine, TypeKind};
use runekiln_guest::protocol::Source;
use runekiln_guest::stubs::read::{joined, read, read_all};
use serde_bytes::ByteBuf;

const GARDEN: &str = r##"//! crate: garden
//!
//! What grows in it.

/// Beds.
///
/// In the sun.
pub mod beds {
    //! And in the shade.

    /// A bed.
    #[prelude] #[alias("Plot")] #[since("0.2")] #[source("src/beds.rs", 12)]
    pub struct Bed { /// What it is called.
        pub name: String, #[mut] pub type: Option<String>, pub plants: Vec<Plant> }

    impl Bed {
        /// A new one.
        pub fn new(name: String) -> Self;
        pub fn sow(self, seed: String, many: bool);
        #[consumes] pub fn dug(self) -> Bed;
        #[deprecated("use `sow`")] pub async fn plant<T>(self, with: fn(T, beds::Bed) -> Option<T>) -> Result<(), Frost>;
    }

    #[sealed] pub enum Plant { Seed, Grown(String, i64), Named { name: String } }
    pub struct Frost;
    pub struct Pile<T> { pub top: Option<T> }
    impl<T> Pile<T> { pub fn push(self, item: T); }
}

pub type Id = String | i64;
pub type Mood = "wet" | "dry";
pub const LIMIT: i64 = -3;
pub const NAME: String = "Kew \"Gardens\"";
pub const RATE: f64 = 1.5;
pub const OPEN: bool;
pub macro log(expressions) -> ();
pub macro sql(tokens) -> any;
#[permission("shell", scope = "command")] pub fn exec(command: String, options: Object{folder?, limit}) -> Id;

#[profile("tools", "events")]
pub mod tools { pub mod deep { pub fn dig() -> !; #[profile("all")] pub fn fill(pair: (i64, Bed), one: (i64,), or: (fn() -> Id) | ()); } }

/// Something happened.
#[alias("hook")] pub attribute handler { event: String, /// Which ones.
    pattern: Option<String>, default: any } for fn(bed: Bed, event: any) -> bool;
pub attribute plain;
#[cancellable] pub event "bed:dug": Bed;
pub event "night";
#[entry("gardener")] pub fn tend(bed: Bed) -> Vec<Plant>;
"##;

fn garden() -> Bindings {
    let read = read("garden.rni", GARDEN);
    assert_eq!(read.file.problems, []);
    read.bindings
}

/// A function as it would be declared.
fn drawn(function: &runekiln_bindings::FunctionRow) -> String {
    let this = match function.kind {
        FunctionKind::Method => "self",
        FunctionKind::AssociatedFunction => "Self",
        FunctionKind::Function => "module",
    };
    let parameters: Vec<String> = function
        .parameters
        .iter()
        .map(|parameter| format!("{}: {}", parameter.name, parameter.type_name))
        .collect();
    let flags = [
        ("async ", function.is_async),
        ("consumes ", function.consumes),
    ];
    let flags: String = flags
        .into_iter()
        .filter(|(_, is_set)| *is_set)
        .map(|(flag, _)| flag)
        .collect();
    format!(
        "{flags}{this}.{}({}) -> {}",
        function.name,
        parameters.join(", "),
        function.returns
    )
}

#[test]
fn a_struct_has_its_fields_and_its_functions() {
    let bindings = garden();
    let bed = &bindings.types[0];
    assert_eq!(
        (bed.name.as_str(), bed.path.as_str()),
        ("Bed", "garden::beds::Bed")
    );
    assert_eq!(
        (bed.kind, bed.prelude, bed.sealed),
        (TypeKind::Struct, true, false)
    );
    assert_eq!(bed.aliases, ["Plot"]);
    assert_eq!(bed.docs, "A bed.");
    let fields: Vec<(&str, &str, bool, &str)> = bed
        .fields
        .iter()
        .map(|field| {
            (
                field.name.as_str(),
                field.type_name.as_str(),
                field.mutable,
                field.docs.as_str(),
            )
        })
        .collect();
    assert_eq!(
        fields,
        [
            ("name", "String", false, "What it is called."),
            ("type", "Option<String>", true, ""),
            ("plants", "Vec<Plant>", false, ""),
        ]
    );
    let functions: Vec<String> = bed.functions.iter().map(drawn).collect();
    assert_eq!(
        functions,
        [
            "Self.new(name: String) -> Bed",
            "self.sow(seed: String, many: bool) -> ()",
            "consumes self.dug() -> Bed",
            "async self.plant(with: fn(T, Bed) -> Option<T>) -> Result<(), Frost>",
        ]
    );
    assert_eq!(bed.functions[3].generics, ["T"]);
    assert_eq!(
        bed.functions[3].about.deprecated.as_deref(),
        Some("use `sow`")
    );
}

#[test]
fn what_is_said_about_a_declaration_goes_with_it() {
    let bindings = garden();
    let about = &bindings.types[0].about;
    assert_eq!(about.since.as_deref(), Some("0.2"));
    let source = SourceLine {
        path: "src/beds.rs".to_owned(),
        line: 12,
    };
    assert_eq!(about.source, Some(source));
    let place = about.place.as_ref().expect("it has a place");
    assert_eq!(place.path, "garden.rni");
    assert_eq!(
        &GARDEN[place.span[0] as usize..place.span[1] as usize],
        "Bed"
    );
}

#[test]
fn an_enum_has_its_variants() {
    let bindings = garden();
    let plant = &bindings.types[1];
    assert_eq!((plant.kind, plant.sealed), (TypeKind::Enum, true));
    let names: Vec<&str> = plant
        .variants
        .iter()
        .map(|variant| variant.name.as_str())
        .collect();
    assert_eq!(names, ["Seed", "Grown", "Named"]);
    assert_eq!(plant.variants[1].values, ["String", "i64"]);
    assert_eq!(plant.variants[2].fields[0].type_name, "String");
}

#[test]
fn a_type_parameter_is_known_inside() {
    let bindings = garden();
    let pile = bindings
        .types
        .iter()
        .find(|row| row.name == "Pile")
        .expect("it is declared");
    assert_eq!(pile.generics, ["T"]);
    assert_eq!(pile.fields[0].type_name, "Option<T>");
    assert_eq!(drawn(&pile.functions[0]), "self.push(item: T) -> ()");
}

#[test]
fn modules_have_what_is_no_type() {
    let bindings = garden();
    let paths: Vec<&str> = bindings
        .modules
        .iter()
        .map(|row| row.path.as_str())
        .collect();
    assert_eq!(
        paths,
        [
            "garden",
            "garden::beds",
            "garden::tools",
            "garden::tools::deep"
        ]
    );
    let root = &bindings.modules[0];
    assert_eq!(root.docs, "\nWhat grows in it.");
    assert_eq!(
        bindings.modules[1].docs,
        "Beds.\n\nIn the sun.\nAnd in the shade."
    );
    let aliases: Vec<(&str, &str)> = root
        .aliases
        .iter()
        .map(|row| (row.name.as_str(), row.type_name.as_str()))
        .collect();
    assert_eq!(
        aliases,
        [("Id", "String | i64"), ("Mood", "\"wet\" | \"dry\"")]
    );
    let values: Vec<Option<serde_json::Value>> =
        root.constants.iter().map(|row| row.value.clone()).collect();
    assert_eq!(
        values,
        [
            Some((-3).into()),
            Some("Kew \"Gardens\"".into()),
            Some(1.5.into()),
            None
        ]
    );
    let macros: Vec<(MacroArguments, &str)> = root
        .macros
        .iter()
        .map(|row| (row.arguments, row.returns.as_str()))
        .collect();
    assert_eq!(
        macros,
        [
            (MacroArguments::Expressions, "()"),
            (MacroArguments::Tokens, "any")
        ]
    );
    assert_eq!(
        drawn(&root.functions[0]),
        "module.exec(command: String, options: Object{folder?, limit}) -> Id"
    );
    let permission = Permission {
        name: "shell".to_owned(),
        scope: Some("command".to_owned()),
    };
    assert_eq!(root.functions[0].about.permission, Some(permission));
}

#[test]
fn the_profiles_of_a_module_are_those_of_what_is_in_it() {
    let bindings = garden();
    let deep = &bindings.modules[3];
    assert_eq!(deep.about.profiles, ["tools", "events"]);
    assert_eq!(deep.functions[0].about.profiles, ["tools", "events"]);
    assert_eq!(deep.functions[1].about.profiles, ["all"]);
    assert_eq!(drawn(&deep.functions[0]), "module.dig() -> !");
    assert_eq!(
        drawn(&deep.functions[1]),
        "module.fill(pair: (i64, Bed), one: (i64,), or: (fn() -> Id) | ()) -> ()"
    );
}

#[test]
fn attributes_events_and_entries_have_no_crate() {
    let bindings = garden();
    let handler = &bindings.attributes[0];
    assert_eq!(
        (handler.name.as_str(), &handler.aliases[..]),
        ("handler", &["hook".to_owned()][..])
    );
    let keys: Vec<(&str, &str, bool, &str)> = handler
        .keys
        .iter()
        .map(|key| {
            (
                key.name.as_str(),
                key.type_name.as_str(),
                key.required,
                key.docs.as_str(),
            )
        })
        .collect();
    assert_eq!(
        keys,
        [
            ("event", "String", true, ""),
            ("pattern", "String", false, "Which ones."),
            ("default", "any", true, "")
        ]
    );
    assert_eq!(handler.parameters.as_ref().map(Vec::len), Some(2));
    assert_eq!(handler.returns.as_deref(), Some("bool"));
    assert_eq!(
        (
            &bindings.attributes[1].parameters,
            &bindings.attributes[1].returns
        ),
        (&None, &None)
    );
    let events: Vec<(&str, &str, bool)> = bindings
        .events
        .iter()
        .map(|event| {
            (
                event.name.as_str(),
                event.payload.as_str(),
                event.cancellable,
            )
        })
        .collect();
    assert_eq!(events, [("bed:dug", "Bed", true), ("night", "any", false)]);
    let tend = &bindings.entries[0];
    assert_eq!(
        (
            tend.name.as_str(),
            tend.kind.as_str(),
            tend.returns.as_str()
        ),
        ("tend", "gardener", "Vec<Plant>")
    );
}

#[test]
fn a_broken_declaration_binds_nothing_and_the_others_count() {
    let text = "//! crate: garden
pub struct Bed { pub name: String, pub size: Sise, pub good: i64 }
impl Bed { pub fn sow(self; pub fn dig(self); pub fn match(self); }
#[sealed] pub enum Plant { Seed, Grown(Heigt) }
pub struct { pub a: i64 }
pub fn one() -> i64;
pub fn two( -> i64;
pub fn three() -> i64 { 3 }
pub fn four();
";
    let read = read("garden.rni", text);
    let bed = &read.bindings.types[0];
    let fields: Vec<&str> = bed.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(fields, ["name", "good"]);
    let methods: Vec<&str> = bed
        .functions
        .iter()
        .map(|method| method.name.as_str())
        .collect();
    assert_eq!(methods, ["dig"]);
    assert_eq!(read.bindings.types.len(), 2);
    let functions: Vec<&str> = read.bindings.modules[0]
        .functions
        .iter()
        .map(|row| row.name.as_str())
        .collect();
    assert_eq!(functions, ["one", "four"]);
    let plant = &read.bindings.types[1];
    assert!(
        !plant.sealed,
        "nobody knows all variants of an enum with a broken one"
    );
}

fn sources(stubs: &[(&str, &str)]) -> Vec<Source> {
    let source = |(path, text): &(&str, &str)| Source {
        path: (*path).to_owned(),
        text: Some(ByteBuf::from(text.as_bytes().to_vec())),
    };
    stubs.iter().map(source).collect()
}

#[test]
fn stubs_add_to_each_others_types_and_modules() {
    let reads = read_all(&sources(&[
        ("a.rni", "//! crate: garden\npub mod beds { impl Bed { pub fn dig(self); } pub fn all() -> Vec<Bed>; }"),
        ("b.rni", "//! crate: garden\n/// Beds.\npub mod beds { /// One.\n pub struct Bed { pub name: String } impl Bed { pub fn sow(self); } }"),
    ]));
    for read in &reads {
        assert_eq!(read.file.problems, []);
    }
    let all = joined(reads.into_iter().map(|read| read.bindings));
    assert_eq!(all.types.len(), 1);
    assert_eq!(
        (all.types[0].docs.as_str(), all.types[0].fields.len()),
        ("One.", 1)
    );
    let methods: Vec<&str> = all.types[0]
        .functions
        .iter()
        .map(|method| method.name.as_str())
        .collect();
    assert_eq!(methods, ["dig", "sow"]);
    let beds = all
        .modules
        .iter()
        .find(|row| row.path == "garden::beds")
        .expect("it is declared");
    assert_eq!((beds.docs.as_str(), beds.functions.len()), ("Beds.", 1));
}

#[test]
fn functions_are_added_to_native_types() {
    let read = read("host.rni", "//! crate: crucible\nimpl Session { #[permission(\"agent\")] pub fn ask(self, what: String) -> SessionLog; }");
    assert_eq!(read.file.problems, []);
    let session = &read.bindings.types[0];
    assert_eq!(session.path, "crucible::session::Session");
    assert_eq!(
        drawn(&session.functions[0]),
        "self.ask(what: String) -> SessionLog"
    );
}

#[test]
fn a_name_that_several_types_have_is_written_as_a_path() {
    let reads = read_all(&sources(&[
        ("json.rni", "//! crate: json\npub struct Fault; pub fn read() -> Fault;"),
        ("toml.rni", "//! crate: toml\npub struct Fault; pub fn read() -> Result<i64, Fault>; pub fn other() -> json::Fault;"),
    ]));
    let all = joined(reads.into_iter().map(|read| read.bindings));
    let functions: Vec<String> = all
        .modules
        .iter()
        .flat_map(|row| &row.functions)
        .map(drawn)
        .collect();
    assert_eq!(
        functions,
        [
            "module.read() -> json::Fault",
            "module.read() -> Result<i64, toml::Fault>",
            "module.other() -> json::Fault",
        ]
    );
}

#[test]
fn traits_protocols_and_constants_of_types_become_rows() {
    let text = "//! crate: garden
/// What lies on others.
pub trait Shelf<T> { /// The uppermost.
    pub fn first(self) -> Option<T>; pub fn named(name: String) -> any; }
pub struct Pile<T>;
impl<T> Shelf<T> for Pile<T>;
impl Iterator for Frost;
impl<T> Pile<T> {
    /// So deep.
    pub const DEEPEST: i64 = 5;
    /// Both in one.
    pub protocol ADD(self, other: Self) -> Pile<T>;
}
pub struct Frost;
";
    let read = read("garden.rni", text);
    assert_eq!(read.file.problems, []);
    let shelf = &read.bindings.traits[0];
    assert_eq!(
        (
            shelf.path.as_str(),
            shelf.docs.as_str(),
            &shelf.generics[..]
        ),
        (
            "garden::Shelf",
            "What lies on others.",
            &["T".to_owned()][..]
        )
    );
    let functions: Vec<String> = shelf.functions.iter().map(drawn).collect();
    assert_eq!(
        functions,
        [
            "self.first() -> Option<T>",
            "Self.named(name: String) -> any"
        ]
    );
    let pile = &read.bindings.types[0];
    assert_eq!(pile.traits, ["Shelf<T>"]);
    assert_eq!(
        (
            pile.constants[0].name.as_str(),
            pile.constants[0].docs.as_str()
        ),
        ("DEEPEST", "So deep.")
    );
    assert_eq!(pile.constants[0].value, Some(5.into()));
    assert_eq!(
        drawn(&pile.protocols[0]),
        "self.ADD(other: Pile) -> Pile<T>"
    );
    let frost = &read.bindings.types[1];
    assert_eq!(frost.traits, ["Iterator"]);
}

#[test]
fn a_stub_of_rune_names_its_types_as_everybody_does() {
    let read = read(
        "std.rni",
        "//! crate: std
pub mod vec { pub struct Vec<T>; impl<T> Vec<T> { pub fn iter(self) -> slice::Iter<T>; pub fn first(self) -> Option<T>; } }
pub mod slice { pub struct Iter<T>; impl<T> iter::Iterator<T> for Iter<T>; }
pub mod option { pub enum Option<T> { Some(T), None } }
pub mod iter { pub trait Iterator<T> { pub fn collect<C>(self) -> C; pub fn all(self) -> std::vec::Vec<T>; } }
",
    );
    assert_eq!(read.file.problems, []);
    let functions = read.bindings.types.iter().flat_map(|row| &row.functions);
    let functions = functions.chain(&read.bindings.traits[0].functions);
    assert_eq!(
        functions.map(drawn).collect::<Vec<_>>(),
        [
            "self.iter() -> Iter<T>",
            "self.first() -> Option<T>",
            "self.collect() -> C",
            "self.all() -> Vec<T>",
        ]
    );
    assert_eq!(read.bindings.types[1].traits, ["Iterator<T>"]);
}
