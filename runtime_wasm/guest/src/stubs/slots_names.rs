//! What slots are called: the names of the types that have taken them.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use super::slots_pool::{item, COUNT};

thread_local! {
    /// The paths of the types in this instance, with a leading `::`, by the numbers of their slots.
    static NAMES: RefCell<Vec<Option<String>>> = const { RefCell::new(Vec::new()) };
}

/// Gives a slot its name.
pub fn name_slot(number: usize, path: &str) {
    NAMES.with_borrow_mut(|names| {
        names.resize(COUNT, None);
        names[number] = Some(format!("::{path}"));
    });
}

/// Writes the name of a slot, as Rune's messages do.
pub fn write_name(number: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    NAMES.with_borrow(|names| match names.get(number) {
        Some(Some(name)) => f.write_str(name),
        _ => write!(f, "{}", item(number)),
    })
}

const CRATE: &str = "::__slot::R";

/// The text with the names of types instead of those of slots: `::__slot::R0::C7::new` is `::garden::Bed::new`.
pub fn readable(text: &str) -> Cow<'_, str> {
    if !text.contains(CRATE) {
        return Cow::Borrowed(text);
    }
    let mut pieces = text.split(CRATE);
    let mut readable = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match named(piece) {
            Some((name, rest)) => {
                readable.push_str(&name);
                readable.push_str(rest);
            }
            None => {
                readable.push_str(CRATE);
                readable.push_str(piece);
            }
        }
    }
    Cow::Owned(readable)
}

/// The name of the slot that `0::C7::new` begins with, and what follows.
fn named(piece: &str) -> Option<(String, &str)> {
    let (row, rest) = piece.split_once("::C")?;
    let end = rest
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(rest.len());
    let (row, column): (usize, usize) = (row.parse().ok()?, rest[..end].parse().ok()?);
    let name = NAMES.with_borrow(|names| names.get(32 * row + column).cloned().flatten())?;
    Some((name, &rest[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_read_as_the_types_that_have_taken_them() {
        name_slot(39, "garden::Bed");
        assert_eq!(
            readable("Missing item ::__slot::R1::C7::dig, found ::__slot::R1::C7"),
            "Missing item ::garden::Bed::dig, found ::garden::Bed"
        );
        assert_eq!(readable("Missing item ::__slot::R9::C1"), "Missing item ::__slot::R9::C1");
        assert_eq!(readable("no slot"), "no slot");
    }
}
