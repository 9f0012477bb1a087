//! The parser's place in the text: looking ahead, taking tokens, opening and closing nodes, reporting.

use super::builder::{Builder, Checkpoint};
use super::{Parse, SyntaxProblem, NESTING_LIMIT};
use crate::lexer::{Lexed, Token};
use crate::problem::commented_out_from;
use crate::syntax::SyntaxKind::{self, *};
use crate::tree::Span;
use std::cell::Cell;

pub(super) struct Parser<'text> {
    pub(super) text: &'text str,
    tokens: Vec<Token>,
    /// The places in `tokens` of those that the grammar looks at.
    significant: Vec<u32>,
    /// Their kinds.
    kinds: Vec<SyntaxKind>,
    /// The place in `significant` and `kinds` of the next token.
    cursor: usize,
    /// How many of `tokens` are in the tree.
    taken: usize,
    builder: Builder,
    problems: Vec<SyntaxProblem>,
    /// Where a comment begins that is never closed. Of what stands behind it nothing is said.
    commented_out_from: u32,
    /// Where the cursor was when the last problem was reported: at most one problem per place.
    reported_at: Option<usize>,
    pub(super) depth: u32,
    pub(super) reported_depth: bool,
    /// The indentation of the line that the last token taken is on. Kept only where braces are missing.
    pub(super) line_indent: u32,
    /// How many more opening braces than closing ones the text has. Only a text where this is not zero is judged by
    /// its indentation.
    pub(super) surplus_braces: i64,
    /// The same for parentheses and square brackets together. In the body of a function it is that of the body, so that a
    /// group which is open in one function changes nothing in another.
    pub(super) surplus_brackets: i64,
    /// Whether this place is in the body of a function that `surplus_brackets` is of.
    in_measured_body: bool,
    /// Whether something outside of functions is read as it is because no bracket is missing, or because one is.
    hangs_on_brackets: Cell<bool>,
    /// The indentation of the items around this place.
    pub(super) item_indents: Vec<u32>,
    /// Whether the text is a stub: items have no bodies, and there are more kinds of them.
    pub(super) is_stub: bool,
    /// Whether a `{` here begins the body of a function, not the keys of a type.
    pub(super) body_follows: bool,
    steps: Cell<u64>,
}

impl<'text> Parser<'text> {
    pub(super) fn new(text: &'text str, mut lexed: Lexed) -> Self {
        let commented_out_from = commented_out_from(&lexed.problems, text).unwrap_or(u32::MAX);
        lexed
            .problems
            .retain(|problem| problem.span.start <= commented_out_from);
        let mut significant = Vec::with_capacity(lexed.tokens.len());
        let mut kinds = Vec::with_capacity(lexed.tokens.len());
        let mut surplus_braces = 0;
        let mut surplus_brackets = 0;
        for (place, token) in lexed.tokens.iter().enumerate() {
            match token.kind {
                OpenBrace | TemplateOpen => surplus_braces += 1,
                CloseBrace | TemplateClose => surplus_braces -= 1,
                OpenParenthesis | OpenBracket => surplus_brackets += 1,
                CloseParenthesis | CloseBracket => surplus_brackets -= 1,
                _ => {}
            }
            if !token.kind.is_trivia() && token.kind != Unknown {
                significant.push(place as u32);
                kinds.push(token.kind);
            }
        }
        Parser {
            text,
            builder: Builder::with_capacity(lexed.tokens.len() * 7 / 4),
            tokens: lexed.tokens,
            significant,
            kinds,
            cursor: 0,
            taken: 0,
            problems: lexed.problems,
            commented_out_from,
            reported_at: None,
            depth: 0,
            reported_depth: false,
            line_indent: 0,
            surplus_braces,
            surplus_brackets,
            in_measured_body: false,
            hangs_on_brackets: Cell::new(false),
            item_indents: Vec::new(),
            is_stub: false,
            body_follows: false,
            steps: Cell::new(0),
        }
    }

    /// The tree and the problems, in the order of the text. The root node has to be there already.
    pub(super) fn finish(mut self) -> Parse {
        self.problems.sort_by_key(|problem| problem.span);
        Parse {
            tree: self.builder.into_tree(),
            problems: self.problems,
            steps: self.steps.get(),
            has_choice: false,
            hangs_on_brackets: self.hangs_on_brackets.get(),
        }
    }

    // Looking ahead.

    /// The kind of the token `ahead` of the next one, which is 0.
    pub(super) fn nth(&self, ahead: usize) -> SyntaxKind {
        self.steps.set(self.steps.get() + 1);
        self.kinds
            .get(self.cursor + ahead)
            .copied()
            .unwrap_or(EndOfFile)
    }

    pub(super) fn current(&self) -> SyntaxKind {
        self.nth(0)
    }

    pub(super) fn at(&self, kind: SyntaxKind) -> bool {
        self.current() == kind
    }

