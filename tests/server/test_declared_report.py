"""What a host declares, drawn for terminals of any width."""

from __future__ import annotations

from inline_snapshot import snapshot
from msgspec.structs import replace
from runekiln_analysis.host_items import host_items
from runekiln_analysis.stubs import Bindings
from runekiln_server.host_declared import HostDeclared
from runekiln_server.reports import declared as report
from runekiln_server.reports.drawing import Paint
from runekiln_server.reports.wrapping import wrapped

from tests.analysis.trait_bindings import PILE, STORE


def shown(path: str, host: Bindings = STORE) -> report.Shown:
    """The items at that path, in a kiln where the profile `core` is in force."""
    items = host_items(host)
    texts = {"stubs/garden.rni": b"//! crate: garden\n\npub mod store {\n    pub struct Pile;\n}\n"}
    return report.Shown(HostDeclared(items, texts, ()), [item for item in items if item.path == path], "core")


def test_a_narrow_terminal() -> None:
    assert report.details(shown("garden::store::Pile"), Paint(enabled=False, width=40)) == snapshot("""\
struct garden::store::Pile

    #[prelude]
    #[alias("Heap")]
    #[sealed]
    pub struct Pile<T> {
        #[mut] pub top: Option<T>,
    }
    impl<T> Pile<T> {
        pub const MOST: i64 = 12;
        pub fn new() -> Pile;
        #[permission("tool", scope = "by")]
        #[consumes]
        #[profile("tools")]
        #[deprecated("use `sort`")]
        #[since("0.3")]
        pub async fn sorted(self, by: fn(T, T) -> bool) -> Pile<T>;
        pub protocol ADD(self, other: Pile<T>) -> Pile<T>;
    }
    impl<T> Shelf<T> for Pile<T>;

Things on top of each other.

    let pile = Pile::new();

  protocol ADD   Both piles.
  constant MOST  How many things fit.
  function new   An empty pile.
  method sorted  A pile in order.
  field top      What can be taken.

  also        Heap
  profiles    all (`core` is in force here)
  source      src/pile.rs:7
  stub        stubs/garden.rni:4
""")


def test_the_overview_counts_what_is_in_a_module_and_not_what_types_have() -> None:
    everything = report.Shown(shown("").declared, host_items(STORE), "core")
    assert report.overview(everything, Paint(enabled=False, width=60)) == snapshot("""\
mod garden
  A garden.

mod garden::store  1 struct, 1 trait
  struct Pile  Things on top of each other.
  trait Shelf  Things in a row.

Here the profile `core` is in force.
""")


def test_no_line_but_those_of_code_is_wider_than_the_terminal() -> None:
    everything = report.Shown(shown("").declared, host_items(STORE), "core")
    for width in (40, 60, 114):
        lines = report.overview(everything, Paint(enabled=False, width=width)).splitlines()
        assert max(map(len, lines)) <= width


def test_titles_have_a_colour_on_a_terminal_that_shows_one() -> None:
    coloured = report.details(shown("garden::store"), Paint(enabled=True, width=80))
    assert coloured.startswith("\x1b[1mmodule garden::store\x1b[0m\n")
    assert "\x1b" not in report.details(shown("garden::store"), Paint(enabled=False, width=80))


def test_a_stub_cannot_command_the_terminal() -> None:
    evil = replace(PILE, docs="\x1b[2Jgone\n\n\x07\n\n```\n\x1b[2J\n```", aliases=("\x1b[2J",))
    assert "\x1b" not in report.details(shown("garden::store::Pile", Bindings(types=(evil,))), Paint(enabled=False))


def test_paragraphs_are_wrapped_and_code_is_not() -> None:
    markdown = """\
The first paragraph goes over
two lines.

- an item that is longer than the width
- another

```rune
let far = "as it is written, however long";

    indented();
```
Behind it."""
    assert wrapped(markdown, 24) == snapshot("""\
The first paragraph goes
over two lines.

- an item that is longer than the width
- another

    let far = "as it is written, however long";

        indented();
Behind it.\
""")
