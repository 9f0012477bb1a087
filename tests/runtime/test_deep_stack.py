"""Work that needs a deep stack: in a thread of its own, or in the caller's if that is deep already."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from runekiln_runtime.deep_stack import DeepStack, DeepThread, Overdue

Do = Callable[[Callable[[], object]], object]


def here(work: Callable[[], object]) -> object:
    """What the work gives in this thread, which is not deep."""
    return work()


def in_deep_thread(work: Callable[[], object]) -> object:
    """What the work gives, or raises, in a deep thread."""
    ended: list[object] = []
    failed: list[BaseException] = []

    def attempt() -> None:
        try:
            ended.append(work())
        except BaseException as error:
            failed.append(error)

    thread = DeepThread(target=attempt)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return ended[0]


@pytest.mark.parametrize("do", [here, in_deep_thread])
def test_work_gives_its_answer_or_its_error(do: Do) -> None:
    stack = DeepStack()
    assert do(lambda: stack.call(lambda: 6 * 7, lambda: None, 30)) == 42
    with pytest.raises(ZeroDivisionError):
        do(lambda: stack.call(lambda: 1 // 0, lambda: None, 30))


@pytest.mark.parametrize("do", [here, in_deep_thread])
def test_work_whose_time_is_up_is_interrupted_and_the_next_is_not(do: Do) -> None:
    stack, interrupted = DeepStack(), threading.Event()

    def endless() -> None:
        interrupted.wait(30)
        raise TimeoutError

    def twice() -> str:
        with pytest.raises(Overdue):
            stack.call(endless, interrupted.set, 0.1)
        return stack.call(lambda: "next", interrupted.clear, 30)

    assert do(twice) == "next"
    assert interrupted.is_set()


def test_a_deep_thread_does_the_work_itself() -> None:
    stack = DeepStack()
    assert stack.call(threading.current_thread, lambda: None, 30) is not threading.current_thread()
    assert in_deep_thread(lambda: stack.call(threading.current_thread, lambda: None, 30) is threading.current_thread())
