"""What people write who come from Rust, Python or JavaScript, where Rune's own message does not help them."""

from __future__ import annotations

import re

import msgspec


class Habit(msgspec.Struct, frozen=True):
    """Something foreign, told of by problems of these `codes`.

    `written` is looked for in the line of the problem; its group `at` begins where the problem begins. `says` is the
    Rune way, and is empty where the problem does so itself. The fix puts `new` in the place of the group `old`; without
    it there is no fix. It is safe if nothing else can have been meant.
    """

    codes: tuple[str, ...]
    written: re.Pattern[bytes]
    says: str
    new: bytes | None = None
    is_safe: bool = False


def _habit(codes: str, written: bytes, says: str, new: bytes | None = None) -> Habit:
    return Habit(tuple(codes.split()), re.compile(written), says, new)


def _surely(codes: str, written: bytes, says: str, new: bytes) -> Habit:
    return Habit(tuple(codes.split()), re.compile(written), says, new, is_safe=True)


_MISSING = "missing-local missing-item"
_STATEMENT = "missing-semicolon expected-block"
_CLOSURE = "a function without a name is written `|x| …` in Rune"
_NAMES_IN_PARENTHESES = rb"(?P<old>\((?P<names>[\w\s,]*)\)\s*(?P<at>=>))"
_ONE_NAME = rb"(?P<old>(?P<names>[A-Za-z_]\w*)\s*(?P<at>=>))"
_REST = rb"(?=\s*[){};,])"
_OPERAND = rb"[\w.]+(?:\(\))?"

