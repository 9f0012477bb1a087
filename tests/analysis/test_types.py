"""The language of types: what is one, and how it is written again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runekiln_analysis.types import UNIT, FunctionOf, Named, Never, TupleOf, Type, UnionOf, Unknown, parse_type, show

names = st.sampled_from(["String", "Phase", "http::Client", "i64"])
types: st.SearchStrategy[Type] = st.recursive(
    st.one_of(names.map(Named), st.just(Unknown()), st.just(Never()), st.just(UNIT)),
    lambda inner: st.one_of(
        st.builds(
            Named, st.sampled_from(["Option", "Vec", "Result"]), st.lists(inner, min_size=1, max_size=2).map(tuple)
        ),
        st.builds(TupleOf, st.lists(inner, max_size=3).map(tuple)),
        st.builds(FunctionOf, st.lists(inner, max_size=2).map(tuple), inner.filter(lambda kind: not _is_union(kind))),
    ),
    max_leaves=8,
)
unions = st.builds(UnionOf, st.lists(types.filter(lambda kind: not _is_union(kind)), min_size=2, max_size=3).map(tuple))


def _is_union(kind: Type) -> bool:
    return isinstance(kind, UnionOf)


@given(st.one_of(types, unions))
def test_what_is_shown_reads_back(kind: Type) -> None:
    assert parse_type(show(kind)) == kind


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Option< String >", "Option<String>"),
        ("::crucible::session::Phase", "crucible::session::Phase"),
        ("Vec<Vec<(i64,String)>>", "Vec<Vec<(i64, String)>>"),
        ("Option<String> | String", "Option<String> | String"),
        ("fn(Phase) -> bool", "fn(Phase) -> bool"),
        ("fn()", "fn()"),
        ("(String)", "String"),
        ("(String,)", "(String,)"),
        ("Value", "any"),
        ("Object{folder?, limit?}", "Object"),
    ],
)
def test_types_as_people_write_them(written: str, shown: str) -> None:
    parsed = parse_type(written)
    assert parsed is not None
    assert show(parsed) == shown


@pytest.mark.parametrize(
    "text", ["", "the session", "Vec<", "Vec<String", "A |", "(A", "12", "fn(", "A B", "Vec<A,,B>", "$"]
)
def test_what_is_no_type(text: str) -> None:
    assert parse_type(text) is None


def test_a_type_nested_without_end_is_no_type() -> None:
    assert parse_type("Vec<" * 5000 + "A" + ">" * 5000) is None


@given(st.text(alphabet="AB<>(),|:! fn->?{}", max_size=30))
def test_any_text_is_a_type_or_none(text: str) -> None:
    kind = parse_type(text)
    assert kind is None or parse_type(show(kind)) == kind
