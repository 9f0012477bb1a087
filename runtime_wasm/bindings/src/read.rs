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

const NOT_UTF8: &str = "bytes that are not UTF-8 were replaced by U+FFFD";
const NUL: &str = "NUL bytes were replaced by U+FFFD";
pub(crate) const UTF16: &str = "the file is UTF-16: save it as UTF-8, which other programs expect";

/// The text of bytes that should be UTF-8. A byte-order mark is left out, UTF-16 is told and read. Bytes that had to be
/// replaced by U+FFFD are said once, with the first of their lines; so are NUL bytes.
pub(crate) fn decode(bytes: &[u8]) -> (String, Vec<Skipped>) {
    if let Some(text) = utf16(bytes) {
        return (text, vec![Skipped::new(1, UTF16)]);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut text = String::with_capacity(bytes.len());
    let (mut broken, mut nul) = (Vec::new(), Vec::new());
    for (index, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let decoded = String::from_utf8_lossy(line);
        if matches!(decoded, std::borrow::Cow::Owned(_)) {
            broken.push(index + 1);
        }
        if decoded.contains('\0') {
            nul.push(index + 1);
            text.push_str(&decoded.replace('\0', "\u{fffd}"));
        } else {
            text.push_str(&decoded);
        }
    }
    let mut skipped: Vec<Skipped> = [(broken, NOT_UTF8), (nul, NUL)]
        .iter()
        .filter_map(|(lines, message)| said_once(lines, message))
        .collect();
    skipped.sort_by_key(|skipped| skipped.line);
    (text, skipped)
}

fn said_once(lines: &[usize], message: &str) -> Option<Skipped> {
    let first = *lines.first()?;
    Some(match lines.len() - 1 {
        0 => Skipped::new(first, message),
        1 => Skipped::new(first, format!("{message}, also in another line")),
        more => Skipped::new(first, format!("{message}, also in {more} other lines")),
    })
}

/// The text of bytes that begin with the byte-order mark of UTF-16; `None` if they do not.
pub(crate) fn utf16(bytes: &[u8]) -> Option<String> {
    let unit: fn([u8; 2]) -> u16 = match bytes.get(..2)? {
        b"\xff\xfe" => u16::from_le_bytes,
        b"\xfe\xff" => u16::from_be_bytes,
        _ => return None,
    };
    let units = bytes[2..]
        .chunks_exact(2)
        .map(|pair| unit([pair[0], pair[1]]));
    let characters = char::decode_utf16(units).map(|found| found.unwrap_or('\u{fffd}'));
    Some(
        characters
            .map(|found| if found == '\0' { '\u{fffd}' } else { found })
            .collect(),
    )
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
    fn a_log_in_an_old_encoding_is_not_told_line_by_line() {
        let (_, skipped) = decode(b"caf\xe9\nth\xe9\n\nma\xefs\n");
        let message = "bytes that are not UTF-8 were replaced by U+FFFD, also in 2 other lines";
        assert_eq!(skipped, [Skipped::new(1, message)]);
    }

    #[test]
    fn utf_16_is_told_and_read() {
        let little: Vec<u8> = "\u{feff}## Plän 🌱\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let big: Vec<u8> = "\u{feff}## Plän 🌱\n"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        for bytes in [little, big] {
            let expected = ("## Plän 🌱\n".to_owned(), vec![Skipped::new(1, UTF16)]);
            assert_eq!(decode(&bytes), expected);
        }
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
