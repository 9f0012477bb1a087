"""What hover says, and that it says nothing it does not know."""

from __future__ import annotations

import pytest
from inline_snapshot import snapshot

from .fixtures import show_hover
from .host_bindings import BINDINGS as HOST


def test_a_method_of_the_host() -> None:
    assert show_hover("pub fn codify_session(session) { session.pha$0ses() }") == snapshot("""\
```rune
fn phases(self) -> Vec<Phase>
```

The parts of the session, in order.\
""")


def test_a_method_of_runes_own() -> None:
    assert "Returns the number of elements in the vector" in (
        show_hover("pub fn f(s: Session) { s.phases().le$0n() }") or ""
    )
    assert (show_hover("pub fn f(s: Session) { s.phases().iter().fi$0nd(|p| true) }") or "").startswith("""\
```rune
fn find(self, f: fn(Phase) -> bool) -> Option<Phase>
```
""")


def test_a_field_of_the_host() -> None:
    assert show_hover("fn f(phase: Phase) { phase.na$0me }") == snapshot("""\
```rune
Phase.name: String
```

Its name.\
""")


def test_a_function_for_the_host_says_what_it_registers() -> None:
    tool = '#[tool(desc = "a")]\n#[param(name = "word")]\npub fn fi$0nd(word) { word }'
    hook = '/// Greets.\n#[hook(event = "custom")]\npub fn g$0o() { 1 }'
    assert show_hover(tool, HOST) == snapshot("""\
```rune
pub fn find(word)
```

Registers the tool `rune_find`.\
""")
    assert show_hover(hook, HOST) == snapshot("""\
```rune
pub fn go()
```

Greets.

Registers the hook `custom`; each call of it fails: the host calls `go` with 2 values (context, event), it takes none.\
""")
    assert show_hover("#[tool()]\nfn fi$0nd() { 1 }", HOST) == snapshot("""\
```rune
fn find()
```

Registers nothing: `find` is not registered: the host sees only functions that are `pub`.\
""")


def test_a_builder_says_that_it_uses_up_its_value() -> None:
    assert show_hover('fn f() { StateMachine::new().st$0ate("idle", f) }') == snapshot("""\
```rune
fn state(self, name: String, handler: Function) -> StateMachine
```

Adds a state.

This uses up the value: go on with what it returns.\
""")


def test_a_type_of_the_host_by_name_alias_and_path() -> None:
    assert show_hover("fn f() { Work$0flow::new() }") == snapshot("""\
```rune
struct crucible::workflow::Workflow
```

Steps to do again.\
""")
    assert show_hover("fn f(x: Session$0Log) {}") == snapshot("""\
```rune
struct crucible::session::Session
```

What happened, phase by phase.\
""")
    assert show_hover("use crucible::session::Pha$0se;") == snapshot("""\
```rune
struct crucible::session::Phase
```

One part of a session.\
""")


def test_an_associated_function_of_the_host() -> None:
    assert show_hover("fn f() { Workflow::n$0ew() }") == snapshot("""\
```rune
fn Workflow::new() -> Workflow
```

A workflow without steps.\
""")


def test_an_entry_shows_what_the_host_passes() -> None:
    assert show_hover("/// Mine.\npub fn codify_$0session(log) { log }") == snapshot("""\
```rune
pub fn codify_session(log: Session)
```

Mine.

---

Makes a workflow of a session.\
""")


def test_an_own_function_where_it_is_declared_and_called() -> None:
    declared = """
/// Makes a name for a file.
/// @param title: String
/// @return String
fn slug$0(title) { title }
"""
    assert show_hover(declared) == snapshot("""\
```rune
fn slug(title: String) -> String
```

Makes a name for a file.\
""")
    assert show_hover(f'{declared.replace("$0", "")}fn f() {{ sl$0ug("A") }}') == show_hover(declared)


def test_own_types_fields_variants_and_methods() -> None:
    script = """
/// A step.
struct Step {
    /// What to do.
    title: String,
    level,
}
impl Step {
    /// Whether there is much to do.
    fn is_long(self) { self.title }
}
enum Mood { /// Nothing to do.
    Calm, Busy(level) }
fn f(step: Step) { STEP }
"""
    assert show_hover(script.replace("STEP", "Ste$0p { title: 1, level: 2 }")) == snapshot("""\
```rune
struct Step {
    title: String,
    level,
}
```

A step.\
""")
    assert show_hover(script.replace("STEP", "Step { tit$0le: 1, level: 2 }")) == snapshot("""\
```rune
title: String
```

What to do.\
""")
    assert show_hover(script.replace("STEP", "step.tit$0le")) == snapshot("""\
```rune
title: String
```

What to do.\
""")
    assert show_hover(script.replace("STEP", "step.is_l$0ong()")) == snapshot("""\
```rune
fn is_long(self)
```

Whether there is much to do.\
""")
    assert show_hover(script.replace("STEP", "Mood::Ca$0lm")) == snapshot("""\
```rune
Mood::Calm
```

Nothing to do.\
""")
    assert show_hover(script.replace("title: String", "tit$0le: String")) == snapshot("""\
```rune
title: String
```

What to do.\
""")


def test_a_local_where_it_is_declared_used_and_captured() -> None:
    assert show_hover("pub fn codify_session(s) { for pha$0se in s.phases() { phase } }") == snapshot("""\
```rune
phase: Phase
```\
""")
    assert show_hover("pub fn codify_session(s) { for phase in s.phases() { pha$0se } }") == snapshot("""\
```rune
phase: Phase
```\
""")
    assert show_hover('pub fn codify_session(s) { for phase in s.phases() { println!("{pha$0se}") } }') == snapshot("""\
```rune
phase: Phase
```\
""")
    assert show_hover("fn f(phase: Phase) { `${pha$0se}` }") == snapshot("""\
```rune
phase: Phase
```\
""")
    assert show_hover("struct Step { a }\nimpl Step { fn f(self) { se$0lf } }") == snapshot("""\
```rune
self: Step
```\
""")


def test_a_function_inside_a_function() -> None:
    assert show_hover("fn f() { fn inner(a: i64) -> i64 { a } inn$0er(1) }") == snapshot("""\
```rune
fn inner(a: i64) -> i64
```\
""")


def test_an_item_of_another_file() -> None:
    assert show_hover("""
mod tools;
fn f() { tools::sl$0ug(1) }
//- tools.rn
/// A name for a file.
pub fn slug(title) { title }
""") == snapshot("""\
```rune
pub fn slug
```

A name for a file.\
""")


@pytest.mark.parametrize(
    "marked",
    [
        "fn f(x) { $0x }",
        "fn f() { let x = g(); $0x }",
        "fn f(x) { x.na$0me }",
        "fn f() { miss$0ing() }",
        "fn f(session: Session) { session.miss$0ing() }",
        "fn f(session: Session) { // sess$0ion\n}",
        'fn f(session: Session) { "sess$0ion" }',
        "fn f() { le$0t x = 1; }",
        "fn f() { 1 $0 + 2 }",
        "fn f(x) { let p = 1; p = x; $0p }",
        "$0",
    ],
)
def test_nothing_where_nothing_is_known(marked: str) -> None:
    assert show_hover(marked) is None
