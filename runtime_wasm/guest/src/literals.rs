//! What the inside of literals means.

use crate::lexer::{is_name_continue, is_name_start};
use crate::syntax::SyntaxKind::{self, *};
use crate::tree::Span;

/// A part of a format string. Spans are relative to the start of the literal, whose quotes belong to the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormatPart {
    Text(Span),
    /// `{…}`: a `FormatCapture` if a name stands in it, else a `FormatPlaceholder`; and its tokens.
    Hole {
        kind: SyntaxKind,
        tokens: Vec<(SyntaxKind, Span)>,
    },
}

/// Cuts a string literal, quotes included, into the parts that the format macros see.
pub fn format_parts(literal: &str) -> Vec<FormatPart> {
    let mut parts = Vec::new();
    let mut text_start = 0;
    let mut position = 0;
    while position < literal.len() {
        let rest = &literal[position..];
        if rest.starts_with('\\') {
            position += escape_length(rest);
        } else if rest.starts_with("{{") || rest.starts_with("}}") {
            position += 2;
        } else if let Some(length) = rest.starts_with('{').then(|| hole_length(rest)).flatten() {
            push_text(&mut parts, text_start, position);
            parts.push(hole(&rest[..length], position as u32));
            position += length;
            text_start = position;
        } else {
            position += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    push_text(&mut parts, text_start, literal.len());
    parts
}

fn push_text(parts: &mut Vec<FormatPart>, start: usize, end: usize) {
    if start < end {
        parts.push(FormatPart::Text(Span::new(start as u32, end as u32)));
    }
}

/// The length of the escape that `text` starts with: `\n`, `\u{2014}`. A line that is continued is not of interest.
fn escape_length(text: &str) -> usize {
    if text.starts_with("\\u{") {
        return text.find('}').map_or(text.len(), |close| close + 1);
    }
    1 + text[1..].chars().next().map_or(0, char::len_utf8)
}

/// The length of the hole that `text` starts with, if it ends. The fill character may be a brace: `{:}<5}`.
fn hole_length(text: &str) -> Option<usize> {
    let name_end = text.find([':', '}', '"', '\\'])?;
    if !text[name_end..].starts_with(':') {
        return text[name_end..].starts_with('}').then_some(name_end + 1);
    }
    let mut specification = text[name_end + 1..].char_indices();
    let fill = specification.next()?.1;
    let is_filled = matches!(specification.next(), Some((_, '<' | '^' | '>')));
    let skipped = name_end + 1 + if is_filled { fill.len_utf8() } else { 0 };
    let close = text[skipped..].find(['}', '"', '\\'])?;
    text[skipped + close..]
        .starts_with('}')
        .then_some(skipped + close + 1)
}

/// The tokens of a hole that starts at `start`: `{`, a name or a position, what follows a `:`, `}`.
fn hole(text: &str, start: u32) -> FormatPart {
    let end = text.len() as u32;
    let name_end = text.find([':', '}']).unwrap_or(text.len()) as u32;
    let name = &text[1..name_end as usize];
    let is_name = name.chars().next().is_some_and(is_name_start)
        && name.chars().all(is_name_continue)
        && name != "_";
    let at = |from: u32, to: u32| Span::new(start + from, start + to);
    let mut tokens = vec![(FormatOpen, at(0, 1))];
    if !name.is_empty() {
        let kind = match name {
            "self" => SelfKeyword,
            _ if is_name => Identifier,
            _ => FormatPosition,
        };
        tokens.push((kind, at(1, name_end)));
    }
    if name_end < end - 1 {
        tokens.push((FormatSpecification, at(name_end, end - 1)));
    }
    tokens.push((FormatClose, at(end - 1, end)));
    FormatPart::Hole {
        kind: if is_name {
            FormatCapture
        } else {
            FormatPlaceholder
        },
        tokens,
    }
}
