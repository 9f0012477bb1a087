//! What a profile lacks does not exist in it, and using it says which profiles have it.

mod fixture;
mod hosts;

use fixture::source;
use hosts::{configured, run, said_of, with_host};
use runekiln_guest::handle::handle;
use runekiln_guest::protocol::*;

const STUB: &str = r##"//! crate: garden
pub fn plan() -> String;
#[profile("events", "tools")]
pub mod glass {
    pub fn heat(degrees: f64) -> ();
    #[prelude]
    pub struct Pane { pub size: f64 }
    #[profile("core")]
    pub fn look() -> String;
}
#[prelude]
pub struct Bed { pub name: String }
impl Bed {
    pub fn new() -> Bed;
    #[profile("tools")] pub fn lift(self) -> Bed;
}
#[profile("tools")] pub attribute lifted {} for fn(bed: Bed) -> any;
#[profile("tools")] pub macro raise(expressions) -> ();
#[profile("tools")] pub event "bed:lifted": Object;
"##;

fn messages(script: &str) -> Vec<(String, String)> {
    let said = said_of(script).into_iter();
    said.map(|(text, code, message)| (format!("{text} [{code}]"), message))
        .collect()
}

fn unavailable(text: &str, message: &str) -> Vec<(String, String)> {
    let text = format!("{text} [unavailable-in-profile]");
    vec![(text, message.to_owned())]
}

#[test]
fn using_what_the_profile_lacks_names_those_that_have_it() {
    let two = "the profiles `events` and `tools` have it";
    let one = "the profile `tools` has it";
    let cases = [
        (
            "pub fn main() { garden::glass::heat(1.0) }",
            "garden::glass::heat",
            "garden::glass::heat",
            two,
        ),
        (
            "use garden::glass::heat; pub fn main() { heat(1.0) }",
            "garden::glass::heat",
            "garden::glass::heat",
            two,
        ),
        (
            "use garden::glass::Pane; pub fn main(p) { p is Pane }",
            "garden::glass::Pane",
            "garden::glass::Pane",
            two,
        ),
        ("pub fn main(p) { p is Pane }", "Pane", "Pane", two),
        (
            "#[lifted] pub fn main(bed) { bed }",
            "#[lifted]",
            "#[lifted]",
            one,
        ),
        (
            "#[lifted] pub struct Crate { bed }",
            "#[lifted]",
            "#[lifted]",
            one,
        ),
        (
            "pub fn main() { garden::raise!(1) }",
            "garden::raise",
            "garden::raise",
            one,
        ),
        (
            "pub fn main() { Bed::lift(Bed::new()) }",
            "Bed::lift",
            "garden::Bed::lift",
            one,
        ),
    ];
    with_host(&[("garden.rni", STUB)], "core", || {
        for (script, text, name, who) in cases {
            let message = format!("The profile `core` has no `{name}`: {who}");
            assert_eq!(messages(script), unavailable(text, &message), "{script}");
        }
        let error = run("pub fn main() { Bed::new().lift() }")
            .error
            .expect("an error");
        assert_eq!(error.code, "unavailable-in-profile");
        assert_eq!(
            error.message,
            format!("The profile `core` has no `Bed.lift`: {one}")
        );
        assert_eq!(
            messages("pub fn main() { garden::glass::look(); garden::plan() }"),
            []
        );
        let missing = &messages("pub fn main() { garden::nothing() }")[0];
        assert_eq!(missing.0, "garden::nothing [missing-item]");
    });
}

#[test]
fn a_profile_has_what_names_it_and_what_names_none_and_one_has_all() {
    let script = "#[lifted] pub fn main() { garden::raise!(1); garden::plan(); Bed::new().lift() }";
    let glass = "pub fn main() { garden::glass::heat(1.0) }";
    with_host(&[("garden.rni", STUB)], "tools", || {
        assert_eq!(said_of(script), []);
        assert_eq!(said_of(glass), []);
        assert_eq!(run(script).error, None);
    });
    with_host(&[("garden.rni", STUB)], "events", || {
        assert_eq!(said_of(glass), []);
        assert!(!said_of(script).is_empty());
    });
    with_host(&[("garden.rni", STUB)], "all", || {
        assert_eq!(said_of(script), []);
        assert_eq!(
            said_of("pub fn main() { garden::glass::look(); garden::glass::heat(1.0) }"),
            []
        );
    });
}

