//! What stands in the parentheses of an attribute: `#[permission("shell", scope = "command")]`.

use crate::syntax::SyntaxKind::*;
use crate::tree::{NodeRef, Span};

/// One argument, with its key if it has one.
pub struct Argument {
    pub key: Option<(String, Span)>,
    pub value: Value,
    pub span: Span,
}

/// What an argument can be.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Text(String),
    Number(i64),
    /// Anything else, which no attribute of a stub takes.
    Other,
}

/// The arguments of an attribute in their order. None where there are no parentheses.
pub fn arguments(attribute: NodeRef<'_>, text: &str) -> Option<Vec<Argument>> {
    let tokens = attribute.first_child(TokenTree)?;
    let parts: Vec<NodeRef<'_>> = tokens.significant_children().collect();
    let inside = parts.get(1..parts.len().saturating_sub(1))?;
    let parts = inside.split(|part| part.kind() == Comma);
    let written = parts.filter(|part| !part.is_empty());
    Some(written.map(|part| argument(part, text)).collect())
}

fn argument(parts: &[NodeRef<'_>], text: &str) -> Argument {
    let span = Span::new(parts[0].span().start, parts[parts.len() - 1].span().end);
    let (key, value) = match parts {
        [key, equal, value @ ..] if equal.kind() == Equal => {
            (Some((key.text(text).to_owned(), key.span())), value)
        }
        value => (None, value),
    };
    let value = match value {
        [only] if only.kind() == StringLiteral => unquoted(only.text(text)).map(Value::Text),
        [only] if only.kind() == NumberLiteral => only.text(text).parse().ok().map(Value::Number),
        _ => None,
    };
    Argument {
        key,
        value: value.unwrap_or(Value::Other),
        span,
    }
}

/// What a string literal stands for, None if an escape in it means nothing.
pub fn unquoted(literal: &str) -> Option<String> {
    let inside = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut value = String::with_capacity(inside.len());
    let mut rest = inside.chars();
    while let Some(character) = rest.next() {
        let read = match character {
            '\\' => escaped(&mut rest)?,
            plain => plain,
        };
        value.push(read);
    }
    Some(value)
}

/// The character that the escape after a `\` means.
fn escaped(rest: &mut std::str::Chars<'_>) -> Option<char> {
    Some(match rest.next()? {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '0' => '\0',
        plain @ ('\\' | '"' | '\'') => plain,
        'x' => {
            let digits: String = rest.by_ref().take(2).collect();
            char::from(u8::from_str_radix(&digits, 16).ok()?)
        }
        'u' => {
            let digits: String = rest.by_ref().take_while(|digit| *digit != '}').collect();
            char::from_u32(u32::from_str_radix(digits.strip_prefix('{')?, 16).ok()?)?
        }
        _ => return None,
    })
}
