//! What Rune's formatter does not handle well: hidden from it behind a name, and shown again as it was.

use crate::syntax::SyntaxKind::*;
use crate::tree::{NodeRef, Tree};

/// A text in which names stand for pieces of it.
pub struct Hidden {
    pub text: String,
    pieces: Vec<(String, String)>,
}

/// Hides macro calls with comments in them, which the formatter writes twice, those with brackets, which it takes for
/// something else, and templates with an escaped quote, whose end it does not find.
pub fn hide(text: &str, tree: &Tree) -> Hidden {
    let mut hidden = Hidden {
        text: String::with_capacity(text.len()),
        pieces: Vec::new(),
    };
    let mut end = 0;
    for node in tree.root().descendants() {
        let span = node.span();
        if (span.start as usize) < end || !is_opaque(node, text) {
            continue;
        }
        let name = name_for(text, span.of(text), hidden.pieces.len());
        hidden.text.push_str(&text[end..span.start as usize]);
        hidden.text.push_str(&name);
        hidden.pieces.push((name, span.of(text).to_owned()));
        end = span.end as usize;
    }
    hidden.text.push_str(&text[end..]);
    hidden
}

/// The formatted text with the pieces in the places of their names.
pub fn show(formatted: String, hidden: &Hidden) -> String {
    let show = |text: String, (name, piece): &(String, String)| text.replacen(name, piece, 1);
    hidden.pieces.iter().fold(formatted, show)
}

fn is_opaque(node: NodeRef<'_>, text: &str) -> bool {
    match node.kind() {
        MacroCall => is_opaque_call(node),
        TemplateString => node
            .children()
            .any(|part| part.kind() == TemplateText && part.span().of(text).contains("\\`")),
        _ => false,
    }
}

fn is_opaque_call(node: NodeRef<'_>) -> bool {
    let is_comment =
        |token: NodeRef<'_>| matches!(token.kind(), LineComment | BlockComment | DocComment);
    let has_brackets = || {
        let arguments = node
            .children()
            .find(|child| matches!(child.kind(), MacroArguments | TokenTree));
        arguments.is_some_and(|arguments| {
            arguments
                .tokens()
                .next()
                .is_some_and(|first| first.kind() == OpenBracket)
        })
    };
    has_brackets() || node.tokens().any(is_comment)
}

/// A name that is nowhere in the text, about as long as what it stands for, so that lines break where they would.
fn name_for(text: &str, piece: &str, number: usize) -> String {
    let length = piece
        .chars()
        .filter(|character| !character.is_whitespace())
        .count();
    let mut name = format!("hidden_{number}_");
    while name.len() < length || text.contains(&name) {
        name.push('_');
    }
    name
}
