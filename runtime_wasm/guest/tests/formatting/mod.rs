//! What the tests of the formatter share.
#![allow(dead_code)]

use runekiln_guest::handle::handle;
use runekiln_guest::parser::parse;
use runekiln_guest::protocol::{Dialect, FormatRequest, Offsets, Response, Source};
use runekiln_guest::tree::NodeRef;
use serde_bytes::ByteBuf;

/// The formatted text, or the codes and messages of what stands against it; then the text must be as it was.
pub fn format(text: &str, dialect: Dialect, range: Option<Offsets>) -> Result<String, Vec<String>> {
    let source = Source {
        path: "script.rn".to_owned(),
        text: Some(ByteBuf::from(text.as_bytes().to_vec())),
    };
    let request = FormatRequest {
        source,
        dialect,
        range,
    };
    let Response::Formatted {
        text: answer,
        problems,
    } = handle(runekiln_guest::protocol::Request::Format(request))
    else {
        panic!("a format is answered by what is formatted");
    };
    let answer = String::from_utf8(answer.into_vec()).expect("the answer is text");
    if problems.is_empty() {
        return Ok(answer);
    }
    assert_eq!(answer, text, "refused, but changed");
    let told = problems
        .iter()
        .map(|problem| format!("{}: {}", problem.code, problem.message));
    Err(told.collect())
}

/// A whole file of items, formatted.
pub fn formatted(text: &str) -> String {
    format(text, Dialect::Module, None).unwrap_or_else(|told| panic!("{told:?} in\n{text}"))
}

/// What is between `«` and `»` formatted, of a file of items.
pub fn formatted_part(marked: &str) -> String {
    let start = marked.find('«').expect("a start");
    let end = marked.find('»').expect("an end") - '«'.len_utf8();
    let text = marked.replace(['«', '»'], "");
    format(&text, Dialect::Module, Some([start as u32, end as u32]))
        .unwrap_or_else(|told| panic!("{told:?} in\n{text}"))
}

/// The tokens and comments of a text, found without the formatter's own idea of what they are. What it may put in or
/// leave out (the last comma of a list, the semicolon of an item, braces around one import) is left out.
pub fn tokens(text: &str) -> Vec<String> {
    use runekiln_guest::syntax::SyntaxKind::*;
    // The parser may find that a string which seems to lack its end is one of several lines.
    let parsed = parse(text);
    let kept = parsed.tree.root().tokens().filter(|token| {
        !matches!(
            token.kind(),
            Whitespace | Comma | Semicolon | OpenBrace | CloseBrace
        )
    });
    let is_comment = |kind| matches!(kind, LineComment | BlockComment | DocComment);
    // A comment may go to the other side of a comma or a brace: its place is compared among comments.
    let (mut comments, tokens): (Vec<NodeRef<'_>>, Vec<NodeRef<'_>>) =
        kept.partition(|token| is_comment(token.kind()));
    // One before an annotation, and one in it, may change places.
    comments.sort_by_key(|token| token.text(text).trim_end());
    let both = tokens.into_iter().chain(comments);
    // No parameters of a closure may be written with a blank in between, and are no operator.
    let parts = |token: NodeRef<'_>| match (token.kind(), token.parent()) {
        (PipePipe, Some(parent)) if parent.kind() == ParameterList => vec!["|"; 2],
        _ => vec![token.text(text).trim_end()],
    };
    both.flat_map(parts).map(str::to_owned).collect()
}
