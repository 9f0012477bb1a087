//! Delimiters and operators: the longest one that fits.

use super::{Lexer, Mode};
use crate::syntax::SyntaxKind::{self, *};

impl Lexer<'_> {
    /// The operator that starts with `first`, which is read already.
    pub(super) fn operator(&mut self, first: char) -> Option<SyntaxKind> {
        Some(match first {
            '(' => OpenParenthesis,
            ')' => CloseParenthesis,
            '[' => OpenBracket,
            ']' => CloseBracket,
            ',' => Comma,
            ';' => Semicolon,
            '#' => Hash,
            '?' => Question,
            '@' => At,
            '$' => Dollar,
            '~' => Tilde,
            ':' => self.longest(Colon, &[(':', ColonColon)]),
            '.' => match self.longest(Dot, &[('.', DotDot)]) {
                DotDot => self.longest(DotDot, &[('=', DotDotEqual)]),
                dot => dot,
            },
            '=' => self.longest(Equal, &[('=', EqualEqual), ('>', FatArrow)]),
            '!' => self.longest(Bang, &[('=', BangEqual)]),
            '+' => self.longest(Plus, &[('=', PlusEqual)]),
            '-' => self.longest(Minus, &[('=', MinusEqual), ('>', Arrow)]),
            '*' => self.longest(Star, &[('=', StarEqual)]),
            '/' => self.longest(Slash, &[('=', SlashEqual)]),
            '%' => self.longest(Percent, &[('=', PercentEqual)]),
            '^' => self.longest(Caret, &[('=', CaretEqual)]),
            '&' => self.longest(
                Ampersand,
                &[('=', AmpersandEqual), ('&', AmpersandAmpersand)],
            ),
            '|' => self.longest(Pipe, &[('=', PipeEqual), ('|', PipePipe)]),
            '<' => match self.longest(Less, &[('=', LessEqual), ('<', LessLess)]) {
                LessLess => self.longest(LessLess, &[('=', LessLessEqual)]),
                less => less,
            },
            '>' => match self.longest(Greater, &[('=', GreaterEqual), ('>', GreaterGreater)]) {
                GreaterGreater => self.longest(GreaterGreater, &[('=', GreaterGreaterEqual)]),
                greater => greater,
            },
            _ => return None,
        })
    }

    /// The kind of the continuation that comes next, which is read, or `otherwise`.
    fn longest(
        &mut self,
        otherwise: SyntaxKind,
        continuations: &[(char, SyntaxKind)],
    ) -> SyntaxKind {
        let found = continuations
            .iter()
            .find(|(character, _)| self.cursor.peek() == Some(*character));
        match found {
            Some((_, kind)) => {
                self.cursor.next();
                *kind
            }
            None => otherwise,
        }
    }

    pub(super) fn open_brace(&mut self) -> SyntaxKind {
        if let Some(Mode::Hole { open_braces }) = self.modes.last_mut() {
            *open_braces += 1;
        }
        OpenBrace
    }

    /// `}` closes a brace, or the hole of a template when no brace is open in it.
    pub(super) fn close_brace(&mut self) -> SyntaxKind {
        match self.modes.last_mut() {
            Some(Mode::Hole { open_braces: 0 }) => {
                self.modes.pop();
                TemplateClose
            }
            Some(Mode::Hole { open_braces }) => {
                *open_braces -= 1;
                CloseBrace
            }
            _ => CloseBrace,
        }
    }
}
