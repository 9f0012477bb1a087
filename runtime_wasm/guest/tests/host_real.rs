//! A host of stubs makes the same mistakes of a script known as a real host with the same bindings.

mod fixture;
mod hosts;

use hosts::with_host;
use rune::macros::quote;
use rune::runtime::{Function, VmError};
use rune::{Any, Context, Diagnostics, Module, Source, Sources, Vm};
use std::sync::Arc;

const STUB: &str = r##"//! crate: garden
pub fn plan(name: String, rows: i64) -> String;
pub fn call(with: fn(i64) -> i64) -> i64;
pub macro log(expressions) -> ();
pub mod beds {
    pub struct Bed { pub name: String, #[mut] pub rows: i64 }
    impl Bed { pub fn new() -> Bed; pub fn dig(self, depth: i64) -> bool; #[consumes] pub fn sell(self) -> i64; }
    pub enum State { Sown(String), Empty }
}
pub fn weed(bed: beds::Bed) -> bool;
"##;

#[derive(Any)]
#[rune(item = ::garden::beds)]
struct Bed {
    #[rune(get)]
    name: String,
    #[rune(get, set)]
    rows: i64,
}

#[derive(Any)]
#[rune(item = ::garden::beds)]
enum State {
    #[rune(constructor)]
    Sown(#[rune(get)] String),
    #[rune(constructor)]
    Empty,
}

fn real_host() -> Result<Context, rune::ContextError> {
    let mut beds = Module::with_crate_item("garden", ["beds"])?;
    beds.ty::<Bed>()?;
    beds.ty::<State>()?;
    let new = || Bed {
        name: "name".to_owned(),
        rows: 1,
    };
    beds.function("new", new).build_associated::<Bed>()?;
    beds.associated_function("dig", |_: &Bed, _: i64| true)?;
    beds.associated_function("sell", |_: Bed| 1i64)?;
    let mut garden = Module::with_crate("garden")?;
    garden
        .function("plan", |_: String, _: i64| "plan".to_owned())
        .build()?;
    garden.function("call", |_: Function| 1i64).build()?;
    garden.function("weed", |_: &Bed| true).build()?;
    garden.macro_(["log"], |context, _| {
        Ok(quote!(()).into_token_stream(context)?)
    })?;
    let mut context = Context::with_default_modules()?;
    context.install(beds)?;
    context.install(garden)?;
    Ok(context)
}

/// What goes wrong in `main`: at the compiler's hands or in the run, with Rune's own kind, words and place.
fn outcome(context: &Context, script: &str) -> String {
    let mut sources = Sources::new();
    sources
        .insert(Source::memory(script).expect("a source"))
        .expect("room");
    let mut diagnostics = Diagnostics::without_warnings();
    let unit = rune::prepare(&mut sources)
        .with_context(context)
        .with_diagnostics(&mut diagnostics)
        .build();
    let Ok(unit) = unit else {
        return diagnostics
            .diagnostics()
            .iter()
            .map(|said| format!("{said:?}"))
            .collect();
    };
    let unit = Arc::new(unit);
    let runtime = Arc::new(context.runtime().expect("a runtime"));
    let mut machine = Vm::new(runtime, Arc::clone(&unit));
    match machine.call(["main"], ()) {
        Ok(_) => "no error".to_owned(),
        Err(error) => format!(
            "{} at {:?}",
            without_hash(&error.to_string()),
            place(&error, &unit)
        ),
    }
}

/// The hash of a method is that of its type, and ours has another item.
fn without_hash(said: &str) -> String {
    let words = said.split(' ').map(|word| match word.starts_with("`0x") {
        true => "`hash`",
        false => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

fn place(error: &VmError, unit: &rune::Unit) -> Option<rune::ast::Span> {
    let ip = error.first_location()?.ip;
    Some(unit.debug_info()?.instruction_at(ip)?.span)
}

const WRONG: &[&str] = &[
    "garden::nothing()",
    "garden::beds::Nothing::new()",
    "garden::beds::Bed::nothing()",
    "garden::plan(\"a\")",
    "garden::plan(\"a\", 1, 2)",
    "garden::plan(1, 2)",
    "garden::plan(\"a\", \"b\")",
    "garden::plan(\"a\", garden::beds::Bed::new())",
    "garden::call(1)",
    "garden::weed(1)",
    "garden::weed(\"a\")",
    "garden::beds::Bed::new(1)",
    "garden::beds::Bed::new().dig()",
    "garden::beds::Bed::new().dig(1, 2)",
    "garden::beds::Bed::new().dig(\"deep\")",
    "garden::beds::Bed::new().nothing()",
    "garden::beds::Bed::new().nothing",
    "{ let bed = garden::beds::Bed::new(); bed.name = \"b\"; bed }",
    "{ let bed = garden::beds::Bed::new(); bed.nothing = 1; bed }",
    "{ let bed = garden::beds::Bed::new(); bed.sell(); bed.dig(1) }",
    "{ let bed = garden::beds::Bed::new(); bed.sell(); garden::weed(bed) }",
    "{ let bed = garden::beds::Bed::new(); bed.sell(); bed.sell() }",
    "garden::beds::Bed::new() + 1",
    "garden::beds::Bed::new()[0]",
    "garden::beds::State::Nothing",
    "garden::beds::State::Sown(1, 2)",
    "match 1 { garden::beds::State::Sown(a, b) => a, _ => 0 }",
    "match 1 { garden::beds::Bed { nothing, .. } => nothing, _ => 0 }",
    "if let garden::beds::State::Sown(a) = garden::beds::State::Empty { panic!(\"sown\") } else { panic!(\"empty\") }",
    "if let garden::beds::State::Sown(a) = garden::beds::State::Sown(\"x\") { panic!(a) } else { panic!(\"empty\") }",
    "garden::beds::State::Empty.0",
];

#[test]
fn mistakes_are_those_of_a_real_host() {
    let real = real_host().expect("a host");
    let ours = |script: &str| {
        let host = runekiln_guest::host::Host::shared();
        runekiln_guest::stubs::readable(&outcome(&host.context, script)).into_owned()
    };
    with_host(&[("garden.rni", STUB)], "core", || {
        for expression in WRONG {
            let script = format!("pub fn main() {{ {expression} }}");
            let expected = outcome(&real, &script);
            assert_ne!(expected, "no error", "{expression}");
            assert_eq!(ours(&script), expected, "{expression}");
        }
    });
}

/// Whole scripts, and whether a real host knows the macro in them.
const MACROS: &[(&str, bool)] = &[
    ("pub fn main() { garden::log!(1) }", true),
    (
        "mod inner { pub fn say() { garden::log!(1) } } pub fn main() { inner::say() }",
        true,
    ),
    ("use garden::log; pub fn main() { log!(1) }", false),
    ("use garden::log as say; pub fn main() { say!(1) }", false),
    ("use garden::*; pub fn main() { log!(1) }", false),
    ("pub fn main() { garden::say!(1) }", false),
];

#[test]
fn macros_are_known_by_their_whole_paths_alone_as_those_of_a_real_host() {
    let real = real_host().expect("a host");
    with_host(&[("garden.rni", STUB)], "core", || {
        let host = runekiln_guest::host::Host::shared();
        for (script, is_known) in MACROS {
            let expected = outcome(&real, script);
            assert_eq!(expected == "no error", *is_known, "{script}: {expected}");
            assert_eq!(outcome(&host.context, script), expected, "{script}");
        }
    });
}
