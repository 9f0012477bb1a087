"""Which scripts of a kiln the host finds, what they register, and what becomes of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import msgspec
from inline_snapshot import snapshot
from runekiln_analysis.facts import Facts
from runekiln_analysis.stubs import Attribute, Bindings, Key, Parameter
from runekiln_runtime.checker import Checker
from runekiln_server.discovery import Discovered, discover, folders_of, role_of, user_plugins
from runekiln_server.kiln import Kiln
from runekiln_server.reports.drawing import Paint
from runekiln_server.reports.registered import as_json, as_text

from tests.analysis.host_bindings import BINDINGS

TOOL = '#[tool(desc = "What grows")]\npub fn {name}() {{\n    []\n}}\n'
PLUGIN = """
struct Beds {}

impl Beds {
    fn tools(self) {
        [#{ name: "beds" }]
    }

    fn dispatch(self, name, arguments) {
        match name {
            "beds" => [],
            _ => (),
        }
    }
}

#[plugin(name = "NAME", deps = [DEPS])]
pub fn create() {
    Beds {}
}
"""


def look(checker: Checker, folder: Path, files: Mapping[str, str], bindings: Bindings = BINDINGS) -> Discovered:
    """What is discovered in a kiln of these files; those in `user/` are the user's own plugins."""
    (folder / ".crucible").mkdir()
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def check(path: Path, text: bytes) -> tuple[Facts, Bindings]:
        return (checker.check(path.as_posix(), text, lambda _: None), bindings)

