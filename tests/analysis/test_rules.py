"""Cases of the rules that their pages have no room for; mostly those where a rule must be silent."""

from __future__ import annotations

import pytest
from runekiln_analysis.diagnostics import diagnostics
from runekiln_analysis.facts import Facts
from runekiln_analysis.judgement import judge, judge_module
from runekiln_analysis.registrations import Role
from runekiln_analysis.rules.globs import glob_mistake
from runekiln_analysis.script import Script
from runekiln_analysis.stubs import Attribute, Bindings, Entry, Key, Parameter

from .fixtures import read_fixture, snapshot_of
from .host_bindings import BINDINGS
from .rule_pages import applied


def codes(script: str, role: Role = "script") -> list[str]:
    """The codes of what is shown of a script beyond what the guest says, in the order of the text."""
    judged = snapshot_of(read_fixture(script), BINDINGS).script
    told = {problem.code for problem in judged.main.problems}
    shown = diagnostics(judged.main, {}, judge(judged, role=role))
    return [each.code for each in shown if each.code not in told]


def fixed(script: str) -> str:
    """The script after the first fix of its first problem."""
    problem = judge(snapshot_of(read_fixture(script), BINDINGS).script)[0]
    return applied(script, problem.fixes[0])


PLUGIN = """
struct Beds { runners }
impl Beds {
    fn tools(self) { [#{ name: "beds" }, #{ name: "water" }] }
    fn dispatch(self, name, arguments) { DISPATCH }
}
#[plugin(name = "beds")]
pub fn create() { Beds { runners: #{} } }
"""


@pytest.mark.parametrize(
    "dispatch",
    [
        "self.runners[name](arguments)",
        "run(name, arguments)",
        'if name == "beds" { 1 } else if "water" == name { 2 }',
        'match name { "beds" | "water" => arguments, other => Err(`no ${other}`) }',
        "let wanted = name; match wanted { _ => arguments }",
    ],
)
def test_a_plugin_may_find_its_tools_in_many_ways(dispatch: str) -> None:
    helper = "fn run(name, arguments) { (name, arguments) }"
    assert codes(PLUGIN.replace("DISPATCH", dispatch) + helper) == []


def test_a_method_that_is_called_is_no_slip() -> None:
    plugin = PLUGIN.replace("fn tools(self) {", "fn tool(self) {")
    handing_on = plugin.replace("DISPATCH", "(name, arguments)")
    assert codes(handing_on) == ["plugin-shape"]
    used = plugin.replace("DISPATCH", "(name, arguments, self.tool())")
    on_watch = used.replace("fn dispatch", "fn on_watch(self, event) { event }\n    fn dispatch")
    assert codes(on_watch.replace('"beds")]', '"beds", watch = ["*.md"])]')) == []


def test_a_message_with_the_name_is_not_handing_it_on() -> None:
    dispatch = 'match name { "beds" => arguments, _ => Err(format!("no tool {}", name)) }'
    assert codes(PLUGIN.replace("DISPATCH", dispatch)) == ["undispatched-tool"]


def test_a_plugin_that_cannot_be_seen_is_not_judged() -> None:
    assert codes('#[plugin(name = "beds")]\npub fn create() { make() }\nfn make() { loop { break #{} } }\n') == []


def test_a_variable_that_hides_the_event_may_be_cancelled() -> None:
    body = "let event = #{}; event.cancelled = true; event"
    script = '#[handler(event = "note:created")]\npub fn f(context, event) { ' + body + " }\n"
    assert codes(script) == []
    assert codes(script.replace("let event = #{};", "")) == ["not-cancellable"]
    assert codes(script.replace("let event = #{};", "").replace("= true", "= false")) == []


def test_a_handler_is_no_method() -> None:
    method = '#[handler(event = "note:created")]\n    pub fn f(self, context, event) { event }'
    script = f"struct S {{}}\nimpl S {{\n    {method}\n}}\n"
    assert codes(script) == ["wrong-handler-signature"]


def test_a_truth_value_is_no_number() -> None:
    assert codes('#[handler(event = "note:created", priority = true)]\npub fn f(context, event) { event }\n') == [
        "wrong-attribute-value"
    ]
    assert codes('#[handler(event = "note:created", priority = -5)]\npub fn f(context, event) { event }\n') == []


def test_a_key_is_not_renamed_to_one_that_is_there_already() -> None:
    (problem,) = judge(snapshot_of(read_fixture('#[tool(desc = "a", dsc = "b")]\npub fn f() { 1 }\n'), BINDINGS).script)
    assert (problem.code, problem.fixes) == ("unknown-attribute-key", ())


def test_files_of_handlers_cannot_avoid_being_tools_too() -> None:
    script = '#[handler(event = "note:created")]\npub fn f(context, event) { event }\n'
    (problem,) = judge(snapshot_of(read_fixture(script), BINDINGS).script, role="plugin")
    assert (problem.code, problem.severity) == ("accidental-tool", "info")
    assert codes(script) == []


@pytest.mark.parametrize("pattern", ["*", "gh_*", "**/*.md", "[ab]?", "{a,b}"])
def test_a_well_formed_pattern(pattern: str) -> None:
    assert glob_mistake(pattern) is None


