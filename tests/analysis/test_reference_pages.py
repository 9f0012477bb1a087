# ruff: noqa: E501 - rows of tables are as long as they are
"""The reference of a host as pages, and where the links in them lead."""

from __future__ import annotations

import msgspec
from inline_snapshot import snapshot
from runekiln_analysis.host_items import host_items
from runekiln_analysis.reference_pages import GENERATED, reference_pages
from runekiln_analysis.stubs import About, Bindings, Field, Function, HostType, Macro, Module, Parameter, Variant

from .stub_bindings import HOST
from .trait_bindings import STORE

PAGES = {name: text.removeprefix(GENERATED) for name, text in reference_pages(host_items(HOST, STORE)).items()}


def row(pages: dict[str, str], file: str, name: str) -> str:
    """The row of a table that begins with the name."""
    (found,) = (line for line in pages[file].splitlines() if line.startswith((f"| `{name}`", f"| [`{name}`]")))
    return found


def typed(name: str, path: str, **members: str) -> HostType:
    """A type with fields of these types."""
    fields = tuple(Field(field, kind, "", mutable=False) for field, kind in members.items())
    return HostType(name, path, (), "", prelude=False, fields=fields, functions=())


def test_a_page_for_each_module_and_for_what_has_none() -> None:
    assert list(PAGES) == snapshot(
        [
            "README.md",
            "crucible.md",
            "crucible-agent.md",
            "crucible-tools.md",
            "garden.md",
            "garden-store.md",
            "attributes.md",
            "events.md",
        ]
    )
    assert PAGES["README.md"] == snapshot("""\
# Reference

What Crucible gives to scripts, from its stubs. `runekiln stubs show NAME` says the same where you work, with the stubs
of your own kiln; [stubs](../stubs.md) says how those are written.

| module | what it is | types |
| --- | --- | --- |
| [`crucible`](crucible.md) | What Crucible gives to scripts. | [`Id`](crucible.md) |
| [`crucible::agent`](crucible-agent.md) |  | [`Agent`](crucible-agent.md#agent) |
| [`crucible::tools`](crucible-tools.md) | The tools of the kiln. |  |
| [`garden`](garden.md) | A garden. |  |
| [`garden::store`](garden-store.md) |  | [`Pile`](garden-store.md#pile), [`Shelf`](garden-store.md#shelf) |

- [Attributes](attributes.md): `handler`, `tool`
- [Events](events.md): `note:created`, `tool:before`
""")


def test_a_type_with_constants_protocols_and_traits() -> None:
    assert PAGES["garden-store.md"] == snapshot("""\
# `garden::store`

All modules: [reference](README.md).

| type | what it is |
| --- | --- |
| [`Pile`](#pile) | Things on top of each other. |
| [`Shelf`](#shelf) | Things in a row. |

## `Pile`

Struct `garden::store::Pile<T>`.
Also called `Heap`.
Scripts need no `use` for it.
It has no members but these.
It has the functions of <code><a href="#shelf">Shelf</a>&lt;T&gt;</code>.

Things on top of each other.

```rune
let pile = Pile::new();
```

| field | type | what it is |
| --- | --- | --- |
| `top` | `Option<T>`, can be assigned | What can be taken. |

| constant | type | value | what it is |
| --- | --- | --- | --- |
| `MOST` | `i64` | `12` | How many things fit. |

| function | takes | returns | what it does |
| --- | --- | --- | --- |
| `::new` |  | <code><a href="#pile">Pile</a></code> | An empty pile. |
| [`.sorted`](#pilesorted) | `by: fn(T, T) -> bool` | awaited: <code><a href="#pile">Pile</a>&lt;T&gt;</code> | **Deprecated**: use `sort`. A pile in order. Needs `tool`. |

| protocol | takes | returns | what it does |
| --- | --- | --- | --- |
| `ADD` | <code>other: <a href="#pile">Pile</a>&lt;T&gt;</code> | <code><a href="#pile">Pile</a>&lt;T&gt;</code> | Both piles. |

### `Pile.sorted`

<code>async fn sorted(self, by: fn(T, T) -&gt; bool) -&gt; <a href="#pile">Pile</a>&lt;T&gt;</code>

**Deprecated**: use `sort`

A pile in order.

- Needs the permission `tool`, for the value of `by`.
- Only in the profile `tools`.
- Since 0.3.

## `Shelf`

Trait `garden::store::Shelf<T>`.

Things in a row.

| function | takes | returns | what it does |
| --- | --- | --- | --- |
| `.first` |  | `Option<T>` | The one in front. |
| `.len` |  | `u64` | How many there are. |

""")


