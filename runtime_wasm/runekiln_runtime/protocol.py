"""The messages between host and guest, one tagged request and one tagged response; `docs/protocol.md` shows them."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from runekiln_analysis.facts import FileChange, FileFacts, Offsets, Problem
from runekiln_analysis.stubs import Bindings
from runekiln_analysis.tools import WrittenTool

Dialect = Literal["module", "function-body", "stub"]


class Source(msgspec.Struct, frozen=True):
    """One file. `text` is `None` where the host looked and found no such file; paths use `/`."""

    path: str
    text: bytes | None


class JsonArgument(msgspec.Struct, frozen=True, tag="json"):
    """An argument of an entry, written as JSON; `host_type` names the host type that an object is to become."""

    json: bytes
    host_type: str | None = None


class SessionArgument(msgspec.Struct, frozen=True, tag="session"):
    """A session log as an argument; the suffix of `path` decides the reader, `meta` is the `meta.json` beside it."""

    path: str
    text: bytes
    meta: bytes | None = None


class FileArgument(msgspec.Struct, frozen=True, tag="file"):
    """A file of the kiln as an argument; it becomes what `host_type` says, or what the suffix of `path` does.

    `path` is relative to the kiln for a file in it.
    """

    path: str
    text: bytes
    host_type: str | None = None


Argument = JsonArgument | SessionArgument | FileArgument


class Describe(msgspec.Struct, frozen=True, tag="describe"):
    """Ask what the guest is."""


class Configure(msgspec.Struct, frozen=True, tag="configure"):
    """Declare, before anything else is asked, what the host binds besides the types that the guest knows.

    `profile` names the part of it that scripts may use.
    """

    stubs: tuple[Source, ...]
    profile: str


class Check(msgspec.Struct, frozen=True, tag="check"):
    """Ask for all facts of the script `sources[0]`; the others are its `mod` files."""

    sources: tuple[Source, ...]
    dialect: Dialect = "module"


class Recheck(msgspec.Struct, frozen=True, tag="recheck"):
    """The same of a script that is being edited: the guest remembers it.

    The answer may be the difference from the revision `known`, the last one that the host was told.
    """

    sources: tuple[Source, ...]
    dialect: Dialect = "module"
    known: int | None = None


class Foresee(msgspec.Struct, frozen=True, tag="foresee"):
    """Ask what an edit within one function makes of the revision `known` of the script at `path`, not compiled yet.

    `text` comes into the place of the bytes `span` of the file `edited`; nothing else has changed.
    """

    path: str
    known: int
    edited: str
    span: Offsets
    text: bytes


class Settle(msgspec.Struct, frozen=True, tag="settle"):
    """Ask the same as by a `Recheck` of what was foreseen last of the script at `path`, if that takes no more."""

    path: str


class AskMeanings(msgspec.Struct, frozen=True, tag="meanings"):
    """Ask what the compiler says that names mean in the script `sources[0]` and in its `mod` files."""

    sources: tuple[Source, ...]
    dialect: Dialect = "module"


class Strip(msgspec.Struct, frozen=True, tag="strip"):
    """Ask for the text without annotations, as other Rune hosts accept it."""

    source: Source


class Format(msgspec.Struct, frozen=True, tag="format"):
    """Ask for the text laid out anew; with a range, no more of it than the items or statements that it touches."""

    source: Source
    dialect: Dialect = "module"
    range: Offsets | None = None


class DescribeTools(msgspec.Struct, frozen=True, tag="describe-tools"):
    """Ask what callers are told of tools."""

    tools: tuple[WrittenTool, ...]


class ReadStubs(msgspec.Struct, frozen=True, tag="read-stubs"):
    """Ask what stubs declare; nothing is bound."""

    stubs: tuple[Source, ...]


class Extract(msgspec.Struct, frozen=True, tag="extract"):
    """Ask what the Rust crates in `folders` bind for scripts; `files` are their manifests and Rust files."""

    folders: tuple[str, ...]
    files: tuple[Source, ...]
    features: tuple[str, ...] = ()
    without_default_features: bool = False


class Run(msgspec.Struct, frozen=True, tag="run"):
    """Call the function `entry` of the script `sources[0]`; `output_limit` is in bytes."""

    sources: tuple[Source, ...]
    entry: str
    arguments: tuple[Argument, ...]
    output_limit: int
    dialect: Dialect = "module"


Request = (
    Describe
    | Configure
    | Check
    | Recheck
    | Foresee
    | Settle
    | AskMeanings
    | Strip
    | Format
    | DescribeTools
    | ReadStubs
    | Extract
    | Run
)


class Need(msgspec.Struct, frozen=True):
    """A `mod` file that the guest must see or know to be absent: the first of `candidates` that exists."""

    from_path: str
    module: str
    span: Offsets
    candidates: tuple[str, ...]


class Frame(msgspec.Struct, frozen=True):
    """One call on the stack of a failed run."""

    path: str
    span: Offsets
    function: str


class RunError(msgspec.Struct, frozen=True):
    """Why a run ended early; the innermost frame comes first."""

    code: str
    message: str
    frames: tuple[Frame, ...] = ()


class Value(msgspec.Struct, frozen=True):
    """What an entry returned: its type's short name, as JSON, as text, and how to draw it."""

    type: str
    json: Any  # any JSON value
    text: str
    view: dict[str, Any] | None = None  # tagged by "kind", see docs/protocol.md


