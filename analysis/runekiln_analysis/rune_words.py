"""Rune's own words: the keywords and the names of its prelude, each with a line of documentation."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

ITEM_KEYWORDS: Mapping[str, str] = {
    "pub": "Makes an item visible outside of its module; a public function at the root is an entry.",
    "fn": "A function.",
    "async": "An async function, block or closure.",
    "struct": "A type with fields.",
    "enum": "A type with variants.",
    "impl": "Functions of a type.",
    "mod": "A module: a block of items, or `mod name;` for a file beside this one.",
    "use": "Brings a name into this module.",
    "const": "A value that is computed when the script is compiled.",
}
ASSOCIATED_ITEM_KEYWORDS: Mapping[str, str] = {word: ITEM_KEYWORDS[word] for word in ("pub", "fn", "async")}
NOT_BEHIND: Mapping[str, Collection[str]] = {"pub": ("pub", "impl"), "async": ITEM_KEYWORDS.keys() - {"fn"}}
"""What an item does not go on with behind one of its words."""

STATEMENT_KEYWORDS: Mapping[str, str] = {
    "let": "A new variable; every variable can be changed.",
    "for": "Repeats a block for each value of an iterator.",
    "while": "Repeats a block as long as a condition holds.",
    "return": "Ends the function with a value.",
    "yield": "Gives a value out of a generator.",
    **{word: ITEM_KEYWORDS[word] for word in ("const", "enum", "fn", "impl", "mod", "struct", "use")},
}
EXPRESSION_KEYWORDS: Mapping[str, str] = {
    "if": "Chooses by a condition, or by a pattern with `if let`.",
    "match": "Chooses by patterns.",
    "loop": "Repeats a block until `break`.",
    "async": ITEM_KEYWORDS["async"],
    "select": "Waits for the first of several futures.",
    "move": "A closure or block that takes its variables along.",
    "true": "The boolean that holds.",
    "false": "The boolean that does not hold.",
}
LOOP_KEYWORDS: Mapping[str, str] = {
    "break": "Ends the loop, perhaps with a value.",
    "continue": "Goes on with the next round of the loop.",
}
ELSE: Mapping[str, str] = {"else": "What happens if the condition does not hold."}
IN: Mapping[str, str] = {"in": "What the loop walks over."}
SELF_TYPE: Mapping[str, str] = {"Self": "The type that this `impl` block belongs to."}
PATH_KEYWORDS: Mapping[str, str] = {
    "crate": "The root of this script.",
    "self": "This module.",
    "super": "The module around this one.",
}

PRELUDE_TYPES: Mapping[str, str] = {
    "Bytes": "A sequence of bytes.",
    "Object": "A map from strings to values, written `#{ key: value }`.",
    "Option": "A value or none: `Some(value)` or `None`.",
    "Result": "A success or a failure: `Ok(value)` or `Err(error)`.",
    "String": "A text.",
    "Tuple": "A fixed number of values, written `(a, b)`.",
    "Type": "A type as a value.",
    "Vec": "A list of values, written `[a, b]`.",
    "bool": "`true` or `false`.",
    "char": "A single character.",
    "f64": "A floating-point number.",
    "i64": "A whole number with a sign.",
    "u64": "A whole number without a sign.",
    "u8": "A byte.",
}
PRELUDE_VARIANTS: Mapping[str, str] = {
    "Err": "The failure of a `Result`, with the error.",
    "None": "The `Option` without a value.",
    "Ok": "The success of a `Result`, with the value.",
    "Some": "The `Option` with a value.",
}
PRELUDE_FUNCTIONS: Mapping[str, str] = {
    "clone": "A copy of a value.",
    "drop": "Ends the life of a value.",
    "is_readable": "Whether a value can be read now.",
    "is_writable": "Whether a value can be changed now.",
}
PRELUDE_MACROS: Mapping[str, str] = {
    "assert": "Fails the run unless a condition holds.",
    "assert_eq": "Fails the run unless two values are equal.",
    "assert_ne": "Fails the run if two values are equal.",
    "dbg": "Prints a value for debugging.",
    "file": "The name of this file.",
    "format": 'A text made from a format string: `format!("{name}: {}", value)`.',
    "line": "The number of this line.",
    "panic": "Ends the run with a message.",
    "print": "Prints a text.",
    "println": "Prints a text and ends the line.",
    "stringify": "The text of its arguments.",
}

KEYWORDS = frozenset(
    re.findall(
        r"\w+",
        """
        abstract alignof as async await become break const continue crate default do else enum extern false final fn for
        if impl in is let loop macro match mod move mut not offsetof override priv proc pub pure ref return select self
        Self sizeof static struct super true typeof unsafe use virtual while yield
        """,
    )
)
"""The words that nothing can be called."""
