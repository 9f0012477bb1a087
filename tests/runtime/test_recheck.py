"""Scripts that are being edited: the guest looks at what is new, and says what it says of the whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from runekiln_analysis.facts import Facts
from runekiln_runtime.checker import Checker

SCRIPT = b"""\
//! Water, bed by bed.

const LITRES = 20;

/// What a bed needs today.
pub fn needs(bed) {
    let base = LITRES;
    base + bed.tomatoes * 2
}

mod pump {
    impl Pump {
        fn open(self) {
            helper()
        }
    }

    struct Pump;
    fn helper() { 1 }
}

fn forgotten() { LITRES }
"""


def nothing(path: str) -> bytes | None:
    return None


@pytest.fixture
def typing(checker: Checker) -> Typing:
    """Somebody who types in `SCRIPT`."""
    return Typing(checker)


class Typing:
    """Types in a script, and holds each answer against a check of the whole."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._checker.forget("main.rn")
        self.text = SCRIPT
        self.facts = self.recheck()

    def replace(self, old: bytes, new: bytes) -> bool:
        """Put `new` in the place of the first `old`. Tells whether the guest had to look at the whole."""
        assert old in self.text
        self.text = self.text.replace(old, new, 1)
        self.facts = self.recheck()
        return self._checker.has_seen_whole("main.rn")

    def recheck(self) -> Facts:
        """The facts of the text as it is."""
        facts = self._checker.edit("main.rn", self.text, nothing, self._look_ahead)
        self.was_foreseen = facts is not None
        if facts is None:
            facts = self._checker.recheck("main.rn", self.text, nothing)
        assert facts == self._checker.check("main.rn", self.text, nothing)
        return facts

    def _look_ahead(self, foresee: Callable[[], Facts]) -> Callable[[], Facts]:
        self.ahead = foresee()
        return lambda: self.ahead

    def codes(self) -> list[str]:
        """What is wrong now."""
        return [problem.code for problem in self.facts.script.problems]


def test_what_is_typed_in_a_function_is_all_that_is_looked_at(typing: Typing) -> None:
    typed = b"let base = LITRES;\n    "
    for letter in b"let more = bed.peppers;":
        before, typed = typed, typed + bytes([letter])
        assert not typing.replace(before, typed)
    assert typing.codes() == ["not-used"]


def test_what_an_edit_makes_of_the_items_is_foreseen_before_it_is_compiled(typing: Typing) -> None:
    typing.replace(b"bed.tomatoes", b"bed.tomatoes + absent")
    assert typing.was_foreseen
    assert typing.ahead.script.items == typing.facts.script.items
    # Of problems nothing is known yet.
    assert [problem.code for problem in typing.ahead.script.problems] == ["not-used"]
    assert typing.codes() == ["missing-local", "not-used"]


def test_what_reaches_further_than_a_function_is_not_foreseen(typing: Typing) -> None:
    typing.replace(b"LITRES = 20", b"LITRES = 21")
    assert not typing.was_foreseen


def test_a_guest_that_dies_of_an_edit_loses_nothing(checker: Checker) -> None:
    text = b"pub fn main() { 1 }\n"
    checker.recheck("dies.rn", text, nothing)
    guest = checker._guest
    assert guest is not None
    guest.interrupt()
    edited = text.replace(b"1", b"absent")
    assert checker.edit("dies.rn", edited, nothing, lambda foresee: foresee) is None
    assert checker.recheck("dies.rn", edited, nothing) == checker.check("dies.rn", edited, nothing)


def test_mistakes_come_and_go_with_the_edit(typing: Typing) -> None:
    assert not typing.replace(b"+ bed.", b"+ beds.")
    assert typing.codes() == ["missing-local", "not-used"]
    assert not typing.replace(b"+ beds.", b"+ + bed.")
    assert typing.codes() == ["expected-expression", "not-used"]
    assert not typing.replace(b"+ + bed.", b"+ bed.")
    assert typing.codes() == ["not-used"]


def test_what_only_moved_stays_what_it_was(typing: Typing) -> None:
    before = typing.facts.script.items
    assert not typing.replace(b"* 2", b"* 2 // and peppers")
    after = typing.facts.script.items
    assert [item.name for item in after] == [item.name for item in before]
    assert after[0] is before[0]
    assert after[-1].tree is before[-1].tree
    assert after[-1].span[0] == before[-1].span[0] + len(" // and peppers")


def test_modules_and_impl_blocks_grow_with_what_is_in_them(typing: Typing) -> None:
    assert not typing.replace(b"helper()\n", b"helper() + absent()\n")
    assert typing.codes() == ["missing-item", "not-used"]
    spans = {item.name: item.span for item in typing.facts.script.items}
    assert spans["pump"][0] < spans["open"][0] < spans["open"][1] < spans["pump"][1]


def test_who_is_named_for_the_first_time_is_used_now(typing: Typing) -> None:
    assert not typing.replace(b"base + bed", b"forgotten() + bed")
    assert typing.codes() == []
    # That nobody names a function any more, only the whole can tell.
    assert typing.replace(b"forgotten() + bed", b"base + bed")
    assert typing.codes() == ["not-used"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"const LITRES = 20", b"const LITRES = 30"),
        (b"needs(bed)", b"needs(bed, day)"),
        (b"    base +", b'    let name = "rain;\n    base +'),
        (b"    base +", b"}\n    base +"),
        (b"    base +", b"    fn inner() {}\n    base +"),
        (b"fn forgotten", b"fn more() {}\nfn forgotten"),
    ],
)
def test_what_reaches_beyond_a_function_is_looked_at_as_a_whole(typing: Typing, old: bytes, new: bytes) -> None:
    assert typing.replace(old, new)


def test_a_file_of_a_module_is_edited_like_the_script(checker: Checker) -> None:
    script = b"mod tools;\npub fn main() { tools::dig() }\n"
    files = {"tools.rn": b"pub fn dig() { 1 }\npub fn rake() { 2 }\n"}
    checker.recheck("rows.rn", script, files.get)
    for dig in (b"1 + gone", b"1 + 1", b"super::main"):
        files = {"tools.rn": b"pub fn dig() { %s }\npub fn rake() { 2 }\n" % dig}
        facts = checker.recheck("rows.rn", script, files.get)
        assert facts == checker.check("rows.rn", script, files.get)
        assert not checker.has_seen_whole("rows.rn")


def test_a_module_that_goes_while_the_script_is_edited_is_missed(checker: Checker) -> None:
    script = b"mod tools;\npub fn main() { tools::dig() }\n"
    assert not checker.recheck("bed.rn", script, {"tools.rn": b"pub fn dig() {}"}.get).script.problems
    assert [problem.code for problem in checker.recheck("bed.rn", script, nothing).script.problems] == [
        "missing-module"
    ]


def test_more_scripts_than_are_remembered_are_checked_all_the_same(checker: Checker) -> None:
    paths = [f"many-{number}.rn" for number in range(300)]
    for text in (b"fn main() { one() }\n", b"fn main() { one(1) }\n"):
        for path in paths:
            assert checker.recheck(path, text, nothing) == checker.check(path, text, nothing)
