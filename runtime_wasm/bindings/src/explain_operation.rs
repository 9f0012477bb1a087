//! What cannot be done with a value, in words: operators, indexes, loops, formats.

use crate::explain::{last_quoted, short_name};

/// Rune's protocols with the operators that script authors write for them.
const OPERATORS: [(&str, &str); 27] = [
    ("PARTIAL_EQ", "=="),
    ("EQ", "=="),
    ("PARTIAL_CMP", "<"),
    ("CMP", "<"),
    ("LT", "<"),
    ("LE", "<="),
    ("GT", ">"),
    ("GE", ">="),
    ("ADD", "+"),
    ("ADD_ASSIGN", "+="),
    ("SUB", "-"),
    ("SUB_ASSIGN", "-="),
    ("MUL", "*"),
    ("MUL_ASSIGN", "*="),
    ("DIV", "/"),
    ("DIV_ASSIGN", "/="),
    ("REM", "%"),
    ("REM_ASSIGN", "%="),
    ("BIT_AND", "&"),
    ("BIT_AND_ASSIGN", "&="),
    ("BIT_XOR", "^"),
    ("BIT_XOR_ASSIGN", "^="),
    ("BIT_OR", "|"),
    ("BIT_OR_ASSIGN", "|="),
    ("SHL", "<<"),
    ("SHR", ">>"),
    ("NEG", "-"),
];

/// The message about an operation in other words; `None` if it is about something else.
pub(crate) fn operation(message: &str) -> Option<String> {
    if let Some(rest) = message.strip_prefix("Missing protocol function `") {
        return Some(protocol(rest.split('`').next()?, last_quoted(message)?));
    }
    if let Some(rest) = message.strip_prefix("Unsupported binary operation `") {
        let mut quoted = rest.split('`').step_by(2);
        let (name, left, right) = (quoted.next()?, quoted.next()?, quoted.next()?);
        let (left, right) = (short_name(left), short_name(right));
        return Some(format!(
            "`{}` does not work on `{left}` and `{right}`",
            operator(name)
        ));
    }
    if let Some(rest) = message.strip_prefix("Unsupported unary operation `") {
        let (name, operand) = rest.split_once("` on ")?;
        return Some(protocol(name, operand));
    }
    for access in ["get", "set"] {
        if let Some(rest) = message.strip_prefix(&format!("The index {access} operation `")) {
            let (target, rest) = rest.split_once('[')?;
            let (target, index) = (short_name(target), short_name(rest.split(']').next()?));
            return Some(format!(
                "`{target}` has nothing at an index of type `{index}`"
            ));
        }
    }
    if let Some(rest) = message.strip_prefix("Operation `") {
        let (value, operator) = rest.split_once('`')?.0.split_once(' ')?;
        let (value, operator) = (short_name(value), operator.split(' ').next()?);
        return Some(format!(
            "`{operator}` does not work on `{value}` and this type"
        ));
    }
    match message {
        "Numerical overflow" => Some("the result is too large for its type".to_owned()),
        "Numerical underflow" => Some("the result is too small for its type".to_owned()),
        _ => element(message).or_else(|| kind(message)),
    }
}

/// What a value lacks that has no `protocol`, or the operator of that name.
fn protocol(protocol: &str, value: &str) -> String {
    let value = short_name(value);
    match protocol {
        "DISPLAY_FMT" => format!(
            "`{value}` cannot stand in a text as it is: take one of its parts, or `{{:?}}` in `format!` or `println!`"
        ),
        "DEBUG_FMT" => format!("`{value}` has no debug form"),
        "INTO_ITER" | "NEXT" => format!("a `for` cannot go over `{value}`"),
        "INTO_FUTURE" => {
            format!("`{value}` cannot be awaited: only what an `async` function or block gives can")
        }
        "TRY" => format!("`?` works on `Option` and `Result`, not on `{value}`"),
        "HASH" => format!("`{value}` can be neither a key of a HashMap nor an element of a HashSet"),
        "CLONE" => format!("`{value}` cannot be cloned"),
        name => format!("`{}` does not work on `{value}`", operator(name)),
    }
}

fn operator(name: &str) -> &str {
    let row = OPERATORS.iter().find(|(protocol, _)| *protocol == name);
    row.map_or(name, |(_, operator)| *operator)
}

