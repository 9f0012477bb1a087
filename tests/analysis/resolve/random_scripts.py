"""Scripts drawn at random, in which a few names mean many things."""

from __future__ import annotations

from random import Random

_NAMES = ("a", "b", "c")
_DEEPEST = 4
_HEADER = """\
const A = 1;
struct S {{ a, b }}
{unit}
impl S {{ fn new() {{ {new} }} fn b(self, a, c) {{ {method} }} }}
pub mod m {{ pub fn f(a) {{ {function} }} pub fn g() {{ f(1) }} pub enum E {{ A, B, C(x) }} }}
pub fn f(a) {{ {other} }}
pub async fn main(a, (b, c)) {{ {main} }}
"""
_UNITS = ("struct B;", "struct B { x }", "enum Q { B }", "use m::E::B;", "use m::E::C as B;")
_ITEMS = ("A", "S::new()", "m::f(1)", "f(1)", "m::E::A")
_ITEMS_IN_MODULE = ("E::A", "f(1)", "g()", "super::f(1)", "crate::A")
_USES_IN_MODULE = ("use super::f;", "use crate::A;", "use self::E::*;", "const A = 2;", "struct B;")
_USES = ("use m::f;", "use m::E::*;", "use m::g as f;", "use m::E::B as d;", "const A = 2;", "struct B;")


def script(seed: int) -> str:
    """The script of that number. Most of them compile."""
    return _Writer(Random(seed)).script()


class _Writer:
    """Writes from the outside to the inside; `known` are the variables that a place knows."""

    def __init__(self, random: Random) -> None:
        self.draw = random
        self.is_in_module = False

    def script(self) -> str:
        self.is_in_module = True
        function = self.block(("a",), 2)
        self.is_in_module = False
        return _HEADER.format(
            unit=self.draw.choice(_UNITS),
            new=self.block((), 2),
            method=self.block(("self", "a", "c"), 1),
            function=function,
            other=self.block(("a",), 1),
            main=self.block(("a", "b", "c"), 0),
        )

    def block(self, known: tuple[str, ...], depth: int) -> str:
        """Statements and a value; an item is declared at most once, anywhere among them."""
        parts = []
        for _ in range(self.draw.randrange(1, 4)):
            part, known = self.statement(known, depth)
            parts.append(part)
        if self.draw.random() < 0.3:
            parts.insert(self.draw.randrange(len(parts) + 1), self.item(depth))
        return " ".join([*parts, self.value(known, depth)])

    def item(self, depth: int) -> str:
        if depth < _DEEPEST and self.draw.random() < 0.4:
            return f"fn {self.draw.choice('fgad')}(a) {{ {self.block(('a',), depth + 1)} }}"
        return self.draw.choice(_USES_IN_MODULE if self.is_in_module else _USES)

    def statement(self, known: tuple[str, ...], depth: int) -> tuple[str, tuple[str, ...]]:
        kind = self.draw.randrange(8)
        if kind < 4:
            pattern, names = self.pattern()
            return f"let {pattern} = {self.value(known, depth)};", (*known, *names)
        if kind == 4 and known:
            operator = self.draw.choice(("=", "+="))
            return f"{self.draw.choice(known)} {operator} {self.value(known, depth)};", known
        if kind == 5 and depth < _DEEPEST:
            pattern, names = self.pattern()
            inside = self.block((*known, *names), depth + 1)
            return f"'l: for {pattern} in {self.value(known, depth)} {{ {inside}; break 'l; }}", known
        if kind == 6 and depth < _DEEPEST:
            return f"while {self.value(known, depth)} == 1 {{ {self.block(known, depth + 1)}; }}", known
        return f"{self.value(known, depth)};", known

    def pattern(self, depth: int = 0) -> tuple[str, tuple[str, ...]]:
        kind = self.draw.randrange(8 if depth < 2 else 3)
        name = self.draw.choice(_NAMES)
        if kind < 3:
            return (name, (name,)) if kind < 2 else (self.draw.choice(("_", "A", "B")), ())
        inner, names = self.pattern(depth + 1)
        if kind == 3:
            other, others = self.pattern(depth + 1)
            return f"({inner}, {other})", (*names, *others)
        if kind == 4:
            return f"#{{ {name}, k: {inner} }}", (name, *names)
        return (f"[{inner}, ..]" if kind == 5 else f"Some({inner})"), names

    def value(self, known: tuple[str, ...], depth: int) -> str:
        if depth >= _DEEPEST or self.draw.random() < 0.3:
            return self.draw.choice((*known, *known, "1", *(_ITEMS_IN_MODULE if self.is_in_module else _ITEMS)))
        inner = depth + 1
        match self.draw.randrange(12):
            case 0:
                return f"({self.value(known, inner)} + {self.value(known, inner)})"
            case 1:
                return f"|{self.draw.choice(_NAMES)}| {{ {self.block(known, inner)} }}"
            case 2:
                return f"{{ {self.block(known, inner)} }}"
            case 3:
                choices = self.block(known, inner), self.block(known, inner)
                return f"if {self.value(known, inner)} == 1 {{ {choices[0]} }} else {{ {choices[1]} }}"
            case 4:
                pattern, names = self.pattern()
                outside = tuple(name for name in known if name not in names)
                chosen, other = self.block((*known, *names), inner), self.block(known, inner)
                return f"(if let {pattern} = {self.value(outside, _DEEPEST)} {{ {chosen} }} else {{ {other} }})"
            case 5:
                pattern, names = self.pattern()
                seen = (*known, *names)
                arm = f"{pattern} if {self.value(seen, inner)} == 1 => {self.value(seen, inner)}"
                return f"match {self.value(known, inner)} {{ {arm}, _ => 0 }}"
            case 6:
                return f"`x ${{{self.value(known, inner)}}} y`"
            case 7 if names := [name for name in known if name != "self"]:
                return f'format!("{{{self.draw.choice(names)}}} {{}}", {self.value(known, inner)})'
            case 8 if names := [name for name in known if name != "self"]:
                return f"#{{ {self.draw.choice(names)}, z: {self.value(known, inner)} }}"
            case 9:
                return f"async {{ {self.block(known, inner)} }}"
            case 10:
                return f"({self.value(known, inner)} is {self.draw.choice(('i64', 'String'))})"
            case 11:
                return f'format!("{{a}} {{b}}", a = {self.value(known, inner)}, b = {self.value(known, inner)})'
        return self.draw.choice((*known, "1"))
