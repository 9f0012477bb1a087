"""What a host declares, as a list of items of one shape."""

from __future__ import annotations

import msgspec
import pytest
from inline_snapshot import snapshot
from runekiln_analysis.host_item import HostItem
from runekiln_analysis.host_items import host_items
from runekiln_analysis.stubs import Bindings, HostType, Module

from .host_bindings import BINDINGS
from .stub_bindings import HOST
from .trait_bindings import STORE


def listed(*hosts: Bindings) -> list[str]:
    """Kind and path of each item, in their order."""
    return [f"{item.kind} {item.path}" for item in host_items(*hosts)]


def the(path: str, host: Bindings) -> HostItem:
    """The one item at that path."""
    (item,) = (item for item in host_items(host) if item.path == path)
    return item


def test_modules_come_in_order_with_what_is_in_them() -> None:
    assert listed(HOST) == snapshot(
        [
            "module crucible",
            "alias crucible::Id",
            "constant crucible::LIMIT",
            "macro crucible::log",
            "function crucible::read",
            "module crucible::agent",
            "enum crucible::agent::Agent",
            "variant crucible::agent::Agent::Acp",
            "variant crucible::agent::Agent::Named",
            "field crucible::agent::Agent::Named::name",
            "variant crucible::agent::Agent::None",
            "associated-function crucible::agent::Agent::default_agent",
            "module crucible::tools",
            "function crucible::tools::list",
            "attribute handler",
            "attribute tool",
            "event note:created",
            "event tool:before",
        ]
    )


def test_what_a_type_has_of_a_trait_is_listed_at_the_trait_alone() -> None:
    assert listed(STORE) == snapshot(
        [
            "module garden",
            "module garden::store",
            "struct garden::store::Pile",
            "protocol garden::store::Pile::ADD",
            "constant garden::store::Pile::MOST",
            "associated-function garden::store::Pile::new",
            "method garden::store::Pile::sorted",
            "field garden::store::Pile::top",
            "trait garden::store::Shelf",
            "method garden::store::Shelf::first",
            "method garden::store::Shelf::len",
        ]
    )
    assert the("garden::store::Pile", STORE).traits == ("Shelf<T>",)


def test_several_bindings_are_one_list() -> None:
    assert listed(HOST, STORE) == listed(STORE, HOST)
    assert set(listed(HOST, STORE)) == {*listed(HOST), *listed(STORE)}
    assert listed(STORE, STORE) == listed(STORE)


def test_an_item_says_in_json_what_is_known_and_nothing_else() -> None:
    encoded = msgspec.json.encode(the("crucible::read", HOST))
    assert msgspec.json.decode(encoded) == snapshot(
        {
            "path": "crucible::read",
            "kind": "function",
            "declaration": """\
#[permission("kiln.read", scope = "path")]
#[profile("tools", "events")]
#[since("0.3")]
pub async fn read(path: String) -> Result<Note, CrucibleError>;\
""",
            "parameters": [{"name": "path", "type": "String"}],
            "type": "Result<Note, CrucibleError>",
            "async": True,
            "permission": {"name": "kiln.read", "scope": "path"},
            "profiles": ["tools", "events"],
            "docs": "Reads a note.",
            "source": None,
            "place": None,
            "module": "crucible",
            "since": "0.3",
        }
    )


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("crucible::LIMIT", "i64"),
        ("crucible::log", "()"),
        ("crucible::Id", "String | i64"),
        ("crucible::agent::Agent", None),
        ("crucible::agent::Agent::Acp", None),
        ("crucible::agent::Agent::Named::name", "String"),
        ("handler", None),
        ("tool:before", "Object"),
    ],
)
def test_the_type_is_what_an_item_returns_holds_or_is(path: str, kind: str | None) -> None:
    assert the(path, HOST).type == kind


def test_what_only_some_kinds_have() -> None:
    assert the("crucible::LIMIT", HOST).value == 3
    assert the("crucible::log", HOST).arguments == "expressions"
    assert the("crucible::agent::Agent::Acp", HOST).values == ("String",)
    assert [(key.name, key.required) for key in the("handler", HOST).keys] == [
        ("pattern", False),
        ("event", True),
        ("order", False),
    ]
    assert (the("tool:before", HOST).cancellable, the("note:created", HOST).cancellable) == (True, False)
    assert the("codify_session", BINDINGS).role == "codifier"
    assert [parameter.name for parameter in the("callout", BINDINGS).parameters] == ["callout"]
    pile, top = the("garden::store::Pile", STORE), the("garden::store::Pile::top", STORE)
    assert (pile.aliases, pile.generics, pile.prelude, pile.sealed) == (("Heap",), ("T",), True, True)
    assert (top.owner, top.module, top.mutable) == ("garden::store::Pile", "garden::store", True)
    assert pile.source is not None
    assert (pile.source.path, pile.source.line) == ("src/pile.rs", 7)
    assert the("garden::store::Pile::sorted", STORE).consumes


def test_members_have_the_profiles_of_what_they_are_in() -> None:
    tools = msgspec.structs.replace(
        HOST.modules[1], about=msgspec.structs.replace(HOST.modules[1].about, profiles=("tools",))
    )
    assert the("crucible::tools::list", Bindings(modules=(tools,))).profiles == ("tools",)
    assert the("garden::store::Pile::sorted", STORE).profiles == ("tools",)
    assert the("garden::store::Pile::new", STORE).profiles == ()


def test_a_host_without_anything_has_no_items() -> None:
    assert host_items(Bindings()) == ()
    assert host_items() == ()


def test_a_type_without_a_module_is_an_item() -> None:
    bare = HostType("Bed", "Bed", (), "", prelude=True, fields=(), functions=())
    assert listed(Bindings(types=(bare,), modules=(Module("garden"),))) == ["struct Bed", "module garden"]
