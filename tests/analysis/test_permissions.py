"""What scripts need, through whatever they call, and what they ask for."""

from __future__ import annotations

import pytest
from runekiln_analysis.facts import Problem
from runekiln_analysis.grants import Granted, header_of, parse_grants, show_grant
from runekiln_analysis.judgement import judge
from runekiln_analysis.permission_calls import explored
from runekiln_analysis.requirements import Needs, needs_of
from runekiln_analysis.snapshot import Snapshot

from .fixtures import read_fixture, snapshot_of
from .host_bindings import BINDINGS
from .rule_pages import applied

KILN_READ = Granted("kiln.read")


def open_script(marked: str) -> tuple[Snapshot, dict[str, bytes]]:
    """The script of a fixture, and the texts of its modules."""
    fixture = read_fixture(marked)
    return snapshot_of(fixture, BINDINGS), dict(fixture.files)


def needs(marked: str) -> Needs:
    snapshot, modules = open_script(marked)
    return needs_of(snapshot.script, explored(snapshot.script, modules))


def show_needs(marked: str) -> str:
    """What each entry needs, and the functions on the way."""
    lines = []
    for entry in needs(marked).entries:
        for each in entry.needs:
            shown = show_grant(each.requirement.permission, each.requirement.scope)
            lines.append(f"{' > '.join(each.chain)}: {shown}")
    return "\n".join(lines)


def problems(marked: str, granted: tuple[Granted, ...] | None = None) -> tuple[Problem, ...]:
    snapshot, modules = open_script(marked)
    return judge(snapshot.script, granted=granted, modules=modules)


def show_problems(marked: str, granted: tuple[Granted, ...] | None = None) -> str:
    text = read_fixture(marked).text
    return "\n".join(
        f"{each.severity}[{each.code}] {text[slice(*each.span)].decode()}: {each.message}"
        for each in problems(marked, granted)
    )


def test_a_call_by_its_full_path_needs_what_the_function_declares() -> None:
    assert show_needs("pub fn main() { crucible::read_note(`a`); crucible::today() }") == "main: kiln.read"


def test_imports_aliases_and_modules_lead_to_the_same_function() -> None:
    assert show_needs("use crucible::read_note;\npub fn main() { read_note(`a`) }") == "main: kiln.read"
    assert show_needs("use crucible::read_note as open;\npub fn main() { open(`a`) }") == "main: kiln.read"
    assert show_needs("use crucible as host;\npub fn main() { host::read_note(`a`) }") == "main: kiln.read"
    assert show_needs("use crucible::*;\npub fn main() { read_note(`a`) }") == "main: kiln.read"
    assert show_needs("pub fn main() { use crucible::{read_note as open}; open(`a`) }") == "main: kiln.read"


def test_needs_go_through_functions_of_the_script() -> None:
    script = """
pub fn main() { first() }
fn first() { self::second() }
fn second() { crate::third::fourth() }
mod third { pub fn fourth() { crucible::read_note("a") } }
fn unrelated() { 1 }
"""
    assert show_needs(script) == "main > first > second > fourth: kiln.read"


def test_functions_that_call_each_other_come_to_an_end() -> None:
    script = """
pub fn main() { even(3) }
fn even(n) { if n == 0 { crucible::read_note("a") } else { odd(n - 1) } }
fn odd(n) { even(n - 1) }
"""
    assert show_needs(script) == "main > even: kiln.read"


def test_methods_need_a_receiver_whose_type_is_plain() -> None:
    script = """
pub fn known(agent: AgentHandle) { agent.send("hello") }
pub fn made() { let agent = AgentHandle::connect("ada"); agent.send("hello") }
pub fn given() { let agent = shell::assistant(); agent.send("hello") }
pub async fn awaited() { shell::wake().await.send("hello") }
pub fn unknown(agent) { agent.send("hello") }
pub fn harmless(agent: AgentHandle) { agent.is_connected() }
"""
    assert show_needs(script) == "known: agent\nmade: agent\ngiven: agent\nawaited: agent"
    assert needs(script).perhaps == {"agent"}


