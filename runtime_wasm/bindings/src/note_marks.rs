//! Finds what stands within the text of a note: wikilinks and tags.

use std::ops::Range;

use crate::tag::{is_tag_character, Tag};
use crate::wikilink::Wikilink;

/// What was found, in order.
#[derive(Default)]
pub(crate) struct Marks {
    pub(crate) wikilinks: Vec<Wikilink>,
    pub(crate) tags: Vec<Tag>,
}

/// The wikilinks and tags of `text[start..]` outside of the ranges of `opaque`, which are in the order of their starts.
pub(crate) fn marks(text: &str, start: usize, opaque: &[Range<usize>]) -> Marks {
    let mut marks = Marks::default();
    let mut opaque = opaque.iter().peekable();
    let mut position = start;
    while let Some(found) = text[position..].find(['[', '!', '#', '\\']) {
        let at = position + found;
        while opaque.next_if(|range| range.end <= at).is_some() {}
        if let Some(range) = opaque.next_if(|range| range.start <= at) {
            position = range.end;
            continue;
        }
        position = marks.take(text, start, at);
    }
    marks
}

impl Marks {
    /// Takes what begins at a sign; returns where to go on.
    fn take(&mut self, text: &str, start: usize, at: usize) -> usize {
        let rest = &text[at..];
        match rest.as_bytes()[0] {
            // What is escaped is no sign.
            b'\\' => at + 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            b'#' => self.take_tag(text, start, at),
            sign => {
                let open = at + usize::from(sign == b'!');
                let Some(inside) = text[open..].strip_prefix("[[").and_then(inside) else {
                    return at + 1;
                };
                self.wikilinks
                    .extend(Wikilink::parse(inside, sign == b'!', at));
                open + "[[".len() + inside.len() + "]]".len()
            }
        }
    }

    fn take_tag(&mut self, text: &str, start: usize, at: usize) -> usize {
        let name = text[at + 1..]
            .find(|character| !is_tag_character(character))
            .map_or(&text[at + 1..], |end| &text[at + 1..at + 1 + end]);
        let before = text[start..at].chars().next_back();
        let begins = |character: char| character.is_whitespace() || "(*_~>|".contains(character);
        // `##` and `#a#b` are no tags.
        let ends = !text[at + 1 + name.len()..].starts_with('#');
        if before.is_none_or(begins) && ends {
            self.tags.extend(Tag::new(name, at));
        }
        at + 1 + name.len()
    }
}

/// What stands between `[[` and the `]]` of the same line. A `[[` in between begins another link.
fn inside(text: &str) -> Option<&str> {
    let mut position = 0;
    loop {
        position += text[position..].find([']', '\n', '['])?;
        let rest = &text[position..];
        if rest.starts_with("]]") {
            return Some(&text[..position]);
        }
        if rest.starts_with('\n') || rest.starts_with("[[") {
            return None;
        }
        position += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<String> {
        let marks = marks(text, 0, &[]);
        marks
            .wikilinks
            .iter()
            .map(|link| link.target.clone())
            .collect()
    }

    fn tags(text: &str) -> Vec<String> {
        let marks = marks(text, 0, &[]);
        marks.tags.iter().map(|tag| tag.name.clone()).collect()
    }

    #[test]
    fn links_are_found_where_they_end_in_their_line() {
        assert_eq!(links("[[a]] and ![[b]], [[c|x]]"), ["a", "b", "c"]);
        assert_eq!(links("[[a\n]] [[b]]"), ["b"]);
        assert_eq!(links("[[a [[b]]"), ["b"]);
        assert_eq!(links(r"\[[a]] \![[b]]"), ["b"]);
        assert_eq!(links("[[a]"), [""; 0]);
        assert_eq!(links("[[]] ![x] [[[c]]]"), ["[c"]);
    }

    #[test]
    fn a_tag_stands_behind_a_space_and_is_a_word() {
        assert_eq!(
            tags("#a/b, #c. (#d) *#e* |#f| >#g"),
            ["a/b", "c", "d", "e", "f", "g"]
        );
        assert_eq!(
            tags("# Title ## #14 x#y http://a/#b a&#39; \\#c #d#e"),
            [""; 0]
        );
        assert_eq!(tags("[[Keys#Pump #house]] #ok"), ["ok"]);
    }
}
