"""What other languages call the members of values, and what Rune has for it."""

from __future__ import annotations

import msgspec


class MemberHabit(msgspec.Struct, frozen=True):
    """A member that is known from elsewhere, and what it is in Rune.

    `says` goes behind the problem, and is empty where `new` says it all. `new` is what to write in the place of the
    name and of what it is called with, where that can be written at all: `{}` stands for the one argument.
    """

    says: str
    new: str | None = None


def _called(new: str) -> MemberHabit:
    return MemberHabit("", new)


_TEMPLATE = MemberHabit("a value becomes a text in a template: `` `${value}` ``")
_LOOP = MemberHabit("go through it with `for each in value { … }`")
_TEXT = frozenset(("String", "i64", "u64", "f64", "bool", "char"))
_NUMBERS = frozenset(("i64", "u64", "f64"))
_LISTS = frozenset(("Vec", "VecDeque", "Tuple"))
_MAPS = frozenset(("Object", "HashMap"))
_SETS = frozenset(("HashSet",))
_COUNTED = _LISTS | _MAPS | _SETS | {"String", "Bytes"}
_WALKED = _LISTS | _MAPS | _SETS | {"Iterator", "Range", "RangeInclusive"}

_ROWS: tuple[tuple[frozenset[str], str, MemberHabit], ...] = (
    (_COUNTED, "length size count getLength Length Count", _called("len()")),
    (_TEXT, "toString to_string to_str str string ToString", _TEMPLATE),
    (_NUMBERS, "to_f64 as_f64 to_float toFloat", MemberHabit("a number becomes another kind with `value as f64`")),
    (_NUMBERS, "to_i64 as_i64 to_int toInt", MemberHabit("a number becomes another kind with `value as i64`")),
    (_NUMBERS, "to_u64 as_u64 to_usize", MemberHabit("a number becomes another kind with `value as u64`")),
    (_NUMBERS, "toFixed", MemberHabit('a number is written with two digits by `format!("{:.2}", value)`')),
    (frozenset(("String",)), "to_owned to_vec copy", _called("clone()")),
    (frozenset(("String",)), "append concat add push_string", _called("push_str({})")),
    (frozenset(("String",)), "includes has", _called("contains({})")),
    (frozenset(("String",)), "upper toUpper to_upper", _called("to_uppercase()")),
    (frozenset(("String",)), "lower toLower to_lower", _called("to_lowercase()")),
    (frozenset(("String",)), "strip", _called("trim()")),
    (frozenset(("String",)), "rstrip trimEnd trim_right", _called("trim_end()")),
    (frozenset(("String",)), "replaceAll replace_all", MemberHabit("`replace` replaces all there are", "replace")),
    (frozenset(("String",)), "lines splitlines", _called('split("\\n")')),
    (frozenset(("String",)), "to_i64 to_int toInt parseInt", _called("parse::<i64>()")),
    (frozenset(("String",)), "to_f64 to_float toFloat parseFloat", _called("parse::<f64>()")),
    (frozenset(("String",)), "bytes", _called("as_bytes()")),
    (
        frozenset(("String", "Vec")),
        "slice substring substr sublist",
        MemberHabit("a part of it is `value[1..3]`, or `value.get(1..3)`"),
    ),
    (frozenset(("String",)), "format", MemberHabit("a text with values in it is a template: `` `a ${x}` ``")),
    (frozenset(("Bytes",)), "iter to_vec", _called("as_vec()")),
    (frozenset(("Vec",)), "append add push_back", _called("push({})")),
    (frozenset(("Vec",)), "concat addAll extend_from_slice", _called("extend({})")),
    (frozenset(("Vec",)), "contains includes has", _called("iter().any(|each| each == {})")),
    (frozenset(("Vec",)), "first front head", _called("get(0)")),
    (frozenset(("Vec",)), "shift pop_front", _called("remove(0)")),
    (frozenset(("Vec",)), "unshift push_front prepend", _called("insert(0, {})")),
    (frozenset(("Vec",)), "last back", MemberHabit("the last element is `value.get(value.len() - 1)`")),
    (frozenset(("Vec",)), "to_vec to_list toArray copy slice", _called("clone()")),
    (frozenset(("Vec",)), "join", MemberHabit("Rune has no `join`: put the text together in a `for`, with `push_str`")),
    (frozenset(("Vec",)), "reverse reversed", _called("iter().rev().collect::<Vec>()")),
    (frozenset(("Vec",)), "sorted sort_by_key", MemberHabit("`sort()` and `sort_by(|a, b| …)` sort it in place")),
    (
        frozenset(("Iterator",)),
        "to_vec to_list toArray list",
        _called("collect::<Vec>()"),
    ),
    (_WALKED, "forEach for_each each", _LOOP),
    (_MAPS, "contains has has_key containsKey hasOwnProperty includes", _called("contains_key({})")),
    (_MAPS, "set put add push", MemberHabit("", "insert")),
    (_MAPS, "items entries", _called("iter()")),
    (_MAPS | _SETS, "delete", _called("remove({})")),
    (_SETS, "add push", _called("insert({})")),
    (_SETS, "has includes contains_key", _called("contains({})")),
    (frozenset(("Option",)), "isPresent is_present has_value", _called("is_some()")),
    (frozenset(("Option",)), "isEmpty is_empty is_null", _called("is_none()")),
    (frozenset(("Result",)), "isOk is_success", _called("is_ok()")),
    (frozenset(("Function",)), "call apply invoke", MemberHabit("a function is called by itself: `f(…)`")),
)


def member_habit(type_name: str, member: str) -> MemberHabit | None:
    """What Rune has for a member that values of the type have elsewhere, if there is anything to say of it."""
    return _HABITS.get((type_name, member))


_HABITS: dict[tuple[str, str], MemberHabit] = {}
for _types, _names, _habit in _ROWS:
    for _name in _names.split():
        for _type in _types:
            _HABITS.setdefault((_type, _name), _habit)
