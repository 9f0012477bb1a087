"""Three layers of settings, one result, and every mistake named."""

from __future__ import annotations

from pathlib import Path

import pytest
from runekiln_server.kiln_stubs import find_stubs, stub_folders
from runekiln_server.settings import RunSettings, Settings, StubSettings, profile_of, resolve


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "runekiln.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def mistakes(folder: Path, text: str | bytes) -> list[str]:
    return [str(mistake).replace(str(folder), "…") for mistake in resolve(write(folder, text)).mistakes]


def test_without_any_layer_everything_is_at_its_default() -> None:
    assert resolve(None).settings == Settings()
    assert resolve(Path("/nowhere/runekiln.toml")).settings == Settings()


def test_the_command_line_goes_before_the_editor_and_that_before_the_file(tmp_path: Path) -> None:
    file = write(tmp_path, "[run]\ntimeLimitSeconds = 1\nmemoryLimitMegabytes = 100\noutputLimitBytes = 1000\n")
    resolved = resolve(file, {"run": {"timeLimitSeconds": 2, "memoryLimitMegabytes": 200}}, {"run.timeLimitSeconds": 3})
    assert resolved.settings.run == RunSettings(None, 3.0, 200, 1000)
    assert resolved.origins == {
        "run.timeLimitSeconds": "the command line",
        "run.memoryLimitMegabytes": "the editor's settings",
        "run.outputLimitBytes": str(file),
    }


def test_severities_are_merged_code_by_code(tmp_path: Path) -> None:
    file = write(tmp_path, '[diagnostics.severity]\nnot-used = "hint"\nmissing-item = "warning"\n')
    resolved = resolve(file, {"diagnostics": {"severity": {"not-used": "off"}}})
    assert resolved.settings.diagnostics.severity == {"not-used": "off", "missing-item": "warning"}


def test_what_an_editor_does_not_set_is_not_set() -> None:
    assert resolve(
        None, {"run": {"session": None}, "path": "/usr/bin/runekiln", "trace": {"server": "off"}}
    ) == resolve(None)


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        pytest.param(
            "# ours\n[run]\ntimeLimit = 3\n",
            "…/runekiln.toml:3: `run.timeLimit`: no such setting; did you mean `run.timeLimitSeconds`?",
            id="unknown key",
        ),
        pytest.param(
            'run.timeLimitSeconds = "3"\n',
            "…/runekiln.toml:1: `run.timeLimitSeconds`: must be a number above 0 and up to 86400",
            id="wrong type",
        ),
        pytest.param(
            "[run]\nmemoryLimitMegabytes = 1\n",
            "…/runekiln.toml:2: `run.memoryLimitMegabytes`: must be a whole number from 32 to 4096",
            id="out of range",
        ),
        pytest.param(
            '[diagnostics.severity]\n"not-used" = "off"\n"not-usd" = "off"\n',
            "…/runekiln.toml:3: `diagnostics.severity.not-usd`: there is no code `not-usd`; did you mean `not-used`?",
            id="unknown code",
        ),
        pytest.param("[run]\nsession = 3\n", "…/runekiln.toml:2: `run.session`: must be a text", id="no text"),
        pytest.param(
            '[scripts]\nfunctionBody = "a.rn"\n',
            "…/runekiln.toml:2: `scripts.functionBody`: must be a list of texts",
            id="no list",
        ),
        pytest.param(
            '[diagnostics]\nseverity = { not-used = "off", deprecated = "loud" }\n',
            "…/runekiln.toml:2: `diagnostics.severity.deprecated`: must be one of error, warning, info, hint, off",
            id="one code of several",
        ),
        pytest.param(
            '[stubs]\nfiles = ["/usr/share/host.rni"]\n',
            "…/runekiln.toml:2: `stubs.files`: must be a list of globs relative to the kiln",
            id="glob that is not relative",
        ),
        pytest.param(
            '[stubs]\nfiles = ["stubs/a**"]\n',
            "…/runekiln.toml:2: `stubs.files`: must be a list of globs relative to the kiln",
            id="no glob",
        ),
        pytest.param(
            '[stubs.profiles]\n"plugins/**" = 3\n',
            "…/runekiln.toml:2: `stubs.profiles.plugins/**`: must be one of core, tools, events, struct-plugin, all",
            id="no profile",
        ),
        pytest.param(
            'stubs.profiles = "core"\n', "…/runekiln.toml:1: `stubs.profiles`: must be a table", id="no table"
        ),
        pytest.param(
            "[run\n", "…/runekiln.toml:1: is not TOML: Expected ']' at the end of a table declaration", id="no TOML"
        ),
        pytest.param(b"# caf\xe9\n", "…/runekiln.toml:1: is not UTF-8", id="no UTF-8"),
    ],
)
def test_mistakes_are_named_with_their_line(tmp_path: Path, text: str | bytes, mistake: str) -> None:
    assert mistakes(tmp_path, text) == [mistake]


