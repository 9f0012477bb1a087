"""After an edit of one item, the resolutions of the others are good as long as what they have asked for is the same."""

from __future__ import annotations

from runekiln_analysis.resolve.items import resolve_item, still_holds
from runekiln_analysis.resolve.meaning import OwnItem
from runekiln_analysis.resolve.resolution import Resolution
from runekiln_analysis.script import ItemPlace

from tests.analysis.fixtures import SCRIPT
from tests.analysis.resolve.scripts import Resolved, resolved
from tests.analysis.small_bindings import BINDINGS

BEFORE = """\
const LIMIT = 3;
fn dig(bed) { bed }
pub fn water(bed) {
    match bed { LIMIT => dig(bed), other => Some(other) }
}
pub fn plant(bed) { let n = 1; fn inner() { dig(1) } inner() + n }
pub fn walk() { drop(1) }
"""


def item_named(name: str, text: str) -> tuple[Resolved, ItemPlace]:
    found = resolved({SCRIPT: text.encode()}, BINDINGS)
    items = found.script.main.items
    return found, next(ItemPlace(0, number) for number, item in enumerate(items) if item.name == name)


def check_again(name: str, before: str, after: str) -> bool:
    """Whether the item's resolution still holds after the edit; if so it is what would be found out anew."""
    assert before in BEFORE
    old, place = item_named(name, BEFORE)
    new, moved = item_named(name, BEFORE.replace(before, after))
    assert old.script.item(place).hash == new.script.item(moved).hash
    holds = still_holds(new.table, moved, old.resolutions[place])
    assert not holds or same(old.resolutions[place], resolve_item(new.script, new.table, moved))
    return holds


def same(one: Resolution, other: Resolution | None) -> bool:
    return other is not None and one == other


def test_a_change_inside_another_function_changes_nothing() -> None:
    assert check_again("water", "fn dig(bed) { bed }", "fn dig(bed) { let spade = bed; spade }")
    assert check_again("plant", "fn dig(bed) { bed }", "fn dig(bed) { let spade = bed; spade }")


def test_what_is_looked_up_and_has_another_meaning_does_not_hold() -> None:
    assert not check_again("water", "const LIMIT = 3;", "fn LIMIT() { 3 }")
    assert not check_again("water", "fn dig(bed) { bed }", "struct dig;")
    assert not check_again("plant", "fn dig(bed) { bed }", "fn shovel(bed) { bed }")


def test_a_new_item_that_hides_what_was_meant() -> None:
    assert not check_again("walk", "pub fn walk", "fn drop(x) { x }\npub fn walk")
    assert not check_again("water", "pub fn walk", "enum Some { }\npub fn walk")
    assert not check_again("water", "pub fn walk", "const other = 3;\npub fn walk")


def test_an_item_that_nobody_names_changes_nothing() -> None:
    assert check_again("walk", "const LIMIT = 3;", "const BOUND = 3;")
    assert check_again("water", "pub fn walk", "struct Pond;\npub fn walk")


def test_only_what_was_asked_for_counts() -> None:
    found, place = item_named("water", BEFORE)
    asked = found.resolutions[place].asked
    assert asked is not None
    assert set(asked) == {("bed",), ("LIMIT",), ("dig",), ("other",), ("Some",)}
    assert asked[("dig",)].meaning == OwnItem(ItemPlace(0, 1))
    assert asked[("LIMIT",)].constant
