"""What the host makes of a guest that dies, hangs, refuses or babbles."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import pytest
from runekiln_runtime.checker import Checker
from runekiln_runtime.code_cache import load_code
from runekiln_runtime.deep_stack import DeepStack
from runekiln_runtime.errors import BadMessage, CheckFailed, GuestDied, GuestRefused, GuestTooSlow
from runekiln_runtime.outcomes import Failed, Limits, Outcome, OutOfMemory, OutOfTime, Stop, Stopped
from runekiln_runtime.protocol import Run, Source
from runekiln_runtime.runner import Runner

from .tiny_guest import answering, build, doing, refusing

ENDLESS = "(loop $again (br $again))"
WITHOUT_RETURN = "(drop (call $again (i64.const 0)))"
AT_OFFSETS_3_TO_9 = """
    (i32.store (i32.const 20) (i32.const 128)) (i32.store (i32.const 24) (i32.const 1))
    (i32.store (i32.const 132) (i32.const 3)) (i32.store (i32.const 136) (i32.const 9))
"""
OUT_OF_FUEL = "(i64.store (i32.const 0) (i64.const 0)) (i32.store (i32.const 12) (i32.const 1)) unreachable"
FLAGGED = "(i32.store (i32.const 28) (i32.const 1))"

pytestmark = pytest.mark.usefixtures("empty_cache")


def run(folder: Path, body: str, limits: Limits | None = None, stop: Stop | None = None) -> Outcome:
    runner = Runner(load_code(build(folder, doing(body))))
    request = Run((Source("script.rn", b"fn main() {}"),), "main", (), 100)
    return runner.run(request, limits or Limits(memory_bytes=1 << 20), stop)


def test_a_run_that_does_not_end_is_out_of_time_and_names_its_place(tmp_path: Path) -> None:
    outcome = run(tmp_path, AT_OFFSETS_3_TO_9 + ENDLESS, Limits(seconds=0.05))
    assert isinstance(outcome, OutOfTime)
    assert outcome.error.code == "out-of-time"
    assert outcome.error.message == "not finished after 0.05 seconds"
    assert [(frame.path, frame.span) for frame in outcome.error.frames] == [("script.rn", (3, 9))]


def test_a_guest_that_has_spent_its_fuel_is_out_of_time(tmp_path: Path) -> None:
    outcome = run(tmp_path, OUT_OF_FUEL, Limits(fuel=10_000))
    assert isinstance(outcome, OutOfTime)
    assert (outcome.error.code, outcome.stats.fuel) == ("out-of-fuel", 10_000)
    assert outcome.error.message == "not finished after 10000 instructions"


def test_a_guest_that_lies_about_addresses_has_no_place(tmp_path: Path) -> None:
    lies = "(i32.store (i32.const 16) (i32.const -1)) (i32.store (i32.const 20) (i32.const -8))"
    outcome = run(tmp_path, f"{lies} (i32.store (i32.const 24) (i32.const 9)) unreachable")
    assert isinstance(outcome, Failed)
    assert outcome.error.frames == ()


def test_a_guest_with_functions_of_other_types_is_not_called(tmp_path: Path) -> None:
    other = (
        doing("")
        .replace('"call") (result i64)', '"call") (result i64 i64)')
        .replace("(i64.const 0)))", "(i64.const 0) (i64.const 0)))")
    )
    with pytest.raises(BadMessage, match=r"a type that was not promised: \(\) -> \(i64, i64\)"):
        Checker(load_code(build(tmp_path, other))).describe()


def test_a_stop_from_another_thread_ends_a_run(tmp_path: Path) -> None:
    stop = Stop()
    threading.Timer(0.05, stop.set).start()
    outcome = run(tmp_path, ENDLESS, stop=stop)
    assert isinstance(outcome, Stopped)
    assert outcome.error.code == "user-stop"


def test_a_stop_that_comes_before_the_run_ends_it_too(tmp_path: Path) -> None:
    stop = Stop()
    stop.set()
    assert isinstance(run(tmp_path, ENDLESS, stop=stop), Stopped)


def test_ctrl_c_ends_a_run(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    here = threading.get_ident()
    ctrl_c = threading.Timer(0.05, signal.pthread_kill, (here, signal.SIGINT))
    ctrl_c.start()
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, ENDLESS, Limits(seconds=100, memory_bytes=1 << 20))
    ctrl_c.join()
    assert set(threading.enumerate()) <= before


def test_native_recursion_without_end_is_a_stack_overflow(tmp_path: Path) -> None:
    outcome = run(tmp_path, WITHOUT_RETURN)
    assert isinstance(outcome, Failed)
    assert outcome.error.code == "stack-overflow"


def test_the_guest_tells_a_lack_of_memory_from_a_panic(tmp_path: Path) -> None:
    assert isinstance(run(tmp_path, FLAGGED + "unreachable"), OutOfMemory)
    assert isinstance(run(tmp_path, FLAGGED + WITHOUT_RETURN), OutOfMemory)
    panicked = run(tmp_path, "unreachable")
    assert isinstance(panicked, Failed)
    assert panicked.error.code == "guest-panic"


def test_no_thread_is_left_behind(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    run(tmp_path, ENDLESS, Limits(seconds=0.05))
    run(tmp_path, WITHOUT_RETURN)
    assert set(threading.enumerate()) <= before


def test_a_checkers_thread_ends_with_it() -> None:
    before = set(threading.enumerate())
    stack = DeepStack()
    stack.call(lambda: None, lambda: None, 30)
    [thread] = set(threading.enumerate()) - before
    del stack
    thread.join()


def check(folder: Path, wat: str, watchdog_seconds: float = 10) -> object:
    checker = Checker(load_code(build(folder, wat)), watchdog_seconds)
    return checker.check("script.rn", b"", lambda path: None)


def test_a_check_that_hangs_is_ended_by_the_watchdog(tmp_path: Path) -> None:
    with pytest.raises(
        CheckFailed, match=r"script\.rn could not be checked: it takes longer than 0\.05 seconds"
    ) as failed:
        check(tmp_path, doing(ENDLESS), 0.05)
    assert isinstance(failed.value.cause, GuestTooSlow)


def test_a_check_that_kills_the_guest_twice_fails(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(CheckFailed) as failed:
        check(tmp_path, doing(WITHOUT_RETURN))
    assert isinstance(failed.value.cause, GuestDied)
    assert failed.value.cause.kind == "stack-overflow"
    assert "is replaced" in caplog.text


def test_a_refusal_is_told_in_the_guests_words(tmp_path: Path) -> None:
    with pytest.raises(GuestRefused, match="not today"):
        check(tmp_path, refusing("not today"))


@pytest.mark.parametrize(
    "response",
    [
        pytest.param({"type": "stripped", "text": b"", "problems": []}, id="of another request"),
        pytest.param({"type": "checked", "files": 7}, id="ill-typed"),
        pytest.param({"type": "riddle"}, id="of no known type"),
        pytest.param([], id="no map"),
        pytest.param({"type": "need-sources", "needs": []}, id="asking for nothing"),
    ],
)
def test_an_answer_that_makes_no_sense_is_our_fault(tmp_path: Path, response: object) -> None:
    with pytest.raises(BadMessage):
        check(tmp_path, answering(response))


def test_an_answer_outside_of_the_guests_memory_is_our_fault(tmp_path: Path) -> None:
    with pytest.raises((BadMessage, CheckFailed)):
        check(tmp_path, doing("(return (i64.const 0x7fff000000001000))"))
