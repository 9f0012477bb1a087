//! Runs scripts and looks at how they end.

mod fixture;
use fixture::source;
use runekiln_guest::handle::handle;
use runekiln_guest::protocol::*;
use serde_bytes::ByteBuf;

fn run_with(text: &str, entry: &str, arguments: Vec<Argument>, output_limit: u64) -> Response {
    let sources = vec![source("main.rn", text)];
    handle(Request::Run(RunRequest {
        sources,
        dialect: Dialect::Module,
        entry: entry.to_owned(),
        arguments,
        output_limit,
    }))
}

fn run(text: &str, entry: &str) -> Ran {
    match run_with(text, entry, Vec::new(), 1000) {
        Response::Ran(ran) => ran,
        other => panic!("it did not run: {other:?}"),
    }
}

fn json(text: &str) -> Argument {
    Argument::Json {
        json: ByteBuf::from(text.as_bytes().to_vec()),
        host_type: None,
    }
}

fn finished(text: &str) -> Value {
    let ran = run(text, "main");
    assert_eq!(ran.outcome, Outcome::Finished, "{:?}", ran.error);
    ran.value.expect("a value")
}

/// Code, message, and each frame's function with the text at its place.
fn failure(text: &str) -> (String, String, Vec<String>) {
    let ran = run(text, "main");
    assert_eq!(ran.outcome, Outcome::Failed);
    let error = ran.error.expect("an error");
    let frame = |frame: &Frame| {
        format!(
            "{}: {}",
            frame.function,
            &text[frame.span[0] as usize..frame.span[1] as usize]
        )
    };
    (
        error.code,
        error.message,
        error.frames.iter().map(frame).collect(),
    )
}

#[test]
fn an_entry_gives_a_value() {
    let value = finished("pub fn main() { #{ seeds: 3, bed: \"north\" } }");
    assert_eq!(value.json, serde_json::json!({"seeds": 3, "bed": "north"}));
    assert_eq!(
        finished("pub fn main() { Err(\"frost\") }").type_name,
        "Result"
    );
}

#[test]
fn annotations_are_no_trouble() {
    assert_eq!(
        finished("fn twice(n: i64) -> i64 { n * 2 }\npub fn main() -> i64 { twice(21) }").json,
        42
    );
}

#[test]
fn an_async_entry_is_awaited() {
    assert_eq!(
        finished(
            "async fn grow(n) { n + 1 }\npub async fn main() { grow(1).await + grow(2).await }"
        )
        .json,
        5
    );
    assert_eq!(
        finished("async fn grow(n) { n + 1 }\npub fn main() { grow(1) }").json,
        2
    );
}

#[test]
fn output_is_kept() {
    let ran = run(
        "pub fn main() { println!(\"sown {}\", 3); print!(\"done\"); }",
        "main",
    );
    assert_eq!(ran.output, "sown 3\ndone");
}

#[test]
fn a_flood_of_output_is_stopped_at_the_limit() {
    let ran = run("pub fn main() {\n  loop { println!(\"drip\"); }\n}", "main");
    assert_eq!((ran.outcome, ran.output.len()), (Outcome::Stopped, 1000));
    let error = ran.error.expect("an error");
    assert_eq!(error.code, "output-limit");
    assert_eq!(error.frames[0].function, "main");
}

#[test]
fn a_panic_names_its_line_and_the_calls_that_led_there() {
    let text = "fn sow(n) {\n  panic!(\"no seeds: {}\", n)\n}\nfn plan() {\n  sow(1)\n}\npub fn main() {\n  let done = plan();\n  done\n}";
    let (code, message, frames) = failure(text);
    assert_eq!((code.as_str(), message.as_str()), ("panic", "no seeds: 1"));
    assert_eq!(
        frames
            .iter()
            .map(|frame| frame.split(':').next().unwrap())
            .collect::<Vec<_>>(),
        ["sow", "plan", "main"]
    );
    assert_eq!(frames[1], "plan: sow(1)");
}

#[test]
fn calls_through_native_functions_are_on_the_stack() {
    let text = "fn pick(x) {\n  x.nothing()\n}\npub fn main() {\n  [1].iter().map(|x| pick(x)).collect::<Vec>()\n}";
    let (code, message, frames) = failure(text);
    assert_eq!(code, "unknown-method");
    assert_eq!(message, "`i64` has no method `nothing`");
    assert_eq!(
        frames,
        [
            "pick: x.nothing()",
            "closure in main: pick(x)",
            "main: [1].iter().map(|x| pick(x)).collect::<Vec>()"
        ]
    );
}

