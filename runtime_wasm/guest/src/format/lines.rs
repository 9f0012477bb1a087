//! Line ends: formatted as line feeds, given back as they were.

use crate::parser::{parse_as, Dialect};
use crate::syntax::SyntaxKind::{DocComment, LineComment, Shebang, Whitespace};
use crate::tree::{NodeRef, Tree};

/// What the lines of a text end with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnds {
    LineFeeds,
    /// `\r\n`, as on Windows.
    Pairs,
}

impl LineEnds {
    /// What the first line ends with; line ends inside of literals and block comments are none.
    pub fn of(text: &str, tree: &Tree) -> LineEnds {
        let mut blanks = tree.root().tokens().filter(|token| is_blank(*token));
        let end = blanks.find_map(|token| {
            let place = token.text(text).find('\n')?;
            Some(token.span().start as usize + place)
        });
        match end {
            Some(end) if text[..end].ends_with('\r') => LineEnds::Pairs,
            _ => LineEnds::LineFeeds,
        }
    }

    /// The text, whose lines end with line feeds, with these line ends.
    pub fn put_into(self, text: String, dialect: Dialect) -> String {
        if self == LineEnds::LineFeeds {
            return text;
        }
        let tree = parse_as(&text, dialect).tree;
        rewritten(&text, &tree, |token, piece| {
            is_blank(token).then(|| piece.replace('\n', "\r\n"))
        })
    }
}

/// The text with a line feed at the end of each line, but for those inside of literals and block comments.
pub fn with_line_feeds(text: &str, tree: &Tree) -> String {
    if !text.contains('\r') {
        return text.to_owned();
    }
    rewritten(text, tree, |token, piece| match token.kind() {
        Whitespace => Some(piece.replace("\r\n", "\n")),
        LineComment | DocComment | Shebang => piece.strip_suffix('\r').map(str::to_owned),
        _ => None,
    })
}

fn is_blank(token: NodeRef<'_>) -> bool {
    token.kind() == Whitespace
}

/// The text with another text for each token that `rewrite` has one for.
fn rewritten(
    text: &str,
    tree: &Tree,
    rewrite: impl Fn(NodeRef<'_>, &str) -> Option<String>,
) -> String {
    let mut written = String::with_capacity(text.len());
    for token in tree.root().tokens() {
        let piece = token.text(text);
        match rewrite(token, piece) {
            Some(other) => written.push_str(&other),
            None => written.push_str(piece),
        }
    }
    written
}
