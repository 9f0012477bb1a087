//! Stable codes, and plain words where Rune's are poor, for everything that the compiler and the machine can say.

use crate::code_rows::{Row, ROWS};

/// Codes for what the compiler says in free words, by how the words begin. No kind has one of these codes.
const FREE_WORDS: &[(&str, &[&str])] = &[
    (
        "format-arguments",
        &[
            "missing positional argument",
            "unused positional argument",
            "unused named argument",
            "unnamed positional arguments",
            "multiple `format!",
        ],
    ),
    (
        "bad-format-string",
        &[
            "expected format specifier",
            "unexpected end of format string",
            "unsupported close",
            "unsupported char",
        ],
    ),
    (
        "unsupported-attribute",
        &[
            "Attributes on",
            "attributes on",
            "File attributes",
            "Unsupported macro attribute",
            "unsupported attribute",
        ],
    ),
    (
        "unsupported-annotation",
        &["Adding a return type", "Static typing"],
    ),
    ("call-in-const", &["Call not supported in constant"]),
    (
        "expression-in-const",
        &["Expression kind not supported yet in constant"],
    ),
    (
        "async-in-const",
        &["async blocks are not supported in constant"],
    ),
    (
        "bad-constant-pattern",
        &["Unsupported constant value in pattern"],
    ),
    ("module-in-function", &["A module in a function"]),
    ("break-with-value-in-const", &["break with value"]),
    ("unused-semicolons", &["unused semi-colons"]),
    ("bad-range", &["Unsupported range"]),
];

/// Our code for a kind, of which `message` are Rune's words. Words that we do not know are `compile-error`.
pub fn code(kind: &str, message: &str) -> &'static str {
    if let Some(row) = row(kind) {
        return row.1;
    }
    let begins = |(_, beginnings): &&(&str, &[&str])| {
        let mut beginnings = beginnings.iter();
        beginnings.any(|beginning| message.starts_with(beginning))
    };
    FREE_WORDS
        .iter()
        .find(begins)
        .map_or("compile-error", |(code, _)| code)
}

/// Our words for a kind at the place `text`, if they are better than Rune's.
pub fn plain_message(kind: &str, text: &str) -> Option<String> {
    let message = row(kind)?.2;
    (!message.is_empty()).then(|| message.replace("{}", text))
}

/// The kinds of the compiler's errors and warnings with their codes: one each, and none of them twice.
pub fn kinds() -> impl Iterator<Item = (&'static str, &'static str)> {
    ROWS.iter().map(|row| (row.0, row.1))
}

/// The codes of what is said in free words.
pub fn codes_of_words() -> impl Iterator<Item = &'static str> {
    let words = FREE_WORDS.iter().map(|(code, _)| *code);
    words.chain(["compile-error"])
}

fn row(kind: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.0 == kind)
}

/// The code of what another profile has.
pub const UNAVAILABLE: &str = "unavailable-in-profile";

/// The codes of errors of a run that do not come from the machine.
pub const RUN_CODES: &[&str] = &[
    "bad-argument",
    "never-woken",
    "not-compiled",
    "output-limit",
    UNAVAILABLE,
    "wrong-arity",
];

/// The code of a kind of the machine's errors: its name, but where we have a better one. Different kinds have different codes.
pub fn run_time_code(kind: &str) -> String {
    match kind {
        "MissingInstanceFunction" => "unknown-method".to_owned(),
        "BadArgumentCount" => "wrong-argument-count".to_owned(),
        // `bad-argument` is one that the host gives.
        "BadArgument" => "bad-call-argument".to_owned(),
        "" => "run-time-error".to_owned(),
        _ => kebab_case(kind),
    }
}

fn kebab_case(name: &str) -> String {
    let mut written = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() && !written.is_empty() {
            written.push('-');
        }
        written.push(character.to_ascii_lowercase());
    }
    written
}
