"""`runekiln stubs show`: what is declared for the scripts of the kiln around the folder."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot
from runekiln_runtime.stub_files import STUBS_FOLDER

from .conftest import Shell

GARDEN = """\
//! crate: garden
//!
//! A garden.

/// Beds and what grows in them.
#[profile("tools")]
pub mod beds {
    /// A bed. It has a name.
    #[prelude] #[alias("Plot")]
    pub struct Bed {
        /// What it is called.
        pub name: String,
    }
    impl Bed {
        /// Waters the bed.
        ///
        /// ```rune
        /// bed.water(3);
        /// ```
        #[permission("tool", scope = "litres")] #[source("src/beds.rs", 12)]
        pub async fn water(self, litres: i64) -> Result<(), String>;
    }
}

/// It froze.
#[cancellable]
pub event "night:frost": Object;
"""
SETTINGS = """\
[stubs]
files = ["stubs/*.rni"]
profiles = { "plugins/**" = "tools" }
"""


@pytest.fixture
def kiln(shell: Shell) -> Shell:
    """A kiln whose own stub declares something of another profile."""
    shell.write({".crucible/runekiln.toml": SETTINGS, "stubs/garden.rni": GARDEN, "plugins/water.rn": ""})
    return shell


def shown(shell: Shell, *arguments: str) -> str:
    """What is shown, without a word on standard error."""
    ended = shell.run("stubs", "show", *arguments)
    assert (ended.code, ended.stderr) == (0, "")
    return ended.stdout


def items(shell: Shell, *arguments: str) -> dict[str, Any]:
    """The items as JSON, by their paths."""
    return {item["path"]: item for item in json.loads(shown(shell, *arguments, "--format", "json"))["items"]}


def test_a_method_with_all_that_is_said_of_it(kiln: Shell) -> None:
    assert shown(kiln, "Bed::water") == snapshot("""\
method garden::beds::Bed::water

    #[permission("tool", scope = "litres")]
    #[profile("tools")]
    pub async fn water(self, litres: i64) -> Result<(), String>;

Waters the bed.

    bed.water(3);

  permission  tool, for the value of `litres`
  profiles    tools (not in `core`, which is in force here)
  source      src/beds.rs:12
  stub        stubs/garden.rni:21
""")


def test_a_type_with_what_is_in_it(kiln: Shell) -> None:
    assert shown(kiln, "Plot") == snapshot("""\
struct garden::beds::Bed

    #[prelude]
    #[alias("Plot")]
    #[profile("tools")]
    pub struct Bed {
        pub name: String,
    }
    impl Bed {
        #[permission("tool", scope = "litres")]
        pub async fn water(self, litres: i64) -> Result<(), String>;
    }

A bed. It has a name.

  field name    What it is called.
  method water  Waters the bed.

  also        Plot
  profiles    tools (not in `core`, which is in force here)
  stub        stubs/garden.rni:10
""")


def test_a_module_and_an_event(kiln: Shell) -> None:
    assert shown(kiln, "garden::beds") == snapshot("""\
module garden::beds

    #[profile("tools")]
    pub mod beds { … }

Beds and what grows in them.

  struct Bed  A bed.

  profiles    tools (not in `core`, which is in force here)
  stub        stubs/garden.rni:7
""")
    assert shown(kiln, '"night:frost"') == snapshot("""\
event night:frost

    #[cancellable]
    pub event "night:frost": Object;

It froze.

  profiles    all (`core` is in force here)
  stub        stubs/garden.rni:27
