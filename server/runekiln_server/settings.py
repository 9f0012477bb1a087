"""One resolver for all settings: the kiln's file, overruled by the editor, overruled by the command line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec
from runekiln_analysis.facts import Severity
from runekiln_analysis.grants import PERMISSIONS, parse_written
from runekiln_runtime.protocol import Dialect
from runekiln_runtime.stub_files import DEFAULT_PROFILE, SUFFIX, Profile, RuneModule

from runekiln_server.globs import fits

Level = Severity | Literal["off"]
PROFILES = get_args(Profile)
LEVELS = ("error", "warning", "info", "hint", "off")

# Settings of the editors' clients, which they send along with the others.
CLIENT_KEYS = ("path", "trace")

COMMAND_LINE = "the command line"

# `pathlib` takes no others: relative to the kiln, and `**` by itself between slashes.
Glob = Annotated[str, msgspec.Meta(pattern=r"^(?![/~])(?!.*[^/]\*\*)(?!.*\*\*[^/]).")]


class ScriptSettings(msgspec.Struct, frozen=True, rename="camel"):
    """Which files are scripts of which kind: `function_body` are globs, relative to the kiln."""

    function_body: tuple[str, ...] = ()


class DiagnosticSettings(msgspec.Struct, frozen=True, rename="camel"):
    """How severe a code is, where that differs from what the guest says."""

    severity: Annotated[dict[str, Level], msgspec.Meta(description=f"one of {', '.join(LEVELS)}")] = {}


class StubSettings(msgspec.Struct, frozen=True, rename="camel"):
    """What a host binds besides the built-in stubs, and which part of it scripts may use.

    `files` are globs, relative to the kiln; `rune_modules` are those of the crate of that name that the host installs.
    `sources` are the folders of the host's crates, relative to the kiln. `profile` names that part; of the globs in
    `profiles` the last that fits a script goes before it.
    """

    files: Annotated[tuple[Glob, ...], msgspec.Meta(description="a list of globs relative to the kiln")] = ()
    rune_modules: Annotated[
        tuple[RuneModule, ...], msgspec.Meta(description=f"a list of {', '.join(get_args(RuneModule))}")
    ] = ()
    sources: tuple[str, ...] = ()
    profile: Annotated[Profile, msgspec.Meta(description=f"one of {', '.join(PROFILES)}")] = DEFAULT_PROFILE
    profiles: Annotated[dict[Glob, Profile], msgspec.Meta(description=f"one of {', '.join(PROFILES)}")] = {}


class PermissionSettings(msgspec.Struct, frozen=True, rename="camel"):
    """What scripts may do, like `kiln.read` or `shell(just)`; nobody has decided if `granted` is not set."""

    granted: Annotated[tuple[str, ...] | None, msgspec.Meta(description="a list of permissions")] = None


class DiscoverySettings(msgspec.Struct, frozen=True, rename="camel"):
    """Where the host looks for scripts: in `additional_paths`, relative to the kiln, and in its own folders after."""

    additional_paths: tuple[str, ...] = ()
    use_defaults: Annotated[bool, msgspec.Meta(description="true or false")] = True


class RunSettings(msgspec.Struct, frozen=True, rename="camel"):
    """What a run gets: a session log (relative to the kiln) if none is named, and its limits."""

    session: str | None = None
    time_limit_seconds: Annotated[float, msgspec.Meta(gt=0, le=86_400)] = 10.0
    memory_limit_megabytes: Annotated[int, msgspec.Meta(ge=32, le=4096)] = 256
    output_limit_bytes: Annotated[int, msgspec.Meta(ge=1, le=1 << 28)] = 1 << 20


class InlayHintSettings(msgspec.Struct, frozen=True, rename="camel"):
    """What is shown between the words: types of variables and of a chain's links, names of parameters, permissions."""

    types: Annotated[bool, msgspec.Meta(description="true or false")] = True
    parameter_names: Annotated[bool, msgspec.Meta(description="true or false")] = True
    chains: Annotated[bool, msgspec.Meta(description="true or false")] = True
    permissions: Annotated[bool, msgspec.Meta(description="true or false")] = True


class CodeLensSettings(msgspec.Struct, frozen=True, rename="camel"):
    """What is shown above declarations: how to run entries, how often things are named, what entries need."""

    run: Annotated[bool, msgspec.Meta(description="true or false")] = True
    references: Annotated[bool, msgspec.Meta(description="true or false")] = True
    permissions: Annotated[bool, msgspec.Meta(description="true or false")] = True


