//! Stable codes, and plain words where Rune's are poor, for everything that the compiler can say.

use crate::code_rows::{Row, ROWS};

/// Codes for what the compiler says in free words, by how the words begin.
const FREE_WORDS: &[(&str, &str)] = &[
    ("missing positional argument", "format-arguments"),
    ("unused positional argument", "format-arguments"),
    ("unused named argument", "format-arguments"),
    ("unnamed positional arguments", "format-arguments"),
    ("multiple `format!", "format-arguments"),
    ("expected format specifier", "bad-format-string"),
    ("unexpected end of format string", "bad-format-string"),
    ("unsupported close", "bad-format-string"),
    ("unsupported char", "bad-format-string"),
    ("Attributes on", "unsupported-attribute"),
    ("File attributes", "unsupported-attribute"),
    ("unsupported attribute", "unsupported-attribute"),
    ("Adding a return type", "unsupported-annotation"),
    ("Static typing", "unsupported-annotation"),
    ("Call not supported in constant", "not-const"),
    ("Expression kind not supported yet in constant", "not-const"),
    ("async blocks are not supported in constant", "not-const"),
    ("Unsupported constant value in pattern", "bad-pattern"),
    ("A module in a function", "missing-module"),
    ("break with value", "break-with-value"),
    ("unused semi-colons", "needless-semicolon"),
];

/// Our code for a kind, of which `message` are Rune's words. Kinds without a code of their own are `compile-error`.
pub fn code(kind: &str, message: &str) -> &'static str {
    if let Some(row) = row(kind) {
        return row.1;
    }
    FREE_WORDS
        .iter()
        .find(|(words, _)| message.starts_with(words))
        .map_or("compile-error", |(_, code)| code)
}

/// Our words for a kind at the place `text`, if they are better than Rune's.
pub fn plain_message(kind: &str, text: &str) -> Option<String> {
    let message = row(kind)?.2;
    (!message.is_empty()).then(|| message.replace("{}", text.trim_start_matches('\'')))
}

/// Whether there is a row for the kind.
pub fn is_known(kind: &str) -> bool {
    row(kind).is_some()
}

fn row(kind: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.0 == kind)
}
