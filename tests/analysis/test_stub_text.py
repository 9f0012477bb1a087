"""Declarations as a stub writes them: read again, they say the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from inline_snapshot import snapshot
from msgspec.structs import replace
from runekiln_analysis import stub_text
from runekiln_analysis.host_item import HostItem, ItemKind
from runekiln_analysis.host_items import host_items
from runekiln_analysis.stubs import Entry, Function, Parameter
from runekiln_runtime.binding import bound
from runekiln_runtime.code_cache import load_code
from runekiln_runtime.paths import GUEST_FILE
from runekiln_runtime.protocol import Source
from runekiln_runtime.stub_files import HostSetup

from .stub_bindings import AGENT, HANDLER
from .trait_bindings import PILE, SHELF

GARDEN = """\
//! crate: garden
pub mod store {
    pub trait Shelf<T> { pub fn len(self) -> u64; pub fn first(self) -> Option<T>; }
    #[sealed] #[alias("Heap")] #[since("0.3")]
    pub struct Pile<T> { #[mut] pub top: Option<T>, #[mut("=", "+=")] pub turns: i64, #[mut("-=")] pub rest: u64 }
    impl<T> Pile<T> {
        pub const MOST: i64 = 12;
        pub fn new() -> Pile<T>;
        #[consumes] #[deprecated("use \\"sort\\"")] pub fn sorted(self, by: fn(T, T) -> bool) -> Pile<T>;
        pub protocol ADD(self, other: Pile<T>) -> Pile<T>;
    }
    impl<T> Shelf<T> for Pile<T>;
    pub enum Plant { Seed, Grown(String, i64), Named { name: String } }
    pub type Id = String | i64;
    pub macro log(expressions) -> ();
    pub const TEXT: String = "a \\"bed\\"";
}
"""


def stubs_of(items: Iterable[HostItem]) -> tuple[Source, ...]:
    """A stub for each crate, made of the declarations alone."""
    texts: dict[str, list[str]] = {}
    for item in items:
        if item.owner is None and item.kind != "module":
            crate, *inside = (item.module or "crucible").split("::")
            lines = texts.setdefault(crate, [f"//! crate: {crate}"])
            lines.append("".join(f"pub mod {name} {{ " for name in inside) + item.declaration + " }" * len(inside))
    return tuple(Source(f"{crate}.rni", "\n".join(lines).encode()) for crate, lines in texts.items())


def said(item: HostItem) -> HostItem:
    """An item without what its declaration alone does not say."""
    keys = tuple(replace(key, docs="") for key in item.keys)
    return replace(item, docs="", source=None, place=None, keys=keys)


def test_what_is_written_is_read_as_the_same() -> None:
    code = load_code(GUEST_FILE)
    given = bound(code, (*HostSetup().request().stubs, Source("garden.rni", GARDEN.encode())))
    assert [problem for file in given.files for problem in file.problems] == []
    items = host_items(given.bindings)
    assert {item.kind for item in items} == set(get_args(ItemKind))
    written = stubs_of(items)
    again = bound(code, written)
    assert [problem for file in again.files for problem in file.problems] == []
    read = {(item.kind, item.path): said(item) for item in host_items(again.bindings)}
    for item in items:
        if item.kind != "module":
            assert read[item.kind, item.path] == said(item)


def test_a_struct_with_all_that_one_can_have() -> None:
    assert stub_text.of_host_type(PILE) == snapshot("""\
#[prelude]
#[alias("Heap")]
#[sealed]
pub struct Pile<T> {
    #[mut] pub top: Option<T>,
}
impl<T> Pile<T> {
    pub const MOST: i64 = 12;
    pub fn new() -> Pile;
    pub fn len(self) -> u64;
    #[permission("tool", scope = "by")]
    #[consumes]
    #[profile("tools")]
    #[deprecated("use `sort`")]
    #[since("0.3")]
    pub async fn sorted(self, by: fn(T, T) -> bool) -> Pile<T>;
    pub protocol ADD(self, other: Pile<T>) -> Pile<T>;
}
impl<T> Shelf<T> for Pile<T>;\
""")


def test_a_trait() -> None:
    assert stub_text.of_trait(SHELF) == snapshot("""\
pub trait Shelf<T> {
    pub fn len(self) -> u64;
    pub fn first(self) -> Option<T>;
}\
""")


def test_an_enum() -> None:
    assert stub_text.of_host_type(AGENT) == snapshot("""\
#[prelude]
pub enum Agent {
    Acp(String),
    Named { name: String },
    None,
}
impl Agent {
    pub fn default_agent() -> Agent;
}\
""")


def test_an_attribute_and_an_entry() -> None:
    assert stub_text.of_attribute(HANDLER) == snapshot("""\
#[alias("hook")]
pub attribute handler {
    pattern: Option<String>,
    event: String,
    order: Option<"first" | "last">,
};\
""")
    assert stub_text.of_entry(Entry("tend", (Parameter("bed", "Bed"),), "()", "", "gardener")) == snapshot("""\
#[entry("gardener")]
pub fn tend(bed: Bed);\
""")


def test_a_function_that_is_too_long_for_a_line_has_a_parameter_on_each() -> None:
    parameters = tuple(Parameter(f"parameter_{number}", "Option<String>") for number in range(4))
    assert stub_text.of_function(Function("plant", "function", parameters, "bool", "")) == snapshot("""\
pub fn plant(
    parameter_0: Option<String>,
    parameter_1: Option<String>,
    parameter_2: Option<String>,
    parameter_3: Option<String>,
) -> bool;\
""")