/// An element that is not there.
fn element(message: &str) -> Option<String> {
    if let Some(rest) = message.strip_prefix("Type `") {
        let (owner, rest) = rest.split_once("` ")?;
        let owner = short_name(owner);
        if let Some(index) = rest.strip_prefix("missing integer index `") {
            let index = index.trim_end_matches('`');
            return Some(format!("this `{owner}` has no element {index}"));
        }
        return match rest {
            "missing index" => Some(format!("this `{owner}` has no such key")),
            "cannot be called since it's not a function" => {
                Some(format!("`{owner}` is not a function and cannot be called"))
            }
            "is not supported as try operand" => Some(protocol("TRY", owner)),
            "is not supported as iter-next operand" => Some(protocol("NEXT", owner)),
            _ => None,
        };
    }
    if message.starts_with("Missing index by static string slot") {
        return Some("this value has no such field".to_owned());
    }
    let rest = message.strip_prefix("Index out of bounds, the length is `")?;
    let (length, rest) = rest.split_once('`')?;
    let index = last_quoted(rest)?;
    Some(format!(
        "there is no element {index}: the length is {length}"
    ))
}

/// "Expected number type, but found `::std::string::String`", and others of that form.
fn kind(message: &str) -> Option<String> {
    let (wanted, found) = message.strip_prefix("Expected ")?.split_once(", but ")?;
    let wanted = match wanted {
        "number type" => "a number",
        "empty" => "`()`",
        "tuple" => "a tuple",
        "struct" => "a struct",
        "an enum variant" => wanted,
        _ => return None,
    };
    let found = found.split('`').nth(1)?;
    Some(format!("expected {wanted}, found {}", short_name(found)))
}

#[cfg(test)]
mod tests {
    use super::operation;

    #[test]
    fn no_word_of_rune_s_insides_is_left() {
        let cases = [
            (
                "Missing protocol function `DISPLAY_FMT` for `::std::option::Option`",
                "`Option` cannot stand in a text as it is: take one of its parts, or `{:?}` in `format!` or `println!`",
            ),
            (
                "Missing protocol function `INTO_FUTURE` for `::crucible::session::Session`",
                "`Session` cannot be awaited: only what an `async` function or block gives can",
            ),
            (
                "Unsupported binary operation `PARTIAL_CMP` on `::crucible::session::Session` and `::std::i64`",
                "`<` does not work on `Session` and `i64`",
            ),
            (
                "Unsupported unary operation `!` on ::crucible::session::Session",
                "`!` does not work on `Session`",
            ),
            (
                "Unsupported unary operation `HASH` on ::crucible::session::Phase",
                "`Phase` can be neither a key of a HashMap nor an element of a HashSet",
            ),
            (
                "The index get operation `::crucible::session::Session[::std::i64]` is not supported",
                "`Session` has nothing at an index of type `i64`",
            ),
            (
                "The index set operation `::std::object::Object[::std::u64] = ::std::i64` is not supported",
                "`Object` has nothing at an index of type `u64`",
            ),
            (
                "Type `::std::vec::Vec` missing integer index `9`",
                "this `Vec` has no element 9",
            ),
            (
                "Type `::std::object::Object` missing index",
                "this `Object` has no such key",
            ),
            (
                "Type `::std::i64` cannot be called since it's not a function",
                "`i64` is not a function and cannot be called",
            ),
            (
                "Type `::std::i64` is not supported as try operand",
                "`?` works on `Option` and `Result`, not on `i64`",
            ),
            (
                "Type `::std::i64` is not supported as iter-next operand",
                "a `for` cannot go over `i64`",
            ),
            (
                "Operation `::std::string::String as 0x1cad9186c9641c4f` is not supported",
                "`as` does not work on `String` and this type",
            ),
            (
                "Missing index by static string slot `0`",
                "this value has no such field",
            ),
            (
                "Numerical overflow",
                "the result is too large for its type",
            ),
            (
                "Index out of bounds, the length is `3` but the index is `9`",
                "there is no element 9: the length is 3",
            ),
            (
                "Expected number type, but found `::std::string::String`",
                "expected a number, found String",
            ),
        ];
        for (message, words) in cases {
            assert_eq!(operation(message).as_deref(), Some(words));
        }
    }

    #[test]
    fn other_messages_are_left_alone() {
        for message in ["Division by zero", "Type `Plan` is large"] {
            assert_eq!(operation(message), None);
        }
    }
}
