//! Rune's run-time errors in words for script authors.

use crate::explain_operation::operation;
use crate::table::TypeRow;

/// The message in other words where Rune's are about its insides; type names become short either way.
pub fn explain(message: &str) -> String {
    explain_with(message, &crate::table().types)
}

/// The same for a host that binds other types too: all of them are given.
pub fn explain_with(message: &str, types: &[TypeRow]) -> String {
    in_use(message)
        .or_else(|| reworded(message, types))
        .unwrap_or_else(|| short_names(message))
}

/// "Cannot read, value is M-000000": an access that the state of the value forbids. The flags are `M` for moved and `X`
/// for exclusively borrowed, and the number counts shared borrows.
fn in_use(message: &str) -> Option<String> {
    let (access, state) = message.strip_prefix("Cannot ")?.split_once(", value is ")?;
    let used_for = match access {
        "read" => "read",
        "write" => "changed",
        "take" => "used up",
        _ => return None,
    };
    let because = if state.starts_with('M') {
        "an earlier call has used it up: some methods, as those of builders, take the value and return a new one. \
         Go on with what it returned, or call it on a `clone()`"
    } else if state.get(1..2) == Some("X") {
        "a call that is still running is changing it, and calls back into the script here"
    } else {
        "something is still reading it, such as a `for` that goes over it, or a call that calls back into the script here"
    };
    Some(format!("this value cannot be {used_for}: {because}"))
}

fn reworded(message: &str, types: &[TypeRow]) -> Option<String> {
    if let Some(reason) = message.strip_prefix("Panicked: ") {
        return Some(format!("panicked: {reason}"));
    }
    if message == "Halted for unexpected reason `awaited`" {
        return Some("an `.await` was reached in a call that cannot wait for it".to_owned());
    }
    if message == "Halted for unexpected reason `yielded`" {
        return Some("a `yield` was reached in a call that expects one result".to_owned());
    }
    if let Some(rest) = message.strip_prefix("Wrong number of arguments ") {
        let (given, wanted) = rest.split_once(", expected ")?;
        let were = if given == "1" {
            "argument was"
        } else {
            "arguments were"
        };
        let are = if wanted == "1" { "is" } else { "are" };
        return Some(format!("{given} {were} given, but {wanted} {are} expected"));
    }
    if let Some(rest) = message.strip_prefix("Missing entry `") {
        return Some(format!(
            "the script has no function `{}`",
            rest.split('`').next()?
        ));
    }
    if message.starts_with("Missing instance function `") {
        return Some(format!(
            "`{}` has no such method",
            short_name(last_quoted(message)?)
        ));
    }
    if let Some(rest) = message.strip_prefix("Field `") {
        let (field, rest) = rest.split_once('`')?;
        let owner = short_name(last_quoted(rest)?);
        return Some(no_access(owner, field, types));
    }
    if let Some(rest) = message.strip_prefix("Missing field `") {
        let (field, rest) = rest.split_once('`')?;
        return Some(no_access(short_name(last_quoted(rest)?), field, types));
    }
    if let Some(rest) = message.strip_prefix("Expected type `") {
        let (wanted, rest) = rest.split_once('`')?;
        return Some(format!(
            "expected {}, found {}",
            short_name(wanted),
            short_name(last_quoted(rest)?)
        ));
    }
    operation(message)
}

/// Why a field can be neither read nor written. Reading `name` fails for a field that is there only in `x.name += 1`.
fn no_access(owner: &str, field: &str, types: &[TypeRow]) -> String {
    let row = types.iter().find(|row| row.name == owner);
    let is_method = row.is_some_and(|row| row.functions.iter().any(|row| row.name == field));
    let own_field = row.and_then(|row| row.fields.iter().find(|row| row.name == field));
    if let Some(row) = own_field {
        let assigned = row.mutable.then_some("=");
        let operators = row.operators.iter().map(String::as_str);
        let changes: Vec<&str> = assigned.into_iter().chain(operators).collect();
        match changes[..] {
            [] => format!("the field `{field}` of `{owner}` cannot be assigned"),
            _ => format!(
                "the field `{field}` of `{owner}` can only be assigned with `{}`",
                changes.join("`, `")
            ),
        }
    } else if is_method {
        format!("`{field}` of `{owner}` is a method: call it, `{field}()`")
    } else {
        format!("`{owner}` has no field `{field}`")
    }
}

pub(crate) fn last_quoted(text: &str) -> Option<&str> {
    text.strip_suffix('`').unwrap_or(text).rsplit('`').next()
}

pub(crate) fn short_name(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

/// Takes the modules away from the paths in backticks, such as `::std::i64`.
fn short_names(message: &str) -> String {
    let mut short = String::with_capacity(message.len());
    for (index, piece) in message.split('`').enumerate() {
        short.push_str(if index == 0 { "" } else { "`" });
        short.push_str(if index % 2 == 1 && piece.starts_with("::") {
            short_name(piece)
        } else {
            piece
        });
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_about_rune_s_insides_are_said_in_words() {
        let cases = [
            (
                "Wrong number of arguments 1, expected 2",
                "1 argument was given, but 2 are expected",
            ),
            (
                "Wrong number of arguments 3, expected 1",
                "3 arguments were given, but 1 is expected",
            ),
            (
                "Missing entry `f` with hash `0x1f`",
                "the script has no function `f`",
            ),
            (
                "Missing instance function `0x1f` for `::crucible::session::Session`",
                "`Session` has no such method",
            ),
            (
                "Field `x` not available on `::crucible::Callout`",
                "`Callout` has no field `x`",
            ),
            (
                "Field `phases` not available on `::crucible::session::Session`",
                "`phases` of `Session` is a method: call it, `phases()`",
            ),
            (
                "Halted for unexpected reason `yielded`",
                "a `yield` was reached in a call that expects one result",
            ),
            (
                "Missing field `b` on `main::$0::Bed`",
                "`Bed` has no field `b`",
            ),
            (
                "Field `x` not available to set on `::std::i64`",
                "`i64` has no field `x`",
            ),
            (
                "Field `name` not available to set on `::crucible::session::Phase`",
                "the field `name` of `Phase` cannot be assigned",
            ),
            (
                "Field `name` not available on `::crucible::session::Phase`",
                "the field `name` of `Phase` cannot be assigned",
            ),
            (
                "Field `nothing` not available to set on `::crucible::workflow::Workflow`",
                "`Workflow` has no field `nothing`",
            ),
            (
                "Field `title` not available on `::crucible::workflow::Workflow`",
                "the field `title` of `Workflow` can only be assigned with `=`",
            ),
            (
                "Expected type `::std::string::String` but found `::std::i64`",
                "expected String, found i64",
            ),
            ("Panicked: no water", "panicked: no water"),
            ("Type `::std::i64` is large", "Type `i64` is large"),
            (
                "Halted for unexpected reason `awaited`",
                "an `.await` was reached in a call that cannot wait for it",
            ),
            ("Division by zero", "Division by zero"),
        ];
        for (message, words) in cases {
            assert_eq!(explain(message), words);
        }
    }

    #[test]
    fn a_value_that_is_used_up_is_told_from_one_that_is_busy() {
        assert!(explain("Cannot write, value is M-000000").contains("used it up"));
        assert!(explain("Cannot read, value is -X000000").contains("changing it"));
        assert!(explain("Cannot write, value is --000001").contains("reading it"));
    }
}
