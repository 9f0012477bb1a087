"""Values that are used after a call has used them up: the machine misses them there."""

from __future__ import annotations

import pytest
from runekiln_analysis.stubs import Function

from .judged import bindings, codes, mended, result, shown

CODE = "consumed-builder"
MACHINE = "let p = StateMachine::new(); "
STATE = 'state("a", |context, event| 1)'

FAILING = [
    f"{MACHINE}p.{STATE}; p.states()",
    f"{MACHINE}p.{STATE}.{STATE}; p.states()",
    f"{MACHINE}let q = p.{STATE}; p.states()",
    f"{MACHINE}let q = [p.{STATE}]; `${{p}}`",
    f"{MACHINE}if true {{ p.{STATE}; if true {{ p.states() }} }}",
    f"{MACHINE}p.{STATE}; p.{STATE}; 1",
    f"{MACHINE}p.{STATE}; p == p",
    f"{MACHINE}p.{STATE}; p.clone()",
    f'{MACHINE}p.{STATE}; println!("{{:?}}", p);',
    'let q = crucible::ask::AskQuestion::new("a", "b"); q.choice("c"); crucible::ask::AskBatch::new().question(q)',
    'let p = "a"; let q = p.into_bytes(); p.len() + q.len()',
    'let p = "a"; drop(p); p + "b"',
    "let p = [1]; drop(p); p[0]",
    "let p = [1]; drop(p); p.push(2)",
    "let p = [1]; drop(p); for n in p { return n }",
    "let p = (1, 2); std::mem::drop(p); p.0",
    "let p = #{ a: 1 }; drop(p); p.a",
    "let p = Some(1); drop(p); p?",
    "let p = |x| x; drop(p); p(1)",
    "let p = async { 1 }; drop(p); p.await",
    "let p = async { 1 }; let q = p.await; p.await + q",
]


@pytest.mark.parametrize("body", FAILING)
def test_where_the_value_is_missed(body: str) -> None:
    text = f"pub async fn main() {{ {body} }}"
    assert [each.severity for each in shown(text) if each.code == CODE][:1] == ["error"]
    assert "an earlier call has used it up" in result(text)


@pytest.mark.parametrize(
    "body",
    [
        f"{MACHINE}p = p.{STATE}; p.states()",
        f"{MACHINE}let p = p.{STATE}; p.states()",
        f"{MACHINE}let q = p.clone().{STATE}; p.states()",
        f"{MACHINE}let q = p.{STATE}; p = q; p.states()",
        f"{MACHINE}let q = p.{STATE}; p is StateMachine",
        f"{MACHINE}if false {{ let q = p.{STATE}; }} p.states()",
        f"{MACHINE}let later = || p.{STATE}; p.states()",
        f"{MACHINE}false && p.{STATE}.is_finished(); p.states()",
        'let p = "a"; let q = p.into_bytes(); p = "b"; p.len() + q.len()',
        "let p = 1; drop(p); p + 1",
        "let p = 'a'; drop(p); p == 'a'",
        "let p = (); drop(p); p == ()",
        "let p = [1]; if false { drop(p); } p[0]",
        "fn drop(x) { x } let p = [1]; drop(p); p[0]",
        "let p = [1].iter(); for n in p { n; } p.next()",
    ],
)
def test_silence_where_it_is_there(body: str) -> None:
    text = f"pub fn main() {{ {body} }}"
    assert CODE not in codes(text)
    assert "fails" not in result(text)


def test_own_methods_are_given_what_is_left() -> None:
    text = "struct S { a } impl S { fn f(self) { 1 } } pub fn main() { let p = S { a: 1 }; drop(p); p.f() }"
    assert CODE not in codes(text)
    assert result(text) == "1"
    assert CODE in codes(text.replace("p.f()", "p.a"))
    assert "used it up" in result(text.replace("p.f()", "p.a").replace("fn f", "pub fn f"))


def test_the_fix_keeps_what_the_builder_gives() -> None:
    text = f"pub fn main() {{ {MACHINE}p.{STATE}; p.states() }}"
    assert mended(text, CODE) == text.replace("p.state(", "p = p.state(")
    assert CODE not in codes(mended(text, CODE))
    assert result(mended(text, CODE)) == '["a"]'
    named = f"pub fn main() {{ {MACHINE}let q = p.{STATE}; p.states() }}"
    assert mended(named, CODE) == named.replace("p.states", "q.states")
    assert result(mended(named, CODE)) == '["a"]'


@pytest.mark.parametrize("body", [f"for _ in 0..2 {{ p.{STATE}; }} 1", f"p.{STATE}; p"])
def test_a_builder_of_which_nothing_is_kept(body: str) -> None:
    text = f"pub fn main() {{ {MACHINE}{body} }}"
    assert [each.severity for each in shown(text) if each.code == CODE] == ["warning"]
    assert CODE not in codes(mended(text))
    assert "fails" not in result(mended(text))


ARGUMENTS = {"String": '"a"', "i64": "1", "u64": "1", "bool": "true", "Object": "#{}", "Vec<String>": "[]"}


def builders() -> list[tuple[str, str]]:
    """How the host makes each value that has methods which use it up, and a call of each such method."""
    found = []
    for host in bindings().types:
        makes = [each for each in host.functions if each.name == "new" and _can_be_called(each)]
        uses = [each for each in host.functions if each.consumes and _can_be_called(each)]
        found += [(f"{host.path}::{_called(makes[0])}", _called(each)) for each in uses if makes]
    return found


def _can_be_called(function: Function) -> bool:
    return all(each.type in ARGUMENTS for each in function.parameters)


def _called(function: Function) -> str:
    return f"{function.name}({', '.join(ARGUMENTS[each.type] for each in function.parameters)})"


def test_each_method_that_is_said_to_use_up_its_value_really_does() -> None:
    made = builders()
    assert len(made) >= 10
    for new, call in made:
        text = f"pub fn main() {{ let p = {new}; let q = p.{call}; let again = p.{call}; (q, again) }}"
        assert codes(text) == [CODE], text
        assert "an earlier call has used it up" in result(text)
