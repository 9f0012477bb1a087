"""The commands know what the stubs of a kiln give to its scripts, and say what is wrong with a stub."""

from __future__ import annotations

import json

import pytest

from .conftest import Shell
from .test_watch import lines, watching

SETTINGS = 'stubs.files = ["stubs/*.rni"]\n'
GARDEN = "//! crate: garden\npub fn water(litres: i64) -> bool;\n"
SCRIPT = "pub fn main() {\n    garden::water(3)\n}\n"


@pytest.fixture
def kiln(shell: Shell) -> Shell:
    """A kiln with a host of its own."""
    shell.write({".crucible/runekiln.toml": SETTINGS, "stubs/garden.rni": GARDEN, "main.rn": SCRIPT})
    return shell


def test_check_knows_what_the_host_gives(kiln: Shell) -> None:
    ended = kiln.run("check")
    assert (ended.code, ended.stdout) == (0, "no problems in 2 files\n")
    kiln.write({".crucible/runekiln.toml": ""})
    assert "There is no `garden::water`" in kiln.run("check", "main.rn").stdout


def test_check_knows_what_the_host_installs_of_rune_modules(kiln: Shell) -> None:
    script = "use time::Duration;\npub fn main() {\n    Duration::from_secs(3).as_millis()\n}\n"
    kiln.write({".crucible/runekiln.toml": 'stubs.runeModules = ["time"]\n', "main.rn": script})
    assert kiln.run("check", "main.rn").stdout == "no problems in 1 file\n"
    assert kiln.run("run", "main.rn").code == 0
    kiln.write({".crucible/runekiln.toml": 'stubs.runeModules = ["clock"]\n'})
    assert "a list of base64, process, rand, signal, time" in kiln.run("check", "main.rn").stderr


def test_check_says_what_is_wrong_with_a_stub_of_the_scripts_kiln(kiln: Shell) -> None:
    kiln.write({"stubs/garden.rni": GARDEN + "pub fn dig("})
    ended = kiln.run("check", "--format", "json", "main.rn")
    assert ended.code == 1
    problems = {file["path"]: file["problems"] for file in json.loads(ended.stdout)["files"]}
    assert problems["main.rn"] == []
    assert problems["stubs/garden.rni"][0]["range"]["start"]["line"] == 3


def test_check_of_a_stub_alone(kiln: Shell) -> None:
    kiln.write({"loose.rni": "pub fn dig("})
    assert kiln.run("check", "stubs/garden.rni").stdout == "no problems in 1 file\n"
    assert "loose.rni:1" in kiln.run("check", "--format", "concise", "loose.rni").stdout


def test_run_gives_the_script_what_the_host_declares(kiln: Shell) -> None:
    ended = kiln.run("run", "main.rn")
    assert ended.code == 0


def test_run_says_what_is_wrong_with_a_stub(kiln: Shell) -> None:
    kiln.write({"stubs/garden.rni": GARDEN + "pub fn dig("})
    ended = kiln.run("run", "main.rn")
    assert ended.code == 0
    assert "stubs/garden.rni:3" in ended.stderr


def test_fmt_lays_stubs_out_anew(kiln: Shell) -> None:
    kiln.write({"stubs/garden.rni": GARDEN.replace("pub fn", "pub   fn")})
    assert kiln.run("fmt", "--check").stdout == "would format stubs/garden.rni\n"
    assert kiln.run("fmt").stdout == "formatted stubs/garden.rni\n"
    assert (kiln.folder / "stubs/garden.rni").read_text() == GARDEN


def test_a_glob_that_is_none_is_a_mistake(kiln: Shell) -> None:
    kiln.write({".crucible/runekiln.toml": 'stubs.files = ["/usr/share/*.rni"]\n'})
    ended = kiln.run("check")
    assert (ended.code, "`stubs.files`: must be a list of globs" in ended.stderr) == (2, True)


def test_a_profile_is_a_problem_of_the_scripts_that_do_not_have_it(kiln: Shell) -> None:
    kiln.write(
        {
            ".crucible/runekiln.toml": SETTINGS + 'stubs.profiles = { "tools/**" = "tools" }\n',
            "stubs/garden.rni": GARDEN.replace("pub fn", '#[profile("tools")] pub fn'),
            "tools/main.rn": SCRIPT,
        }
    )
    ended = kiln.run("check", "--format", "concise")
    [problem] = ended.stdout.splitlines()
    assert problem.startswith("main.rn:2:5: error[")
    assert "`tools`" in problem


@pytest.mark.parametrize("profile", ["tools", "events", "struct-plugin"])
def test_a_loader_without_crucible_s_types_has_none_of_them(kiln: Shell, profile: str) -> None:
    script = """\
pub fn new() { Workflow::new() }
pub fn main(session: Session) { crucible::agent::AgentCard::from_markdown(session) }
"""
    kiln.write({".crucible/runekiln.toml": f'stubs.profile = "{profile}"\n', "plugins/main.rn": script})
    ended = kiln.run("check", "--format", "concise", "plugins/main.rn")
    assert ended.stdout.splitlines()[:3] == [
        f"plugins/main.rn:1:16: error[unavailable-in-profile] The profile `{profile}` has no `Workflow::new`: "
        "the profile `core` has it",
        f"plugins/main.rn:2:22: warning[unavailable-in-profile] The profile `{profile}` has no `Session`: "
        "the profile `core` has it",
        f"plugins/main.rn:2:33: error[unavailable-in-profile] The profile `{profile}` has no "
        "`crucible::agent::AgentCard::from_markdown`: the profile `core` has it",
    ]


def test_a_script_that_is_watched_runs_with_the_newest_stub(kiln: Shell) -> None:
    with watching(kiln, "main.rn") as process:
        assert lines(process.stdout, "true") == ["true"]
        kiln.write({"stubs/garden.rni": GARDEN.replace("water", "dig")})
        assert (
            lines(process.stderr, "error[missing-item]")[-1] == "error[missing-item]: There is no `garden::water` here"
        )
