//! An edit, and where it moves what is behind it.

use super::difference::Difference;
use crate::protocol::{Offsets, Problem};
use crate::tree::Span;

/// What an edit was made in.
pub enum Place {
    /// The blanks and comments between items, in the module or `impl` block of that number.
    Between(Difference, Option<usize>),
    Function(Edited),
}

/// A function with another text.
pub struct Edited {
    pub file: usize,
    pub number: usize,
    pub difference: Difference,
    /// Its range in the text before, and its text now.
    pub span: Span,
    pub text: String,
}

impl Edited {
    pub fn grown(&self) -> i32 {
        self.difference.grown()
    }

    pub fn end_after(&self) -> u32 {
        self.span.start + self.text.len() as u32
    }

    /// Where a place is that the edit has only moved: what is in the function has not only moved.
    pub fn moved(&self, [start, end]: Offsets) -> Option<Offsets> {
        let is_kept = |offset: u32| {
            offset >= self.span.end || offset as usize <= self.difference.before.start
        };
        let moved = self.difference.moved([start, end])?;
        (is_kept(start) && is_kept(end)).then_some(moved)
    }
}

impl Difference {
    pub fn grown(&self) -> i32 {
        self.after.len() as i32 - self.before.len() as i32
    }

    /// Where a place is now that is in front of it, behind it, or around it.
    pub fn moved(&self, [start, end]: Offsets) -> Option<Offsets> {
        let moved = |offset| grow(offset, self.grown());
        let (first, last) = (self.before.start as u32, self.before.end as u32);
        if start >= last && (start, end) != (first, last) {
            Some([moved(start), moved(end)])
        } else if end <= first && start < first {
            Some([start, end])
        } else {
            (start <= first && end >= last && start < end).then(|| [start, moved(end)])
        }
    }

    pub fn moved_problem(&self, problem: &Problem, is_here: bool, path: &str) -> Option<Problem> {
        moved_problem(problem, is_here, path, |place| self.moved(place))
    }
}

/// A problem of the edited file, or of another one, where an edit of the file `path` has moved it.
pub fn moved_problem(
    problem: &Problem,
    is_here: bool,
    path: &str,
    moved: impl Fn(Offsets) -> Option<Offsets>,
) -> Option<Problem> {
    let mut problem = problem.clone();
    if is_here {
        problem.span = moved(problem.span)?;
        for edit in problem.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
            edit.span = moved(edit.span)?;
        }
    }
    for related in problem
        .related
        .iter_mut()
        .filter(|related| related.path == path)
    {
        related.span = moved(related.span)?;
    }
    Some(problem)
}

pub fn grow(offset: u32, by: i32) -> u32 {
    offset.wrapping_add_signed(by)
}