def test_methods_of_the_scripts_own_types_are_followed() -> None:
    script = """
struct Clerk { agent }
impl Clerk {
    fn new(agent) { Clerk { agent } }
    fn ask(self) { crucible::read_note("a") }
}
pub fn main() { let clerk = Clerk::new(1); clerk.ask() }
"""
    assert show_needs(script) == "main > ask: kiln.read"


def test_a_function_that_is_handed_on_is_taken_as_called() -> None:
    script = """
fn load(path) { crucible::read_note(path) }
pub fn main() { ["a"].iter().map(load).collect::<Vec>() }
pub fn inside() { ["a"].iter().map(|path| crucible::read_note(path)).collect::<Vec>() }
"""
    assert show_needs(script) == "main > load: kiln.read\ninside: kiln.read"


def test_a_variable_hides_a_function_of_its_name() -> None:
    assert show_needs("use crucible::read_note;\npub fn main(read_note) { read_note(`a`) }") == ""
    assert show_needs("fn read_note() { 1 }\npub fn main() { read_note() }") == ""


def test_a_value_that_is_written_out_narrows_the_permission() -> None:
    script = """
pub fn literal() { shell::exec("just", ["test"]) }
pub fn computed(command) { shell::exec(command, []) }
pub fn method(notebook: Notebook) { notebook.write("Log/today.md", "x") }
"""
    assert show_needs(script) == "literal: shell(just)\ncomputed: shell\nmethod: kiln.write(Log/today.md)"


def test_needs_go_through_modules_in_files_of_their_own() -> None:
    script = """
mod notes;
pub fn main() { notes::load() }
pub fn other() { notes::deep::look() }
fn helper() { shell::exec("just", []) }
//- notes.rn
pub mod deep;
use crucible::read_note as open;
pub fn load() { inner() }
fn inner() { open("a"); super::helper(); crate::helper() }
//- notes/deep.rn
pub fn look() { super::load() }
"""
    assert show_needs(script) == (
        "main > load > inner: kiln.read\nmain > load > inner > helper: shell(just)\n"
        "other > look > load > inner: kiln.read\nother > look > load > inner > helper: shell(just)"
    )


def test_a_module_that_cannot_be_read_makes_no_claims() -> None:
    snapshot, _ = open_script(
        "//! permissions: agent\nmod notes;\npub fn main() { notes::load() }\n//- notes.rn\npub fn load() { 1 }\n"
    )
    assert not needs_of(snapshot.script, explored(snapshot.script, {})).is_complete
    assert judge(snapshot.script) == ()


def test_what_is_asked_for_is_compared_with_what_is_needed() -> None:
    script = """//! permissions: kiln.read, shell(make)

pub fn main() { step() }
pub fn again() { step() }
fn step() { shell::exec("just", []); nobody_has_written_this() }
"""
    (problem, *others) = problems(script)
    assert (problem.code, problem.severity) == ("missing-permission", "error")
    assert problem.message == (
        "`exec` needs the permission `shell(just)`, which the script does not ask for: `main` calls it through `step`"
    )
    assert [related.message for related in problem.related] == [
        "`main` needs `shell(just)`",
        "`again` needs `shell(just)`",
    ]
    # With errors in the script nothing is called unused.
    assert others == []
    assert applied(script, problem.fixes[0]).startswith("//! permissions: kiln.read, shell(make), shell(just)\n")


def test_the_settings_have_their_say_beside_the_header() -> None:
    ask = "//! permissions: agent\npub fn main(agent: AgentHandle) { agent.send(`x`) }\n"
    assert show_problems(ask, (Granted("agent"),)) == ""
    assert show_problems(ask, (KILN_READ,)) == (
        "error[missing-permission] send: `send` needs the permission `agent`, which the kiln's settings do not grant: "
        "`main` calls it"
    )
    silent = "pub fn main(agent: AgentHandle) { agent.send(`x`) }\n"
    assert show_problems(silent, (Granted("agent"),)) == ""
    assert "do not grant" in show_problems(silent, ())


