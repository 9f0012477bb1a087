"""What is written in the place of a word, with places to fill in: `$0` is where the cursor is in the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

INDENT = "    "
_BODY = f"{{\n{INDENT}$0\n}}"

KEYWORDS: Mapping[str, str] = {
    "async": f"async {_BODY}",
    "else": f"else {_BODY}",
    "enum": f"enum ${{1:Name}} {_BODY}",
    "fn": f"fn ${{1:name}}($2) {_BODY}",
    "for": f"for ${{1:each}} in ${{2:values}} {_BODY}",
    "if": f"if ${{1:condition}} {_BODY}",
    "impl": f"impl ${{1:Name}} {_BODY}",
    "let": "let ${1:name} = ${2:value};$0",
    "loop": f"loop {_BODY}",
    "match": f"match ${{1:value}} {_BODY}",
    "struct": f"struct ${{1:Name}} {_BODY}",
    "while": f"while ${{1:condition}} {_BODY}",
}
"""Keywords that a body or a value comes behind."""

_MACROS: Mapping[str, str] = {
    **dict.fromkeys(("print!", "println!", "format!", "panic!"), '"$1"'),
    "assert!": "${1:condition}",
    "assert_eq!": "${1:left}, ${2:right}",
    "assert_ne!": "${1:left}, ${2:right}",
    "dbg!": "${1:value}",
}


def call(name: str, parameters: Iterable[str] | None) -> str:
    """A call with a place for each parameter, or for whatever it takes if that is not known."""
    if parameters is None:
        return f"{name}($0)"
    places = (f"${{{number}:{parameter}}}" for number, parameter in enumerate(parameters, start=1))
    return f"{name}({', '.join(places)})$0"


def macro(name: str) -> str:
    """A call of a macro, by its name with `!`."""
    return f"{name}({_MACROS.get(name, '$1')})$0"


def literal(name: str, fields: Iterable[str]) -> str:
    """A struct with a place for each field."""
    places = (f"{field}: ${{{number}:{field}}}" for number, field in enumerate(fields, start=1))
    return f"{name} {{ {', '.join(places)} }}$0"


def escaped(text: str) -> str:
    """A text as it stands in a template."""
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
