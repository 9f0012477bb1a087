//! Where something has been taken out of a text, found again in logarithmic time.

use std::collections::BTreeMap;

use crate::blank::Level;
use crate::tree::Span;

/// Pieces of a text by their starts; pieces within a piece are its own. What overlaps in part does not occur: pieces are
/// nodes of a tree.
#[derive(Default)]
pub struct Cuts {
    pieces: BTreeMap<u32, Piece>,
}

struct Piece {
    end: u32,
    level: Level,
    inside: Cuts,
}

impl Cuts {
    /// Takes down that a piece was taken out at a level.
    pub fn insert(&mut self, span: Span, level: Level) {
        if let Some(around) = self.around_mut(span) {
            return around.inside.insert(span, level);
        }
        let mut inside = Cuts::default();
        let next = |pieces: &BTreeMap<u32, Piece>| {
            let (start, piece) = pieces.range(span.start..).next()?;
            (piece.end <= span.end).then_some(*start)
        };
        while let Some(start) = next(&self.pieces) {
            inside.pieces.extend(self.pieces.remove_entry(&start));
        }
        let end = span.end;
        self.pieces.insert(span.start, Piece { end, level, inside });
    }

    /// The largest level of the pieces that `span` is in.
    pub fn level_around(&self, span: Span) -> Option<Level> {
        let (_, piece) = self.pieces.range(..=span.start).next_back()?;
        if piece.end < span.end {
            return None;
        }
        piece.inside.level_around(span).max(Some(piece.level))
    }

    /// Whether a piece is in `span`.
    pub fn is_any_in(&self, span: Span) -> bool {
        let before = self.pieces.range(..=span.start).next_back();
        let behind = self.pieces.range(span.start..).next();
        behind.is_some_and(|(_, piece)| piece.end <= span.end)
            || before.is_some_and(|(_, piece)| piece.inside.is_any_in(span))
    }

    fn around_mut(&mut self, span: Span) -> Option<&mut Piece> {
        let (_, before) = self.pieces.range_mut(..=span.start).next_back()?;
        (span.end <= before.end).then_some(before)
    }
}
