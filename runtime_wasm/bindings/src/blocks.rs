//! The block structure of a Markdown text, as far as session logs and workflows need it.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use crate::callout::Callout;

/// A block, and where it stands in the text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    pub(crate) range: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum BlockKind {
    /// A heading of hashes that is inside of nothing.
    Heading { level: u8 },
    /// A heading underlined by `===`, inside of nothing.
    Title,
    /// A quotation that is not inside of another one; `top` if it is inside of nothing.
    Quote { top: bool },
    /// A list that is inside of nothing; its items follow.
    List,
    /// An item of such a list.
    Item,
    /// A thematic break that is inside of nothing.
    Rule,
    /// A fenced code block outside of quotations; `top` if it is inside of nothing.
    Fence { top: bool },
    /// HTML outside of quotations; `top` if it is inside of nothing.
    Html { top: bool },
    /// Any other block that is inside of nothing.
    Other,
}

/// The blocks of `text[start..]` in the order of their beginnings; their ranges count from the start of `text`.
pub(crate) fn blocks(text: &str, start: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    // How many tags are open, and which of them are quotations.
    let (mut depth, mut quotations) = (0, Vec::new());
    for (event, range) in Parser::new_ext(&text[start..], Options::empty()).into_offset_iter() {
        let range = range.start + start..range.end + start;
        let kind = match &event {
            Event::Start(tag) => {
                block_kind(tag, &text[range.clone()], depth, !quotations.is_empty())
            }
            Event::Rule if depth == 0 => Some(BlockKind::Rule),
            _ => None,
        };
        blocks.extend(kind.map(|kind| Block { kind, range }));
        match event {
            Event::Start(tag) => {
                if matches!(tag, Tag::BlockQuote(_)) {
                    quotations.push(depth);
                }
                depth += 1;
            }
            Event::End(_) => {
                depth -= 1;
                quotations.pop_if(|quotation| *quotation == depth);
            }
            _ => {}
        }
    }
    blocks
}

fn block_kind(tag: &Tag<'_>, source: &str, depth: usize, quoted: bool) -> Option<BlockKind> {
    match tag {
        Tag::BlockQuote(_) if !quoted => Some(BlockKind::Quote { top: depth == 0 }),
        Tag::CodeBlock(CodeBlockKind::Fenced(_)) if !quoted => {
            Some(BlockKind::Fence { top: depth == 0 })
        }
        Tag::HtmlBlock if !quoted => Some(BlockKind::Html { top: depth == 0 }),
        Tag::List(_) if depth == 0 => Some(BlockKind::List),
        Tag::Item if depth == 1 => Some(BlockKind::Item),
        Tag::Heading { level, .. } if depth == 0 => Some(match is_atx(source) {
            true => BlockKind::Heading {
                level: *level as u8,
            },
            false if *level as u8 == 1 => BlockKind::Title,
            false => BlockKind::Other,
        }),
        _ => (depth == 0).then_some(BlockKind::Other),
    }
}

/// A heading of hashes, not a line with another line of `---` or `===` below.
fn is_atx(source: &str) -> bool {
    let after = source.trim_start().trim_start_matches('#');
    after.len() < source.trim_start().len()
        && (after.is_empty() || after.starts_with([' ', '\t', '\r', '\n']))
}

/// The callout that a quotation is, if its first line is `> [!type] title`.
pub(crate) fn callout(text: &str, quote: &Range<usize>) -> Option<Callout> {
    let mut lines = text[quote.clone()].lines().map(unquoted);
    let (callout_type, title) = lines
        .next()?
        .trim_start()
        .strip_prefix("[!")?
        .split_once(']')?;
    if callout_type.trim().is_empty() {
        return None;
    }
    // Viewers fold a callout that has `-` or `+` here.
    let title = title.strip_prefix(['-', '+']).unwrap_or(title).trim();
    let content: Vec<&str> = lines
        .map(|line| if line.trim().is_empty() { "" } else { line })
        .collect();
    Some(Callout {
        callout_type: callout_type.trim().to_lowercase(),
        title: (!title.is_empty()).then(|| title.to_owned()),
        content: trim_blank_lines(&content.join("\n")).to_owned(),
        offset: quote.start as i64,
    })
}

/// A line of a quotation without its `>` and the space behind it.
fn unquoted(line: &str) -> &str {
    match line.trim_start().strip_prefix('>') {
        Some(rest) => rest.strip_prefix(' ').unwrap_or(rest),
        None => line,
    }
}

/// The text of `range` without the ranges of `holes`, which are in order; pieces are joined by a blank line. Line ends
/// become `\n`.
pub(crate) fn text_without(text: &str, range: Range<usize>, holes: &[Range<usize>]) -> String {
    let mut pieces = Vec::new();
    let mut position = range.start;
    for hole in holes {
        pieces.push(&text[position..hole.start]);
        position = hole.end.max(position);
    }
    pieces.push(&text[position..range.end.max(position)]);
    let pieces = pieces
        .into_iter()
        .map(trim_blank_lines)
        .filter(|piece| !piece.is_empty());
    pieces
        .collect::<Vec<_>>()
        .join("\n\n")
        .replace("\r\n", "\n")
}

/// The text without the blank lines at both its ends; the first line keeps its indentation.
pub(crate) fn trim_blank_lines(text: &str) -> &str {
    let text = text.trim_end();
    let first = text.len() - text.trim_start().len();
    let start = text[..first]
        .rfind('\n')
        .map_or(0, |line_break| line_break + 1);
    &text[start..]
}

/// The line that would close the last fence of a text, if that fence is still open at its end.
pub(crate) fn missing_fence(text: &str, fence: &Block) -> Option<String> {
    let source = &text[fence.range.clone()];
    let mark = source.trim_start().chars().next()?;
    let length = source
        .trim_start()
        .chars()
        .take_while(|character| *character == mark)
        .count();
    let last = source
        .trim_end()
        .lines()
        .skip(1)
        .last()
        .unwrap_or("")
        .trim();
    let closed = last.chars().count() >= length && last.chars().all(|character| character == mark);
    let runs_to_the_end = text[fence.range.end..].trim_start().is_empty();
    (runs_to_the_end && !closed).then(|| mark.to_string().repeat(length))
}

/// Whether an HTML comment is still open at the end of the text.
pub(crate) fn is_open_comment(text: &str, html: &Block) -> bool {
    let source = &text[html.range.clone()];
    source.trim_start().starts_with("<!--")
        && !source.contains("-->")
        && text[html.range.end..].trim_start().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_headings_that_are_inside_of_nothing_count() {
        let text = "## one\n```\n## no\n```\n> ## no\n\n- ## no\n\n<!--\n\n## no\n-->\n## two\nno\n---\n   ## three\n    ## no";
        let names: Vec<&str> = blocks(text, 0)
            .iter()
            .filter(|block| matches!(block.kind, BlockKind::Heading { .. }))
            .map(|block| text[block.range.clone()].trim())
            .collect();
        assert_eq!(names, ["## one", "## two", "## three"]);
    }

    #[test]
    fn a_callout_has_a_type_a_title_and_lines() {
        let text = "> [!Decision]- Brass\n> one\n>\n>   two\n";
        let found = callout(text, &(0..text.len())).expect("it is a callout");
        assert_eq!(
            (&*found.callout_type, found.title.as_deref()),
            ("decision", Some("Brass"))
        );
        assert_eq!(found.content, "one\n\n  two");
    }

    #[test]
    fn a_quotation_without_a_type_is_no_callout() {
        assert_eq!(callout("> [!] x", &(0..7)), None);
        assert_eq!(callout("> [note] x", &(0..10)), None);
    }
}
