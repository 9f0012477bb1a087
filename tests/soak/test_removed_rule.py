"""A rule of blanking that is taken out of the guest's source is found by the sweep within a minute.

The rule is really taken out, of a copy of the source: a switch in the product would be one that can be left on.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from runekiln_runtime.paths import cache_dir

from .corpus import MANIFEST, TESTS
from .sweep import build

SECONDS = 60
GUEST = MANIFEST.parent / "guest"
PACKAGE = "runekiln-guest-less-a-rule"
"""Under a name of its own, cargo does not take the copy for the original."""

RULES = {
    "annotations are taken out": (
        "annotations.rs",
        "let is_annotation = matches!(node.kind, TypeAnnotation | ReturnType);",
        "let is_annotation = matches!(node.kind, ReturnType);",
    ),
    "what stands for a value is a value": (
        "blank.rs",
        'Filler::Unit => "()",',
        'Filler::Unit => "",',
    ),
}


@pytest.fixture(scope="module")
def folder() -> Path:
    """Where the copy is built, time and again."""
    root = cache_dir() / "less-a-rule"
    folder = root / "runtime_wasm" / "guest"
    folder.mkdir(parents=True, exist_ok=True)
    # The scripts are looked for from there.
    (root / "tests").unlink(missing_ok=True)
    (root / "tests").symlink_to(TESTS)
    return folder


@pytest.mark.timeout(900)
@pytest.mark.parametrize("rule", RULES)
def test_a_rule_that_is_missing_is_found(rule: str, folder: Path) -> None:
    # The library is called as that of the original is, which cargo would then take for it.
    program = build(copy_without(folder, *RULES[rule]), cache_dir() / "target-less-a-rule")
    done = subprocess.run(
        [program, "--nocapture"],
        cwd=GUEST,
        capture_output=True,
        timeout=SECONDS,
        check=False,
        env={**os.environ, "RUST_BACKTRACE": "0"},
    )
    assert done.returncode != 0
    assert re.search(rb"soak: (mistakes|accepted) failed with RUNEKILN_SOAK_SEED=\d+", done.stderr)


def copy_without(folder: Path, name: str, rule: str, instead: str) -> Path:
    """Copy the guest and its tests, without that rule; returns the manifest."""
    for part in ("src", "tests"):
        shutil.rmtree(folder / part, ignore_errors=True)
        shutil.copytree(GUEST / part, folder / part, copy_function=shutil.copyfile)
    source = (folder / "src" / name).read_text()
    assert source.count(rule) == 1, f"{rule} is not there any more"
    (folder / "src" / name).write_text(source.replace(rule, instead))
    return write_manifest(folder)


def write_manifest(folder: Path) -> Path:
    """The guest's manifest as one of no workspace, with what it has from its own."""
    manifest = folder / "Cargo.toml"
    workspace, guest = MANIFEST.read_text(), (GUEST / "Cargo.toml").read_text()
    guest = guest.replace('name = "runekiln-guest"', f'name = "{PACKAGE}"')
    guest = guest.replace("[lib]\n", '[lib]\nname = "runekiln_guest"\n')
    guest = re.sub(r'"\.\./(\w+)"', rf'"{MANIFEST.parent}/\1"', guest)
    workspace = re.sub(r"members = .*", "", workspace)
    workspace = re.sub(r'path = "(\w+)"', rf'path = "{MANIFEST.parent}/\1"', workspace)
    manifest.write_text(guest + "\n" + workspace)
    lock = MANIFEST.with_name("Cargo.lock").read_text()
    (folder / "Cargo.lock").write_text(lock.replace('name = "runekiln-guest"', f'name = "{PACKAGE}"'))
    # What other members of the workspace need is not needed here: cargo strikes it out, and changes nothing else.
    command = ["cargo", "metadata", "--offline", "--format-version", "1", "--manifest-path", str(manifest)]
    subprocess.run(command, check=True, capture_output=True)
    return manifest
