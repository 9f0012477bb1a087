//! Agent cards from Markdown, and agents that answer with samples.

#[path = "support/samples.rs"]
mod samples;
mod support;

use std::future::Future;
use std::path::Path;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use rune::runtime::GuardedArgs;
use rune::Value;
use runekiln_bindings::{agent_card_from, explain, from_json, to_json, AgentCard, AgentHandle};
use serde_json::json;
use support::vm;

/// Runs `main`, which is async, and asks it once: samples are there at once.
fn run_async(script: &str, arguments: impl GuardedArgs) -> Result<Value, String> {
    let mut vm = vm(script)?;
    let mut run = pin!(vm.async_call(["main"], arguments));
    match run.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value.map_err(|error| error.to_string()),
        Poll::Pending => Err("it waits".to_owned()),
    }
}

fn read(text: &str) -> (AgentCard, Vec<(usize, String)>) {
    let read = agent_card_from("Agents/Card.md", text.as_bytes()).expect("it is a card");
    let said = read
        .skipped
        .into_iter()
        .map(|skipped| (skipped.line, skipped.message));
    (read.value, said.collect())
}

fn of_the_kiln(name: &str) -> AgentCard {
    let kiln = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/kilns/garden/Agents");
    let bytes = std::fs::read(kiln.join(name)).expect("a card");
    let read = agent_card_from(name, &bytes).expect("it is a card");
    assert_eq!(read.skipped, []);
    read.value
}

#[test]
fn the_cards_of_the_kiln_say_all_of_their_agents() {
    let card = of_the_kiln("Gardener.md");
    assert_eq!(
        (&*card.name, &*card.version, card.mode.as_deref()),
        ("gardener", "2.1.1", Some("act"))
    );
    assert_eq!((card.temperature, card.max_turns), (Some(0.1), Some(20)));
    assert_eq!(
        json!(card.tools),
        json!({"flow": "allow", "pump": "deny", "read_sensors": "allow", "valve": "ask"})
    );
    assert!(card
        .system_prompt
        .starts_with("You run the drip irrigation"));
    let card = of_the_kiln("Planner.md");
    assert_eq!(
        (card.specialty.as_deref(), &*card.mcp_servers),
        (Some("planning"), &["kiln-notes".to_owned()][..])
    );
    assert!(
        card.system_prompt.starts_with("You plan work")
            && card.system_prompt.ends_with("pump house.")
    );
    assert_eq!(
        json!(of_the_kiln("Reviewer.md").config),
        json!({"strict": true, "languages": ["rust", "rune"]})
    );
    assert_eq!(of_the_kiln("Scribe.md").max_tokens, Some(1200));
}

#[test]
fn a_card_without_a_name_takes_its_title_or_its_file() {
    let (card, said) = read("---\ntitle: Researcher\ndescription: Reads\ntype: agent-card\nmcps: [context7]\n---\n\nYou read.\n");
    assert_eq!(
        (&*card.name, &*card.version, &*card.mcp_servers[0]),
        ("Researcher", "", "context7")
    );
    assert_eq!((&*card.system_prompt, said), ("You read.", vec![]));
    assert_eq!(read("+++\ndescription = \"Reads\"\n+++\n").0.name, "Card");
}

#[test]
fn fields_that_cannot_be_used_are_said_with_their_lines() {
    let (card, said) = read("---\ndescription: Reads\nversion: one\nmax_turns: many\ntools:\n  a: perhaps\n  b: true\ntags: [[x]]\n---\n");
    let expected = [
        (3, "frontmatter: `version` should have the form `1.0.0`"),
        (4, "frontmatter: `max_turns` should be a whole number"),
        (
            5,
            "frontmatter: `tools` of `a` should be `allow`, `ask` or `deny`",
        ),
        (8, "frontmatter: `tags` should be a list of texts"),
    ];
    assert_eq!(
        said,
        expected.map(|(line, message)| (line, message.to_owned()))
    );
    assert_eq!(json!(card.tools), json!({"b": "allow"}));
    assert_eq!((&*card.version, card.max_turns), ("one", None));
}

