"""Fix upon fix comes to an end, and none does harm, whatever the fixes are."""

from __future__ import annotations

from collections.abc import Mapping

from runekiln_analysis.facts import Edit, Facts, FileFacts, Fix, Problem
from runekiln_analysis.fixing import safe_fix
from runekiln_server.cli.checking import Looked, report_of
from runekiln_server.cli.fixing import Fixed, fix_all
from runekiln_server.cli.inputs import KilnSettings, Script
from runekiln_server.reports.report import Report


def fixed(text: str, changes: Mapping[str, str], errors: tuple[str, ...] = ()) -> Fixed:
    """A text after fixes that put one letter in the place of another; those in `errors` are errors, others warnings."""

    def problems(script: Script) -> tuple[Problem, ...]:
        found = []
        for place, letter in enumerate(script.text.decode()):
            if letter in changes:
                fixes = (Fix("Change it", (Edit((place, place + 1), changes[letter]),), is_safe=True),)
            elif letter in errors:
                fixes = ()
            else:
                continue
            severity = "error" if letter in errors else "warning"
            found.append(Problem(f"letter-{letter}", severity, letter, (place, place + 1), "compiler", fixes=fixes))
        return tuple(found)

    def looks(scripts: tuple[Script, ...]) -> tuple[Looked, Report]:
        facts = {each.path: Facts((FileFacts(each.path, (), problems(each)),)) for each in scripts}
        looked = Looked(facts, {}, {each.path: each.text for each in scripts}, ())
        return looked, report_of(looked, KilnSettings())

    return fix_all((Script("letters.rn", text.encode()),), looks, safe_fix)


def test_what_a_fix_brings_up_is_fixed_too() -> None:
    done = fixed("a-a-b", {"a": "b", "b": "c"})
    assert done.scripts[0].text == b"c-c-c"
    assert done.counts == {"letters.rn": 5}


def test_fixes_that_undo_each_other_end_some_time() -> None:
    assert fixed("a", {"a": "b", "b": "a"}).scripts[0].text in (b"a", b"b")


def test_a_fix_that_mends_nothing_is_not_made() -> None:
    done = fixed("a-b", {"a": "aa", "b": "c"})
    assert done.scripts[0].text == b"a-c"
    assert done.counts == {"letters.rn": 1}


def test_a_fix_that_makes_an_error_is_not_made_and_the_others_are() -> None:
    assert fixed("a-b-a", {"a": "x", "b": "c"}, errors=("x",)).scripts[0].text == b"a-c-a"


def test_nor_is_one_that_makes_another_error_of_an_error() -> None:
    assert fixed("a-b", {"a": "x", "b": "c"}, errors=("a", "x")).scripts[0].text == b"a-c"
    # One more of a kind that was there is one too many, too.
    assert fixed("a-x", {"a": "x"}, errors=("a", "x")).scripts[0].text == b"a-x"


def test_an_error_that_comes_to_light_and_can_be_fixed_is() -> None:
    assert fixed("a-b", {"a": "x", "x": "c", "b": "c"}, errors=("a", "x")).scripts[0].text == b"c-c"
    # But not if there is one behind that.
    assert fixed("a-b", {"a": "x", "x": "y", "b": "c"}, errors=("a", "x", "y")).scripts[0].text == b"a-c"