    pub(super) fn at_any(&self, kinds: &[SyntaxKind]) -> bool {
        kinds.contains(&self.current())
    }

    /// A number that grows with every token taken: to see whether something was taken.
    pub(super) fn progress(&self) -> usize {
        self.cursor
    }

    /// The span of the next token, or the empty one at the end of the text.
    pub(super) fn current_span(&self) -> Span {
        match self.current_token() {
            Some(token) => token.span(),
            None => Span::new(self.text.len() as u32, self.text.len() as u32),
        }
    }

    pub(super) fn current_text(&self) -> &'text str {
        self.current_span().of(self.text)
    }

    /// The text of the token `ahead` of the next one.
    pub(super) fn nth_text(&self, ahead: usize) -> &'text str {
        let place = self.significant.get(self.cursor + ahead);
        place.map_or("", |&place| {
            self.tokens[place as usize].span().of(self.text)
        })
    }

    /// The span of the last token taken, if there is one.
    pub(super) fn previous_span(&self) -> Option<Span> {
        let place = *self.significant.get(self.cursor.checked_sub(1)?)?;
        Some(self.tokens[place as usize].span())
    }

    /// The indentation of the next token, in bytes, if it is the first of its line.
    pub(super) fn indent(&self) -> Option<u32> {
        let place = self
            .significant
            .get(self.cursor)
            .map_or(self.tokens.len(), |&place| place as usize);
        self.indent_of(place)
    }

    fn indent_of(&self, place: usize) -> Option<u32> {
        let Some(before) = place.checked_sub(1).map(|before| self.tokens[before]) else {
            return Some(0);
        };
        let blank = before.span().of(self.text);
        match blank.rfind('\n').filter(|_| before.kind == Whitespace) {
            Some(line_end) => Some((blank.len() - line_end - 1) as u32),
            None => (before.kind == Whitespace && before.start == 0).then_some(before.end),
        }
    }

    fn current_token(&self) -> Option<Token> {
        self.significant
            .get(self.cursor)
            .map(|&place| self.tokens[place as usize])
    }

    /// Reads a function's body by `read`, with the surplus of brackets that the body alone has. Where braces are missing
    /// nobody knows where it ends, and that of the whole text stays.
    pub(super) fn measured_body(&mut self, read: impl FnOnce(&mut Self)) {
        let own = if self.in_measured_body || self.surplus_braces != 0 {
            None
        } else {
            self.surplus_of_body()
        };
        let Some(own) = own else {
            return read(self);
        };
        let around = std::mem::replace(&mut self.surplus_brackets, own);
        self.in_measured_body = true;
        read(self);
        self.in_measured_body = false;
        self.surplus_brackets = around;
    }

    /// Whether something is `missing` in the text, and that `matters` here. Where that would be so outside of functions,
    /// it is kept that it is.
    pub(super) fn hangs_on(&self, missing: bool, matters: impl FnOnce(&Self) -> bool) -> bool {
        if (!missing && self.in_measured_body) || !matters(self) {
            return false;
        }
        if !self.in_measured_body {
            self.hangs_on_brackets.set(true);
        }
        missing
    }

    /// How many more brackets are opened than closed from the brace here to the one that closes it.
    fn surplus_of_body(&self) -> Option<i64> {
        let (mut braces, mut brackets) = (0, 0);
        for (looked_at, kind) in self.kinds[self.cursor..].iter().enumerate() {
            match kind {
                OpenBrace | TemplateOpen => braces += 1,
                CloseBrace | TemplateClose => braces -= 1,
                OpenParenthesis | OpenBracket => brackets += 1,
                CloseParenthesis | CloseBracket => brackets -= 1,
                _ => {}
            }
            if braces == 0 {
                self.steps.set(self.steps.get() + looked_at as u64);
                return Some(brackets);
            }
        }
        None
    }

    // Taking tokens.

    /// Takes the next token, with the blanks and comments before it.
    pub(super) fn bump(&mut self) {
        self.take_trivia(false);
        let Some(&place) = self.significant.get(self.cursor) else {
            return;
        };
        let place = place as usize;
        if self.surplus_braces != 0 {
            self.line_indent = self.indent_of(place).unwrap_or(self.line_indent);
        }
        let token = self.tokens[place];
        self.builder.token(token.kind, token.start, token.end);
        self.taken = place + 1;
        self.cursor += 1;
    }

    /// Takes the next token if it is of that kind.
    pub(super) fn eat(&mut self, kind: SyntaxKind) -> bool {
        let found = self.at(kind);
        if found {
            self.bump();
        }
        found
    }

    /// Takes the first character of the next token as a token of its own: `>` of `>>`.
    pub(super) fn bump_first_character(&mut self, first: SyntaxKind, rest: SyntaxKind) {
        self.take_trivia(false);
        let Some(&place) = self.significant.get(self.cursor) else {
            return;
        };
        let token = &mut self.tokens[place as usize];
        self.builder.token(first, token.start, token.start + 1);
        token.start += 1;
        token.kind = rest;
        self.kinds[self.cursor] = rest;
    }

    /// Takes the next token in parts: each is a kind and an end relative to the token's start.
    pub(super) fn bump_parts(&mut self, add: impl FnOnce(&mut Builder, Token)) {
        self.take_trivia(false);
        let Some(&place) = self.significant.get(self.cursor) else {
            return;
        };
        add(&mut self.builder, self.tokens[place as usize]);
        self.taken = place as usize + 1;
        self.cursor += 1;
    }

    /// Takes the blanks and comments before the next token. Where `docs` may not stand, each is a problem.
    pub(super) fn take_trivia(&mut self, docs: bool) {
        let end = self
            .significant
            .get(self.cursor)
            .map_or(self.tokens.len(), |&place| place as usize);
        while self.taken < end {
            let token = self.tokens[self.taken];
            if token.kind == DocComment && !docs {
                let message = "Nothing that can have documentation follows this doc comment; write `//` for a plain comment";
                self.push(SyntaxProblem::new(
                    "misplaced-doc-comment",
                    message,
                    token.span(),
                ));
            }
            self.builder.token(token.kind, token.start, token.end);
            self.taken += 1;
        }
    }

    /// Takes the blanks and comments up to the first doc comment that `stops` holds for.
    pub(super) fn take_trivia_before_doc(&mut self, stops: impl Fn(&str) -> bool) {
        let end = self
            .significant
            .get(self.cursor)
            .map_or(self.tokens.len(), |&place| place as usize);
        while self.taken < end {
            let token = self.tokens[self.taken];
            if token.kind == DocComment && stops(token.span().of(self.text)) {
                return;
            }
            self.builder.token(token.kind, token.start, token.end);
            self.taken += 1;
        }
    }

    // Nodes.

    /// A place before the next token, for a node that may start there.
    pub(super) fn checkpoint(&mut self) -> Checkpoint {
        self.take_trivia(false);
        self.builder.checkpoint()
    }

    /// The start of the text.
    pub(super) fn checkpoint_before_everything(&self) -> Checkpoint {
        self.builder.checkpoint()
    }

    /// The same, for a node that starts with its doc comments.
    pub(super) fn checkpoint_with_docs(&mut self) -> Checkpoint {
        self.take_trivia_before_doc(|_| true);
        self.builder.checkpoint()
    }

    pub(super) fn node(&mut self, checkpoint: Checkpoint, kind: SyntaxKind) {
        self.builder.node(checkpoint, kind);
    }

    /// From what was first added since `checkpoint` to the last token taken.
    pub(super) fn span_since(&self, checkpoint: Checkpoint) -> Span {
        self.builder.span_since(checkpoint)
    }

    pub(super) fn is_empty_since(&self, checkpoint: Checkpoint) -> bool {
        self.builder.is_empty_since(checkpoint)
    }

    /// Reads something one level deeper, unless that is too deep: then it is left out and `otherwise` returned.
    pub(super) fn nested<R>(&mut self, otherwise: R, read: impl FnOnce(&mut Self) -> R) -> R {
        self.depth += 1;
        let result = if self.depth > NESTING_LIMIT {
            self.too_deeply_nested();
            otherwise
        } else {
            read(self)
        };
        self.depth -= 1;
        result
    }

    // Problems.

    /// Reports a problem at `span`, unless there was one at this place already.
    pub(super) fn report(&mut self, code: &'static str, message: impl Into<String>, span: Span) {
        if self.reported_at == Some(self.cursor) {
            return;
        }
        self.reported_at = Some(self.cursor);
        self.push(SyntaxProblem::new(code, message, span));
    }

    /// Reports a problem of what was read already.
    pub(super) fn report_earlier(&mut self, code: &'static str, message: &str, span: Span) {
        self.push(SyntaxProblem::new(code, message, span));
    }

    /// Keeps a problem, unless what comes next is in a comment that is never closed.
    fn push(&mut self, problem: SyntaxProblem) {
        let next = self.significant.get(self.cursor);
        let next = next.map_or(self.text.len() as u32, |&place| {
            self.tokens[place as usize].start
        });
        if next < self.commented_out_from {
            self.problems.push(problem);
        }
    }

    /// Reports a brace that is never closed, and keeps quiet about what else is missing at this place.
    pub(super) fn report_brace(&mut self, open: Span) {
        let message = format!(
            "This `{{` is never closed: expected `}}`, found {}",
            self.found()
        );
        self.push(SyntaxProblem::new("unclosed-brace", message, open));
        self.keep_quiet_here();
    }

    /// Makes this a place where something was reported already.
    pub(super) fn keep_quiet_here(&mut self) {
        self.reported_at = Some(self.cursor);
    }

    /// Whether a problem was reported at this very place.
    pub(super) fn has_reported_here(&self) -> bool {
        self.reported_at == Some(self.cursor)
    }
}