@pytest.mark.parametrize("pattern", ["", "[a", "a]", "{a", "a}", "***"])
def test_a_pattern_that_is_not(pattern: str) -> None:
    assert glob_mistake(pattern) is not None


def test_several_attributes_are_put_in_order_at_once() -> None:
    script = """
struct S {}
impl S {
    #[param(name = "a", type = "string")]
    // Why.
    #[param(name = "b", type = "string")]
    #[tool(desc = "x")]
    #[reviewed]
    pub fn f(a, b) { (a, b) }
}
"""
    assert codes(script)[:-1] == ["attribute-order", "attribute-order", "attribute-not-adjacent"]
    repaired = fixed(fixed(script))
    assert codes(repaired) == ["wrong-handler-signature"]  # the host finds it, and cannot call it in there
    assert (
        repaired
        == """
struct S {}
impl S {
    // Why.
    #[reviewed]
    #[tool(desc = "x")]
    #[param(name = "a", type = "string")]
    #[param(name = "b", type = "string")]
    pub fn f(a, b) { (a, b) }
}
"""
    )


def test_a_function_cannot_be_a_tool_and_a_handler() -> None:
    script = '#[tool(desc = "x")]\n#[handler(event = "note:created")]\npub fn f(context, event) { event }\n'
    (problem,) = (
        each
        for each in judge(snapshot_of(read_fixture(script), BINDINGS).script)
        if each.code == "attribute-not-adjacent"
    )
    assert problem.fixes == ()


BIRDS = Bindings(
    entries=(Entry("tend", (Parameter("id", "String"),), "any", ""),),
    attributes=(
        Attribute(
            "onbird",
            keys=(Key("tags", "Vec<String>"), Key("limits", "Vec<i64>"), Key("sign", "char")),
            parameters=(Parameter("bird", "String"),),
            returns="bool | String | Tuple",
        ),
        Attribute("marker"),
    ),
)


def test_another_hosts_functions_are_judged_by_its_stub() -> None:
    def said(script: str) -> list[str]:
        return [each.code for each in judge(snapshot_of(read_fixture(script), BIRDS).script)]

    assert said("#[onbird]\npub fn seen(bird) { bird }\n") == []
    assert said("#[onbird(tags = [\"a\"], limits = [1], sign = 'c')]\n// Why.\npub fn seen(bird) { bird }\n") == []
    assert said("#[onbird]\npub fn seen(bird, more) { (bird, more) }\n") == ["wrong-handler-signature"]
    assert said("#[onbird]\nfn seen(bird) { bird }\n") == ["not-public"]
    assert said("#[onbird]\npub fn seen(bird) { [bird] }\n") == ["wrong-handler-result"]
    assert said("#[onbird(tags = [1])]\npub fn seen(bird) { bird }\n") == ["wrong-attribute-value"]
    assert said("mod m { #[onbird]\npub fn seen(bird) { bird }\n}\n#[marker]\nfn f(a, b) { (a, b) }\n") == []
    assert said("pub fn tend() { 1 }\n") == ["wrong-handler-signature"]
    assert said("pub fn tend(id) { id }\n") == []


def test_a_call_of_a_deprecated_function_is_struck_out_where_its_name_stands() -> None:
    script = "pub fn main(agent: AgentHandle) { crucible::now(); inner(agent.mode()) }\nfn inner(now) { now }\n"
    found = judge(snapshot_of(read_fixture(script), BINDINGS).script)
    assert [(script[slice(*each.span)], each.message) for each in found] == [
        ("crucible::now", "`now` is deprecated: use `crucible::today`"),
        ("mode", "`mode` is deprecated"),
    ]
    assert {(each.severity, each.tags) for each in found} == {("hint", ("deprecated",))}


def test_a_deprecated_function_is_told_of_in_the_file_that_calls_it() -> None:
    fixture = read_fixture(
        "mod notes;\npub fn main() { notes::load() }\n//- notes.rn\npub fn load() { crucible::now() }\n"
    )
    script = snapshot_of(fixture, BINDINGS).script
    assert judge(script, modules=dict(fixture.files)) == ()
    module = Script(Facts((script.facts.files[1],)), fixture.files["kiln/notes.rn"], BINDINGS)
    assert [each.code for each in judge_module(module)] == ["deprecated"]


def test_a_private_entry_is_made_public_behind_its_documentation() -> None:
    script = "/// Makes steps.\nasync fn codify_session(session) { session }\n"
    assert fixed(script) == "/// Makes steps.\npub async fn codify_session(session) { session }\n"


def test_a_script_for_another_host_is_left_alone() -> None:
    script = '#[tool]\n#[param(name = "x")]\nfn f(a, b, c, d, e) { (a, b, c, d, e) }\n#[handler]\nfn g() { 1 }\n'
    snapshot = snapshot_of(read_fixture(script))
    assert judge(snapshot.script) == ()


def test_text_that_does_not_parse_is_no_trouble() -> None:
    for broken in (
        "#[tool(",
        "#[tool(desc = ",
        "#[tool(desc = )] pub fn",
        "#[]\npub fn f() {}",
        "#[tool()]\npub fn (a) {}",
    ):
        codes(broken)
        codes(broken, "plugin")
