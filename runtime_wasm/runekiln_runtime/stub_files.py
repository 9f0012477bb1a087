"""What a host binds besides the types that the guest knows: stubs, those that come with Runekiln and a kiln's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from runekiln_analysis.facts import FileFacts

from runekiln_runtime.protocol import Configure, Source

SUFFIX = ".rni"
Profile = Literal["core", "tools", "events", "struct-plugin", "all"]
"""A part of what the stubs declare, as one loader of scripts has it; `docs/stubs.md` says what each is."""

DEFAULT_PROFILE: Profile = "core"
STUBS_FOLDER = Path(__file__).with_name("stubs")
STD_FOLDER = Path(__file__).with_name("std")
"""The stubs of Rune's own crates."""

RuneModule = Literal["base64", "process", "rand", "signal", "time"]
"""A module of the crate `rune-modules` that hosts install, and that Crucible has not in a form of its own."""

BUILT_IN = (
    "host.rni",
    "ask_host.rni",
    "fs.rni",
    "graph_host.rni",
    "http.rni",
    "paths_host.rni",
    "shell.rni",
    "sessions.rni",
    "inbox.rni",
    "context.rni",
)
"""The stubs that every kiln has. The others beside them declare what the guest binds by itself, a crate in each."""


@dataclass(frozen=True, slots=True)
class HostSetup:
    """What scripts are given: a kiln's own stubs besides the built-in ones, and of all that the part of a profile.

    Equal setups bind the same, so that an instance of the guest serves every script of one.
    """

    stubs: tuple[Source, ...] = ()
    profile: Profile = DEFAULT_PROFILE

    def request(self) -> Configure:
        """What an instance of the guest is told before anything else."""
        return Configure((*built_in_stubs(), *self.stubs), self.profile)

    def paths(self) -> frozenset[str]:
        """The paths of the kiln's own stubs."""
        return frozenset(stub.path for stub in self.stubs)

    def with_stubs(self, others: Iterable[Source]) -> HostSetup:
        """The same, with `others` in the places of the stubs of their paths."""
        by_path = {stub.path: stub for stub in others}
        return HostSetup(tuple(by_path.get(stub.path, stub) for stub in self.stubs), self.profile)


@cache
def built_in_stubs() -> tuple[Source, ...]:
    """The stubs that come with Runekiln, under their paths on this machine, so that an editor can open them."""
    return tuple(_source(STUBS_FOLDER / name) for name in BUILT_IN)


def rune_modules(names: Iterable[RuneModule]) -> tuple[Source, ...]:
    """The stubs of these modules; one that is not there is left out."""
    files = (STD_FOLDER / "rune-modules" / f"{name}.rni" for name in names)
    return tuple(Source(file.as_posix(), file.read_bytes()) for file in files if file.is_file())


def core_stubs() -> tuple[Source, ...]:
    """The stubs of what the guest binds by itself, as `make stubs` writes them."""
    return tuple(_source(file) for file in sorted(STUBS_FOLDER.glob(f"*{SUFFIX}")) if file.name not in BUILT_IN)


def _source(file: Path) -> Source:
    return Source(file.as_posix(), file.read_bytes())


def is_broken(file: FileFacts) -> bool:
    """Whether something in a stub is wrong, and so not bound."""
    return any(problem.severity == "error" for problem in file.problems)
