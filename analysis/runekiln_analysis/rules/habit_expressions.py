"""Expressions and statements as other languages write them."""

from __future__ import annotations

from runekiln_analysis.rules.habit import habit, surely

_STATEMENT = "missing-semicolon expected-block"
_EXPRESSION = "expected-expression"
_CLOSURE = "a function without a name is written `|x| …` in Rune"
_NAMES_IN_PARENTHESES = rb"(?P<old>\((?P<names>[\w\s,]*)\)\s*(?P<at>=>))"
_ONE_NAME = rb"(?P<old>(?P<names>[A-Za-z_]\w*)\s*(?P<at>=>))"
_REST = rb"(?=\s*[){};,])"
_OPERAND = rb"[\w.]+(?:\(\))?"
_NO_REFERENCES = "Rune has no references: values are shared as they are"
_OBJECT = "an object begins with `#` in Rune: `#{ key: 1 }`"
_UNPACKED = "a value is taken apart by `let` in Rune: `let #{ a, b } = x`, `let [a, b] = x`"
_IN = "it is `for x in values { … }` in Rune"
_COUNTING = "it is `for i in 0..3 { … }` in Rune"
_EQUAL = "values are compared with `==` and `!=` in Rune"
_BRACES = "what belongs together stands in braces: `if x { … }`"
_FOR = rb"\bfor(?P<old>\s*\(\s*"
_COUNT = (
    rb"\s*(?P<name>\w+)\s*=\s*(?P<from>[\w.]+)\s*;\s*(?P=name)\s*(?:<|!=|!==)\s*(?P<to>[\w.]+(?:\(\))?)\s*;"
    rb"\s*(?:(?P=name)\s*\+\+|\+\+\s*(?P=name)|(?P=name)\s*\+=\s*1)\s*\))"
)
_RANGE = rb" \g<name> in \g<from>..\g<to>"
_VALUE = rb'(?:[\w.]+(?:\(\))?|"[^"\\]*")'
_WORDS_BEFORE_NAME = "missing-semicolon expected-comma"