    return discover(folder, folders_of(folder, user=folder / "user"), Kiln(folder).scripts(), check)


def table(checker: Checker, folder: Path, files: Mapping[str, str], bindings: Bindings = BINDINGS) -> str:
    return as_text(look(checker, folder, files, bindings), Paint(enabled=False))


def tool(name: str) -> str:
    return TOOL.format(name=name)


def test_each_kind_of_registration_is_listed_with_what_it_says(checker: Checker, tmp_path: Path) -> None:
    files = {
        ".crucible/scripts/codify.rn": "pub fn codify_session(session) { Workflow::new() }\npub fn main() { 1 }\n",
        "plugins/beds.rn": PLUGIN.replace("NAME", "garden").replace("DEPS", "") + "pub fn main() {}\n",
        "plugins/deep/events.rn": (
            '#[hook(event = "tool:before", pattern = "gh_*", priority = 5)]\npub fn guard(context, event) { event }\n'
            '#[handler(event = "note:created", enabled = false)]\npub fn greet(context, event) { event }\n'
            '#[callout(type = "note")]\npub fn noted(callout) { callout }\n' + tool("flowers")
        ),
    }
    assert table(checker, tmp_path, files) == snapshot("""\
kind      name            where
codifier  codify_session  .crucible/scripts/codify.rn:1
script    main            .crucible/scripts/codify.rn:2
tool      beds            plugins/beds.rn:1
tool      beds            plugins/beds.rn:6              plugin garden
plugin    garden          plugins/beds.rn:18             fn create
hook      tool:before     plugins/deep/events.rn:2       fn guard; pattern gh_*; priority 5
handler   note:created    plugins/deep/events.rn:4       fn greet; enabled false
callout   note            plugins/deep/events.rn:6
tool      rune_flowers    plugins/deep/events.rn:8
""")


def test_attributes_of_a_stub_are_listed_by_their_names(checker: Checker, tmp_path: Path) -> None:
    seen = Attribute("onbird", keys=(Key("song", "String"),), parameters=(Parameter("bird", "String"),))
    bindings = msgspec.structs.replace(BINDINGS, attributes=(*BINDINGS.attributes, seen))
    files = {
        ".crucible/scripts/birds.rn": (
            '#[onbird(song = "tui")]\npub fn seen(bird) { bird }\n#[onbird]\nfn heard(bird) { bird }\n'
        ),
        ".crucible/scripts/codify.rn": "pub fn codify_session() { Workflow::new() }\n",
        "plugins/beds.rn": (
            'struct Beds {}\nimpl Beds {\n#[tool(desc = "a")]\npub fn beds(self) { 1 }\n}\n'
            "#[tool(desc = 'c')]\npub fn f() { 1 }\n"
        ),
    }
    assert table(checker, tmp_path, files, bindings) == snapshot("""\
kind      name            where
onbird    seen            .crucible/scripts/birds.rn:2   song tui
codifier  codify_session  .crucible/scripts/codify.rn:1
tool      rune_beds       plugins/beds.rn:4
tool      rune_f          plugins/beds.rn:7

would fail at each call:
  codifier codify_session  .crucible/scripts/codify.rn:1
    wrong-handler-signature: the host calls `codify_session` with 1 value (session), it takes none
  tool rune_beds  plugins/beds.rn:4
    wrong-handler-signature: `#[tool]` belongs on a function, not on a method

would not register:
  onbird heard  .crucible/scripts/birds.rn:4
    not-public: `heard` is not registered: the host sees only functions that are `pub`
""")


def test_tools_of_a_plugin_that_are_dropped_or_not_plain_to_see(checker: Checker, tmp_path: Path) -> None:
    pushing = 'let t = []; t.push(#{ name: "v" }); t'
    files = {
        "plugins/beds.rn": (
            PLUGIN.replace("NAME", "garden")
            .replace("DEPS", "")
            .replace(
                '[#{ name: "beds" }]', '[#{ name: "beds" }, #{ name: "q", parameters: 4 }, #{ description: "none" }, 3]'
            )
        ),
        "plugins/made.rn": PLUGIN.replace("NAME", "made").replace("DEPS", "").replace('[#{ name: "beds" }]', pushing),
    }
    assert table(checker, tmp_path, files) == snapshot("""\
kind    name    where
tool    beds    plugins/beds.rn:1   by accident
tool    beds    plugins/beds.rn:6   plugin garden
plugin  garden  plugins/beds.rn:18  fn create
tool    made    plugins/made.rn:1   by accident
plugin  made    plugins/made.rn:18  fn create; tools perhaps more

would not register:
  tool q  plugins/beds.rn:6
    malformed-plugin-tool: `parameters` must be a list: the host drops the tool
  tool dispatch  plugins/beds.rn:6
    malformed-plugin-tool: a tool without `name`: the host drops it
  tool dispatch  plugins/beds.rn:6
    malformed-plugin-tool: a tool must be an object: the host drops it
""")


def test_a_later_folder_overrides_an_earlier_one(checker: Checker, tmp_path: Path) -> None:
    folders = ("user", ".crucible/plugins", "plugins")
    files = {f"{folder}/beds.rn": tool("beds") for folder in folders} | {"user/paths.rune": tool("paths")}
    assert table(checker, tmp_path, files) == snapshot("""\
kind  name        where
tool  rune_beds   user/beds.rn:2               shadowed by plugins/beds.rn
tool  rune_paths  user/paths.rune:2
tool  rune_beds   .crucible/plugins/beds.rn:2  shadowed by plugins/beds.rn
tool  rune_beds   plugins/beds.rn:2
""")


def test_of_two_in_one_folder_neither_can_be_counted_on(checker: Checker, tmp_path: Path) -> None:
    files = {"plugins/beds.rn": tool("beds"), "plugins/more/plots.rn": tool("beds")}
    assert table(checker, tmp_path, files) == snapshot("""\
would not register:
  tool rune_beds  plugins/beds.rn:2
    duplicate-tool: there is another tool `rune_beds` in `plugins/more/plots.rn`: only one of them is registered
  tool rune_beds  plugins/more/plots.rn:2
    duplicate-tool: there is another tool `rune_beds` in `plugins/beds.rn`: only one of them is registered
""")


def test_what_would_not_register_is_told_with_its_reason(checker: Checker, tmp_path: Path) -> None:
    files = {
        "plugins/bare.rn": '#[tool]\npub fn bare() { 1 }\n#[tool(desc = "a)")]\npub fn cut() { 1 }\n',
        "plugins/broken.rn": tool("broken") + "pub fn other( {\n",
        "plugins/handlers.rn": (
            '#[handler(event = "note:create")]\npub fn greet(context, event) { event }\n'
            "#[handler()]\npub fn never(context, event) { event }\n"
        ),
        "plugins/plugin.rn": PLUGIN.replace("NAME", "garden").replace("DEPS", '"wether"'),
        "plugins/weather.rn": PLUGIN.replace("NAME", "weather").replace("DEPS", "").replace('"beds"', '"rain"'),
        "Notes/aside.rn": tool("aside"),
        ".crucible/scripts/quiet.rn": "fn codify_session(session) { session }\npub fn main() { codify_session(1) }\n",
    }
    assert table(checker, tmp_path, files) == snapshot("""\
kind    name      where
script  main      .crucible/scripts/quiet.rn:2
tool    handlers  plugins/handlers.rn:1         by accident
tool    plugin    plugins/plugin.rn:1           by accident
tool    weather   plugins/weather.rn:1          by accident
tool    rain      plugins/weather.rn:6          plugin weather
plugin  weather   plugins/weather.rn:18         fn create

would not register:
  codifier codify_session  .crucible/scripts/quiet.rn:1
    not-public: `codify_session` is not registered: the host sees only functions that are `pub`
  tool rune_bare  plugins/bare.rn:2
    bare-attribute: `#[tool]` is not recognised without parentheses, and `bare` not registered
  tool rune_cut  plugins/bare.rn:4
    parenthesis-in-attribute: `)` ends the attribute for the host, which then does not register `cut`
  tool rune_broken  plugins/broken.rn:2
    unclosed-parenthesis: the script does not compile: Expected `)` to close the `(` before, found `{`
  handler note:create  plugins/handlers.rn:2
    unknown-event: no event is called `note:create`; did you mean `note:created`?
  handler never  plugins/handlers.rn:4
    missing-attribute-key: `#[handler]` lacks its key `event`, and is passed over without it
  tool beds  plugins/plugin.rn:6
    unknown-plugin: the plugin `garden` wants `wether`, which is not there; did you mean `weather`?
  plugin garden  plugins/plugin.rn:18
    unknown-plugin: the plugin `garden` wants `wether`, which is not there; did you mean `weather`?
  tool rune_aside  Notes/aside.rn:2
    outside: the host does not look into the folder that this file lies in
""")


def test_helpers_among_the_plugins_are_tools_by_accident(checker: Checker, tmp_path: Path) -> None:
    assert table(checker, tmp_path, {"plugins/helpers.rn": "pub fn double(n) { n * 2 }\n"}) == snapshot("""\
kind  name     where
tool  helpers  plugins/helpers.rn:1  by accident
""")


def test_accidents_are_not_in_each_others_way(checker: Checker, tmp_path: Path) -> None:
    helpers = "pub fn double(n) { n * 2 }\n"
    found = look(checker, tmp_path, {"plugins/a/mod.rn": helpers, "plugins/b/mod.rn": helpers})
    assert [each.status for each in found.listed] == ["registered", "registered"]


def test_an_entry_is_that_of_its_own_script(checker: Checker, tmp_path: Path) -> None:
    script = "//! @entry init\npub fn init() { #{ hooks: [] } }\n"
    found = look(checker, tmp_path, {"plugins/a.rn": script, "plugins/b.rn": script})
    assert {(each.registration.kind, each.status) for each in found.listed} == {
        ("plugin", "registered"),
        ("tool", "registered"),
    }


def test_nothing_is_said_of_a_kiln_without_scripts(checker: Checker, tmp_path: Path) -> None:
    assert table(checker, tmp_path, {"Notes/today.md": "# Today\n"}) == "nothing registers here\n"


def test_programs_get_the_same_as_json(checker: Checker, tmp_path: Path) -> None:
    files = {".crucible/plugins/beds.rn": tool("beds"), "plugins/beds.rn": tool("beds") + "#[tool]\npub fn bare() {}\n"}
    document = json.loads(as_json(look(checker, tmp_path, files), tmp_path, checker.describe_tools))
    assert [each["tool"]["name"] for each in document["registrations"]] == ["rune_beds", "rune_beds", "rune_bare"]
    assert document["kiln"] == tmp_path.as_posix()
    assert [folder["path"] for folder in document["folders"]] == [
        ".crucible/scripts",
        "user",
        ".crucible/plugins",
        "plugins",
    ]
    assert [
        (each["name"], each["path"], each["status"], each["shadowedBy"], each["reason"] and each["reason"]["code"])
        for each in document["registrations"]
    ] == [
        ("rune_beds", ".crucible/plugins/beds.rn", "shadowed", "plugins/beds.rn", None),
        ("rune_beds", "plugins/beds.rn", "registered", None, None),
        ("rune_bare", "plugins/beds.rn", "not-registered", None, "bare-attribute"),
    ]


def test_a_files_role_is_that_of_the_nearest_folder(tmp_path: Path) -> None:
    folders = folders_of(tmp_path, [Path("shared")], user=tmp_path / "user")
    assert role_of(tmp_path / "plugins" / "a" / "b.rn", folders) == "plugin"
    assert role_of(tmp_path / "shared" / "b.rn", folders) == "plugin"
    assert role_of(tmp_path / ".crucible" / "scripts" / "b.rn", folders) == "script"
    assert role_of(tmp_path / "Notes" / "b.rn", folders) == "script"


def test_the_folders_can_be_chosen(tmp_path: Path) -> None:
    assert folders_of(tmp_path, use_defaults=False) == ()
    more = folders_of(tmp_path, [Path("shared"), Path("/elsewhere")], use_defaults=False)
    assert [folder.path for folder in more] == [tmp_path / "shared", Path("/elsewhere")]
    assert folders_of(tmp_path)[1].path == user_plugins()
