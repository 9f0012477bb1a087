"""Which of the many methods of Rune's own types people write most: those come first."""

from __future__ import annotations

from collections.abc import Mapping

USUAL: Mapping[str, tuple[str, ...]] = {
    name: tuple(words.split())
    for name, words in {
        "String": """
            len is_empty contains split trim starts_with replace push_str to_lowercase chars ends_with to_uppercase
            clone split_once parse push trim_end clear get
        """,
        "Vec": "push len iter is_empty get pop sort_by sort clone insert extend remove clear",
        "Iterator": """
            map filter collect next any enumerate rev find count sum fold filter_map all take skip chain flat_map nth
        """,
        "Option": "unwrap_or is_some is_none map unwrap ok_or and_then unwrap_or_else clone expect take iter",
        "Result": "is_ok is_err unwrap ok map unwrap_or and_then expect unwrap_or_else",
        "Object": "get keys insert contains_key len iter values remove clone is_empty clear",
        "HashMap": "get insert contains_key keys values iter len remove clone is_empty extend clear",
        "HashSet": "insert contains len iter is_empty union intersection difference remove extend clear",
        "VecDeque": "push_back pop_front push_front pop_back len iter get insert remove extend",
        "Bytes": "len push is_empty extend get first last pop clone insert remove extend_str clear",
        "Tuple": "len iter get is_empty",
        "i64": "to_string pow abs min max to is_negative is_positive signum",
        "u64": "to_string to pow min max",
        "f64": "round floor ceil abs sqrt powi powf to clone min max is_nan",
        "char": "to_digit is_numeric is_alphabetic is_whitespace is_alphanumeric is_uppercase is_lowercase to_i64",
    }.items()
}
"""By type, the likeliest first."""

OF_ANY = (
    *("len", "iter", "push", "map", "filter", "collect", "is_empty", "contains", "get", "split", "trim", "unwrap_or"),
    *(
        "is_some",
        "is_none",
        "starts_with",
        "to_lowercase",
        "replace",
        "push_str",
        "next",
        "find",
        "any",
        "keys",
        "insert",
    ),
)
"""What is likeliest of a value of which nothing is known."""

TYPE_OF_NAME: Mapping[str, str] = {
    **dict.fromkeys(("text", "line", "word", "s", "string", "content", "message", "path", "key", "part"), "String"),
    **dict.fromkeys(("lines", "words", "iter", "it", "parts"), "Iterator"),
    **dict.fromkeys(("items", "list", "values", "vec", "found", "names"), "Vec"),
    **dict.fromkeys(("c", "letter", "char"), "char"),
    **dict.fromkeys(("n", "i", "count", "number", "index"), "i64"),
}
"""What people call values of Rune's own types."""

LAST = ("partial_cmp", "lt", "le", "gt", "ge", "ne", "eq", "min", "max", "cmp", "clone")
"""What nearly every value can do, and operators are written for."""


def place_among_usual(name: str) -> Mapping[str, int]:
    """The places of a type's usual methods; those that are not listed come behind them, before those of `LAST`."""
    return _PLACES.get(name, _LAST_PLACES)


BEHIND_USUAL = 100
_LAST_PLACES = {name: 2 * BEHIND_USUAL + place for place, name in enumerate(LAST)}
_PLACES = {name: {**_LAST_PLACES, **{word: place for place, word in enumerate(words)}} for name, words in USUAL.items()}