def test_what_is_no_permission_is_not_granted(tmp_path: Path) -> None:
    granted = '["kiln.read", "bogus", "kiln.raed", "shell(", "shell(just, make)", ""]'
    before = "…/runekiln.toml:2: `permissions.granted`: "
    assert mistakes(tmp_path, f"[permissions]\ngranted = {granted}\n") == [
        f"{before}there is no permission `bogus`",
        f"{before}there is no permission `kiln.raed`; did you mean `kiln.read`?",
        f"{before}`)` is missing in `shell(`",
        f"{before}`` is no permission",
    ]


def test_settings_that_cannot_be_read_are_a_mistake(tmp_path: Path) -> None:
    file = tmp_path / "runekiln.toml"
    file.symlink_to(file)
    assert [str(mistake) for mistake in resolve(file).mistakes] == [
        f"{file}: cannot be read: Too many levels of symbolic links"
    ]


def test_a_mistake_leaves_the_rest_alone(tmp_path: Path) -> None:
    resolved = resolve(write(tmp_path, "[run]\nfoo = 1\ntimeLimitSeconds = 5\n"))
    assert (len(resolved.mistakes), resolved.settings.run.time_limit_seconds) == (1, 5.0)


def test_the_last_glob_that_fits_a_script_gives_its_profile(tmp_path: Path) -> None:
    text = (
        '[stubs]\nprofile = "tools"\n[stubs.profiles]\n"plugins/**" = "struct-plugin"\n"plugins/old/*.rn" = "events"\n'
    )
    settings = resolve(write(tmp_path, text)).settings

    def profile(path: str) -> str:
        return profile_of(str(tmp_path / path), tmp_path, settings)

    assert profile("a.rn") == "tools"
    assert profile("plugins/a.rn") == profile("plugins/deeper/a.rn") == "struct-plugin"
    assert profile("plugins/old/a.rn") == "events"
    assert profile("plugins/old/deeper/a.rn") == "struct-plugin"
    assert profile("other/plugins/a.rn") == "tools"
    assert profile_of("/elsewhere/plugins/a.rn", tmp_path, settings) == "tools"
    assert profile_of("untitled:plugins/a.rn", None, settings) == "tools"


def test_stubs_are_found_by_globs(tmp_path: Path) -> None:
    for path in ("stubs/a.rni", "stubs/deeper/b.rni", "stubs/c.rn", "other/d.rni", ".crucible/e.rni"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("//! crate: a")

    def found(*globs: str) -> list[str]:
        settings = Settings(stubs=StubSettings(files=globs))
        return [path.relative_to(tmp_path).as_posix() for path in find_stubs(tmp_path, settings)]

    assert found() == []
    assert found("stubs/*") == ["stubs/a.rni"]
    assert found("stubs/**/*.rni", "stubs/a.rni", ".crucible/*.rni") == [
        ".crucible/e.rni",
        "stubs/a.rni",
        "stubs/deeper/b.rni",
    ]


def test_stubs_are_expected_where_their_globs_begin(tmp_path: Path) -> None:
    (tmp_path / "stubs").mkdir()
    settings = Settings(stubs=StubSettings(files=("stubs/**/*.rni", "to/come/*.rni")))
    assert stub_folders(tmp_path, settings) == {tmp_path / "stubs", tmp_path}