def test_if_nobody_has_said_anything_there_is_one_hint() -> None:
    script = """
pub async fn main(agent: AgentHandle) { agent.send("a").await; shell::exec("just", []); shell::exec("make", []) }
pub fn other(agent: AgentHandle) { agent.send("b") }
"""
    (hint,) = problems(script)
    assert (hint.severity, hint.message) == (
        "hint",
        "the script needs `agent`, `shell(just)`, `shell(make)`, and nothing says that it may: "
        "neither its first lines nor the kiln's settings",
    )
    assert applied(script, hint.fixes[0]).startswith("//! permissions: agent, shell(just), shell(make)\n")


def test_a_line_of_permissions_goes_to_the_end_of_the_header() -> None:
    script = (
        "#!/usr/bin/env runekiln\n//! What is ripe.\n\n/// Asks.\npub fn main(agent: AgentHandle) { agent.send(`x`) }\n"
    )
    (hint,) = problems(script)
    repaired = applied(script, hint.fixes[0])
    assert repaired.startswith("#!/usr/bin/env runekiln\n//! What is ripe.\n//! permissions: agent\n\n/// Asks.\n")
    assert problems(repaired) == ()


def test_a_scope_that_nothing_needs_is_unused() -> None:
    script = (
        '//! permissions: kiln.write(Log/*, Beds/*)\npub fn main(notes: Notebook) { notes.write("Log/a.md", ``) }\n'
    )
    assert show_problems(script) == "hint[unused-permission] Beds/*: nothing in the script needs `kiln.write(Beds/*)`"


def test_a_permission_that_may_be_needed_is_not_called_unused() -> None:
    assert show_problems("//! permissions: agent\npub fn main(somebody) { somebody.send(`x`) }\n") == ""
    assert (
        show_problems(
            "//! permissions: agent\nfn later(agent: AgentHandle) { agent.send(`x`) }\npub fn main() { later }\n"
        )
        == ""
    )


def test_an_unused_permission_can_be_taken_out() -> None:
    body = "\npub fn main(agent: AgentHandle) { agent.send(`x`) }\n"
    for listed in ("net, agent", "agent, net"):
        script = f"//! permissions: {listed}{body}"
        (unused,) = problems(script)
        assert unused.tags == ("unused",)
        assert applied(script, unused.fixes[0]) == f"//! permissions: agent{body}"


def test_a_header_is_read_as_it_is_written() -> None:
    header = header_of(
        b'//! A script.\n//! permissions: kiln.read, shell("a, b", just)\n//! permissions: net\npub fn f() {}\n'
    )
    assert header.grants is not None
    assert [written.granted for written in header.grants] == [
        KILN_READ,
        Granted("shell", ("a, b", "just")),
        Granted("net"),
    ]
    assert header_of(b"pub fn f() {}\n//! permissions: net\n").grants is None
    assert header_of(b"/// permissions: net\npub fn f() {}\n").grants is None
    assert header_of(b"//! permissions:\n").grants == ()


def test_grants_of_settings_are_read_like_a_header() -> None:
    assert parse_grants(["kiln.read", "shell(just, make)"]) == (KILN_READ, Granted("shell", ("just", "make")))


def test_a_header_is_no_obstacle_for_the_compiler() -> None:
    snapshot, _ = open_script(
        "#!/usr/bin/env runekiln\n//! permissions: agent\n\n/// Docs.\npub fn main(a) { a.send(1) }\n"
    )
    assert snapshot.facts.script.problems == ()