""")


def test_all_that_have_the_name_are_shown(kiln: Shell) -> None:
    text = shown(kiln, "callouts")
    assert "method crucible::session::Phase::callouts\n" in text
    assert "method crucible::session::Session::callouts\n" in text


def test_the_core_is_shown_with_its_place_in_the_stub_that_comes_along(kiln: Shell) -> None:
    stub = STUBS_FOLDER / "crucible.rni"
    line = next(
        number for number, line in enumerate(stub.read_text("utf-8").splitlines(), 1) if "struct Phase " in line
    )
    assert f"stub        {stub.as_posix()}:{line}\n" in shown(kiln, "Phase")


def test_the_overview_has_modules_types_attributes_events_and_entries(kiln: Shell) -> None:
    text = shown(kiln)
    assert "mod garden::beds  1 struct  (tools)\n  Beds and what grows in them.\n  struct Bed  A bed.\n" in text
    assert "\nattributes\n" in text
    assert "\n  event night:frost      It froze.\n" in text
    assert "\n  entry codify_session " in text
    assert text.endswith("\nHere the profile `core` is in force.\n")


def test_the_profile_in_force_is_that_of_the_folder(kiln: Shell) -> None:
    plugins = Shell(kiln.folder / "plugins")
    assert "tools (`tools` is in force here)" in shown(plugins, "Bed")
    assert "stub        ../stubs/garden.rni:10\n" in shown(plugins, "Bed")
    assert json.loads(shown(plugins, "--format", "json"))["profile"] == "tools"


def test_one_profile_can_be_looked_at(kiln: Shell) -> None:
    tools, core = items(kiln, "--profile", "tools"), items(kiln, "--profile", "core")
    assert {"garden::beds::Bed", "night:frost", "tool:before"} <= tools.keys()
    assert "crucible::session::Session" not in tools
    assert {"crucible::session::Session", "night:frost"} <= core.keys()
    assert "garden::beds" not in core
    assert items(kiln).keys() == items(kiln, "--profile", "all").keys() >= {*tools, *core}


def test_what_another_profile_has_is_told(kiln: Shell) -> None:
    ended = kiln.run("stubs", "show", "Bed", "--profile", "core")
    assert (ended.code, ended.stdout) == (1, "")
    assert ended.stderr == "runekiln: `Bed` is not in the profile `core`, but in `tools`.\n"


def test_an_unknown_name_says_what_may_be_meant(kiln: Shell) -> None:
    ended = kiln.run("stubs", "show", "Bed::watter")
    assert (ended.code, ended.stdout) == (1, "")
    assert ended.stderr == "runekiln: nothing is called `Bed::watter`; did you mean `Bed::water`?\n"
    assert kiln.run("stubs", "show", "zzzz").stderr == "runekiln: nothing is called `zzzz`.\n"
    ended = kiln.run("stubs", "show", "watter", "--format", "json")
    document = json.loads(ended.stdout)
    assert (ended.code, document["items"], document["nearest"]) == (1, [], ["water", "pattern"])


def test_the_json_has_the_whole_item(kiln: Shell) -> None:
    document = json.loads(shown(kiln, "Bed::water", "--format", "json"))
    assert (document["version"], document["kiln"], document["profile"]) == (1, kiln.folder.as_posix(), "core")
    assert document["items"] == snapshot(
        [
            {
                "path": "garden::beds::Bed::water",
                "kind": "method",
                "declaration": """\
#[permission("tool", scope = "litres")]
#[profile("tools")]
pub async fn water(self, litres: i64) -> Result<(), String>;\
""",
                "parameters": [{"name": "litres", "type": "i64"}],
                "type": "Result<(), String>",
                "async": True,
                "permission": {"name": "tool", "scope": "litres"},
                "profiles": ["tools"],
                "docs": """\
Waters the bed.

```rune
bed.water(3);
```\
""",
                "source": {"path": "src/beds.rs", "line": 12},
                "place": {
                    "path": "stubs/garden.rni",
                    "range": {
                        "start": {"line": 21, "column": 22, "byte": 466},
                        "end": {"line": 21, "column": 27, "byte": 471},
                    },
                },
                "module": "garden::beds",
                "owner": "garden::beds::Bed",
            }
        ]
    )


def test_a_mistake_in_a_stub_is_told(kiln: Shell) -> None:
    kiln.write({"stubs/garden.rni": GARDEN + "pub fn dig("})
    ended = kiln.run("stubs", "show", "Bed::name")
    assert ended.code == 0
    assert ended.stderr == (
        "runekiln: something in stubs/garden.rni is wrong and not shown; `runekiln check` says what.\n"
    )


def test_outside_of_a_kiln_what_comes_with_runekiln_is_shown(shell: Shell) -> None:
    assert "struct crucible::session::Session\n" in shown(shell, "Session")
    assert json.loads(shown(shell, "Session", "--format", "json"))["kiln"] is None


def test_a_mistake_in_the_settings_is_told(kiln: Shell) -> None:
    kiln.write({".crucible/runekiln.toml": "stubs.profile = 3\n"})
    ended = kiln.run("stubs", "show")
    assert (ended.code, "`stubs.profile`" in ended.stderr) == (2, True)


def test_the_example_of_the_documentation_is_what_happens(shell: Shell) -> None:
    page = (Path(__file__).parents[2] / "docs" / "stubs.md").read_text("utf-8")
    (stub, *_), (example,) = (re.findall(rf"```{kind}\n(.*?)```", page, re.DOTALL) for kind in ("rni", "console"))
    shell.write({".crucible/runekiln.toml": SETTINGS, "stubs/garden.rni": stub})
    command, _, expected = example.partition("\n")
    assert command.startswith("$ runekiln stubs show ")
    assert shown(shell, *command.split()[4:]) == expected


def test_it_explains_itself(shell: Shell) -> None:
    ended = shell.run("stubs", "show", "--help", environment={"COLUMNS": "100"})
    assert (ended.code, ended.stderr) == (0, "")
    for key in items(shell, "SearchResult")["crucible::SearchResult"]:
        assert f"`{key}`" in ended.stdout
