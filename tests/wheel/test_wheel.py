"""The wheel is all that a user needs: no Rust, no checkout, an empty cache."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KILN = ROOT / "tests" / "kilns" / "garden" / ".crucible"

pytestmark = [pytest.mark.wheel, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT], check=True, capture_output=True
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, installed from the wheel into a clean environment."""
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin" / "pip", "install", "--quiet", wheel], check=True)
    return folder / "bin" / "runekiln"


def test_the_wheel_is_for_every_platform_and_carries_the_guest(wheel: Path) -> None:
    assert wheel.name == "runekiln-0.1.0-py3-none-any.whl"
    names = zipfile.ZipFile(wheel).namelist()
    assert {"runekiln_runtime/guest.wasm", "runekiln_runtime/std/std.rni"} <= set(names)
    assert "runekiln_runtime/std/rune-modules/time.rni" in names
    packages = {name.split("/")[0] for name in names}
    assert packages == {"runekiln_analysis", "runekiln_runtime", "runekiln_server", "runekiln-0.1.0.dist-info"}


def test_it_checks_and_runs_without_rust(installed: Path, tmp_path: Path) -> None:
    script = tmp_path / "count.rn"
    script.write_text("pub fn main() {\n    let beds = 3;\n    beds * 14\n}\n")
    assert run(installed, tmp_path, "check", "count.rn").returncode == 0

    assert run(installed, tmp_path, "explain", "unused-variable").stdout.startswith("# `unused-variable`\n")

    script.write_text("pub fn main() {\n    missing_bed()\n}\n")
    checked = run(installed, tmp_path, "check", "--format", "json", "count.rn")
    assert checked.returncode == 1
    (problem,) = json.loads(checked.stdout)["files"][0]["problems"]
    assert problem["range"]["start"] == {"line": 2, "column": 5, "byte": 20}


def test_it_reads_a_rust_host_without_rust(installed: Path, tmp_path: Path) -> None:
    host = ROOT / "tests" / "hosts" / "shed"
    ran = run(installed, tmp_path, "stubs", "extract", str(host), "-o", "stubs")
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "stubs" / "shed.rni").read_text() == (host / "shed.rni").read_text()


def test_it_codifies_a_session(installed: Path, tmp_path: Path) -> None:
    session = KILN / "sessions" / "2026-03-07-spring-valves"
    ran = run(installed, tmp_path, "run", str(KILN / "scripts" / "codify.rn"), "--session", str(session / "session.md"))
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == (session / "expected.md").read_text()


def run(command: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command in `folder`, with no tool on the path and a cache of its own."""
    environment = {"PATH": "/nonexistent", "HOME": str(folder), "RUNEKILN_CACHE": str(folder / "cache")}
    return subprocess.run([command, *arguments], cwd=folder, env=environment, capture_output=True, text=True)
