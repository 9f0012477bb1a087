"""Parameters that nothing types, guessed by what is used of them: for completion and hover alone."""

from __future__ import annotations

from tests.analysis.fixtures import check_members_of, check_only_guesses, labels_at_cursor, show_hover
from tests.analysis.rules.judged import codes

OWN = "struct Bed { litres, plants }\nimpl Bed { fn water(self) { self.litres } }\n"


def test_completion_offers_the_members_of_the_one_type_that_has_what_is_used() -> None:
    check_members_of("Session", "fn count(given) { given.phases(); given.$0 }")


def test_what_comes_of_a_guess_is_known_too() -> None:
    check_members_of("Phase", "fn count(given) { for phase in given.phases() { phase.$0 } }")


def test_a_type_of_the_script() -> None:
    assert labels_at_cursor(f"{OWN}fn grow(given) {{ given.water(); given.$0 }}") == ["water", "litres", "plants"]


def test_hover_shows_the_type_and_the_member() -> None:
    text = "fn count($0given) { given.phases() }"
    assert show_hover(text) == "```rune\ngiven: Session\n```"
    shown = show_hover("fn count(given) { given.phases(); given.tit$0le }")
    assert shown is not None
    assert "Session.title" in shown


def test_only_guesses_where_several_types_have_it_or_none_or_rune_itself() -> None:
    other = "struct Path { litres, plants }\n"
    check_only_guesses(f"{OWN}{other}fn count(given) {{ given.litres; given.$0 }}")
    check_only_guesses("fn count(given) { given.phases(); given.whatever; given.$0 }")
    check_only_guesses("fn count(given) { given.len(); given.$0 }")
    check_only_guesses("fn count(given) { given.$0 }")


def test_a_method_is_no_field() -> None:
    check_only_guesses("fn count(given) { given.phases; given.$0 }")


def test_a_parameter_that_gets_another_value_is_not_guessed() -> None:
    check_only_guesses("fn count(given) { given.phases(); given = 1; given = other(); given.$0 }")


def test_what_is_said_goes_before_what_is_guessed() -> None:
    check_members_of("Phase", "fn count(given: Phase) { given.phases(); given.$0 }")


def test_rules_do_not_see_guesses() -> None:
    text = f"{OWN}fn grow(given) {{ given.water(); given.wter() }}\npub fn main() {{ grow(1) }}"
    assert "unknown-method" not in codes(text)