class Warned(msgspec.Struct, frozen=True):
    """Something that a run went on without, such as an unreadable line of a log; `line` counts from 1."""

    message: str
    path: str | None = None
    line: int | None = None


class Described(msgspec.Struct, frozen=True, tag="described"):
    """What the guest is, and the host's types that it binds."""

    guest_version: str
    rune_version: str
    syntax_kinds: tuple[str, ...]
    bindings: Bindings


class Configured(msgspec.Struct, frozen=True, tag="configured"):
    """What is bound from now on, and the facts of each stub, without trees. What is wrong in a stub binds nothing."""

    bindings: Bindings
    files: tuple[FileFacts, ...]


class StubsRead(msgspec.Struct, frozen=True, tag="stubs-read"):
    """What stubs declare rightly, and the facts of each, without trees."""

    bindings: Bindings
    files: tuple[FileFacts, ...]


class Undecided(msgspec.Struct, frozen=True):
    """A place in Rust that cannot be understood, and why; `path` is relative to the folder around all crates."""

    path: str
    line: int
    reason: str


class WrittenStub(msgspec.Struct, frozen=True):
    """The text of a stub, and what its file may be called."""

    path: str
    text: str


class Extracted(msgspec.Struct, frozen=True, tag="extracted"):
    """What crates bind: as rows, and as stubs named after the crates that paths begin with.

    `folder` is the innermost one around all crates, from which the paths of files are told. `looked_for` are paths that
    were not among the files; those that exist, outside of the crates' folders, are wanted.
    """

    bindings: Bindings
    stubs: tuple[WrittenStub, ...]
    undecided: tuple[Undecided, ...]
    folder: str
    looked_for: tuple[str, ...] = ()


class NeedSources(msgspec.Struct, frozen=True, tag="need-sources"):
    """The same request is wanted again, with these files among its sources."""

    needs: tuple[Need, ...]


class Checked(msgspec.Struct, frozen=True, tag="checked"):
    """The facts of the script and of each `mod` file that it pulled in."""

    files: tuple[FileFacts, ...]


class Remembered(msgspec.Struct, frozen=True, tag="remembered"):
    """The same, of a script that the guest may remember as this revision."""

    revision: int
    files: tuple[FileFacts, ...]


class Changed(msgspec.Struct, frozen=True, tag="changed"):
    """How the facts of a script differ from those of the known revision; files that are not named are the same."""

    revision: int
    files: tuple[FileChange, ...]


class Foreseen(msgspec.Struct, frozen=True, tag="foreseen"):
    """Items and moves, as in what will have `Changed`; nothing is said of problems yet."""

    files: tuple[FileChange, ...]


class Beyond(msgspec.Struct, frozen=True, tag="beyond"):
    """More has to be looked at than one function."""


class MeantItem(msgspec.Struct, frozen=True):
    """A path that means an item; the item's own `path` starts with `::` if it is the host's, `kind` is Rune's word."""

    span: Offsets
    path: str
    kind: str


class MeantVariable(msgspec.Struct, frozen=True):
    """A use of a variable, and what the compiler keeps of where it is declared: seldom more exact than a statement."""

    span: Offsets
    declared: Offsets


class Meanings(msgspec.Struct, frozen=True):
    """What the compiler says of the names in one file, in its order, with absolute spans."""

    path: str
    items: tuple[MeantItem, ...]
    variables: tuple[MeantVariable, ...]


class Meant(msgspec.Struct, frozen=True, tag="meant"):
    """What the compiler said of names before it was done, or had enough of errors."""

    compiles: bool
    files: tuple[Meanings, ...]


class Stripped(msgspec.Struct, frozen=True, tag="stripped"):
    """The text without annotations; `problems` are its syntax problems."""

    text: bytes
    problems: tuple[Problem, ...]


class Formatted(msgspec.Struct, frozen=True, tag="formatted"):
    """The text laid out anew; or, with `problems` that say why, the text as it was."""

    text: bytes
    problems: tuple[Problem, ...]


class ToolsDescribed(msgspec.Struct, frozen=True, tag="tools-described"):
    """What callers are told of each tool: `name`, `description`, `input_schema`, perhaps `version` and `tags`."""

    descriptions: tuple[dict[str, Any], ...]  # a JSON object each


class Ran(msgspec.Struct, frozen=True, tag="ran"):
    """How a run ended, as far as the guest itself can tell; `files` are given if it did not compile."""

    outcome: Literal["finished", "failed", "not-compiled", "stopped"]
    value: Value | None
    output: str
    error: RunError | None
    warnings: tuple[Warned, ...]
    files: tuple[FileFacts, ...]


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """The guest could not make sense of the request."""

    message: str


Response = (
    Described
    | Configured
    | StubsRead
    | Extracted
    | NeedSources
    | Checked
    | Remembered
    | Changed
    | Foreseen
    | Beyond
    | Meant
    | Stripped
    | Formatted
    | ToolsDescribed
    | Ran
    | Refused
)


def is_foreseen(answer: bytes) -> bool:
    """Whether an answer that is not read yet is `Foreseen`: the type comes first in each."""
    return answer[:_FRONT].find(_FORESEEN) >= 0


_FRONT = 20
_FORESEEN = b"\xa8foreseen"