def test_a_module_file_finds_the_scripts_functions_by_each_path() -> None:
    main = "mod notes;\npub fn main() { notes::load() }\nfn helper() { crucible::read_note(`a`) }\n//- notes.rn\n"
    way = "main > load > helper: kiln.read"
    assert show_needs(main + "pub fn load() { super::helper() }\n") == way
    assert show_needs(main + "pub fn load() { crate::helper() }\n") == way
    assert show_needs(main + "use crate::helper as help;\npub fn load() { help() }\nfn helper() { 1 }\n") == way


def test_a_value_that_is_no_literal_narrows_nothing() -> None:
    given = ("just", "`just ${n}`", '"ju" + n')
    calls = "; ".join(f"shell::exec({each}, [])" for each in given)
    script = f'pub fn main(n) {{ let just = "just"; {calls} }}'
    assert show_needs(script) == "main: shell\nmain: shell\nmain: shell"


def test_a_value_that_is_known_later_is_left_to_the_run() -> None:
    script = "//! permissions: kiln.write(Log/*)\npub fn main(notes: Notebook, path) { notes.write(path, `a`) }\n"
    assert show_problems(script) == ""


def test_the_hint_leaves_out_what_a_wider_permission_covers() -> None:
    (hint,) = problems('pub fn main(notes: Notebook, path) { notes.read(path); notes.read("a.md") }\n')
    assert "needs `kiln.read`, and nothing" in hint.message


def test_a_byte_order_mark_stays_first() -> None:
    script = "\ufeffpub fn main(agent: AgentHandle) { agent.send(`x`) }\n"
    (hint,) = problems(script)
    assert applied(script, hint.fixes[0]).startswith("\ufeff//! permissions: agent\npub fn main")


@pytest.mark.parametrize(
    ("granted", "path", "needed"),
    [
        ("kiln.write(Beds/*)", "Beds/../.crucible/runekiln.toml", "kiln.write(.crucible/runekiln.toml)"),
        ("kiln.write(Beds/*)", "Beds/./../Log.md", "kiln.write(Log.md)"),
        ("kiln.write(Beds/*)", "Beds/../../other.md", "kiln.write(../other.md)"),
        ("kiln.write", "../other.md", "kiln.write(../other.md)"),
        ("kiln.write(*)", "Beds/../../other.md", "kiln.write(../other.md)"),
    ],
)
def test_a_path_is_followed_before_it_is_compared(granted: str, path: str, needed: str) -> None:
    script = f'//! permissions: {granted}\npub fn main() {{ crucible::create_note("{path}", "") }}\n'
    (problem,) = (each for each in problems(script) if each.code == "missing-permission")
    assert f"`{needed}`" in problem.message


@pytest.mark.parametrize(
    ("granted", "path"),
    [
        ("kiln.write(Beds/*)", "./Beds//Salad.md"),
        ("kiln.write(./Beds/*)", "Beds/Salad.md"),
        ("kiln.write(Beds/*)", "Log/../Beds/Salad.md"),
        ("kiln.write(Beds/*)", "Beds/"),
        ("kiln.write(../shared/*)", "../shared/Salad.md"),
        ("kiln.write", "Beds/../Salad.md"),
    ],
)
def test_a_path_that_stays_where_it_may_be_is_fine(granted: str, path: str) -> None:
    assert problems(f'//! permissions: {granted}\npub fn main() {{ crucible::create_note("{path}", "") }}\n') == ()


def test_only_paths_are_followed() -> None:
    assert problems('//! permissions: shell(./a/../just)\npub fn main() { shell::exec("./a/../just", []) }\n') == ()


def test_a_function_of_a_module_is_no_entry() -> None:
    helper = "mod helper { pub fn x() { crucible::read_note(`a`) } }\n"
    assert show_needs(helper) == ""
    assert show_needs(helper + "pub fn main() { helper::x() }\n") == "main > x: kiln.read"
    assert show_problems("//! permissions: kiln.read\n" + helper) == ""