def test_an_enum_and_the_other_things_in_a_module() -> None:
    assert PAGES["crucible-agent.md"] == snapshot("""\
# `crucible::agent`

All modules: [reference](README.md).

| type | what it is |
| --- | --- |
| [`Agent`](#agent) | Who answers. |

## `Agent`

Enum `crucible::agent::Agent`.
Scripts need no `use` for it.

Who answers.

| variant | what it is |
| --- | --- |
| `Acp(String)` | Another program. |
| `Named { name: String }` | One of the kiln's. |
| `None` | **Deprecated**: use `Agent::default_agent`. Nobody. |

| function | takes | returns | what it does |
| --- | --- | --- | --- |
| `::default_agent` |  | <code><a href="#agent">Agent</a></code> | The kiln's. |

""")
    assert PAGES["crucible.md"] == snapshot("""\
# `crucible`

What Crucible gives to scripts.

All modules: [reference](README.md).

Below it: [`crucible::agent`](crucible-agent.md), [`crucible::tools`](crucible-tools.md).

## Constants

| constant | type | value | what it is |
| --- | --- | --- | --- |
| `LIMIT` | `i64` | `3` | How many at once. |

## Other names of types

| name | type | what it is |
| --- | --- | --- |
| `Id` | `String \\| i64` | What a session is called. |

## Macros

| macro | returns | what it does |
| --- | --- | --- |
| `log!(expressions)` |  | Writes to the log. |

## Functions

| function | takes | returns | what it does |
| --- | --- | --- | --- |
| [`read`](#read) | `path: String` | awaited: `Result<Note, CrucibleError>` | Reads a note. Needs `kiln.read`. |

### `read`

`async fn read(path: String) -> Result<Note, CrucibleError>`

Reads a note.

- Needs the permission `kiln.read`, for the value of `path`.
- Only in the profile `tools` or `events`.
- Since 0.3.

""")


def test_attributes_and_events() -> None:
    assert PAGES["attributes.md"] == snapshot("""\
# Attributes

What stands on the functions of a script so that the host uses them. Keys in bold must be there.
All else: [reference](README.md).

| attribute | what for |
| --- | --- |
| [`handler`](#handler) | Called when something happens. |
| [`tool`](#tool) | A tool of the host. |

## `#[handler]`

Also `#[hook]`.

Called when something happens.

| key | type | what it says |
| --- | --- | --- |
| `pattern` | `String` | Which of them. |
| **`event`** | `String` | What it is called for. |
| `order` | `"first" \\| "last"` |  |

## `#[tool]`

A tool of the host.

""")
    assert PAGES["events.md"] == snapshot("""\
# Events

What handlers can ask for by name. `event.payload` is what an event carries.
All else: [reference](README.md).

| event | what for |
| --- | --- |
| [`note:created`](#notecreated) |  |
| [`tool:before`](#toolbefore) | A tool is about to be used. |

## `note:created`

Carries `any`.

## `tool:before`

Carries `Object`. A handler may cancel it.

A tool is about to be used.

""")