class Settings(msgspec.Struct, frozen=True, rename="camel"):
    """All settings, each at its default unless somebody says otherwise."""

    scripts: ScriptSettings = ScriptSettings()
    diagnostics: DiagnosticSettings = DiagnosticSettings()
    stubs: StubSettings = StubSettings()
    permissions: PermissionSettings = PermissionSettings()
    discovery: DiscoverySettings = DiscoverySettings()
    run: RunSettings = RunSettings()
    inlay_hints: InlayHintSettings = InlayHintSettings()
    code_lens: CodeLensSettings = CodeLensSettings()


@dataclass(frozen=True, slots=True)
class Mistake:
    """A setting that was passed over, and why; `line` counts from 1 and is known for files only."""

    origin: str
    key: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        place = self.origin if self.line is None else f"{self.origin}:{self.line}"
        return f"{place}: `{self.key}`: {self.message}" if self.key else f"{place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Resolved:
    """The settings that hold, where each key that is not at its default was set, and what was passed over."""

    settings: Settings
    origins: Mapping[str, str]
    mistakes: tuple[Mistake, ...]


def resolve(
    kiln_file: Path | None,
    editor: Mapping[str, object] | None = None,
    command_line: Mapping[str, object] | None = None,
) -> Resolved:
    """Merge the three layers; keys may be nested (`{"run": {…}}`) or dotted (`{"run.session": …}`).

    Nothing here is fatal: a mistake is passed over and listed. A file that does not exist is an empty layer.
    """
    merging = _Merging()
    if kiln_file is not None:
        merging.add_file(kiln_file)
    merging.add("the editor's settings", editor or {})
    merging.add(COMMAND_LINE, command_line or {})
    return merging.resolved()


def dialect_of(path: str, kiln: Path | None, settings: Settings) -> Dialect:
    """How the file at `path` is to be read: as a stub if it is called one, as a function's body where settings say so.

    Else it is a module. `kiln` is the folder of the kiln that it lies in, or None.
    """
    if path.endswith(SUFFIX):
        return "stub"
    globs = settings.scripts.function_body
    # Each edit asks: paths are taken apart only where there is something to compare them with.
    inside = _inside(path, kiln) if globs else None
    return "function-body" if inside and any(inside.match(glob) for glob in globs) else "module"


def profile_of(path: str, kiln: Path | None, settings: Settings) -> Profile:
    """The profile that holds for the script at `path`."""
    profiles = settings.stubs.profiles
    inside = _inside(path, kiln) if profiles else None
    if inside is None:
        return settings.stubs.profile
    fitting = (profile for glob, profile in reversed(profiles.items()) if fits(inside, glob))
    return next(fitting, settings.stubs.profile)


def _inside(path: str, kiln: Path | None) -> Path | None:
    """The path as it is seen from the kiln, if it lies in it."""
    absolute = Path(path).absolute()
    return absolute.relative_to(kiln) if kiln is not None and absolute.is_relative_to(kiln) else None


def setting_keys() -> tuple[str, ...]:
    """Every key, dotted."""
    return tuple(_types())


