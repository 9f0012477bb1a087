//! Rune's own machine, without anything of ours: no host, no instrumentation, no annotations.

use std::sync::Arc;

use rune::runtime::VmError;
use rune::{Context, Hash, Options, Source, Sources, Unit, Vm};
use runekiln_guest::compile::kind_name;
use runekiln_guest::protocol::Offsets;
use runekiln_guest::wait::wait;

/// How Rune ends if it fails: the kind of its error, and the span of the instruction it stopped at.
pub fn rune_fails(script: &str) -> (String, Offsets) {
    let (unit, ended) = run(script);
    let error = ended.expect_err("an error");
    let place = error.first_location().expect("a place");
    let debug_info = unit.debug_info().expect("a unit with spans");
    let instruction = debug_info.instruction_at(place.ip);
    let range = instruction.expect("an instruction").span.range();
    let kind = format!("{:?}", error.at());
    (
        kind_name(&kind).to_owned(),
        [range.start as u32, range.end as u32],
    )
}

/// The value that Rune gives, in its debug form.
pub fn rune_value(script: &str) -> String {
    let (_, ended) = run(script);
    ended.unwrap_or_else(|error| panic!("{error} in\n{script}"))
}

/// Runs the body of a function, whose own functions are called what Rune calls them. The value is shown while the machine is there, which knows how.
fn run(script: &str) -> (Arc<Unit>, Result<String, VmError>) {
    let context = Context::with_default_modules().expect("Rune's modules");
    let unit = Arc::new(compiled(script, &context));
    let runtime = Arc::new(context.runtime().expect("memory"));
    let mut machine = Vm::new(runtime, Arc::clone(&unit));
    let ended = wait(machine.async_call(Hash::EMPTY, ())).expect("nothing waits for ever");
    let names = Arc::clone(&unit);
    let _naming = runekiln_bindings::name_functions(move |hash| {
        let signature = names.debug_info()?.functions.get(&hash)?;
        let path = signature.path.to_string();
        Some(path.trim_start_matches("::").to_owned())
    });
    let shown = ended.map(|value| machine.with(|| runekiln_bindings::debug_text(&value)));
    (unit, shown)
}

fn compiled(script: &str, context: &Context) -> Unit {
    let mut sources = Sources::new();
    let source = Source::memory(script).expect("memory");
    sources.insert(source).expect("memory");
    let mut options = Options::default();
    let parsed = options.parse_option("function-body=true");
    parsed.expect("an option");
    let built = rune::prepare(&mut sources)
        .with_context(context)
        .with_options(&options)
        .build();
    built.unwrap_or_else(|error| panic!("{error} in\n{script}"))
}
