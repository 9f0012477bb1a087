//! What is kept of one file, and what an edit makes of it.

use std::collections::HashMap;
use std::ops::Range;

use super::alone::{body_of, is_blank, is_trivia, may_stand_before_a_gap, surplus};
use super::difference::Difference;
use super::edit::{grow, Edited, Place};
use super::reduced::Whole;
use crate::cascade::is_constant;
use crate::facts::facts_of_item;
use crate::files::File;
use crate::items::{encode_item, hash, Item, ItemKind};
use crate::lexer::lex;
use crate::protocol::{ItemChange, Problem};
use crate::tree::Span;

/// One file. Spans of problems are absolute.
pub struct Known {
    pub path: String,
    pub text: String,
    blanked: String,
    pub items: Vec<Item>,
    bodies: Vec<Option<Span>>,
    is_constant: Vec<bool>,
    /// Of modules and `impl` blocks, their encoded trees.
    trees: HashMap<usize, Vec<u8>>,
    pub problems: Vec<Problem>,
    is_balanced: bool,
    pub hangs_on_brackets: bool,
}

impl Known {
    pub fn of(file: File) -> Known {
        let tree = &file.tree;
        let bodies = file.items.iter();
        let bodies = bodies.map(|item| body_of(tree, item).map(|body| body.span));
        let containers = file.items.iter().enumerate();
        let containers =
            containers.filter(|(_, item)| matches!(item.kind, ItemKind::Module | ItemKind::Impl));
        Known {
            bodies: bodies.collect(),
            is_constant: file
                .items
                .iter()
                .map(|item| is_constant(tree.node(item.node)))
                .collect(),
            trees: containers
                .map(|(number, item)| (number, encode_item(tree, item)))
                .collect(),
            is_balanced: surplus(tree).0 == 0,
            hangs_on_brackets: file.hangs_on_brackets,
            blanked: file.blanked.text().to_owned(),
            path: file.path,
            text: file.text,
            items: file.items,
            problems: file.problems,
        }
    }

