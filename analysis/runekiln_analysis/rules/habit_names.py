"""Words of other languages that mean nothing in Rune: values, types, functions and macros."""

from __future__ import annotations

from runekiln_analysis.rules.habit import habit, surely

_MISSING = "missing-local missing-item"
_CALLED = rb"(?=\()"
_SIMPLE = rb'(?:[\w.]+(?:\([^()]*\))?|"(?:[^"\\]|\\.)*"|`[^`]*`)'
_END = rb"(?=\s*(?:[;})]|$))"
_ERR = "Rune has no exceptions: `return Err(…)`, and `?` hands it on"
_TEMPLATE = 'a text with values in it is a template in Rune, `` `a ${x}` ``, or `format!("a {x}")`'
_MATCH = "it is `match` in Rune: `match x { 1 => …, _ => … }`"
_RESULT = "Rune has no exceptions: what may fail gives a `Result`, which `match` looks into and `?` hands on"
_ELSE_IF = "it is `else if` in Rune"

NAMES = (
    habit(
        _MISSING,
        rb"(?P<old>\bis\s+(?P<at>null|nil|undefined))\b",
        "Rune has no `null`: what may be missing is compared with `None`",
        b"== None",
    ),
    habit(
        _MISSING,
        rb"(?P<old>(?P<at>null|Null|NULL|nil|undefined))\b",
        "Rune has no `null`: what may be missing is `None` or `Some(value)`",
        b"None",
    ),
    surely(_MISSING, rb"(?P<old>(?P<at>True|TRUE))\b", "it is `true` in Rune", b"true"),
    surely(_MISSING, rb"(?P<old>(?P<at>False|FALSE))\b", "it is `false` in Rune", b"false"),
    habit(
        _MISSING, rb"(?P<old>(?P<at>this))\b", "it is `self` in Rune, and the method takes it as its first parameter"
    ),
    surely(_MISSING, rb"(?P<old>(?P<at>elif|elsif|elseif))\b", _ELSE_IF, b"else if", "blocks"),
    surely(
        "missing-semicolon expected-block", rb"(?P<old>elif|elsif|elseif)\s+(?P<at>\S)", _ELSE_IF, b"else if", "blocks"
    ),
    habit(_MISSING, rb"(?P<at>switch)\b", _MATCH, reach="blocks"),
    habit(_MISSING, rb"(?P<at>try)\b(?=\s*\{)", _RESULT, reach="blocks"),
    habit(_MISSING, rb"(?P<old>(?P<at>unless)\s+)(?=[^{]*\{)", "it is `if !x` in Rune", b"if !", "blocks"),
    habit(_MISSING, rb"(?P<old>(?P<at>until)\s+)(?=[^{]*\{)", "it is `while !x` in Rune", b"while !", "blocks"),
    habit(
        _MISSING,
        rb"(?P<old>(?P<at>throw|raise)\s+new\s+\w+\((?P<value>[^()]*)\))" + _END,
        _ERR,
        rb"return Err(\g<value>)",
    ),
    habit(
        _MISSING,
        rb"(?P<old>(?P<at>throw|raise)\s+\w*(?:Error|Exception)\((?P<value>[^()]*)\))" + _END,
        _ERR,
        rb"return Err(\g<value>)",
    ),
    habit(
        _MISSING,
        rb"(?P<old>(?P<at>throw|raise)\s+(?P<value>" + _SIMPLE + rb"))" + _END,
        _ERR,
        rb"return Err(\g<value>)",
    ),
    habit(_MISSING, rb"(?P<at>throw|raise)\b", _ERR, reach="line"),
    habit("missing-semicolon", rb"(?:^|[;{}]|=>)\s*(?:throw|raise)\s+(?P<at>\S)", _ERR, reach="line"),
    habit(
        _MISSING,
        rb"(?P<old>(?P<at>new)\s+(?P<type>\w+(?:::\w+)*)\()",
        "a value is made by a function of its type in Rune: `Type::new(…)`",
        rb"\g<type>::new(",
    ),
    habit(
        "missing-semicolon",
        rb"(?P<old>\bnew\s+(?P<type>(?P<at>\w+)(?:::\w+)*)\()",
        "a value is made by a function of its type in Rune: `Type::new(…)`",
        rb"\g<type>::new(",
    ),
    habit(_MISSING, rb"(?P<at>console)\b", "it is `println!(…)` in Rune"),
    habit(_MISSING, rb"(?P<at>echo|puts)\b", "it is `println!(…)` in Rune"),
    habit(_MISSING, rb"(?P<at>JSON)\b", "it is `json::to_string(x)` and `json::from_string(text)` in Rune"),
    habit(_MISSING, rb"(?P<at>Math)\b", "numbers have methods in Rune: `x.max(y)`, `x.abs()`, `x.floor()`"),
    habit(_MISSING, rb"(?P<at>len)" + _CALLED, "it is a method in Rune: `value.len()`"),
    habit(_MISSING, rb"(?P<at>str)" + _CALLED, "a value becomes a text in a template: `` `${value}` ``"),
    habit(_MISSING, rb"(?P<at>range)" + _CALLED, "a range is written `0..3` in Rune"),
    habit(_MISSING, rb"(?P<at>del)\b(?=\s+\w)", "Rune drops what nobody uses any more: leave it out", reach="line"),
    habit(_MISSING, rb"(?P<at>pass)\b", "an empty block needs nothing in it"),
    habit(
        _MISSING,
        rb"(?P<old>(?P<at>assert)\s+(?P<value>[^;,{}\n]+?))" + _END,
        "this is a macro in Rune: it is called with `!`",
        rb"assert!(\g<value>)",
    ),
    habit(
        _MISSING,
        rb"(?P<old>(?P<at>function)\s*\((?P<names>[\w\s,]*)\)\s*)(?=\{)",
        "a function without a name is written `|x| …` in Rune",
        rb"|\g<names>| ",
    ),
    habit(
        _MISSING,
        rb"(?P<old>(?P<at>Box|Rc|Arc|Cell|RefCell|Mutex)::new)(?=\()",
        "values are shared as they are in Rune: nothing need be put around them",
        b"",
    ),
    habit(
        _MISSING,
        rb"(?P<at>\w+(?P<old>::<[^>()]*>)(?=::\w+\())",
        "types of Rune have no parameters: `Vec::new()`",
        b"",
    ),
    habit(
        _MISSING, rb"(?P<old>(?P<at>i8|i16|i32|i128|isize|int))\b", "whole numbers are `i64` or `u64` in Rune", b"i64"
    ),
    habit(_MISSING, rb"(?P<old>(?P<at>u16|u32|u128|usize))\b", "whole numbers are `i64` or `u64` in Rune", b"u64"),
    habit(_MISSING, rb"(?P<old>(?P<at>f32|float))\b", "it is `f64` in Rune", b"f64"),
    habit(
        _MISSING,
        rb"\b(?P<old>const)\s+\w+\s*=\s*[^;]*?(?P<at>\b\w+)",
        "a `const` is computed before the run and knows no variables: write `let`",
        b"let",
    ),
    surely(
        _MISSING,
        rb"(?P<old>(?P<at>format|assert|assert_eq|assert_ne|stringify|todo|dbg))" + _CALLED,
        "this is a macro in Rune: it is called with `!`",
        rb"\g<old>!",
    ),
    surely(
        _MISSING,
        rb'(?P<old>(?P<at>[fF])(?P<text>"(?:[^"\\{}]|\\.|\{[A-Za-z_]\w*(?::[^{}"]*)?\})*"))',
        _TEMPLATE,
        rb"format!(\g<text>)",
    ),
    habit(_MISSING, rb'(?P<at>[fF])"', _TEMPLATE, reach="line"),
    habit(
        _MISSING,
        rb"\(\s*(?:[^()]*,\s*)?(?P<at>\w+)\s*=(?!=)\s*[^=()]*\)",
        "arguments have no names in Rune: `f(true)`, or an object `f(#{ key: true })`",
    ),
    surely(
        "missing-macro",
        rb"(?P<old>(?P<at>vec)!)\[(?=[^\[\];]*\])",
        "a list is written without a macro in Rune: `[1, 2]`",
        b"",
    ),
    habit("missing-macro", rb"(?P<at>vec)!", "a list is written without a macro in Rune: `[1, 2]`"),
    habit("missing-macro", rb"(?P<old>(?P<at>eprintln))!", "scripts have one output: `println!`", b"println"),
    habit("missing-macro", rb"(?P<old>(?P<at>eprint))!", "scripts have one output: `print!`", b"print"),
    habit("missing-macro", rb"(?P<at>todo|unimplemented|unreachable)!", 'it is `panic!("…")` in Rune'),
    habit(
        "missing-macro", rb"(?P<at>hashmap|map|json)!", "an object is written without a macro in Rune: `#{ key: 1 }`"
    ),
    habit(
        "unexpected-item",
        rb"(?P<old>\bis\s+(?P<at>None))\b",
        "`is` asks for a type: a value is compared with `==`",
        b"== None",
    ),
    surely(
        "keyword-as-name",
        rb"(?P<old>(?P<at>mut)\s+)(?P<declared>\w+)",
        "Every variable of Rune can be changed: there is no `mut`",
        b"",
        code="let-mut",
    ),
    habit(
        "keyword-as-name",
        rb"(?P<old>(?P<at>ref)\s+)(?P<declared>\w+)",
        "Rune has no references: values are shared as they are",
        b"",
    ),
)
"""The first one that fits counts."""

_BEGIN = rb"(?:^|[;{}=])[ \t]*"
BLOCKS = (
    habit("", _BEGIN + rb"(?P<at>switch)\b(?=[^;{}\n]*\{)", _MATCH, reach="blocks"),
    habit("", _BEGIN + rb"(?P<at>try)\b(?=[ \t]*\{)", _RESULT, reach="blocks"),
)
"""What begins a block that the parser takes for something else, so that it tells of what is inside."""
