"""Scripts drawn at random that make values, hand them around and change them."""

from __future__ import annotations

import random

_HELPERS = """
struct Bed { name, size }
enum Plant { Seed, Grown(height) }
impl Bed {
    fn grow(self) { self.size = [self.size]; self }
    fn size(self) { self.size }
}
fn spoil(value) { if value is Vec { value.push('s'); } if value is Object { value.a = 's'; } value }
fn swap(value) { if value is Tuple { value.0 = "swapped"; } if value is Option { value.0 = "swapped"; } value }
fn fails(value) { if value is i64 { return Err("whole"); } Ok(value) }
fn missing(value) { if value is String { None } else { Some(value) } }
fn picks(number, one, other) { if number > 3 { one } else { other } }
async fn later(value) { spoil(value); value }
fn gives(value) { yield value; spoil(value); yield [value]; }
fn count(value, number) { if number > 3 { value } else { count([value], number + 1) } }
"""
_NAMES = "abcd"
_LITERALS = ("1", "2.5", '"t"', "'c'", "true", "()", "None", "1..3", "Plant::Seed")
_FIRST = (*_LITERALS, "[1]", "[[1], 't']", "(1, 't')", "#{ a: 1 }", "Some(1)", "Ok([1])", "Bed { name: 1, size: 2 }")