    /// What a part can be taken of.
    pub fn whole(&self) -> Whole<'_> {
        Whole {
            blanked: &self.blanked,
            items: &self.items,
            bodies: &self.bodies,
            is_constant: &self.is_constant,
        }
    }

    /// The text of an item.
    pub fn own(&self, number: usize) -> &str {
        self.items[number].span.of(&self.text)
    }

    /// The text that a problem is about.
    pub fn said_at(&self, problem: &Problem) -> &str {
        let [start, end] = problem.span;
        self.text
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }

    /// Where the difference is.
    pub fn place(&self, index: usize, found: Difference, text: &str) -> Option<Place> {
        let own_after = |span: Span| {
            let end = i64::from(span.end) + i64::from(found.grown());
            let own = text.get(span.start as usize..end as usize)?;
            Some(own.to_owned())
        };
        if let Some(edited) = self.function_after(index, &found, own_after) {
            return Some(Place::Function(edited));
        }
        if !self.is_closed() {
            return None;
        }
        let (gap, around) = self.gap(&found)?;
        let gap_after = gap.start..gap.end.checked_add_signed(found.grown() as isize)?;
        let is_at_end = gap.end == self.text.len();
        let is_between = is_trivia(self.text.get(gap.clone())?, is_at_end)
            && is_trivia(text.get(gap_after)?, is_at_end)
            && may_stand_before_a_gap(&self.text[..gap.start]);
        is_between.then_some(Place::Between(found, around))
    }

    /// The function that a difference is within, if it is in one, and its text now, which `own_after` knows by its span.
    pub fn function_after(
        &self,
        index: usize,
        found: &Difference,
        own_after: impl FnOnce(Span) -> Option<String>,
    ) -> Option<Edited> {
        let start = found.before.start;
        let behind = self
            .items
            .partition_point(|item| item.span.start as usize <= start);
        let number = behind.checked_sub(1)?;
        if !self.is_closed() || !self.is_in_function(number, found) {
            return None;
        }
        let span = self.items[number].span;
        let text = own_after(span)?;
        // Blanks and comments in front of it are not part of a function.
        let begins = || {
            !lex(&text)
                .tokens
                .first()
                .is_some_and(|token| is_blank(token.kind))
        };
        (start > span.start as usize || begins()).then(|| Edited {
            file: index,
            number,
            span,
            difference: found.clone(),
            text,
        })
    }

    /// Whether an edit in one place changes nothing in others: where a brace is missing, or a string or comment is open,
    /// any change can be one of everything.
    fn is_closed(&self) -> bool {
        let mut problems = self.problems.iter();
        let is_open = problems.any(|said| {
            said.code.starts_with("unterminated")
                || matches!(&*said.code, "unclosed-brace" | "unexpected-closing")
        });
        !is_open && self.is_balanced
    }

    /// Whether the difference is within a function that is there, before its last brace.
    fn is_in_function(&self, number: usize, found: &Difference) -> bool {
        let item = &self.items[number];
        let body = self.bodies[number].filter(|_| item.kind == ItemKind::Function);
        body.is_some_and(|body| {
            let (open, end) = (item.span.start + body.start, item.span.start + body.end);
            // A body without its header has been taken out along with it.
            let is_there = self.blanked.as_bytes()[open as usize] == b'{';
            is_there && found.before.end < end as usize
        })
    }

    /// What lies between the items around a difference, and in which module or `impl` block that is.
    fn gap(&self, found: &Difference) -> Option<(Range<usize>, Option<usize>)> {
        // What begins right where something was put in is behind it.
        let behind = self
            .items
            .partition_point(|item| (item.span.start as usize) < found.before.start);
        let (mut start, mut end) = (0, self.text.len());
        let mut around = behind.checked_sub(1);
        while let Some(number) = around {
            let item = &self.items[number];
            if item.span.end as usize > found.before.start {
                let body = self.bodies[number].filter(|_| item.kind != ItemKind::Function)?;
                start = start.max((item.span.start + body.start) as usize + 1);
                end = (item.span.start + body.end) as usize - 1;
                break;
            }
            start = start.max(item.span.end as usize);
            around = item.parent;
        }
        let next = self.items.get(behind);
        let next = next.map_or(end, |next| next.span.start as usize);
        let gap = start..end.min(next);
        let is_inside = gap.start <= found.before.start && found.before.end <= gap.end;
        is_inside.then_some((gap, around))
    }

    /// Moves what is behind a difference between items; tells the items around it, and the number of the first moved.
    pub fn move_behind(
        &mut self,
        difference: &Difference,
        around: Option<usize>,
        text: &str,
    ) -> (Vec<ItemChange>, usize) {
        let Difference { before, after } = difference.clone();
        let first = self
            .items
            .partition_point(|item| (item.span.start as usize) < before.end);
        let grown = difference.grown();
        self.blanked
            .replace_range(before.clone(), &" ".repeat(after.len()));
        self.text.replace_range(before, &text[after]);
        for item in &mut self.items[first..] {
            item.span = Span::new(grow(item.span.start, grown), grow(item.span.end, grown));
        }
        (self.grow_containers(around, grown), first)
    }

    fn grow_containers(&mut self, innermost: Option<usize>, grown: i32) -> Vec<ItemChange> {
        let mut changes = Vec::new();
        let mut around = innermost;
        while let Some(number) = around {
            changes.push(self.grow_container(number, grown));
            around = self.items[number].parent;
        }
        changes
    }

    /// Puts the edited function in; tells the items around it, which have changed along.
    pub fn replace(
        &mut self,
        edited: &Edited,
        checked: &File,
        item: usize,
        target: Span,
    ) -> Vec<ItemChange> {
        let own = edited.span.start as usize..edited.span.end as usize;
        self.text.replace_range(own.clone(), &edited.text);
        self.blanked
            .replace_range(own, target.of(checked.blanked.text()));
        let grown = edited.grown();
        for item in &mut self.items[edited.number + 1..] {
            item.span = Span::new(grow(item.span.start, grown), grow(item.span.end, grown));
        }
        let parent = self.items[edited.number].parent;
        self.bodies[edited.number] =
            body_of(&checked.tree, &checked.items[item]).map(|body| body.span);
        self.items[edited.number] = Item {
            span: Span::new(edited.span.start, edited.end_after()),
            parent,
            ..checked.items[item].clone()
        };
        self.grow_containers(parent, grown)
    }

    fn grow_container(&mut self, number: usize, grown: i32) -> ItemChange {
        let item = &mut self.items[number];
        item.span.end = grow(item.span.end, grown);
        item.hash = hash(item.span.of(&self.text));
        if let Some(body) = &mut self.bodies[number] {
            body.end = grow(body.end, grown);
        }
        let tree = self.trees.entry(number).or_default();
        if let Some(end) = tree.get_mut(8..12) {
            // The first node is the item itself: its end is the third number.
            end.copy_from_slice(&(item.span.end - item.span.start).to_le_bytes());
        }
        ItemChange {
            number: number as u32,
            facts: facts_of_item(item, tree.clone()),
        }
    }
}
