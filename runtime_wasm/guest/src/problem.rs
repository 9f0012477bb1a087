//! What is wrong with the syntax of a text.

use crate::tree::Span;

/// The code of a comment that Rune sees no end of.
const OPEN_COMMENT: &str = "unterminated-comment";

/// Where the comment that is never closed begins, behind which nothing is said.
pub fn commented_out_from(problems: &[SyntaxProblem], text: &str) -> Option<u32> {
    let open = |found: &&SyntaxProblem| {
        found.code == OPEN_COMMENT && found.span.end as usize == text.len()
    };
    problems.iter().find(open).map(|found| found.span.start)
}

/// One syntax problem: a stable code in kebab-case, a sentence for people, and the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxProblem {
    pub code: &'static str,
    pub message: String,
    pub span: Span,
}

impl SyntaxProblem {
    pub fn new(code: &'static str, message: impl Into<String>, span: Span) -> SyntaxProblem {
        SyntaxProblem {
            code,
            message: message.into(),
            span,
        }
    }

    /// Where the text is to be mended: of a comment without an end, which is all the rest of the text, the beginning.
    pub fn place(&self) -> Span {
        match self.code {
            OPEN_COMMENT => Span::new(self.span.start, self.span.start + 2),
            _ => self.span,
        }
    }
}
