//! The shed's own context, as the judge of what is extracted.
#![allow(dead_code)] // Each test file uses its own part of this.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use rune::ast::Spanned;
use rune::diagnostics::{Diagnostic, FatalDiagnosticKind};
use rune::runtime::RuntimeContext;
use rune::{Context, Diagnostics, Source, Sources, Unit, Value, Vm};
use runekiln_extract::table::{Bindings, FunctionRow, TypeRow};
use runekiln_extract::{extract, Chosen, Extraction};

/// What scripts write to get a value of each type.
const VALUES: &[(&str, &str)] = &[
    ("shed::Day", "::shed::Day::new(3, \"rest\")"),
    ("shed::Season", "::shed::Season::Summer(7)"),
    ("shed::former::Scythe", "::shed::former::scythe(120)"),
    ("shed::former::Wind", "::shed::former::Wind::Blows(7)"),
    ("shed::beds::Bed", "::shed::beds::Bed::new(\"peas\", 1.5)"),
    (
        "shed::beds::BedError",
        "::shed::beds::BedError::of(\"frost\")",
    ),
    ("shed::shelf::Jars", "::shed::shelf::Shelf::new().jars()"),
    ("shed::shelf::Shelf", "::shed::shelf::Shelf::new()"),
    ("shed::tools::Shears", "::shed::tools::Shears::take()"),
    ("shed::tools::Spade", "::shed::tools::Spade::take()"),
];

struct Host {
    context: Context,
    runtime: Arc<RuntimeContext>,
}

fn host() -> &'static Host {
    static HOST: OnceLock<Host> = OnceLock::new();
    HOST.get_or_init(|| {
        let context = shed::context().expect("the shed installs");
        let runtime = Arc::new(context.runtime().expect("a runtime"));
        Host { context, runtime }
    })
}

pub fn extraction() -> Extraction {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    extract(folder, &Chosen::default()).expect("the crate is read")
}

/// What scripts write for a value of the type.
pub fn value_of(path: &str) -> &'static str {
    let known = VALUES.iter().find(|(of, _)| *of == path);
    known
        .map(|(_, value)| *value)
        .expect("a value of each type")
}

/// The functions that values of a type have: its own, and those of its traits.
pub fn functions_of<'b>(bindings: &'b Bindings, row: &'b TypeRow) -> Vec<&'b FunctionRow> {
    let module = row.path.rsplit_once("::").map_or("", |(module, _)| module);
    let of_traits = bindings.traits.iter().filter(|of| {
        let beside = |name: &String| format!("{module}::{name}") == of.path;
        row.traits
            .iter()
            .any(|name| *name == of.path || beside(name))
    });
    let functions = row.functions.iter();
    functions
        .chain(of_traits.flat_map(|of| &of.functions))
        .collect()
}

/// How scripts write a path. What lies in no crate is found without `::` alone.
pub fn written(path: &str) -> String {
    match path.split("::").next() {
        Some("shed") => format!("::{path}"),
        _ => path.to_owned(),
    }
}

/// All of the shed's source.
pub fn source() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let entries = std::fs::read_dir(folder).expect("the source is there");
    let texts = entries.map(|entry| {
        let path = entry.expect("an entry").path();
        std::fs::read_to_string(path).expect("a file of Rust")
    });
    texts.collect()
}

/// All words of the shed's source: whatever has a name for scripts has one of these.
pub fn words() -> BTreeSet<String> {
    let source = source();
    let parts = source.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let starts = |word: &&str| word.starts_with(|first: char| first.is_alphabetic());
    let mut words: BTreeSet<String> = parts.filter(starts).map(str::to_owned).collect();
    words.retain(|word| compile(&format!("pub fn {word}() {{}}")).is_ok());
    words
}

/// What the compiler says of a script, by the line that it is about, from 0.
type Said = BTreeMap<usize, String>;

pub fn compile(script: &str) -> Result<Arc<Unit>, Said> {
    let mut sources = Sources::new();
    let source = Source::memory(script).expect("memory for a source");
    sources.insert(source).expect("memory for a source");
    let mut diagnostics = Diagnostics::new();
    let built = rune::prepare(&mut sources)
        .with_context(&host().context)
        .with_diagnostics(&mut diagnostics)
        .build();
    built.map(Arc::new).map_err(|_| {
        let fatal = diagnostics
            .diagnostics()
            .iter()
            .filter_map(|said| match said {
                Diagnostic::Fatal(fatal) => Some(fatal),
                _ => None,
            });
        let placed = fatal.map(|fatal| {
            let start = match fatal.kind() {
                FatalDiagnosticKind::CompileError(error) => error.span().start.into_usize(),
                _ => 0,
            };
            (script[..start].matches('\n').count(), fatal.to_string())
        });
        placed.collect()
    })
}

/// Whether each expression compiles: what is said of it, if anything.
pub fn compiled(expressions: &[String]) -> Vec<Option<String>> {
    let said = compile(&script(expressions)).err().unwrap_or_default();
    let numbers = 0..expressions.len();
    numbers.map(|number| said.get(&number).cloned()).collect()
}

/// What each expression comes to when it runs, or what is said of it.
pub fn ran(expressions: &[String]) -> Vec<Result<Value, String>> {
    let unit = match compile(&script(expressions)) {
        Ok(unit) => unit,
        Err(said) => panic!("{said:?}"),
    };
    let numbers = 0..expressions.len();
    let results = numbers.map(|number| {
        let mut vm = Vm::new(Arc::clone(&host().runtime), Arc::clone(&unit));
        let result = vm.call([format!("at_{number}").as_str()], ());
        result.map_err(|error| error.to_string())
    });
    results.collect()
}

/// One line and function for each expression.
fn script(expressions: &[String]) -> String {
    let lines = expressions.iter().enumerate();
    let lines =
        lines.map(|(number, expression)| format!("pub fn at_{number}() {{ {expression} }}\n"));
    lines.collect()
}

/// `count` arguments, whatever they are.
pub fn arguments(count: usize) -> String {
    vec!["()"; count].join(", ")
}
