//! What readers of damaged files answer: a value, and what was skipped on the way.

/// What was read, as far as it went.
#[derive(Clone, Debug, PartialEq)]
pub struct Read<T> {
    pub value: T,
    /// In the order of their lines.
    pub skipped: Vec<Skipped>,
}

/// Something that could not be used, or only after a repair.
#[derive(Clone, Debug, PartialEq)]
pub struct Skipped {
    /// From 1.
    pub line: usize,
    pub message: String,
}

impl Skipped {
    pub(crate) fn new(line: usize, message: impl Into<String>) -> Self {
        Skipped {
            line,
            message: message.into(),
        }
    }
}

/// Where the lines of a text begin.
pub(crate) struct Lines {
    breaks: Vec<usize>,
}

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        Lines {
            breaks: text
                .match_indices('\n')
                .map(|(position, _)| position)
                .collect(),
        }
    }

    /// The line, from 1, that the byte at `offset` is in.
    pub(crate) fn number(&self, offset: usize) -> usize {
        self.breaks
            .partition_point(|line_break| *line_break < offset)
            + 1
    }
}

/// The text of bytes that should be UTF-8. A byte-order mark is left out; each line with bytes that had to be replaced
/// by U+FFFD, and each line with NUL bytes, is said once.
pub(crate) fn decode(bytes: &[u8]) -> (String, Vec<Skipped>) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut text = String::with_capacity(bytes.len());
    let mut skipped = Vec::new();
    for (index, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let decoded = String::from_utf8_lossy(line);
        if matches!(decoded, std::borrow::Cow::Owned(_)) {
            skipped.push(Skipped::new(
                index + 1,
                "bytes that are not UTF-8 were replaced by U+FFFD",
            ));
        }
        if decoded.contains('\0') {
            skipped.push(Skipped::new(index + 1, "NUL bytes were replaced by U+FFFD"));
            text.push_str(&decoded.replace('\0', "\u{fffd}"));
        } else {
            text.push_str(&decoded);
        }
    }
    (text, skipped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_line_is_said_once_and_the_others_stay_as_they_are() {
        let (text, skipped) = decode(b"\xef\xbb\xbfone\nt\xffw\xffo\nthr\0ee");
        assert_eq!(text, "one\nt\u{fffd}w\u{fffd}o\nthr\u{fffd}ee");
        let lines: Vec<usize> = skipped.iter().map(|skipped| skipped.line).collect();
        assert_eq!(lines, [2, 3]);
    }

    #[test]
    fn a_line_break_belongs_to_the_line_that_it_ends() {
        let lines = Lines::of("ab\ncd\n");
        assert_eq!(
            [0, 2, 3, 5, 6].map(|offset| lines.number(offset)),
            [1, 1, 2, 2, 3]
        );
    }
}