def test_a_public_method_is_no_entry_and_its_needs_go_to_those_that_call_it() -> None:
    script = """
pub struct Well { depth }
impl Well {
    pub fn new() { Well { depth: 1 } }
    pub fn log(self) { crucible::read_note(`a`) }
    pub fn pump() { shell::exec("pump", []) }
}
"""
    assert show_needs(script) == ""
    assert problems(script) == ()
    calls = script + "pub fn main() { Well::new().log() }\npub fn empty() { Well::pump() }\n"
    assert show_needs(calls) == "main > log: kiln.read\nempty > pump: shell(pump)"


def test_what_a_method_needs_that_nothing_calls_is_not_asked_for_in_vain() -> None:
    script = """//! permissions: kiln.read

pub struct Well;
impl Well { pub fn log(self) { crucible::read_note(`a`) } }
"""
    assert show_problems(script) == ""


def test_a_function_that_an_attribute_registers_is_an_entry_wherever_it_stands() -> None:
    script = """
mod inner {
    #[tool(desc = "Reads")]
    pub fn read() { crucible::read_note(`a`) }
    #[tool(desc = "Hidden")]
    fn hidden() { shell::exec("just", []) }
    #[test]
    pub fn check() { shell::exec("make", []) }
}
"""
    assert show_needs(script) == "read: kiln.read"


PLUGIN = """
struct Valves { open }
impl Valves {
    fn tools(self) { crucible::read_note(`a`); [] }
    fn dispatch(self, name, arguments) { self.turn(name) }
    fn on_watch(self, event) { shell::exec("make", []) }
    fn turn(self, name) { shell::exec("just", []) }
    pub fn close(self) { crucible::create_note(`b`, ``) }
}
struct Other;
impl Other { pub fn dispatch(self, name, arguments) { crucible::create_note(`c`, ``) } }
"""


def test_the_methods_that_the_host_calls_on_a_plugin_are_entries() -> None:
    assert show_needs(PLUGIN) == ""
    plain = PLUGIN + '#[plugin(name = "valves")]\npub fn create() { Valves { open: [] } }\n'
    assert show_needs(plain) == "tools: kiln.read\ndispatch > turn: shell(just)"
    watching = plain.replace('"valves"', '"valves", watch = ["*.md"]')
    assert show_needs(watching) == "tools: kiln.read\ndispatch > turn: shell(just)\non_watch: shell(make)"
    private = plain.replace("pub fn create", "fn create")
    assert show_needs(private) == ""


def test_where_it_is_not_plain_what_a_plugin_is_all_methods_that_may_be_its_own_are_entries() -> None:
    script = PLUGIN + '#[plugin(name = "valves")]\npub fn create() { make(Valves) }\nfn make(kind) { kind }\n'
    assert show_needs(script) == "tools: kiln.read\ndispatch > turn: shell(just)\ndispatch: kiln.write"


def test_what_a_module_asks_for_is_nothing_to_the_script_that_pulls_it_in() -> None:
    script = """//! permissions: agent

mod notes;
pub fn main(agent: AgentHandle) { agent.send(notes::load()) }
//- notes.rn
//! permissions: kiln.read
pub fn load() { crucible::read_note(`a`) }
pub fn unused() { shell::exec("just", []) }
"""
    (problem,) = problems(script)
    assert problem.message == (
        "`read_note` needs the permission `kiln.read`, which the script does not ask for: "
        "`main` calls it through `load`"
    )


def test_a_parenthesis_that_is_not_closed_is_all_that_is_said() -> None:
    script = '//! permissions: kiln.read, shell(just, make\npub fn main() { shell::exec("just", []) }\n'
    assert show_problems(script.replace("kiln.read, ", "")) == (
        "warning[unknown-permission] shell(just, make: `)` is missing behind the values of `shell`"
    )


def test_what_is_left_open_in_settings_grants_nothing() -> None:
    assert parse_grants(["shell(", "shell(just", "kiln.read"]) == (KILN_READ,)
