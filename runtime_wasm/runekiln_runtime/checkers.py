"""A checking guest for each setup of a host that scripts are checked with, and what holds while a stub is broken."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace
from runekiln_analysis.facts import FileFacts
from runekiln_analysis.host_items import host_items
from runekiln_analysis.rune_std import rune_std
from runekiln_analysis.stubs import Bindings, Place, RuneStd

from runekiln_runtime.binding import read_stubs
from runekiln_runtime.checker import WATCHDOG_SECONDS, Checker
from runekiln_runtime.code_cache import Code, OnProgress, load_code
from runekiln_runtime.deep_stack import DeepStack
from runekiln_runtime.paths import GUEST_FILE
from runekiln_runtime.protocol import Source
from runekiln_runtime.std_stubs import std_bindings
from runekiln_runtime.stub_files import HostSetup, built_in_stubs, core_stubs, is_broken

MOST_INSTANCES = 4


@dataclass(frozen=True, slots=True)
class Host:
    """What scripts of a setup are checked with.

    `setup` is in force: the last good version stands in for each stub that is broken. `bindings` are what it binds,
    with Rune's own, `files` the facts of the stubs as they really are, `broken` the paths of those in which something
    is wrong.
    """

    setup: HostSetup
    bindings: Bindings
    files: tuple[FileFacts, ...]
    broken: frozenset[str]
    checker: Checker


class Checkers:
    """Keeps a few checkers, the one that was not used for the longest time going first. One thread uses them."""

    def __init__(self, code: Code, watchdog_seconds: float = WATCHDOG_SECONDS) -> None:
        self._code = code
        self._watchdog_seconds = watchdog_seconds
        # One for all: each has a watchdog, whose thread holds the guest that it has watched last.
        self._stack = DeepStack()
        self._checkers: OrderedDict[HostSetup, Checker] = OrderedDict()
        self._hosts: OrderedDict[HostSetup, Host] = OrderedDict()
        self._std: RuneStd | None = None
        # The last version without errors of each stub, by its path.
        self._good: dict[str, Source] = {}

    @staticmethod
    def load(on_progress: OnProgress | None = None, guest: Path = GUEST_FILE) -> Checkers:
        """Load the guest; says so by `on_progress` if its code must be compiled first, which takes seconds.

        Raises GuestMissing, GuestTooOld or GuestDamaged.
        """
        return Checkers(load_code(guest, on_progress))

    def host(self, setup: HostSetup) -> Host:
        """What to check scripts of that setup with. Raises CheckFailed if the guest dies of a stub."""
        newest = next(reversed(self._hosts), None)
        if newest == setup and not self._hosts[setup].broken:
            # With each edit of one script nothing is to be put in order.
            return self._hosts[setup]
        host = self._hosts.pop(setup, None) or self._bound(setup)
        in_force = setup.with_stubs(self._good[path] for path in host.broken if path in self._good)
        if in_force != host.setup:
            checker = self._checker(in_force)
            host = Host(in_force, self._with_std(checker.configured().bindings), host.files, host.broken, checker)
        self._hosts[setup] = host
        self._good.update({stub.path: stub for stub in setup.stubs if stub.path not in host.broken})
        self._checkers[host.setup] = host.checker
        self._checkers.move_to_end(host.setup)
        self._limit()
        return host

    def knows(self, setup: HostSetup) -> bool:
        """Whether `host` has its answer at hand."""
        return setup in self._hosts

    def places(self) -> Mapping[tuple[str, str], Place]:
        """Where what the guest binds by itself is declared in the stubs that come along, by path and kind of item."""
        declared = read_stubs(self._code, (*built_in_stubs(), *core_stubs())).bindings
        return {(item.path, item.kind): item.place for item in host_items(declared) if item.place is not None}

    def forget(self, path: str) -> None:
        """Look at all of that script the next time, whatever it is checked with."""
        for checker in self._checkers.values():
            checker.forget(path)

    def keep(self, setups: Container[HostSetup]) -> None:
        """Let the instances go that serve none of those setups."""
        for setup in [setup for setup in self._hosts if setup not in setups]:
            del self._hosts[setup]
        self._drop_unused()

    def _bound(self, setup: HostSetup) -> Host:
        """That setup itself in force, whatever is broken in it."""
        checker = self._checker(setup)
        configured = checker.configured()
        broken = frozenset(file.path for file in configured.files if is_broken(file))
        return Host(setup, self._with_std(configured.bindings), configured.files, broken, checker)

    def _with_std(self, bindings: Bindings) -> Bindings:
        if self._std is None:
            self._std = rune_std(std_bindings(self._code))
        return replace(bindings, std=self._std)

    def _checker(self, setup: HostSetup) -> Checker:
        return self._checkers.get(setup) or Checker(self._code, self._watchdog_seconds, setup, self._stack)

    def _limit(self) -> None:
        while len(self._checkers) > MOST_INSTANCES:
            oldest = next(iter(self._checkers))
            for setup in [setup for setup, host in self._hosts.items() if host.setup == oldest]:
                del self._hosts[setup]
            self._drop_unused()

    def _drop_unused(self) -> None:
        used = {host.setup for host in self._hosts.values()}
        for setup in [setup for setup in self._checkers if setup not in used]:
            del self._checkers[setup]