#[test]
fn a_wrong_number_of_arguments_names_the_parameters() {
    let Response::Ran(ran) = run_with(
        "pub fn sow(bed: String, seeds) { }",
        "sow",
        vec![json("1")],
        10,
    ) else {
        panic!()
    };
    let error = ran.error.expect("an error");
    assert_eq!(error.code, "wrong-arity");
    assert_eq!(
        error.message,
        "`sow` takes 2 arguments, `bed`, `seeds`, and 1 is given"
    );
}

#[test]
fn a_bad_argument_is_named() {
    let argument = Argument::Json {
        json: ByteBuf::from(b"1".to_vec()),
        host_type: Some("Callout".to_owned()),
    };
    let Response::Ran(ran) = run_with(
        "pub fn sow(bed, note) { }",
        "sow",
        vec![json("1"), argument],
        10,
    ) else {
        panic!()
    };
    let error = ran.error.expect("an error");
    assert_eq!(error.code, "bad-argument");
    assert!(
        error.message.starts_with("argument 2, `note`: "),
        "{}",
        error.message
    );
}

#[test]
fn a_for_says_what_it_cannot_go_over() {
    let cases = [
        ("for x in 5 { x }", "a `for` cannot go over `i64`"),
        (
            "for x in Workflow::new() { x }",
            "a `for` cannot go over `Workflow`",
        ),
        ("for x in [1].len() { x }", "a `for` cannot go over `u64`"),
        ("for x in [1].nope() { x }", "`Vec` has no method `nope`"),
    ];
    for (body, message) in cases {
        assert_eq!(failure(&format!("pub fn main() {{ {body} }}")).1, message);
    }
}

#[test]
fn the_value_before_the_dot_is_no_argument() {
    let cases = [
        (
            "Workflow::new().add_step(\"a\")",
            "1 argument was given, but 2 are expected",
        ),
        (
            "Bed { rows: 1 }.dig()",
            "0 arguments were given, but 1 is expected",
        ),
        ("[].push(1, 2)", "2 arguments were given, but 1 is expected"),
        (
            "Bed::dig(Bed { rows: 1 })",
            "1 argument was given, but 2 are expected",
        ),
    ];
    for (call, message) in cases {
        let text = format!(
            "struct Bed {{ rows }}\nimpl Bed {{ fn dig(self, depth) {{ depth }} }}\npub fn main() {{ {call} }}"
        );
        assert_eq!(failure(&text).1, message, "{call}");
    }
}

#[test]
fn of_a_function_that_a_method_calls_all_arguments_count() {
    let cases = [
        (
            "[1].iter().map(|a, b| a).collect::<Vec>()",
            "1 argument was given, but 2 are expected",
        ),
        (
            "[3, 1].sort_by(|a| a)",
            "2 arguments were given, but 1 is expected",
        ),
    ];
    for (call, message) in cases {
        assert_eq!(failure(&format!("pub fn main() {{ {call} }}")).1, message);
    }
}

#[test]
fn a_field_that_is_not_there_or_not_to_be_written_is_named() {
    let cases = [
        ("#{}.b", "this value has no field `b`"),
        (
            "let x = #{a: #{}}; x.a.bed",
            "this value has no field `bed`",
        ),
        (
            "let w = Workflow::new(); w.title += \"x\"",
            "the field `title` of `Workflow` can only be assigned with `=`",
        ),
    ];
    for (body, message) in cases {
        assert_eq!(failure(&format!("pub fn main() {{ {body} }}")).1, message);
    }
}

#[test]
fn messages_show_no_addresses() {
    let (_, message, _) = failure("pub fn main() { panic!(\"no: {:?}\", i64::parse(\"a\")) }");
    assert_eq!(message, "no: Err(<ParseIntError>)");
    let (_, message, _) = failure("pub fn main() { i64::parse(\"a\").unwrap() }");
    assert!(message.ends_with("value: <ParseIntError>"), "{message}");
}

#[test]
fn arguments_are_json() {
    let Response::Ran(ran) = run_with(
        "pub fn sow(bed, n) { bed.name + `-${n}` }",
        "sow",
        vec![json("{\"name\": \"north\"}"), json("2")],
        10,
    ) else {
        panic!()
    };
    assert_eq!(ran.value.expect("a value").json, "north-2");
}

