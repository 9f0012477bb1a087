//! Writes a script out as other Rune hosts accept it: without type annotations.

use serde_bytes::ByteBuf;

use crate::annotations::annotation_spans;
use crate::files::{problem, File};
use crate::protocol::{Dialect, Origin, Problem, Response, Severity, StripRequest};
use crate::tree::Span;

/// Answers a `strip`. Bytes that are no text come back as they are.
pub fn answer(request: StripRequest) -> Response {
    let Some(bytes) = request.source.text.clone() else {
        return Response::Refused {
            message: "there is no text to strip".to_owned(),
        };
    };
    let file = File::read(&request.source, 0, Vec::new(), Dialect::Module);
    let problems = problems(&file);
    let text = if file.is_text {
        ByteBuf::from(strip(&file).into_bytes())
    } else {
        bytes
    };
    Response::Stripped { text, problems }
}

fn problems(file: &File) -> Vec<Problem> {
    let syntax = file.syntax_problems.iter().map(|found| {
        problem(
            found.code,
            Severity::Error,
            found.message.clone(),
            found.span,
            Origin::Syntax,
        )
    });
    file.problems.iter().cloned().chain(syntax).collect()
}

/// The text without its annotations, the blanks before them, and a byte order mark.
fn strip(file: &File) -> String {
    let mut stripped = String::with_capacity(file.text.len());
    let mut end = if file.has_byte_order_mark { 3 } else { 0 };
    for Span { start, end: behind } in annotation_spans(&file.tree) {
        stripped.push_str(file.text[end..start as usize].trim_end_matches([' ', '\t']));
        end = behind as usize;
        // Words with a broken annotation between them must not become one.
        if stripped.ends_with(is_of_word) && file.text[end..].starts_with(is_of_word) {
            stripped.push(' ');
        }
    }
    stripped.push_str(&file.text[end..]);
    stripped
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}
