"""A checker for each setup of a host, and the last good version of a stub while it is broken."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from runekiln_analysis.facts import Facts
from runekiln_runtime.checker import Checker
from runekiln_runtime.checkers import MOST_INSTANCES, Checkers
from runekiln_runtime.outcomes import Failed, Finished, Limits, NotCompiled
from runekiln_runtime.protocol import Run, Source
from runekiln_runtime.runner import Runner
from runekiln_runtime.stub_files import HostSetup, built_in_stubs

SCRIPT = b"pub fn main() { garden::water(3) }\n"


@pytest.fixture(scope="module")
def checkers() -> Checkers:
    return Checkers.load()


def setup(*functions: str, more: bytes = b"") -> HostSetup:
    """A host with a crate `garden` that has these functions, each of one parameter."""
    declared = "".join(f"pub fn {name}(litres: i64) -> bool;\n" for name in functions)
    return HostSetup((Source("stubs/garden.rni", f"//! crate: garden\n{declared}".encode() + more),))


def codes(facts: Facts) -> list[str]:
    return [problem.code for problem in facts.script.problems]


def checked(checkers: Checkers, setup: HostSetup) -> list[str]:
    return codes(checkers.host(setup).checker.check("main.rn", SCRIPT, lambda path: None))


def test_a_stub_gives_scripts_what_it_declares(checkers: Checkers) -> None:
    assert checked(checkers, HostSetup()) == ["missing-item"]
    assert checked(checkers, setup("water")) == []
    assert checked(checkers, setup("dig")) == ["missing-item"]


def test_the_bindings_of_a_setup_are_those_of_its_stubs(checkers: Checkers) -> None:
    modules = {module.path: module for module in checkers.host(setup("water")).bindings.modules}
    assert [function.name for function in modules["garden"].functions] == ["water"]
    assert "garden" not in {module.path for module in checkers.host(HostSetup()).bindings.modules}


def test_a_setup_is_bound_once(checkers: Checkers) -> None:
    assert checkers.host(setup("water")) is checkers.host(setup("water"))


def test_the_last_good_version_of_a_broken_stub_stays_in_force(checkers: Checkers) -> None:
    checkers.host(setup("water"))
    broken = setup("water", more=b"pub fn dig(")
    host = checkers.host(broken)
    assert host.setup == setup("water")
    assert [file.path for file in host.files if file.problems] == ["stubs/garden.rni"]
    assert checked(checkers, broken) == []
    assert checked(checkers, setup("dig", more=b"pub fn (")) == []
    assert checked(checkers, setup("dig")) == ["missing-item"]
    assert checked(checkers, setup("dig", more=b"pub fn (")) == ["missing-item"]


def test_other_stubs_change_while_one_is_broken(checkers: Checkers) -> None:
    def two(beds: bytes, garden: bytes) -> HostSetup:
        stubs = (("beds.rni", b"//! crate: beds\n" + beds), ("garden.rni", b"//! crate: garden\n" + garden))
        return HostSetup(tuple(Source(path, text) for path, text in stubs))

    good = b"pub fn water(litres: i64) -> bool;\n"
    checkers.host(two(b"", good))
    host = checkers.host(two(b"pub fn dig() -> bool;\n", b"pub fn ("))
    assert host.setup == two(b"pub fn dig() -> bool;\n", good)


def test_what_is_wrong_from_the_start_binds_nothing(checkers: Checkers) -> None:
    host = Checkers.load().host(setup("water", more=b"pub fn dig("))
    assert [file.path for file in host.files if file.problems] == ["stubs/garden.rni"]
    assert codes(host.checker.check("main.rn", SCRIPT, lambda path: None)) == []


def test_what_nobody_uses_is_let_go() -> None:
    checkers = Checkers.load()
    for number in range(MOST_INSTANCES + 2):
        checkers.host(setup(f"water_{number}"))
    assert len(checkers._checkers) == MOST_INSTANCES
    checkers.keep({setup("water_5")})
    assert (len(checkers._checkers), checkers.knows(setup("water_5"))) == (1, True)


def test_a_checker_that_is_in_force_for_a_broken_stub_is_kept() -> None:
    checkers = Checkers.load()
    good = checkers.host(setup("water")).checker
    broken = setup("water", more=b"pub fn dig(")
    checkers.host(broken)
    checkers.keep({broken})
    assert checkers.host(setup("water")).checker is good


def test_a_guest_that_died_is_set_up_again(checkers: Checkers) -> None:
    checker = Checker.load(host=setup("water"))
    assert codes(checker.check("main.rn", SCRIPT, lambda path: None)) == []
    checker._guest = None
    assert codes(checker.check("main.rn", SCRIPT, lambda path: None)) == []


def test_a_script_runs_with_what_its_host_declares() -> None:
    runner, request = Runner.load(), Run((Source("main.rn", SCRIPT),), "main", (), 1000)
    assert isinstance(runner.run(request, Limits()), NotCompiled)
    outcome = runner.run(request, Limits(), host=setup("water"))
    assert isinstance(outcome, Finished | Failed)
    assert not isinstance(outcome, NotCompiled)


def test_the_built_in_stubs_are_whole(checkers: Checkers) -> None:
    problems = {file.path: file.problems for file in checkers.host(HostSetup()).files}
    assert problems == {stub.path: () for stub in built_in_stubs()}


def test_setups_that_follow_each_other_leave_no_thread_behind() -> None:
    checkers = Checkers.load()
    checkers.host(setup("water"))
    before = set(threading.enumerate())
    for number in range(MOST_INSTANCES + 2):
        checkers.host(setup(f"dig_{number}"))
    assert set(threading.enumerate()) <= before


def test_what_the_guest_binds_is_declared_in_stubs_that_come_along(checkers: Checkers) -> None:
    places = checkers.places()
    place = places["crucible::session::Session::phases", "method"]
    assert Path(place.path).read_bytes()[slice(*place.span)] == b"phases"
    native = checkers.host(HostSetup()).bindings
    missing = [kind.path for kind in native.types if kind.about.place is None and (kind.path, kind.kind) not in places]
    assert missing == []
