//! What is wrong with the syntax of a text.

use crate::tree::Span;

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
}
