"""What a name means among the declarations of a host, and what may be meant by one that nothing has."""

from __future__ import annotations

import pytest
from runekiln_analysis.host_item_search import matching, nearest
from runekiln_analysis.host_items import host_items

from .host_bindings import BINDINGS
from .stub_bindings import HOST
from .trait_bindings import STORE

ITEMS = host_items(BINDINGS, HOST, STORE)


def found(wanted: str) -> list[str]:
    """Kind and path of what is meant."""
    return [f"{item.kind} {item.path}" for item in matching(ITEMS, wanted)]


@pytest.mark.parametrize(
    "wanted",
    [
        "crucible::session::Phase::callouts",
        "Phase::callouts",
        "::Phase::callouts",
        "Phase.callouts",
        "Phase.callouts()",
    ],
)
def test_a_member_by_the_end_of_its_path(wanted: str) -> None:
    assert found(wanted) == ["method crucible::session::Phase::callouts"]


def test_a_name_that_several_have_means_all_of_them() -> None:
    assert found("callouts") == [
        "method crucible::session::Phase::callouts",
        "method crucible::session::Session::callouts",
    ]


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [
        ("Phase", "struct crucible::session::Phase"),
        ("crucible::session", "module crucible::session"),
        ("session", "module crucible::session"),
        ("log!", "macro crucible::log"),
        ("crucible::log!(expressions)", "macro crucible::log"),
        ("Pile::ADD", "protocol garden::store::Pile::ADD"),
        ("Shelf", "trait garden::store::Shelf"),
        ("plugin", "attribute plugin"),
        ("#[plugin]", "attribute plugin"),
        ('#[plugin(name = "x")]', "attribute plugin"),
        ("hook", "attribute handler"),
        ("note:modified", "event note:modified"),
        ('"note:modified"', "event note:modified"),
        ("codify_session", "entry codify_session"),
    ],
)
def test_every_kind_by_its_name(wanted: str, meant: str) -> None:
    assert found(wanted) == [meant]


def test_an_alias_stands_for_its_type() -> None:
    assert found("SessionLog") == ["struct crucible::session::Session"]
    assert found("SessionLog::phases") == ["method crucible::session::Session::phases"]


@pytest.mark.parametrize("wanted", ["Pile::first", "store::Pile.first()", "Heap::first", "Shelf::first"])
def test_what_a_type_has_of_a_trait_is_found_under_the_name_of_the_type(wanted: str) -> None:
    assert found(wanted) == ["method garden::store::Shelf::first"]


@pytest.mark.parametrize(
    "wanted", ["", "::", "#[]", '""', "hase", "Phase::", "#[codify_session]", '"handler"', "Phase.callouts.x"]
)
def test_nothing_is_meant_by_what_is_no_name(wanted: str) -> None:
    assert found(wanted) == []


@pytest.mark.parametrize(
    ("wanted", "first"),
    [
        ("Phase::calouts", "Phase::callouts"),
        ("Phse", "Phase"),
        ("phase", "Phase"),
        ("crucible::Phase", "crucible::session::Phase"),
        ("#[handlr]", "handler"),
        ('"note:modifed"', "note:modified"),
        ("SesionLog", "SessionLog"),
    ],
)
def test_a_name_that_nothing_has_is_near_to_others(wanted: str, first: str) -> None:
    assert found(wanted) == []
    assert nearest(ITEMS, wanted)[0] == first


def test_what_is_like_nothing_is_near_to_nothing() -> None:
    assert nearest(ITEMS, "zzzz") == ()
    assert nearest(ITEMS, "") == ()
    assert len(nearest(ITEMS, "calouts")) <= 3
