"""Scripts drawn at random that use values in ways that may or may not work."""

from __future__ import annotations

import random

from tests.analysis.flow.random_scripts import script

_TAIL = "    Ok(["
_USES = 4
_NAMES = "abcd"
_PLAIN = (
    "1",
    "2u64",
    "2.5",
    '"t"',
    "'c'",
    "true",
    "()",
    "None",
    "Some(1)",
    "Ok(1)",
    "[1, 2]",
    "(1, 2)",
    "#{ a: 1 }",
    "1..3",
    "..2",
    'b"t"',
    "Plant::Seed",
    "Plant::Grown(1)",
    "Bed { name: 1, size: 2 }",
    "[1].iter()",
    '"t".chars()',
    "|x| x",
    "spoil",
    "later(1)",
    "gives(1)",
    "std::collections::HashMap::new()",
    "std::cmp::Ordering::Less",
    "Workflow::new()",
)
_FIELDS = ("a", "b", "name", "size", "len", "0", "1", "start", "end", "title", "length")
_METHODS = (
    *("len", "push", "grow", "size", "iter", "map", "get", "insert", "clone", "unwrap", "is_some", "to_string", "pow"),
    *("contains", "contains_key", "push_str", "sum::<i64>", "collect::<Vec>", "next", "rev", "first", "keys", "name"),
    *("starts_with", "split", "add_step", "optimize", "steps", "abs", "sqrt", "powf", "extend", "sort", "pop", "fold"),
)
_OPERATORS = ("+", "-", "*", "/", "%", "&", "|", "^", "<<", "==", "!=", "<", ">=")
_ASSIGNING = ("+=", "-=", "*=", "|=")


class _Drawn:
    def __init__(self, seed: int) -> None:
        self._choose = random.Random(seed)

    def uses(self) -> list[str]:
        """Statements that use values."""
        return [self._use() for _ in range(_USES)]

    def _value(self) -> str:
        return self._choose.choice((self._choose.choice(_NAMES), self._choose.choice(_PLAIN)))

    def _in_parentheses(self) -> str:
        return f"({self._value()})"

    def _arguments(self) -> str:
        return ", ".join(self._value() for _ in range(self._choose.choice((0, 0, 1, 1, 1, 2))))

    def _declared(self) -> tuple[str, str]:
        """A statement that gives a variable a value, in one way or in two, and its name."""
        one, other = self._choose.choice(_PLAIN), self._choose.choice(_PLAIN)
        is_certain = self._choose.random() < 0.7
        value = one if is_certain else f"if {self._choose.choice(_NAMES)} is String {{ {one} }} else {{ {other} }}"
        return f"let u = {value};", "u"

    def _use(self) -> str:
        choose = self._choose
        before, name = self._declared() if choose.random() < 0.7 else ("", choose.choice(_NAMES))
        uses = (
            f"let r = {name}.{choose.choice(_FIELDS)};",
            f"let r = {name}.{choose.choice(_METHODS)}({self._arguments()});",
            f"let r = {name}.{choose.choice(_METHODS)}({self._arguments()});",
            f"{name}.{choose.choice(_FIELDS)} = {self._value()};",
            f"{name}.{choose.choice(_FIELDS)} += {self._value()};",
            f"let r = {name} {choose.choice(_OPERATORS)} {self._in_parentheses()};",
            f"let r = {self._in_parentheses()} {choose.choice(_OPERATORS)} {name};",
            f"{name} {choose.choice(_ASSIGNING)} {self._value()};",
            f"let r = {name}[{self._value()}];",
            f"{name}[{self._value()}] = {self._value()};",
            f"let r = {name}({self._arguments()});",
            f"for each in {name} {{ let r = each; break; }}",
            f"for each in {self._in_parentheses()}..{self._in_parentheses()} {{ break; }}",
            f"let r = !{name};",
            f"let r = -{name};",
            f"let r = {name}?;",
            f"let r = {name}.await;",
            f"let r = #{{ a: {name} }}.{choose.choice(('a', 'b'))};",
            f"let o = #{{ a: {name} }}; o.b = {self._value()}; let r = o.{choose.choice(('a', 'b', 'c'))};",
            f"let f = |x, y| {name}; let r = f({self._arguments()});",
            f"let w = Workflow::new(); w.title {choose.choice(('=', '+='))} {self._value()};",
            f"let r = picks({self._arguments()});",
            f"let r = {choose.choice(('i64::parse', 'String::from', 'std::iter::range', 'std::cmp::max'))}"
            f"({self._arguments()});",
        )
        return f"    {before} {choose.choice(uses)}"


def script_of_uses(seed: int) -> str:
    """The script of a seed: what `random_scripts` draws, and uses of what comes of it."""
    before, tail, rest = script(seed).rpartition(_TAIL)
    return before + "\n".join(_Drawn(seed).uses()) + "\n" + tail + rest