def test_a_name_leads_to_the_type_of_its_own_module_first() -> None:
    types = (
        typed("Bed", "garden::Bed"),
        typed("Bed", "garden::beds::Bed", inner="Bed", outer="garden::Bed"),
        typed("Plan", "garden::plans::Plan", around="Bed", text='"Bed" | "Plan"'),
        typed("Elsewhere", "shop::Elsewhere", unclear="Bed", clear="Vec<Plan>"),
    )
    pages = reference_pages(host_items(Bindings(types=types)))
    assert row(pages, "garden-beds.md", "inner") == '| `inner` | <code><a href="#bed">Bed</a></code> |  |'
    assert '<a href="garden.md#bed">garden::Bed</a>' in row(pages, "garden-beds.md", "outer")
    assert '<a href="garden.md#bed">Bed</a>' in row(pages, "garden-plans.md", "around")
    assert row(pages, "garden-plans.md", "text") == '| `text` | `"Bed" \\| "Plan"` |  |'
    assert row(pages, "shop.md", "unclear") == "| `unclear` | `Bed` |  |"
    assert 'Vec&lt;<a href="garden-plans.md#plan">Plan</a>&gt;' in row(pages, "shop.md", "clear")


def test_headings_that_are_alike_have_anchors_of_their_own() -> None:
    documented = "It digs.\n\n# Examples\n\nNone. # no heading\n\n```rune\n# no heading either\n```"
    functions = tuple(
        Function("dig", kind, (Parameter("deep", "bool"),), "()", documented)
        for kind in ("method", "associated-function")
    )
    bed = HostType("Bed", "garden::Bed", (), "", prelude=False, fields=(), functions=functions)
    digging = Module("garden", functions=(Function("beddig", "function", (), "bool", documented),))
    pages = reference_pages(host_items(Bindings(types=(bed,), modules=(digging,))))
    page = pages["garden.md"]
    assert "**Examples**" in page
    assert "# Examples" not in page
    assert "# no heading either" in page
    assert row(pages, "garden.md", "beddig").startswith("| [`beddig`](#beddig) |")
    assert row(pages, "garden.md", ".dig").startswith("| [`.dig`](#beddig-2) |")
    assert row(pages, "garden.md", "::dig").startswith("| [`::dig`](#beddig-1) |")


def test_more_than_a_row_can_hold_is_below_the_tables() -> None:
    step = Field("step", "i64", "How far.\n\nNot too far.", mutable=False)
    short = Field(
        "turn", "i64", "Where to.\nSomewhere.", mutable=False, about=About(deprecated="use `step`", since="2")
    )
    moves = Variant("Moved", "It moved.", fields=(Field("by", "i64", "How far it is now.", mutable=False),))
    log = Macro("log", "expressions", "()", "Writes.\n\n```rune\ngarden::log!(1);\n```")
    bed = typed("Bed", "garden::Bed")
    bed = msgspec.structs.replace(bed, fields=(step, short), variants=(moves,))
    pages = reference_pages(host_items(Bindings(types=(bed,), modules=(Module("garden", macros=(log,)),))))
    assert pages["garden.md"].removeprefix(GENERATED) == snapshot("""\
# `garden`

All modules: [reference](README.md).

| type | what it is |
| --- | --- |
| [`Bed`](#bed) |  |

## Macros

| macro | returns | what it does |
| --- | --- | --- |
| [`log!(expressions)`](#log) |  | Writes. |

### `log`

`pub macro log(expressions);`

Writes.

```rune
garden::log!(1);
```

## `Bed`

Struct `garden::Bed`.

| field | type | what it is |
| --- | --- | --- |
| [`step`](#bedstep) | `i64` | How far. |
| `turn` | `i64` | **Deprecated**: use `step`. Where to. Somewhere. Since 2. |

| variant | what it is |
| --- | --- |
| [`Moved { by: i64 }`](#bedmoved) | It moved. |

### `Bed::Moved`

`Moved { by: i64 }`

It moved.

| field | type | what it is |
| --- | --- | --- |
| `by` | `i64` | How far it is now. |

### `Bed.step`

`pub step: i64`

How far.

Not too far.

""")


def test_nothing_is_declared() -> None:
    assert list(reference_pages(())) == ["README.md"]
