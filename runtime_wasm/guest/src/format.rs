//! Lays a script out anew, by Rune's own formatter, behind a guard, and stubs by one of our own behind the same guard.
//!
//! The formatter never ends on some broken texts, loses comments in some places and knows no annotations. So it sees only
//! texts that we find no syntax problem in, without their annotations, and what it answers is taken only if nothing but
//! the layout differs and nothing changes when it is formatted again.

mod annotated;
mod declarations;
mod guarded;
mod lines;
mod opaque;
mod range;
mod shape;

use serde_bytes::ByteBuf;

use crate::files::{problem, File};
use crate::format::lines::LineEnds;
use crate::parser::{parse_as, Dialect, SyntaxProblem};
use crate::protocol::{FormatRequest, Offsets, Origin, Problem, Response, Severity};
use crate::syntax::SyntaxKind;
use crate::tree::{Span, Tree};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// How often a text is formatted before it has to stay the same. Rune's formatter needs a second pass where a line gets
/// shorter or a comment moves.
const PASSES: usize = 4;

/// Why a text is not formatted, in words for the user.
type Refusal = String;

/// Answers a `format`. A text that cannot be formatted comes back as it is, with the reason among the problems.
pub fn answer(request: FormatRequest) -> Response {
    let Some(bytes) = request.source.text.clone() else {
        return Response::Refused {
            message: "there is no text to format".to_owned(),
        };
    };
    let file = File::read(&request.source, 0, Vec::new(), request.dialect);
    let dialect = crate::files::parser_dialect(request.dialect);
    let outcome = match reasons_against(&file) {
        problems if !problems.is_empty() => Err(problems),
        _ => format(&file, dialect, request.range).map_err(|refusal| vec![cannot_format(refusal)]),
    };
    match outcome {
        Ok(text) => Response::Formatted {
            text: ByteBuf::from(text.into_bytes()),
            problems: Vec::new(),
        },
        Err(problems) => Response::Formatted {
            text: bytes,
            problems,
        },
    }
}

/// What must be mended before the file can be formatted.
fn reasons_against(file: &File) -> Vec<Problem> {
    if !file.is_text {
        return file.problems.clone();
    }
    let in_protocol = |found: &SyntaxProblem| {
        let message = found.message.clone();
        problem(
            found.code,
            Severity::Error,
            message,
            found.span,
            Origin::Syntax,
        )
    };
    file.syntax_problems.iter().map(in_protocol).collect()
}

fn cannot_format(refusal: Refusal) -> Problem {
    let message = format!("The text is left as it is: {refusal}");
    let nowhere = Span::new(0, 0);
    problem(
        "cannot-format",
        Severity::Error,
        message,
        nowhere,
        Origin::Runekiln,
    )
}

fn format(file: &File, dialect: Dialect, range: Option<Offsets>) -> Result<String, Refusal> {
    let (prefix, text) = file.text.split_at(prefix_length(file));
    // The three bytes of a mark have become blanks.
    let (mark, prefix) = if file.has_byte_order_mark {
        (BYTE_ORDER_MARK, &prefix[BYTE_ORDER_MARK.len()..])
    } else {
        ("", prefix)
    };
    let parsed = parse_as(text, dialect);
    let text = match range {
        None => whole(text, &parsed.tree, dialect)?,
        Some([start, end]) => {
            let moved = |offset: u32| offset.saturating_sub((mark.len() + prefix.len()) as u32);
            let range = Span::new(moved(start), moved(end.max(start)));
            part(text, &parsed.tree, dialect, range)?
        }
    };
    Ok([mark, prefix, &text].concat())
}

/// The length of what only a file's start can have, and Rune's formatter does not know: a byte order mark or a `#!` line.
fn prefix_length(file: &File) -> usize {
    if file.has_byte_order_mark {
        return BYTE_ORDER_MARK.len();
    }
    let first = file.tree.root().tokens().next();
    let line = first.filter(|token| token.kind() == SyntaxKind::Shebang);
    line.map_or(0, |_| {
        file.text.find('\n').map_or(file.text.len(), |end| end + 1)
    })
}

/// The whole text formatted, its line ends as they are.
fn whole(text: &str, tree: &Tree, dialect: Dialect) -> Result<String, Refusal> {
    let line_ends = LineEnds::of(text, tree);
    let formatted = settled(&lines::with_line_feeds(text, tree), dialect)?;
    Ok(line_ends.put_into(formatted, dialect))
}

/// The text with no more than what `range` touches formatted.
fn part(text: &str, tree: &Tree, dialect: Dialect, range: Span) -> Result<String, Refusal> {
    let formatted = whole(text, tree, dialect)?;
    let parsed = parse_as(&formatted, dialect);
    let spliced = range::splice((text, tree), (&formatted, &parsed.tree), range);
    check(text, &spliced, dialect)?;
    Ok(spliced)
}

/// The text, which has no syntax problems, formatted until nothing changes any more.
fn settled(text: &str, dialect: Dialect) -> Result<String, Refusal> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    let mut current = text.to_owned();
    for _ in 0..PASSES {
        let next = once(&current, dialect)?;
        if next == current {
            check(text, &current, dialect)?;
            return Ok(current);
        }
        current = next;
    }
    Err("formatted again it would change again".to_owned())
}

/// One pass: what Rune's formatter must not see is taken out before and put back after.
fn once(text: &str, dialect: Dialect) -> Result<String, Refusal> {
    let parsed = parse_as(text, dialect);
    if dialect == Dialect::Stub {
        return Ok(declarations::layout(text, &parsed.tree));
    }
    let plain = annotated::take_out(text, &parsed.tree);
    let plain_tree = parse_as(&plain.text, dialect).tree;
    let hidden = opaque::hide(&plain.text, &plain_tree);
    let formatted = opaque::show(guarded::layout(&hidden.text)?, &hidden);
    annotated::put_back(formatted, &plain.annotations, dialect)
}

/// Nothing but the layout may differ.
fn check(before: &str, after: &str, dialect: Dialect) -> Result<(), Refusal> {
    let (old, new) = (parse_as(before, dialect), parse_as(after, dialect));
    if let Some(found) = new.problems.first() {
        return Err(format!("formatted it would be wrong: {}", found.message));
    }
    if shape::comments(before, &old.tree) != shape::comments(after, &new.tree) {
        return Err("a comment would be lost".to_owned());
    }
    if shape::shape(before, &old.tree) != shape::shape(after, &new.tree) {
        return Err("more than its layout would change".to_owned());
    }
    Ok(())
}