EXPRESSIONS = (
    habit(
        _WORDS_BEFORE_NAME,
        rb"(?P<old>\blambda\s+(?P<names>(?P<at>\w+)(?:\s*,\s*\w+)*)\s*:\s*)",
        _CLOSURE,
        rb"|\g<names>| ",
    ),
    habit(
        _WORDS_BEFORE_NAME,
        rb"(?P<old>\blambda\s*(?P<at>:)\s*)",
        _CLOSURE,
        b"|| ",
    ),
    surely("unsupported-reference", rb"(?P<old>(?P<at>&))", "", b""),
    surely("mutable-variable", rb"(?P<old>(?P<at>mut)\s+)", "", b"", code="let-mut"),
    surely(
        _EXPRESSION,
        rb"(?P<old>&+\s*(?P<at>mut)\s+)",
        "Rune has no references, and nothing need be `mut`: values are shared as they are, and can be changed",
        b"",
    ),
    surely(_EXPRESSION, rb"(?P<old>(?P<at>&&)\s*(?:mut\s+)?)(?=\w)", _NO_REFERENCES, b""),
    habit(_EXPRESSION, rb"(?:^|[;{}])\s*(?P<old>(?P<at>mut|static))\s+(?=\w+\s*=)", "it is `let` in Rune", b"let"),
    habit("expected-pattern", rb"(?P<old>(?P<at>&+)\s*)(?=\w)", _NO_REFERENCES, b""),
    habit(
        "expected-pattern",
        rb"(?P<old>(?P<at>\{))(?P<declared>[\w\s,]*)\}",
        "the pattern of an object begins with `#` in Rune: `#{ a, b, .. }`",
        b"#{",
    ),
    surely(_EXPRESSION, rb"[!=]=(?P<old>(?P<at>=))", _EQUAL, b""),
    habit(_EXPRESSION, rb"(?P<old><(?P<at>>))", _EQUAL, b"!="),
    habit(
        _EXPRESSION,
        _FOR + rb"(?P<at>let|var)" + _COUNT,
        _COUNTING,
        _RANGE,
    ),
    habit(_EXPRESSION, rb"(?<=[\w\])])(?P<old>\s*\+(?P<at>\+))", "it is `x += 1` in Rune", b" += 1"),
    habit(_EXPRESSION, rb"(?<=[\w\])])(?P<old>\s*--)\s*(?P<at>[;)}])", "it is `x -= 1` in Rune", b" -= 1"),
    habit(
        _EXPRESSION,
        rb"(?P<old>(?P<at>\+)\+(?P<name>\w+))(?=\s*(?:[;}]|$))",
        "it is `x += 1` in Rune",
        rb"\g<name> += 1",
    ),
    surely(
        _EXPRESSION,
        rb"(?P<old>(?P<at>not)\s+)" + _OPERAND + _REST,
        "it is `!` in Rune, which stands before one value: `!(a == b)`",
        b"!",
    ),
    habit(_EXPRESSION, rb"(?P<at>not)\b", "it is `!` in Rune, which stands before one value: `!(a == b)`"),
    habit(_EXPRESSION, rb"(?P<at>typeof)\b", "whether a value is of a type is asked with `x is String`"),
    habit(
        _EXPRESSION,
        rb"(?P<at>do)\b(?=\s*\{)",
        "it is `loop { …; if !x { break; } }` in Rune",
        reach="blocks",
    ),
    habit(_EXPRESSION, rb"(?P<at>unsafe)\b", "nothing is unsafe in Rune: leave it out"),
    habit(
        "unsupported-unary-operator",
        rb"(?P<old>(?P<base>[\w.]+)\s*\*(?P<at>\*)\s*(?P<power>\w+))",
        "it is `x.pow(2)` in Rune, and `x.powf(2.0)` for `f64`",
        rb"\g<base>.pow(\g<power>)",
    ),
    habit("unsupported-unary-operator", rb"(?P<old>(?<![\w)\]*])(?P<at>\*))(?=\w)", _NO_REFERENCES, b""),
    habit(
        "bad-character", rb"(?P<old>(?P<at>')(?P<text>[^'\"\\\n]{2,})')", 'a text is written with `"`', rb'"\g<text>"'
    ),
    surely(_STATEMENT, rb"(?P<old>(?P<at>and))\b", "it is `&&` in Rune", b"&&"),
    surely(_STATEMENT, rb"(?P<old>(?P<at>or))\b", "it is `||` in Rune", b"||"),
    habit(_STATEMENT, rb"(?P<old>(?P<at>instanceof))\b", "it is `is` in Rune", b"is"),
    habit(
        _STATEMENT,
        rb"\?\?\s*(?P<at>\S)",
        "Rune has no `??`: of an `Option` it is `x.unwrap_or(1)`, and `?` hands on what is missing",
    ),
    habit(
        _STATEMENT,
        rb"(?:=|\(|\breturn\b|^|[;{])\s*(?P<old>(?P<test>" + _VALUE + rb")\s*\?\s+(?P<at>(?P<one>" + _VALUE + rb"))"
        rb"\s*:\s*(?P<two>" + _VALUE + rb"))(?=\s*(?:[;)}]|$))",
        "Rune has no `a ? b : c`: write `if a { b } else { c }`",
        rb"if \g<test> { \g<one> } else { \g<two> }",
    ),
    habit(
        _STATEMENT,
        rb"[\w\])]\s*\?\s+(?P<at>[^\s:])[^;]*:",
        "Rune has no `a ? b : c`: write `if a { b } else { c }`",
        reach="line",
    ),
    habit(
        _STATEMENT,
        rb"(?P<at>if)\b[^;]*\belse\b",
        "the condition comes first in Rune: `if a { b } else { c }`",
        reach="line",
    ),
    surely(_STATEMENT, rb"(?:^|[;{}])\s*(?P<old>var)\s+(?P<at>\w)", "it is `let` in Rune", b"let"),
    habit(
        "missing-semicolon expected-key",
        rb"(?P<old>\{)\s*(?:\w+|\"[^\"]*\")\s*(?P<at>:)(?![:=])",
        _OBJECT,
        b"#{",
        "line",
    ),
    habit(
        "missing-semicolon",
        rb"(?:^|[;{}])\s*(?P<old>(?P<declared>\w+)\s*(?P<at>:)=)",
        "a new variable is written `let x = 1` in Rune",
        rb"let \g<declared> =",
    ),
    habit(
        "missing-semicolon",
        rb"(?<!not )(?P<at>in)\b",
        "a list is asked `list.iter().any(|each| each == x)` in Rune, an object `contains_key`, a text `contains`",
    ),
    habit(
        "missing-semicolon",
        rb"(?P<at>not)\s+in\b",
        "whether a list has no value is asked with `!values.iter().any(|each| each == x)`",
        reach="line",
    ),
    # An arm of a broken `match` or `select` looks like that, too, but for what is before it.
    habit("expected-comma", rb"[(,]\s*" + _NAMES_IN_PARENTHESES, _CLOSURE, rb"|\g<names>|"),
    habit("expected-comma", rb"[(,]\s*" + _ONE_NAME, _CLOSURE, rb"|\g<names>|"),
    habit("missing-semicolon", rb"\blet\s+\w+\s*=\s*" + _NAMES_IN_PARENTHESES, _CLOSURE, rb"|\g<names>|"),
    habit("missing-semicolon", rb"\blet\s+\w+\s*=\s*" + _ONE_NAME, _CLOSURE, rb"|\g<names>|"),
    habit(
        _WORDS_BEFORE_NAME,
        rb"(?:\blet\s+\w+\s*=|[(,])\s*" + _NAMES_IN_PARENTHESES.replace(b"=>", b"->"),
        _CLOSURE,
        rb"|\g<names>|",
    ),
    habit(
        "expected-block",
        rb"\basync\s*(?P<old>(?P<at>\()(?P<names>[\w\s,]*)\)\s*=>)",
        "a function without a name is written `async |x| …` in Rune",
        rb"|\g<names>|",
    ),
    habit(
        "expected-block",
        rb"\basync\s+(?P<old>(?P<at>(?P<names>[A-Za-z_]\w*))\s*=>)",
        "a function without a name is written `async |x| …` in Rune",
        rb"|\g<names>|",
    ),
    habit(
        _WORDS_BEFORE_NAME,
        rb"(?P<old>\bfunction\s*\((?P<names>[\w\s,]*)\)\s*(?P<at>\{))",
        _CLOSURE,
        rb"|\g<names>| {",
    ),
    habit("expected-closure", rb"(?P<old>(?P<at>fn)\s*\((?P<names>[\w\s,]*)\)\s*)(?=\{)", "", rb"|\g<names>| "),
    habit("missing-semicolon", rb"(?P<old>\bfunction)\s+(?P<at>\w+)\s*\([^)]*\)", "it is `fn` in Rune", b"fn"),
    habit("missing-semicolon", rb"\bdef\s+(?P<at>\w+)\s*\(", "a function is `fn name(x) { … }` in Rune", reach="line"),
    habit(
        "keyword-as-name",
        _FOR + rb"(?P<at>let|const)" + _COUNT,
        _COUNTING,
        _RANGE,
    ),
    habit(
        _WORDS_BEFORE_NAME,
        rb"\bfor(?P<old>\s*\(\s*var\s+(?P<at>)" + _COUNT.replace(rb"\s*(?P<name>", rb"(?P<name>", 1),
        _COUNTING,
        _RANGE,
    ),
    habit("keyword-as-name", rb"\bfor\s*\(\s*(?P<at>let|const)\b[^;)]*;[^;)]*;[^{]*", _COUNTING),
    habit(
        "keyword-as-name",
        _FOR + rb"(?P<at>let|const)\s+(?P<name>\w+)\s+(?:of|in)\s+(?P<values>[^()]+(?:\(\))?)\))",
        _IN,
        rb" \g<name> in \g<values>",
    ),
    habit(
        "expected-comma",
        rb"\b(?P<old>for(?:each)?\s*\(\s*(?P<name>\w+)\s+(?P<at>in|of)\s+(?P<values>[^()]+(?:\(\))?)\))(?=\s*\{)",
        _IN,
        rb"for \g<name> in \g<values>",
    ),
    habit("expected-comma", _FOR + _COUNT.replace(rb"=", rb"(?P<at>=)", 1), _COUNTING, _RANGE),
    habit("expected-name", rb"(?P<old>\bconst\s*(?P<at>\{))(?P<declared>[\w\s,]*)\}", _UNPACKED, b"let #{"),
    habit("expected-name", rb"(?P<old>\bconst\s*(?P<at>\[))(?P<declared>[\w\s,]*)\]", _UNPACKED, b"let ["),
    habit(
        "missing-semicolon",
        rb"(?P<old>\bprint(?:ln)?\s+(?P<text>(?P<at>\")(?:[^\"\\{}]|\\.)*\"))(?=\s*(?:[;}]|$))",
        "it is `println!(…)` in Rune",
        rb"println!(\g<text>)",
    ),
    habit(
        "expected-comma",
        rb"\w(?P<old>\(\s*(?P<given>\w+\s*(?P<at>:)(?!:)[^():]+(?:,\s*\w+\s*:(?!:)[^():]+)*)\))",
        "arguments have no names in Rune: `f(true)`, or an object `f(#{ key: true })`",
        rb"(#{ \g<given> })",
    ),
    habit(
        "expected-comma",
        rb"[(,]\s*\w+\s*(?P<at>:)(?!:)",
        "arguments have no names in Rune: `f(true)`, or an object `f(#{ key: true })`",
        reach="line",
    ),
    habit("expected-fat-arrow", rb"(?P<old>\bcase\s+)(?P<at>\S)", "an arm of `match` is `1 => …` in Rune", b""),
    habit("keyword-as-name", rb"(?P<old>(?P<at>default))\s*=>", "the arm for all others is `_ => …` in Rune", b"_"),
    habit(
        "expected-fat-arrow",
        rb"(?P<at>\|)",
        "a pattern of Rune has no `|`: write an arm for each, or `x if x == 1 || x == 2`",
    ),
    habit("expected-fat-arrow", rb"(?P<at>\.\.=?)", "a pattern of Rune has no ranges: write `x if x >= 1 && x <= 3`"),
    habit("expected-fat-arrow", rb"(?P<at>@)", "a pattern of Rune has no `@`: write `x if x == 1`"),
    habit("expected-fat-arrow", rb"(?P<old>(?P<at>->|:))", "an arm of `match` is `1 => …` in Rune", b" =>"),
    habit(
        "unclosed-bracket",
        rb"\[[^\[\]:]*(?P<old>(?P<at>:))[^\[\]:]*\]",
        "a part of a list is written `x[1..2]` in Rune",
        b"..",
    ),
    habit("expected-block", rb"(?P<at>:)\s*$", _BRACES),
    habit("expected-block", rb"(?P<at>:|then|do)(?=[\s])", _BRACES, reach="line"),
    habit("expected-object", rb"(?:^|\s)(?P<old>#)\s+(?P<at>\w)", "a comment begins with `//` in Rune", b"//", "line"),
)
"""The first one that fits counts."""
