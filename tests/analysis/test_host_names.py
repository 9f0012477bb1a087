"""What stubs declare besides types, where it is completed and hovered."""

from __future__ import annotations

from functools import partial

from inline_snapshot import snapshot

from . import fixtures
from .stub_bindings import HOST

labels = partial(fixtures.labels_at_cursor, bindings=HOST)
completions = partial(fixtures.show_completions, bindings=HOST)
hovered = partial(fixtures.show_hover, bindings=HOST)


def test_what_is_below_a_crate() -> None:
    assert completions("fn f() { crucible::$0 }") == snapshot("""\
module crucible::agent
module crucible::tools
function async fn crucible::read(path: String) -> Result<Note, CrucibleError>
constant const crucible::LIMIT: i64 = 3
macro macro crucible::log!(expressions)
type type crucible::Id = String | i64\
""")


def test_what_is_below_a_module() -> None:
    assert completions("fn f() { crucible::tools::$0 }") == snapshot(
        "function fn crucible::tools::list() -> Vec<String>"
    )
    assert labels("use crucible::tools::{$0};") == ["list"]


def test_a_macro_is_imported_without_its_mark() -> None:
    assert "log" in labels("use crucible::$0;")
    assert "log!" in labels("fn f() { crucible::$0 }")


def test_the_variants_of_an_enum_come_before_its_functions() -> None:
    assert completions("fn f() { Agent::$0 }") == snapshot("""\
variant Agent::Acp(String)
variant Agent::Named { name: String }
variant Agent::None
function fn Agent::default_agent() -> Agent\
""")


def test_attributes_under_each_of_their_names() -> None:
    assert completions("#[$0]\npub fn f() {}") == snapshot("""\
attribute #[handler(pattern: Option<String>, event: String, order: Option<"first" | "last">)]
attribute #[handler(pattern: Option<String>, event: String, order: Option<"first" | "last">)]
attribute #[tool]
attribute #[test]
attribute #[bench]\
""")
    assert labels("#[ha$0\npub fn f() {}") == ["handler"]


def test_keys_that_are_not_given_yet() -> None:
    assert completions("#[handler($0)]\npub fn f() {}") == snapshot("""\
field event: String
field pattern: Option<String>
field order: Option<"first" | "last">\
""")
    assert labels('#[hook(event = "a, b", $0)]\npub fn f() {}') == ["pattern", "order"]
    assert labels('#[handler(event = "a", pat$0\npub fn f() {}') == ["pattern"]


def test_what_a_key_can_be_set_to() -> None:
    assert completions('#[handler(event = "$0")]\npub fn f() {}') == snapshot("""\
event event "tool:before": Object
event event "note:created": any\
""")
    assert labels('#[handler(event = "tool:$0\npub fn f() {}') == ["tool:before"]
    assert labels('#[handler(order = "$0")]\npub fn f() {}') == ["first", "last"]


def test_all_that_is_written_in_the_quotes_is_replaced() -> None:
    fixture = fixtures.read_fixture('#[handler(event = "note:$0after")]\npub fn f() {}')
    [found] = fixtures.complete(fixtures.snapshot_of(fixture, HOST), fixture.cursor)
    assert fixture.text[slice(*found.replace)] == b"note:after"


def test_nothing_where_no_attribute_is() -> None:
    assert labels("/// #[$0\npub fn f() {}") == []
    assert labels("#[handler(pattern = $0)]\npub fn f() {}") == []
    assert labels("#[unheard_of($0)]\npub fn f() {}") == []
    assert "handler" not in labels('#[handler(event = "a")]\npub fn f() { $0 }')


def test_hover_says_what_a_function_needs_and_where_it_is() -> None:
    assert hovered("async fn f() { crucible::re$0ad(`a`).await }") == snapshot("""\
```rune
async fn crucible::read(path: String) -> Result<Note, CrucibleError>
```

Reads a note.

- Needs the permission `kiln.read`, for the value of `path`.
- Only in the profile `tools` or `events`.
- Since 0.3.\
""")


def test_hover_of_constants_macros_modules_and_aliases() -> None:
    assert hovered("fn f() { crucible::LI$0MIT }") == snapshot("""\
```rune
const crucible::LIMIT: i64 = 3
```

How many at once.\
""")
    assert hovered("use crucible::log;\nfn f() { lo$0g!(1) }") == snapshot("""\
```rune
macro crucible::log!(expressions)
```

Writes to the log.\
""")
    assert hovered("use crucible::to$0ols;") == snapshot("""\
```rune
mod crucible::tools
```

The tools of the kiln.\
""")
    assert hovered("use crucible::I$0d;") == snapshot("""\
```rune
type crucible::Id = String | i64
```

What a session is called.\
""")


def test_hover_of_a_variant_says_what_to_use_in_its_place() -> None:
    assert hovered("fn f() { Agent::No$0ne }") == snapshot("""\
```rune
Agent::None
```

**Deprecated**: use `Agent::default_agent`

Nobody.\
""")
    assert hovered("fn f() { Agent::Na$0med }") == snapshot("""\
```rune
Agent::Named { name: String }
```

One of the kiln's.\
""")


def test_hover_of_attributes_and_keys() -> None:
    assert hovered('#[ha$0ndler(event = "a")]\npub fn f() {}') == snapshot("""\
```rune
#[handler(pattern: Option<String>, event: String, order: Option<"first" | "last">)]
```

Called when something happens.\
""")
    assert hovered('#[handler(ev$0ent = "a")]\npub fn f() {}') == snapshot("""\
```rune
event: String
```

What it is called for.\
""")