#[test]
fn a_file_that_is_no_card_is_refused_in_words() {
    let cases = [
        ("text", "Agents/Card.md: frontmatter: there is none; a card begins with it, between two lines `---`"),
        ("---\nname: x\n---\n", "Agents/Card.md: frontmatter: `description` should say what the agent is for"),
        ("---\nname: [\n---\n", "Agents/Card.md: frontmatter: it is not YAML: "),
    ];
    for (text, words) in cases {
        let error = agent_card_from("Agents/Card.md", text.as_bytes()).expect_err("it is no card");
        assert!(error.to_string().starts_with(words), "{error}");
    }
}

#[test]
fn an_agent_answers_with_a_sample_and_changes_its_mode() {
    let script = "
        pub async fn main(agent) {
            let before = agent.mode();
            agent.set_mode(\"act\").await?;
            let answer = agent.send(\"Which beds are dry?\").await?;
            Ok([agent.card?.name, before, agent.mode(), agent.is_connected(), answer.content, answer.tool_calls.len()])
        }";
    let agent = rune::to_value(AgentHandle::new(samples::card())).expect("memory");
    let answer = run_async(script, (agent,)).expect("it runs");
    let sample = "(a sample, no agent was asked: Which beds are dry?)";
    let expected = json!({"Ok": ["gardener", "plan", "act", true, sample, 0]});
    assert_eq!(to_json(&answer), expected);
}

#[test]
fn errors_can_be_passed_on_and_matched() {
    let script = "
        use crucible::agent::AgentError;
        async fn ask(agent) { let answer = agent.send(\"x\").await?; Ok(answer.content) }
        pub async fn main(agent, gone) {
            let passed = ask(gone).await;
            let matched = match gone.send(\"x\").await {
                Err(AgentError { kind: \"not_connected\", message }) => message,
                _ => \"other\",
            };
            let mode = match agent.set_mode(\" \").await { Err(error) => `${error.kind}: ${error}`, Ok(()) => \"taken\" };
            [passed, matched, mode]
        }";
    let mut gone = AgentHandle::new(samples::card());
    gone.connected = false;
    let agents = [AgentHandle::new(samples::card()), gone]
        .map(|agent| rune::to_value(agent).expect("memory"));
    let [agent, gone]: [Value; 2] = agents;
    let answers = run_async(script, (agent, gone)).expect("it runs");
    let error = json!({"message": "gardener is not connected", "kind": "not_connected"});
    let expected = json!([
        {"Err": error},
        "gardener is not connected",
        "unknown_mode: a mode has a name, such as `plan` or `act`"
    ]);
    assert_eq!(to_json(&answers), expected);
}

#[test]
fn a_message_that_is_not_awaited_is_not_sent() {
    let script = "pub async fn main(agent) { let later = agent.set_mode(\"act\"); [agent.mode(), later.await.is_ok(), agent.mode()] }";
    let agent = rune::to_value(AgentHandle::new(samples::card())).expect("memory");
    let answer = run_async(script, (agent,)).expect("it runs");
    assert_eq!(to_json(&answer), json!(["plan", true, "act"]));
}

#[test]
fn agents_can_be_given_as_json() {
    let json = json!({"card": {"name": "gardener", "description": "Waters"}, "mode": "act"});
    let agent: AgentHandle =
        rune::from_value(from_json(&json, Some("AgentHandle")).expect("it fits"))
            .expect("an agent");
    assert_eq!((agent.connected, &*agent.mode), (true, "act"));
    let wrong =
        from_json(&json!({"max_turns": "many"}), Some("AgentCard")).expect_err("it does not fit");
    assert_eq!(
        wrong,
        "AgentCard: `max_turns`: invalid type: string \"many\", expected i64"
    );
}

#[test]
fn a_wrong_argument_is_said_in_words() {
    let agent = rune::to_value(AgentHandle::new(samples::card())).expect("memory");
    let error = run_async(
        "pub async fn main(agent) { agent.send(42).await }",
        (agent,),
    )
    .expect_err("no text");
    assert_eq!(explain(&error), "expected String, found i64");
}
