"""`runekiln stubs`: what a crate binds, written as a stub, and stubs held against what the guest binds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from inline_snapshot import snapshot
from runekiln_analysis.stubs import Bindings
from runekiln_runtime.binding import bound
from runekiln_runtime.code_cache import load_code
from runekiln_runtime.paths import GUEST_FILE
from runekiln_runtime.stub_files import STUBS_FOLDER, core_stubs
from runekiln_server.stub_differences import differences

from .conftest import Shell

CORE = (STUBS_FOLDER / "crucible.rni").read_text("utf-8")
BINDINGS = Path(__file__).parents[2] / "runtime_wasm" / "bindings"


def test_the_stub_of_the_core_says_what_is_bound(shell: Shell) -> None:
    ended = shell.run("stubs", "verify")
    assert (ended.code, ended.stdout) == (0, "stubs and guest say the same\n")


def verified(shell: Shell, old: str, new: str) -> list[str]:
    """The differences, one a line, of a core stub with something replaced."""
    assert CORE.count(old) >= 1, f"the stub has no {old}"
    shell.write({"crucible.rni": CORE.replace(old, new, 1)})
    ended = shell.run("stubs", "verify", "--stub", "crucible.rni")
    assert ended.code == 1, ended.stderr
    return ended.stdout.splitlines()


@pytest.mark.parametrize(
    ("old", "new", "name", "facet"),
    [
        ("pub fn is_standard(self) -> bool;", "", "crucible::Callout.is_standard()", "kind is nothing"),
        (
            "pub fn is_standard(self) -> bool;",
            "pub fn is_standard(self) -> i64;",
            "crucible::Callout.is_standard()",
            "signature",
        ),
        ("pub fn is_standard(self)", "pub async fn is_standard(self)", "crucible::Callout.is_standard()", "async"),
        ("    pub offset: i64,", "    pub offset: String,", "crucible::Callout.offset", "type"),
        ("    pub offset: i64,", "    #[mut] pub offset: i64,", "crucible::Callout.offset", "mutable"),
        ("    pub offset: i64,", "    pub offset: i64, pub length: i64,", "crucible::Callout.length", "kind is field"),
        ("/// The same as `type`.", "/// Another.", "crucible::Callout.callout_type", "documentation"),
        ("#[consumes]\n", "", "crucible::RuneRecipeEnrichment.", "consumes"),
        ('#[alias("SessionLog")]', '#[alias("Log")]', "crucible::session::Session", "aliases"),
        ("#[prelude]\n", "", "crucible::Callout", "prelude is false"),
        (
            "pub fn is_standard(self)",
            '#[permission("config")] pub fn is_standard(self)',
            "crucible::Callout.is_standard()",
            "permission",
        ),
    ],
)
def test_a_change_of_the_stub_is_a_difference(shell: Shell, old: str, new: str, name: str, facet: str) -> None:
    lines = verified(shell, old, new)
    assert any(line.startswith(name) and facet in line for line in lines), lines


def test_a_difference_names_both_places(shell: Shell) -> None:
    lines = verified(shell, "    pub offset: i64,", "    pub offset: String,")
    (line,) = (line for line in lines if line.startswith("crucible::"))
    stub = CORE[: CORE.index("    pub offset: i64,")].count("\n") + 1
    assert f"type is `String` in the stub (crucible.rni:{stub}) and `i64` in the guest (src/callout.rs:" in line


def test_a_change_of_what_is_bound_is_a_difference_too() -> None:
    code, stubs = load_code(GUEST_FILE), core_stubs()
    declared, natives = bound(code, stubs).bindings, bound(code, ()).bindings
    assert differences(stubs, declared, natives) == ()
    callout = natives.type_named("Callout")
    assert callout is not None
    others = tuple(row for row in natives.types if row is not callout)
    changed = Bindings(types=others, modules=natives.modules)
    names = {difference.name for difference in differences(stubs, declared, changed)}
    assert {"crucible::Callout", "crucible::Callout.type", "crucible::Callout.is_standard()"} <= names


def test_differences_are_data_too(shell: Shell) -> None:
    shell.write({"crucible.rni": CORE.replace("    pub offset: i64,", "    pub offset: String,", 1)})
    ended = shell.run("stubs", "verify", "--stub", "crucible.rni", "--format", "json")
    found = json.loads(ended.stdout)["differences"]
    (difference,) = (row for row in found if row["name"].startswith("crucible::"))
    assert (difference["name"], difference["stub"], difference["guest"]) == snapshot(
        ("crucible::Callout.offset", "`String`", "`i64`")
    )


def test_what_a_crate_binds_is_extracted(shell: Shell) -> None:
    ended = shell.run("stubs", "extract", str(BINDINGS), "-o", "stubs")
    assert ended.code == 0
    assert (shell.folder / "stubs" / "crucible.rni").read_text("utf-8") == CORE
    assert "the keys of the attribute `tool` are not said in Rust" in ended.stderr


def test_bindings_are_extracted_as_json(shell: Shell) -> None:
    ended = shell.run("stubs", "extract", str(BINDINGS), "--format", "json")
    items = {item["path"]: item for item in json.loads(ended.stdout)["items"]}
    callouts = items["crucible::session::Phase::callouts"]
    assert (callouts["kind"], callouts["parameters"], callouts["type"]) == ("method", [], "Vec<Callout>")
    assert callouts["source"]["path"] == "src/session.rs"


def test_a_crate_is_read_with_the_features_that_are_chosen(shell: Shell) -> None:
    host = str(BINDINGS.parent / "extract" / "tests" / "crates" / "plain")
    modules = ("stubs", "extract", host, "--format", "json")
    assert '"trade"' not in shell.run(*modules).stdout
    assert '"trade"' in shell.run(*modules, "--features", "trade").stdout
    assert "the crate has no feature `tade`" in shell.run(*modules, "--features", "tade").stderr


def test_several_crates_are_read_as_one(shell: Shell) -> None:
    crates = BINDINGS.parent / "extract" / "tests" / "crates"
    folders = (str(crates / "plain"), str(crates / "made"))
    ended = shell.run("stubs", "extract", *folders, "-o", "stubs")
    assert ended.code == 0
    assert {path.name for path in (shell.folder / "stubs").iterdir()} == {"garden.rni", "made.rni", "shell.rni"}
    assert '#[source("made/src/lib.rs", ' in (shell.folder / "stubs" / "made.rni").read_text("utf-8")
    assert f"{crates / 'made' / 'src' / 'lib.rs'}:" in ended.stderr


def test_a_folder_without_a_crate_is_told(shell: Shell) -> None:
    assert (
        shell.run("stubs", "extract", "nowhere").stderr
        == "runekiln: nowhere cannot be read: No such file or directory.\n"
    )
    (shell.folder / "empty").mkdir()
    ended = shell.run("stubs", "extract", "empty")
    assert (ended.code, ended.stderr) == (2, "runekiln: empty/Cargo.toml: there is no such file.\n")