HABITS = (
    _habit(
        _MISSING,
        rb"(?P<old>(?P<at>null|Null|NULL|nil|undefined))\b",
        "Rune has no `null`: what may be missing is `None` or `Some(value)`",
        b"None",
    ),
    _surely(_MISSING, rb"(?P<old>(?P<at>True|TRUE))\b", "it is `true` in Rune", b"true"),
    _surely(_MISSING, rb"(?P<old>(?P<at>False|FALSE))\b", "it is `false` in Rune", b"false"),
    _habit(
        _MISSING, rb"(?P<old>(?P<at>this))\b", "it is `self` in Rune, and the method takes it as its first parameter"
    ),
    _surely(_MISSING, rb"(?P<old>(?P<at>elif|elsif|elseif))\b", "it is `else if` in Rune", b"else if"),
    _habit(_MISSING, rb"(?P<at>switch)\b", "it is `match` in Rune: `match x { 1 => …, _ => … }`"),
    _habit(_MISSING, rb"(?P<at>throw|raise)\b", "Rune has no exceptions: `return Err(…)`, and `?` hands it on"),
    _habit(_MISSING, rb"(?P<at>console)\b", "it is `println!(…)` in Rune"),
    _habit(_MISSING, rb"(?P<at>len)(?=\()", "it is a method in Rune: `value.len()`"),
    _habit(_MISSING, rb"(?P<at>str)(?=\()", "a value becomes a text in a template: `` `${value}` ``"),
    _habit(_MISSING, rb"(?P<at>range)(?=\()", "a range is written `0..3` in Rune"),
    _habit(
        _MISSING, rb"(?P<old>(?P<at>i8|i16|i32|i128|isize|int))\b", "whole numbers are `i64` or `u64` in Rune", b"i64"
    ),
    _habit(_MISSING, rb"(?P<old>(?P<at>u16|u32|u128|usize))\b", "whole numbers are `i64` or `u64` in Rune", b"u64"),
    _habit(_MISSING, rb"(?P<old>(?P<at>f32|float))\b", "it is `f64` in Rune", b"f64"),
    _surely(
        _MISSING,
        rb"(?P<old>(?P<at>format|assert|assert_eq|assert_ne|stringify|todo|dbg))(?=\()",
        "this is a macro in Rune: it is called with `!`",
        rb"\g<old>!",
    ),
    _surely(
        _MISSING,
        rb'(?P<old>(?P<at>[fF])(?P<text>"(?:[^"\\{}]|\\.|\{[A-Za-z_]\w*(?::[^{}"]*)?\})*"))',
        'a text with values in it is a template in Rune, `` `a ${x}` ``, or `format!("a {x}")`',
        rb"format!(\g<text>)",
    ),
    _habit(
        _MISSING,
        rb'(?P<at>[fF])"',
        'a text with values in it is a template in Rune, `` `a ${x}` ``, or `format!("a {}", x)`',
    ),
    _surely(
        "missing-macro",
        rb"(?P<old>(?P<at>vec)!)\[(?=[^\[\];]*\])",
        "a list is written without a macro in Rune: `[1, 2]`",
        b"",
    ),
    _habit("missing-macro", rb"(?P<at>vec)!", "a list is written without a macro in Rune: `[1, 2]`"),
    _habit("missing-macro", rb"(?P<old>(?P<at>eprintln))!", "scripts have one output: `println!`", b"println"),
    _habit("missing-macro", rb"(?P<old>(?P<at>eprint))!", "scripts have one output: `print!`", b"print"),
    _habit(
        "missing-macro", rb"(?P<at>hashmap|map|json)!", "an object is written without a macro in Rune: `#{ key: 1 }`"
    ),
    _surely("unsupported-reference", rb"(?P<old>(?P<at>&))", "", b""),
    _surely("mutable-variable", rb"(?P<old>(?P<at>mut)\s+)", "", b""),
    _surely(
        "expected-expression",
        rb"(?P<old>&+\s*(?P<at>mut)\s+)",
        "Rune has no references, and nothing need be `mut`: values are shared as they are, and can be changed",
        b"",
    ),
    _surely(
        "expected-expression",
        rb"(?P<old>(?P<at>&&)\s*(?:mut\s+)?)(?=\w)",
        "Rune has no references: values are shared as they are",
        b"",
    ),
    _surely("expected-expression", rb"[!=]=(?P<old>(?P<at>=))", "values are compared with `==` and `!=` in Rune", b""),
    _habit("expected-expression", rb"(?<=[\w\])])(?P<old>\s*\+(?P<at>\+))", "it is `x += 1` in Rune", b" += 1"),
    _habit("expected-expression", rb"(?<=[\w\])])(?P<old>\s*--)\s*(?P<at>[;)}])", "it is `x -= 1` in Rune", b" -= 1"),
    _surely(
        "expected-expression",
        rb"(?P<old>(?P<at>not)\s+)" + _OPERAND + _REST,
        "it is `!` in Rune, which stands before one value: `!(a == b)`",
        b"!",
    ),
    _habit("expected-expression", rb"(?P<at>not)\b", "it is `!` in Rune, which stands before one value: `!(a == b)`"),
    _habit("expected-expression", rb"(?P<at>typeof)\b", "whether a value is of a type is asked with `x is String`"),
    _surely(_STATEMENT, rb"(?P<old>elif|elsif|elseif)\s+(?P<at>\S)", "it is `else if` in Rune", b"else if"),
    _surely(_STATEMENT, rb"(?P<old>(?P<at>and))\b", "it is `&&` in Rune", b"&&"),
    _surely(_STATEMENT, rb"(?P<old>(?P<at>or))\b", "it is `||` in Rune", b"||"),
    _habit(_STATEMENT, rb"(?P<old>(?P<at>instanceof))\b", "it is `is` in Rune", b"is"),
    _habit(
        _STATEMENT,
        rb"\?\?\s*(?P<at>\S)",
        "Rune has no `??`: of an `Option` it is `x.unwrap_or(1)`, and `?` hands on what is missing",
    ),
    _habit(
        _STATEMENT,
        rb"[\w\])]\s*\?\s+(?P<at>[^\s:]).*:",
        "Rune has no `a ? b : c`: write `if a { b } else { c }`",
    ),
    _surely(_STATEMENT, rb"(?:^|[;{}])\s*(?P<old>var)\s+(?P<at>\w)", "it is `let` in Rune", b"let"),
    _habit(
        "missing-semicolon expected-key",
        rb"(?P<old>\{)\s*\w+\s*(?P<at>:)(?!:)",
        "an object begins with `#` in Rune: `#{ key: 1 }`",
        b"#{",
    ),
    # An arm of a broken `match` or `select` looks like that, too, but for what is before it.
    _habit("expected-comma", rb"[(,]\s*" + _NAMES_IN_PARENTHESES, _CLOSURE, rb"|\g<names>|"),
    _habit("expected-comma", rb"[(,]\s*" + _ONE_NAME, _CLOSURE, rb"|\g<names>|"),
    _habit("missing-semicolon", rb"\blet\s+\w+\s*=\s*" + _NAMES_IN_PARENTHESES, _CLOSURE, rb"|\g<names>|"),
    _habit("missing-semicolon", rb"\blet\s+\w+\s*=\s*" + _ONE_NAME, _CLOSURE, rb"|\g<names>|"),
    _habit(
        "expected-fat-arrow",
        rb"(?P<at>\|)",
        "a pattern of Rune has no `|`: write an arm for each, or `x if x == 1 || x == 2`",
    ),
    _surely("expected-item", rb"(?P<old>(?P<at>function|func|fun))\s+(?=\w+\s*\()", "it is `fn` in Rune", b"fn"),
    _habit("expected-item", rb"(?P<at>def)\b", "a function is `fn name(x) { … }` in Rune"),
    _habit("expected-item", rb"(?P<at>class|interface)\b", "it is `struct`, with functions in `impl` blocks"),
    _habit(
        "expected-item",
        rb"(?P<old>(?P<at>import))\s+(?=\w+(?:::\w+)*\s*;)",
        "it is `use` in Rune: `use std::iter::range;`",
        b"use",
    ),
    _habit(
        "expected-item",
        rb"(?P<old>(?P<at>from)\s+(?P<module>\w+(?:::\w+)*)\s+import\s+(?P<name>\w+))(?=\s*;)",
        "it is `use` in Rune: `use std::iter::range;`",
        rb"use \g<module>::\g<name>",
    ),
    _habit("expected-item", rb"(?P<at>import|from)\b", "it is `use` in Rune: `use std::iter::range;`"),
    _surely("expected-item", rb"(?P<old>(?P<at>export))\s+(?=(?:async\s+)?fn\b)", "it is `pub` in Rune", b"pub"),
)
"""The first one that fits counts."""
