//! Token trees: what stands in attributes and in macros whose grammar is their own.

use super::builder::Checkpoint;
use super::core::Parser;
use crate::syntax::SyntaxKind::{self, *};
use crate::tree::Span;

impl Parser<'_> {
    /// Takes tokens up to and with the one that closes the group opened at `open`. Groups inside are token trees.
    ///
    /// Like Rune this counts opening and closing delimiters without looking at which kind closes which.
    pub(super) fn token_trees(&mut self, close: SyntaxKind, open: Span) {
        let mut groups: Vec<Checkpoint> = Vec::new();
        while !self.ends_token_trees(groups.len()) {
            self.take_trivia(true);
            let kind = self.current();
            if kind.is_open_delimiter() {
                groups.push(self.checkpoint());
                self.bump();
            } else if kind.is_close_delimiter() {
                let Some(group) = groups.pop() else {
                    return self.close_token_trees(close, open);
                };
                self.bump();
                self.node(group, TokenTree);
            } else {
                self.bump();
            }
        }
        while let Some(group) = groups.pop() {
            self.node(group, TokenTree);
        }
        self.unclosed(open, close);
    }

    /// Takes tokens up to the one that closes the group around, in a text whose delimiters are balanced.
    pub(super) fn token_trees_inside(&mut self) {
        let mut depth = 0;
        loop {
            self.take_trivia(true);
            if self.at(EndOfFile) {
                return;
            }
            let kind = self.current();
            if kind.is_open_delimiter() {
                depth += 1;
            } else if kind.is_close_delimiter() {
                if depth == 0 {
                    return;
                }
                depth -= 1;
            }
            self.bump();
        }
    }

    /// Whether a delimiter is missing in the text, and that `matters` here.
    pub(super) fn lacks_delimiter_where(&self, matters: impl FnOnce(&Self) -> bool) -> bool {
        let lacks = self.surplus_brackets > 0 || self.surplus_braces > 0;
        self.hangs_on(lacks, matters)
    }

    /// Whether the group around is not closed at all: the text is over, or it lacks a delimiter and what comes next
    /// cannot belong to the group.
    fn ends_token_trees(&self, groups: usize) -> bool {
        let is_outside = |parser: &Self| {
            parser.at_item_line() || (groups == 0 && parser.at_any(&[Semicolon, CloseBrace]))
        };
        self.at(EndOfFile)
            || (groups == 0 && self.at(TemplateClose))
            || self.lacks_delimiter_where(is_outside)
    }

    fn close_token_trees(&mut self, close: SyntaxKind, open: Span) {
        if self.at(close) {
            return self.bump();
        }
        self.unclosed(open, close);
        if !self.at_any(&[CloseBrace, TemplateClose]) {
            self.skip_token();
        }
    }
}
