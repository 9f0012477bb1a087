"""The names that Rune makes known everywhere, and where each of them is declared."""

from __future__ import annotations

from collections.abc import Mapping

STD = "std"
"""Rune's own crate."""

PRELUDE: Mapping[str, tuple[str, ...]] = {
    name: (STD, *path.split("::"))
    for name, path in {
        "Bytes": "bytes::Bytes",
        "Err": "result::Result::Err",
        "None": "option::Option::None",
        "Object": "object::Object",
        "Ok": "result::Result::Ok",
        "Option": "option::Option",
        "Result": "result::Result",
        "Some": "option::Option::Some",
        "String": "string::String",
        "Tuple": "tuple::Tuple",
        "Type": "any::Type",
        "Vec": "vec::Vec",
        "assert": "test::assert",
        "assert_eq": "test::assert_eq",
        "assert_ne": "test::assert_ne",
        "bool": "bool",
        "char": "char",
        "clone": "clone::clone",
        "dbg": "io::dbg",
        "drop": "mem::drop",
        "f64": "f64",
        "file": "macros::builtin::file",
        "format": "fmt::format",
        "i64": "i64",
        "is_readable": "is_readable",
        "is_writable": "is_writable",
        "line": "macros::builtin::line",
        "panic": "panic",
        "print": "io::print",
        "println": "io::println",
        "stringify": "stringify",
        "u64": "u64",
        "u8": "u8",
    }.items()
}

CONSTANTS = frozenset(
    {
        PRELUDE["None"],
        ("std", "cmp", "Ordering", "Equal"),
        ("std", "cmp", "Ordering", "Greater"),
        ("std", "cmp", "Ordering", "Less"),
        ("std", "iter", "Empty"),
        ("std", "ops", "RangeFull"),
    }
)
"""What Rune itself has without fields, so that its name alone in a pattern is matched, and binds nothing."""