class _Drawn:
    """What is drawn with one seed."""

    def __init__(self, seed: int) -> None:
        self._choose = random.Random(seed)

    def script(self) -> str:
        """A script with a `main`."""
        first = "\n".join(f"    let {name} = {self._choose.choice(_FIRST)};" for name in _NAMES)
        outcome = f"Ok([{', '.join(_NAMES)}])"
        return f"{_HELPERS}\npub async fn main() {{\n{first}\n{self._statements(3, 4)}    {outcome}\n}}\n"

    def _statements(self, depth: int, indent: int) -> str:
        rows = [self._statement(depth, indent) for _ in range(self._choose.randint(2, 5))]
        return "".join(" " * indent + row + "\n" for row in rows)

    def _block(self, depth: int, indent: int) -> str:
        return f"{{\n{self._statements(depth - 1, indent + 4)}{' ' * indent}}}"

    def _statement(self, depth: int, indent: int) -> str:
        choose = self._choose
        name, value = choose.choice(_NAMES), self._value(2)
        plain = (
            f"{name} = {value};",
            f"{name} = {value};",
            f"let {name} = {value};",
            f"let {name} = {choose.choice(_NAMES)};",
            f"if {name} is Vec {{ {name}.push({value}); }}",
            f"if {name} is Vec && {name}.len() > 0 {{ {name}[0] = {value}; }}",
            f"if {name} is Object {{ {name}.{choose.choice(_NAMES)} = {value}; }}",
            f'if {name} is Object {{ {name}.insert("a", {value}); }}',
            f"if {name} is Tuple && {name}.len() > 0 {{ {name}.0 = {value}; }}",
            f"if {name} is Option {{ {name}.0 = {value}; }}",
            f"if {name} is Bed {{ {name}.name = {value}; }}",
            f"if {name} is i64 {{ {name} += 1; }}",
            f"spoil({name});",
            f"let (x, y) = ({value}, {choose.choice(_NAMES)}); {name} = x;",
            f"let later = async {{ {name} = {value}; spoil({name}) }}; {choose.choice(_NAMES)} = later.await;",
            f"let map = std::collections::HashMap::new(); map.insert(1, {value}); {name} = map.get(1);",
            f"let held = #{{ a: {name} }}; spoil(held.a); {name} = held;",
            f"let list = [1]; let other = list; if {self._condition()} {{ other.push({value}); }} {name} = list.pop();",
            f"let list = [{value}]; list.push({name}); list.insert(0, 1); {name} = list.clone();",
            f"let change = || spoil({name}); change();",
            f"let change = |x| {{ {name} = x; swap({name}) }}; {choose.choice(_NAMES)} = change({value});",
        )
        if depth == 0 or choose.random() < 0.6:
            return choose.choice(plain)
        block, other = self._block(depth, indent), self._block(depth, indent)
        kind = choose.choice(("i64", "String", "Vec", "Object", "Option", "Tuple", "Bed", "Plant", "Result"))
        return choose.choice(
            (
                f"if {self._condition()} {block}",
                f"if {self._condition()} {block} else {other}",
                f"if {name} is {kind} {block} else {other}",
                f"if {name} is not {kind} || {self._condition()} {block}",
                f"for i in 0..2 {block}",
                f"for i in 0..3 {{ if i == 1 {{ {choose.choice(('break', 'continue'))}; }} {name} = {value}; }}",
                f"for each in gives({value}) {{ if {self._condition()} {{ {name} = each; }} }}",
                f"if {name} is Vec {{ while let Some(x) = {name}.pop() {{ if x is Vec {{ {name} = x; }} }} }}",
                f"'o: for i in 0..2 {{ for j in 0..2 {{ {name} = i; if j == 1 {{ continue 'o }} {name} = {value} }} }}",
                f"for each in {self._list()} {{ {name} = each; }}",
                f"let n = 0; while n < 2 {{ n += 1; {name} = {value}; if {self._condition()} {block} }}",
                f"{name} = loop {{ if {self._condition()} {{ break {value}; }} break {self._value(1)}; }};",
                f'match {name} {{ Some(x) => {block}, "t" => {{ {name} = {value}; }}, _ => {other} }}',
                f"match {name} {{ Plant::Grown(h) => {{ {name} = h; }}, Ok(x) => {block}, x => {{ {name} = x; }} }}",
                f"if let Some(x) = {name} {{ {name} = x; }} else {block}",
                f"if let [x, ..] = {name} {{ {name} = x; }}",
                f"if let #{{ a: x, .. }} = {name} {{ {name} = x; }}",
                f"if let (x, y) = {name} {{ {name} = y; }}",
                f"if {self._condition()} {{ return Ok({name}); }}",
            )
        )

    def _condition(self) -> str:
        return self._choose.choice(
            ("1 < 2", "2 < 1", f"{self._choose.choice(_NAMES)} is String", f"!({self._choose.choice(_NAMES)} is Vec)")
        )

    def _list(self) -> str:
        return self._choose.choice(
            (f"[{self._value(1)}, {self._value(1)}]", "[1, 2].iter().map(|x| x + 1)", "#{ a: 1 }.keys()", "Some(1)")
        )

    def _value(self, depth: int) -> str:
        choose = self._choose
        if depth == 0 or choose.random() < 0.3:
            return choose.choice((*_LITERALS, *_NAMES))
        one, other = self._value(depth - 1), self._value(depth - 1)
        name = choose.choice(_NAMES)
        return choose.choice(
            (
                f"[{one}, {other}]",
                f"[{one}]",
                f"({one}, {other})",
                f"#{{ a: {one}, b: {other} }}",
                f"Some({one})",
                f"Ok({one})",
                f"Bed {{ name: {one}, size: {other} }}",
                f"Plant::Grown({one})",
                f"if {self._condition()} {{ {one} }} else {{ {other} }}",
                f"match {name} {{ 1 => {one}, _ => {other} }}",
                f"spoil({one})",
                f"swap({one})",
                f"fails({one})",
                f"fails({one})?",
                f"missing({one})",
                f"picks({choose.choice(('2', '5'))}, {one}, {other})",
                f"count({one}, 2)",
                f"[{one}, {other}].pop()",
                f"[{one}].iter().map(|x| spoil(x)).collect::<Vec>()",
                f"[{one}, {other}].iter().filter(|x| x is String).next()",
                f"[1, 2].iter().fold({one}, |sum, x| [sum, x])",
                f"Some({one}).map(|x| [x])",
                f"Some({one}).unwrap_or({other})",
                f"({one}, {other}).1",
                f"#{{ a: {one} }}.a",
                f'#{{ a: {one} }}["a"]',
                f"Bed {{ name: 1, size: {one} }}.grow().size()",
                f"{name}.clone()",
                f"later({one}).await",
                f"async {{ if {self._condition()} {{ return {one}; }} {other} }}.await",
                f"(|x, y| if {self._condition()} {{ x }} else {{ y }})({one}, {other})",
                f"{{ let f = |x| [x, {one}]; f({other}) }}",
                f"[{one}].iter().chain([{other}].iter()).collect::<Vec>()",
                f"[{one}].iter().enumerate().next()",
                f"[{one}].iter().map(spoil).next()",
                f"[Some({one}), None].iter().filter_map(|x| x).next()",
                f"Ok({one}).map(|x| {other}).unwrap()",
                f"(1..3).iter().rev().map(|x| {one}).collect::<Vec>()",
                f"{{ let n = {one}; n }}",
                f"match {one} {{ Some(n) => n, n => n }}",
                f"(|| {{ {other}; {one} }})()",
                f"(|n| {{ match n {{ Some(n) => n, n if spoil({name}) is Vec => n, _ => {name} }} }})({one})",
                f"(if {name} is Option {{ {name}.unwrap_or({one}) }} else {{ {other} }})",
                f"(if {name} is Vec {{ {name}.iter().reduce(|x, y| {one}) }} else {{ {other} }})",
                f"(if {name} is Vec && {name}.len() > 0 {{ {name}[{{ spoil({name}); 0 }}] }} else {{ {other} }})",
                f"(if {name} is Vec {{ {name}.push({{ spoil({name}); {one} }}) }} else {{ {other} }})",
                f"(if {name} is Vec || {name} is Object {{ {name}.clear() }} else {{ {other} }})",
            )
        )


def script(seed: int) -> str:
    """The script of a seed."""
    return _Drawn(seed).script()