#[test]
fn an_attribute_of_another_profile_is_told_of_while_its_function_is_edited_and_stops_a_run() {
    with_host(&[("garden.rni", STUB)], "core", || {
        let script = |depth: usize| format!("#[lifted] pub fn main() {{ {depth} }}");
        let mut known = None;
        for depth in 0..3 {
            let (revision, codes) = rechecked(&script(depth), known);
            assert_eq!(codes, ["unavailable-in-profile"], "{depth}");
            known = Some(revision);
        }
        assert_eq!(run(&script(1)).outcome, Outcome::NotCompiled);
    });
}

/// The revision, and the codes of the problems after an edit.
fn rechecked(script: &str, known: Option<u64>) -> (u64, Vec<String>) {
    let response = handle(Request::Recheck(RecheckRequest {
        sources: vec![source("main.rn", script)],
        dialect: Dialect::Module,
        known,
    }));
    let codes = |problems: &[Problem]| problems.iter().map(|said| said.code.clone()).collect();
    match (response, known) {
        (Response::Remembered { revision, files }, None) => (revision, codes(&files[0].problems)),
        (Response::Changed { revision, files }, Some(_)) => (revision, codes(&files[0].problems)),
        (other, _) => panic!("{other:?}"),
    }
}

/// A native type, and a native attribute, that stubs give to one profile alone.
const NATIVES: &str = r##"//! crate: crucible
#[profile("tools")]
pub mod workflow {
    #[prelude] pub struct Workflow {}
}
#[profile("tools")] #[alias("hook")] pub attribute handler { event: String } for fn(context: any, event: any) -> any;
"##;

#[test]
fn natives_are_left_out_as_well() {
    let script = "#[hook(event = \"x\")] pub fn main() { Workflow::new() }";
    let lacking =
        |name: &str| format!("The profile `core` has no `{name}`: the profile `tools` has it");
    with_host(&[("crucible.rni", NATIVES)], "core", || {
        assert_eq!(
            messages("pub fn main() { Workflow::new() }"),
            unavailable("Workflow::new", &lacking("Workflow::new"))
        );
        assert_eq!(messages(script)[0].1, lacking("#[hook]"));
        assert_eq!(messages("pub fn main(s) { s is Session }"), []);
    });
    with_host(&[("crucible.rni", NATIVES)], "tools", || {
        assert_eq!(said_of(script), [])
    });
}

#[test]
fn modules_that_need_no_host_are_in_the_profiles_whose_loaders_have_them() {
    let everywhere = ["core", "tools", "events", "struct-plugin"];
    let calls = [
        ("json::from_string(\"1\")", &everywhere[..]),
        ("oq::parse(\"1\")", &everywhere),
        ("toml::from_string(\"a = 1\")", &["core", "tools"]),
        (
            "regex::Regex::new(\"a\").is_match(\"a\")",
            &["core", "events"],
        ),
        ("regex::is_match(\"a\", \"a\")", &["core", "events"]),
        ("paths::join(\"a\", [])", &["core"]),
        ("graph::find(#{ notes: [] }, \"a\")", &["core"]),
    ];
    for profile in everywhere {
        with_host(&[], profile, || {
            for (call, having) in calls {
                let said = messages(&format!("pub fn main() {{ {call} }}"));
                assert_eq!(
                    said.is_empty(),
                    having.contains(&profile),
                    "{profile}: {call}: {said:?}"
                );
                assert!(
                    said.iter()
                        .all(|(text, _)| text.ends_with("[unavailable-in-profile]")),
                    "{said:?}"
                );
            }
        });
    }
}

#[test]
fn the_bindings_that_are_answered_are_those_of_the_profile() {
    let paths = |profile: &'static str| {
        let bound = std::thread::spawn(move || configured(&[("garden.rni", STUB)], profile));
        let bound = bound.join().expect("an instance");
        let types = bound.types.iter().map(|row| row.path.clone());
        let functions = bound.modules.iter().flat_map(|module| {
            let functions = module.functions.iter();
            functions.map(|row| format!("{}::{}", module.path, row.name))
        });
        let all: Vec<String> = types.chain(functions).collect();
        let own = all.into_iter().filter(|path| path.starts_with("garden"));
        let mut own: Vec<String> = own.collect();
        own.sort();
        let events: Vec<String> = bound.events.iter().map(|row| row.name.clone()).collect();
        (own, events.contains(&"bed:lifted".to_owned()))
    };
    let core = ["garden::Bed", "garden::glass::look", "garden::plan"];
    assert_eq!(paths("core"), (core.map(str::to_owned).to_vec(), true));
    assert_eq!(paths("all").0.len(), 5);
}
