"""`runekiln doctor`: found, missing, and what to do."""

from __future__ import annotations

import json

from .conftest import Shell


def test_everything_is_found_in_the_garden(garden: Shell) -> None:
    ended = garden.run("doctor")
    assert (ended.code, ended.stderr) == (0, "")
    assert "missing" not in ended.stdout
    for name in ("Python", "wasmtime", "guest", "bindings", "std", "cache", "kiln", "settings"):
        assert f"found     {name} " in ended.stdout


def test_settings_are_listed_with_where_they_come_from(shell: Shell) -> None:
    shell.write({".crucible/runekiln.toml": "[run]\ntimeLimitSeconds = 3\n"})
    file = shell.folder / ".crucible" / "runekiln.toml"
    stdout = shell.run("doctor").stdout
    assert f"run.timeLimitSeconds = 3.0 ({file})" in stdout
    assert "run.memoryLimitMegabytes = 256 (default)" in stdout


def test_a_mistake_in_the_settings_is_something_to_mend(shell: Shell) -> None:
    shell.write({".crucible/runekiln.toml": "[run]\nfoo = 3\n"})
    ended = shell.run("doctor", "--format", "json")
    findings = {finding["name"]: finding for finding in json.loads(ended.stdout)["findings"] if finding["advice"]}
    assert ended.code == 1
    assert findings["settings"]["state"] == "missing"
    assert "runekiln.toml:2: `run.foo`: no such setting" in findings["settings"]["detail"]