class _Merging:
    """The layers seen so far, later ones on top."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}  # checked against its type when it was added
        self.origins: dict[str, str] = {}
        self.mistakes: list[Mistake] = []

    def add_file(self, path: Path) -> None:
        origin = str(path)
        try:
            content = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            self.mistakes.append(Mistake(origin, "", f"cannot be read: {error.strerror}"))
            return
        # Most starts have no such file, and then need no parser.
        import tomllib

        try:
            text = content.decode("utf-8")
            layer = tomllib.loads(text)
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            self.mistakes.append(Mistake(origin, "", "is not UTF-8", line))
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"\(at line (\d+), column \d+\)", str(error))
            message = re.sub(r"\s*\(at .*\)$", "", str(error))
            self.mistakes.append(Mistake(origin, "", f"is not TOML: {message}", int(found[1]) if found else None))
        else:
            self.add(origin, layer, text)

    def add(self, origin: str, layer: Mapping[str, object], text: str = "") -> None:
        types = _types()
        for key, value in _flatten(layer, types):
            if value is None or (not text and key.split(".")[0] in CLIENT_KEYS):
                continue
            if key not in types:
                self.mistakes.append(Mistake(origin, key, _unknown(key), _line_of(text, key)))
                continue
            try:
                converted = msgspec.convert(value, types[key])
            except msgspec.ValidationError:
                self.mistakes.append(_ill_typed(origin, key, value, types[key], text))
                continue
            if key == "permissions.granted":
                self.mistakes += (
                    Mistake(origin, key, each, _line_of(text, key)) for each in _grant_mistakes(converted)
                )
            if key == "diagnostics.severity":
                self.mistakes += (
                    Mistake(origin, f"{key}.{code}", said, _line_of(text, f"{key}.{code}"))
                    for code, said in _code_mistakes(converted)
                )
            before = self.values.get(key)
            merged = {**before, **converted} if isinstance(before, dict) else converted
            self.values[key] = merged
            self.origins[key] = origin

    def resolved(self) -> Resolved:
        sections: dict[str, dict[str, Any]] = {}
        for key, value in self.values.items():
            section, name = key.split(".", 1)
            sections.setdefault(section, {})[name] = value
        return Resolved(msgspec.convert(sections, Settings), self.origins, tuple(self.mistakes))


@cache
def _types() -> Mapping[str, Any]:
    """The type of each key, as msgspec takes it."""
    return {
        f"{section.encode_name}.{field.encode_name}": field.type
        for section in msgspec.structs.fields(Settings)
        for field in msgspec.structs.fields(section.type)
    }


def _flatten(
    layer: Mapping[str, object], known: Mapping[str, object], prefix: str = ""
) -> Iterator[tuple[str, object]]:
    """Every key of a layer, dotted, with its value; a table is one value only where the setting itself is one."""
    for name, value in layer.items():
        key = prefix + name
        if not isinstance(value, Mapping):
            yield key, value
        elif key in known:
            # One entry at a time, so that a mistake in one leaves the others alone.
            yield from ((key, {inner: level}) for inner, level in value.items())
        else:
            yield from _flatten(value, known, f"{key}.")


def _ill_typed(origin: str, key: str, value: object, wanted: object, text: str) -> Mistake:
    if isinstance(value, Mapping):
        inner = f"{key}.{next(iter(value))}"
        return Mistake(origin, inner, f"must be {_in_words(wanted)}", _line_of(text, inner))
    if get_origin(_bare(wanted)) is dict:
        return Mistake(origin, key, "must be a table", _line_of(text, key))
    return Mistake(origin, key, f"must be {_in_words(wanted)}", _line_of(text, key))


def _in_words(wanted: object) -> str:
    """What values a setting takes: `a whole number from 32 to 4096`."""
    limits = next((note for note in getattr(wanted, "__metadata__", ()) if isinstance(note, msgspec.Meta)), None)
    if limits is None:
        return "a list of texts" if "tuple" in str(wanted) else "a text"
    if limits.description is not None:
        return limits.description
    number = "a whole number" if getattr(wanted, "__origin__", None) is int else "a number"
    least = f"above {limits.gt}" if limits.ge is None else f"from {limits.ge}"
    return f"{number} {least} {'and up to' if limits.ge is None else 'to'} {limits.le}"


def _bare(wanted: object) -> object:
    """A type without its limits."""
    return getattr(wanted, "__origin__", wanted) if hasattr(wanted, "__metadata__") else wanted


def _grant_mistakes(granted: tuple[str, ...]) -> Iterator[str]:
    """What is no permission in the list of those that are granted."""
    from runekiln_analysis.rules.problems import closest, did_you_mean

    for text in granted:
        written = parse_written(text)
        for each in written:
            if not each.closed:
                yield f"`)` is missing in `{text}`"
            elif each.granted.name not in PERMISSIONS:
                meant = closest(each.granted.name, PERMISSIONS)
                yield f"there is no permission `{each.granted.name}`{did_you_mean(meant)}"
        if not written:
            yield f"`{text}` is no permission"


def _code_mistakes(severities: Mapping[str, Level]) -> Iterator[tuple[str, str]]:
    """The codes that do not exist among those that have a severity, and what to say of each."""
    from runekiln_analysis.codes.known import known_codes

    for code in severities:
        if code not in known_codes():
            yield code, _unknown_code(code)


@lru_cache(maxsize=1024)
def _unknown_code(code: str) -> str:
    from runekiln_analysis.codes.known import known_codes
    from runekiln_analysis.rules.problems import closest, did_you_mean

    return f"there is no code `{code}`{did_you_mean(closest(code, known_codes()))}"


@lru_cache(maxsize=1024)
def _unknown(key: str) -> str:
    """What to say of a key that no setting has; editors send the same settings again and again."""
    import difflib

    known = setting_keys()
    close = difflib.get_close_matches(key, known, n=1)
    return f"no such setting; did you mean `{close[0]}`?" if close else f"no such setting; there are {', '.join(known)}"


def _line_of(text: str, key: str) -> int | None:
    """The line of the key in a TOML text, as far as it can be told without a second parser."""
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line):
            table = header[1].replace('"', "").replace(" ", "") + "."
            if table == f"{key}.":
                return number
        elif assignment := re.match(r"\s*([^=#]+?)\s*=", line):
            written = table + assignment[1].replace('"', "").replace(" ", "")
            if written == key or key.startswith(f"{written}."):
                return number
    return None
