//! Template strings: `` `text ${expression} text` ``, which nest.

use super::{Lexer, Mode, Token};
use crate::syntax::SyntaxKind::*;
use crate::tree::Span;

impl Lexer<'_> {
    /// The next part of the template that starts at `template`: text, the start of a hole, or the closing quote.
    pub(super) fn template_part(&mut self, template: u32) {
        let start = self.cursor.position();
        let outermost = self.modes.first().copied();
        let is_inside_broken = matches!(outermost, Some(Mode::Template { start }) if self.ends_at_line.contains(&start));
        let ends_at_line = is_inside_broken || self.ends_at_line.contains(&template);
        while let Some(character) = self.cursor.peek() {
            match character {
                '`' => return self.template_quote(start, template),
                '$' if self.cursor.peek_second() == Some('{') => return self.template_hole(start),
                '\n' if ends_at_line => {
                    self.leave_closers(start);
                    self.push_template_text(start);
                    return self.end_templates_at_line(self.cursor.position());
                }
                '$' => {
                    let at = self.cursor.position();
                    self.cursor.next();
                    let message =
                        "In a template `$` starts `${…}`; write `\\$` for the character itself";
                    self.problem("expected-template-hole", message, Span::new(at, at + 1));
                }
                '\\' => {
                    self.cursor.next();
                    if !(ends_at_line && self.cursor.peek() == Some('\n')) {
                        self.cursor.next();
                    }
                }
                _ => {
                    self.cursor.next();
                }
            }
        }
        self.push_template_text(start);
    }

    fn push_template_text(&mut self, start: u32) {
        if self.cursor.position() > start {
            self.push(TemplateText, start);
        }
    }

    fn template_quote(&mut self, text_start: u32, template: u32) {
        self.push_template_text(text_start);
        let start = self.cursor.position();
        self.cursor.next();
        self.push(TemplateQuote, start);
        self.modes.pop();
        self.suspect_literal(template);
    }

    fn template_hole(&mut self, text_start: u32) {
        self.push_template_text(text_start);
        let start = self.cursor.position();
        self.cursor.next();
        self.cursor.next();
        self.push(TemplateOpen, start);
        self.modes.push(Mode::Hole { open_braces: 0 });
    }

    /// Leaves every template around this place that has no end but its line's, which is at `line_end`. Empty tokens stand
    /// for the missing ends.
    pub(super) fn end_templates_at_line(&mut self, line_end: u32) {
        let is_broken = |mode: &Mode| matches!(mode, Mode::Template { start } if self.ends_at_line.contains(start));
        let Some(outermost) = self.modes.iter().position(is_broken) else {
            return;
        };
        let Mode::Template { start } = self.modes[outermost] else {
            return;
        };
        let is_behind = |token: &Token| matches!(token.kind, Whitespace | Semicolon | Comma);
        let behind = self
            .tokens
            .iter()
            .rev()
            .take_while(|token| is_behind(token))
            .count();
        let behind = self.tokens.split_off(self.tokens.len() - behind);
        let end = self.tokens.last().map_or(start, |last| last.end);
        for mode in self.modes.split_off(outermost).into_iter().rev() {
            let kind = if matches!(mode, Mode::Hole { .. }) {
                TemplateClose
            } else {
                TemplateQuote
            };
            self.tokens.push(Token {
                kind,
                start: end,
                end,
            });
        }
        self.tokens.extend(behind);
        self.report_template(start, line_end);
    }

    /// At the end of the text: the outermost template that is still open lacks its end.
    pub(super) fn template_without_end(&mut self) {
        let Some(Mode::Template { start }) = self.modes.first().copied() else {
            return;
        };
        self.cursor.go_to(start);
        self.cursor.skip_line();
        self.report_template(start, self.cursor.position());
        self.unterminated = self.unterminated.or(Some(start));
    }

    fn report_template(&mut self, start: u32, end: u32) {
        let message = "This template string is never closed: expected a backtick";
        self.problem("unterminated-template", message, Span::new(start, end));
    }
}