#[test]
fn a_session_log_becomes_a_session_and_says_what_it_skipped() {
    let text = "pub fn codify_session(session) { session.phases().len() }";
    let log =
        ByteBuf::from(b"---\ntype: session\n---\n\n## Plan @bob\n\nwords\n\n## Dig\n".to_vec());
    let argument = Argument::Session {
        path: "s/session.md".to_owned(),
        text: log,
        meta: None,
    };
    let Response::Ran(ran) = run_with(text, "codify_session", vec![argument], 10) else {
        panic!()
    };
    assert_eq!(ran.value.expect("a value").json, 2);
}

/// What `main(it)` gives for `body`, where `it` is made of a file for a parameter of that type.
fn run_with_file(path: &str, text: &str, host_type: Option<&str>, body: &str) -> Response {
    let argument = Argument::File {
        path: path.to_owned(),
        text: ByteBuf::from(text.as_bytes().to_vec()),
        host_type: host_type.map(str::to_owned),
    };
    run_with(
        &format!("pub fn main(it) {{ {body} }}"),
        "main",
        vec![argument],
        10,
    )
}

#[track_caller]
fn check_file(path: &str, text: &str, host_type: Option<&str>, body: &str, expected: &str) {
    let Response::Ran(ran) = run_with_file(path, text, host_type, body) else {
        panic!("it should run")
    };
    assert_eq!(ran.value.expect("a value").json, expected, "{body}");
}

#[test]
fn a_file_becomes_what_the_parameter_is_declared_as() {
    let note = "---
type: bed
---
# Salad

> [!tip] Water early
> Before nine.
";
    check_file("Beds/Salad.md", note, Some("Note"), "it.title", "Salad");
    check_file(
        "Beds/Salad.md",
        note,
        Some("Option<Note>"),
        "it.path",
        "Beds/Salad.md",
    );
    check_file(
        "Beds/Salad.md",
        note,
        Some("Frontmatter"),
        "it.get(\"type\").unwrap()",
        "bed",
    );
    check_file(
        "Beds/Salad.md",
        note,
        Some("Vec<Callout>"),
        "it[0].type",
        "tip",
    );
    check_file(
        "Beds/Salad.md",
        note,
        Some("String"),
        "it.split(\"\\n\").next().unwrap()",
        "---",
    );
    check_file(
        "a/log.md",
        "## Dig @bob
",
        Some("Session"),
        "it.phases()[0].name",
        "Dig",
    );
}

#[test]
fn of_a_file_for_no_type_the_suffix_decides() {
    check_file(
        "Beds/Salad.md",
        "# Salad
",
        None,
        "it.title",
        "Salad",
    );
    check_file(
        "beds.json",
        r#"{"salad": "north"}"#,
        Some("any"),
        "it.salad",
        "north",
    );
    check_file("beds.csv", "salad,north", None, "it", "salad,north");
}

#[test]
fn a_file_that_cannot_become_the_type_is_refused() {
    let refused = |path, text, host_type| match run_with_file(path, text, Some(host_type), "it") {
        Response::Ran(ran) => ran.error.expect("an error").message,
        other => panic!("{other:?}"),
    };
    let message = refused("a.md", "", "i64");
    assert!(
        message.starts_with(
            "argument 1, `it`: the file a.md cannot become `i64`: files become a Note,"
        ),
        "{message}"
    );
    let message = refused("a.json", "{", "Event");
    assert!(
        message.starts_with("argument 1, `it`: a.json is no JSON: EOF"),
        "{message}"
    );
}

#[test]
fn a_script_with_errors_does_not_run() {
    let ran = run("pub fn main() { absent() }", "main");
    assert_eq!(ran.outcome, Outcome::NotCompiled);
    assert_eq!(ran.files[0].problems[0].code, "missing-item");
}

#[test]
fn what_cannot_be_called_is_refused() {
    let refused = |entry| match run_with("fn secret() {}\npub fn main() {}", entry, Vec::new(), 10)
    {
        Response::Refused { message } => message,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused("nothing"), "there is no function `nothing`");
    assert_eq!(
        refused("secret"),
        "`secret` is not `pub`, so it cannot be called from outside"
    );
}
