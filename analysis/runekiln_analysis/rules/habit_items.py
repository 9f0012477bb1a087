"""Items and their headers as other languages write them."""

from __future__ import annotations

from runekiln_analysis.rules.habit import habit, surely

_ITEM = "expected-item"
_USE = "it is `use` in Rune: `use std::iter::range;`"
_NO_TRAITS = "functions of a type stand in `impl Type { … }`"
_CONSTANT = "outside of functions stands `const` in Rune, for values that need no run"
_NO_REFERENCES = "Rune has no references"

ITEMS = (
    surely(_ITEM, rb"(?P<old>(?P<at>function|func|fun))\s+(?=\w+\s*\()", "it is `fn` in Rune", b"fn"),
    habit(_ITEM, rb"(?P<at>def)\b", "a function is `fn name(x) { … }` in Rune"),
    habit(_ITEM, rb"(?P<old>(?P<at>async)\s+function)\b", "it is `async fn` in Rune", b"async fn"),
    habit(_ITEM, rb"(?P<at>class|interface)\b", "it is `struct`, with functions in `impl` blocks"),
    habit(_ITEM, rb"(?P<at>trait)\b", f"Rune has no traits: {_NO_TRAITS}"),
    habit(_ITEM, rb"(?P<at>type)\b", "Rune has no other names for types"),
    habit(
        _ITEM,
        rb"(?P<old>(?P<at>import))\s+(?=\w+(?:::\w+)*\s*;)",
        _USE,
        b"use",
    ),
    habit(
        _ITEM,
        rb"(?P<old>(?P<at>from)\s+(?P<module>\w+(?:::\w+)*)\s+import\s+(?P<name>\w+))(?=\s*;)",
        _USE,
        rb"use \g<module>::\g<name>",
    ),
    habit(_ITEM, rb"(?P<at>import|from|using|require|package|extern)\b", _USE),
    habit(
        _ITEM,
        rb"(?P<old>(?P<at>export)\s+(?:default\s+)?(?P<async>async\s+)?function)\s+(?=\w+\s*\()",
        "it is `pub fn` in Rune",
        rb"pub \g<async>fn",
    ),
    surely(_ITEM, rb"(?P<old>(?P<at>export|public))\s+(?=(?:async\s+)?fn\b)", "it is `pub` in Rune", b"pub"),
    habit(
        _ITEM, rb"(?P<old>(?P<at>private|final)\s+)(?=(?:async\s+)?fn\b)", "what is not `pub` is private in Rune", b""
    ),
    habit(_ITEM, rb"(?P<at>export|module)\b", "what others may use is `pub` in Rune"),
    habit(
        _ITEM,
        rb"(?P<old>(?P<at>let|var|static)(?:\s+mut)?)\s+(?=\w+\s*=\s*(?:[\d.]+|\"[^\"]*\"|true|false)\s*;)",
        _CONSTANT,
        b"const",
    ),
    habit(_ITEM, rb"(?P<at>let|var|static)\b", _CONSTANT),
    habit("expected-block", rb"\bimpl\s+(?P<old>[\w:<>, ]+?\s+(?P<at>for)\s+)(?=\w)", _NO_TRAITS, b""),
    habit(
        "unsupported-attribute",
        rb"(?P<old>(?P<at>#\[derive\([^)]*\)\])\s*)",
        "what `derive` makes, values of Rune have anyway",
        b"",
    ),
    habit(
        "expected-parameters",
        rb"(?P<old>(?P<at><)[^()]*>)(?=\()",
        "functions of Rune have no type parameters: any value may be given",
        b"",
    ),
    habit(
        "expected-type",
        rb"(?P<old>(?P<at>&)(?:'\w+\s+)?(?:mut\s+)?str)\b",
        f"{_NO_REFERENCES}: a text is a `String`",
        b"String",
    ),
    habit("expected-type", rb"(?P<old>(?P<at>&)(?:'\w+\s+)?(?:mut\s+)?)(?=\w)", _NO_REFERENCES, b""),
    habit("unexpected-annotation", rb"(?P<old>\s*(?P<at>:)[^=;]+?)(?=\s*=)", "", b""),
    surely("borrowed-self", rb"(?P<old>(?P<at>&)\s*(?:'\w+\s+)?(?:mut\s+)?)(?=self\b)", "", b""),
    habit("compile-error", rb"(?P<old>(?P<at>pub(?:\([^)]*\))?\s+))(?=\w+)", "fields of Rune are seen by all", b""),
    habit("missing-semicolon", rb"\bstruct\s+\w+(?P<old>(?P<at><)[^{;(]*>)", "types of Rune have no parameters", b""),
    habit(
        "expected-block",
        rb"\bimpl<[^>]*>\s*(?P<at>\w+)",
        "types of Rune have no parameters: `impl Type { … }`",
        reach="line",
    ),
    habit("expected-function-body", rb"(?P<old>(?P<at>where)\b[^{]*)", "Rune has no conditions on types", b""),
    habit(
        "expected-comma",
        rb"\bfn\s+\w+\([^)]*\w\s*(?P<at>=)(?!=)",
        "parameters have no values of their own in Rune: each is given",
    ),
    habit(
        "expected-comma",
        rb"\bfn\s+\w+\([^)]*\.\.(?P<at>\.)",
        "a function of Rune takes a fixed number of values: hand it a list",
    ),
    habit(
        "expected-comma",
        rb"\bfn\s+\w+\([^)]*\w(?P<at>\?)",
        "each parameter is given in Rune: hand it `None` or `Some(x)`",
    ),
    habit("expected-comma", rb"\benum\s+\w+\s*\{[^}]*\w\s*(?P<at>=)", "variants of Rune have no numbers"),
    habit(
        "missing-semicolon",
        rb"\bconst\s+(?P<name>\w+)\s*=\s*\(?[\w\s,]*\)?\s*(?P<at>=>)",
        "a function is `fn name(x) { … }` in Rune",
        reach="line",
    ),
)
"""The first one that fits counts."""
