"""`runekiln list`: what a kiln registers, in a table and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from inline_snapshot import snapshot

from .conftest import Shell

SCRIPTS = {
    ".crucible/scripts/codify.rn": "pub fn codify_session(session) {\n    Workflow::new()\n}\n",
    ".crucible/scripts/broken.rn": "pub fn handle_callout(callout) {\n    missing()\n}\n",
    "plugins/helpers.rn": "pub fn double(n) {\n    n * 2\n}\n",
    "Notes/loose.rn": "pub fn codify_session(session) {\n    Workflow::new()\n}\n",
}


def listed(shell: Shell, *arguments: str) -> tuple[int, str]:
    """The exit code and the output, with no plugins of a user around."""
    ended = shell.run("list", *arguments, environment={"XDG_CONFIG_HOME": str(shell.folder / "nobody")})
    assert ended.stderr == ""
    return (ended.code, ended.stdout)


def test_a_kiln_is_listed_with_what_would_not_register(shell: Shell) -> None:
    shell.write(SCRIPTS)
    code, text = listed(shell)
    assert code == 1
    assert text == snapshot("""\
kind      name            where
codifier  codify_session  .crucible/scripts/codify.rn:1
tool      helpers         plugins/helpers.rn:1           by accident

would not register:
  callout-handler handle_callout  .crucible/scripts/broken.rn:1
    missing-item: the script does not compile: There is no `missing` here
""")


def test_a_handler_in_the_folder_of_its_event_is_listed_where_that_loader_reads(shell: Shell) -> None:
    handler = "pub fn on_bed_dug(bed) {\n    bed\n}\n"
    shell.write({"plugins/bed_dug/a.rn": handler, "plugins/other/b.rn": handler, "more/bed_dug/c.rn": handler})
    settings = '[discovery]\nadditionalPaths = ["more"]\n[stubs.profiles]\n"plugins/*/*.rn" = "events"\n'
    shell.write({".crucible/runekiln.toml": settings})
    _, text = listed(shell, "--format", "json")
    found = [(each["kind"], each["name"], each["path"]) for each in json.loads(text)["registrations"]]
    assert [each for each in found if each[0] != "tool"] == [("event-handler", "on_bed_dug", "plugins/bed_dug/a.rn")]


def test_a_part_of_a_kiln_can_be_looked_at(shell: Shell) -> None:
    shell.write(SCRIPTS)
    assert listed(shell, "plugins") == (0, "kind  name     where\ntool  helpers  plugins/helpers.rn:1  by accident\n")
    code, text = listed(shell, ".crucible/scripts/broken.rn")
    assert (code, text.splitlines()[0]) == (1, "would not register:")


def test_the_json_says_the_same(shell: Shell) -> None:
    shell.write(SCRIPTS)
    code, text = listed(shell, "--format", "json", ".")
    document = json.loads(text)
    assert (code, document["version"], Path(document["kiln"])) == (1, 1, shell.folder)
    assert [(each["name"], each["status"], each["path"]) for each in document["registrations"]] == [
        ("handle_callout", "not-registered", ".crucible/scripts/broken.rn"),
        ("codify_session", "registered", ".crucible/scripts/codify.rn"),
        ("helpers", "registered", "plugins/helpers.rn"),
    ]
    assert document["registrations"][0]["reason"]["code"] == "missing-item"


TOOL = """\
/// Finds notes.
#[param(name = "lost", desc = "Stands before the tool")]
#[tool(tags = ["notes"], category = "search", version = "1.0.0")]
#[param(name = "query", type = "string", desc = "The word")]
#[param(name = "limit", ty = "number", required = false)]
pub fn find(query, limit) {
    (query, limit)
}
"""


def test_the_json_has_what_agents_are_told_of_a_tool(shell: Shell) -> None:
    shell.write({".crucible/runekiln.toml": "", "plugins/find.rn": TOOL})
    _, text = listed(shell, "--format", "json")
    [found] = json.loads(text)["registrations"]
    assert found["tool"] == {
        "name": "rune_find",
        "description": "Finds notes.",
        "version": "1.0.0",
        "tags": ["search", "notes"],
        "input_schema": {
            "type": "object",
            "properties": {
                "query": {"type": "string", "description": "The word"},
                "limit": {"type": "integer"},
            },
            "required": ["query"],
        },
    }


def test_folders_come_from_the_settings_and_from_the_command_line(shell: Shell) -> None:
    settings = '[discovery]\nadditionalPaths = ["shared"]\nuseDefaults = false\n'
    helpers = {f"{folder}/{folder}.rn": "pub fn main() {\n    1\n}\n" for folder in ("shared", "more", "plugins")}
    shell.write({".crucible/runekiln.toml": settings, **helpers})
    _, text = listed(shell, "--format", "json")
    assert [each["path"] for each in json.loads(text)["registrations"]] == ["shared/shared.rn"]
    _, text = listed(shell, "--format", "json", "--also", "more")
    assert {each["path"] for each in json.loads(text)["registrations"]} == {"more/more.rn", "shared/shared.rn"}


def test_outside_of_a_kiln_there_is_nothing_to_list(shell: Shell) -> None:
    ended = shell.run("list", "nowhere")
    assert ended.code == 2
    assert ended.stderr == "runekiln: no kiln around nowhere (no folder with `.crucible` in it).\n"


def test_a_mistake_in_the_settings_is_told(shell: Shell) -> None:
    shell.write({".crucible/runekiln.toml": '[discovery]\nuseDefaults = "yes"\n'})
    ended = shell.run("list")
    assert ended.code == 2
    assert "must be true or false" in ended.stderr
