"""Nothing is said twice, whatever the compiler, the parser and the rules have to say of a place."""

from __future__ import annotations

import pytest

from .rules.judged import codes
from .whole_corpus import cases, shown


def test_no_words_in_all_scripts_have_two_problems() -> None:
    """A pair that comes up here says one thing in two ways, or two things that are worth an exception."""
    twice = set()
    for case in cases():
        found = shown(case)
        for place, one in enumerate(found):
            twice |= {(one.code, other.code) for other in found[place + 1 :] if other.span == one.span}
    assert twice == set()


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("fn codify_session(session) { session }\n", ["not-public"]),
        ('pub fn main() { f(1 "a) }\n', ["unterminated-string"]),
        ("pub fn main() { f(1 `a) }\n", ["unterminated-template"]),
        ("fn (", ["expected-name"]),
        ("fn f b", ["expected-parameters"]),
        ("pub fn main(a) { dig(a a) }\n\nfn dig(a) { a }\n", ["expected-comma"]),
        # What is missing is missing elsewhere than where something else was expected.
        ("pub fn main() { f([1", ["unclosed-brace", "unclosed-bracket"]),
    ],
)
def test_what_follows_from_a_mistake_is_not_told(script: str, told: list[str]) -> None:
    shown_codes = codes(script)
    assert [code for code in shown_codes if code in told] == told
    assert len(shown_codes) == len(told)


def test_what_is_wrong_elsewhere_is_told_beside_it() -> None:
    script = "pub fn main(a) {\n    dig(a, 1)\n}\n\nfn dig(a) { a }\n"
    assert codes(script) == ["wrong-arity"]
    assert codes(f"{script}\npub fn other(a) {{ dig(a a) }}\n") == ["wrong-arity", "expected-comma"]
