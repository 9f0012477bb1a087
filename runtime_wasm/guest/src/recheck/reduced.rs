//! The part of a script that the compiler must see to say of one function what it says in the whole.
//!
//! With the function go, transitively: the modules and `impl` blocks around it, the headers of the functions that it
//! names, types, constants and constant functions as a whole, every import and every `mod name;`.

use std::collections::{HashMap, HashSet};

use crate::blank::Blanked;
use crate::check::words;
use crate::items::{Item, ItemKind};
use crate::tree::Span;

/// A file as far as a part of it can be taken.
pub struct Whole<'a> {
    /// The text that the compiler came to an end with: nothing in it is wrong.
    pub blanked: &'a str,
    pub items: &'a [Item],
    /// Of functions, modules and `impl` blocks, where their braces are, relative to the item.
    pub bodies: &'a [Option<Span>],
    pub is_constant: &'a [bool],
}

/// The files with nothing in them but what is needed.
pub struct Reduced {
    pub texts: Vec<String>,
    /// Where the function is in its file.
    pub target: Span,
    pieces: Vec<Piece>,
}

/// What has been taken over from a file, unchanged.
struct Piece {
    file: usize,
    start: u32,
    length: u32,
    original: u32,
}

impl Reduced {
    /// Where a place of a reduced file was in the whole one.
    pub fn original(&self, file: usize, place: Span) -> Option<Span> {
        let is_around = |piece: &&Piece| {
            piece.file == file
                && piece.start <= place.start
                && place.end <= piece.start + piece.length
        };
        let piece = self.pieces.iter().find(is_around)?;
        let moved = |offset: u32| offset - piece.start + piece.original;
        Some(Span::new(moved(place.start), moved(place.end)))
    }
}

/// Takes the function out that is item `target` (file and number), whose text is `text` now.
pub fn reduce(
    files: &[Whole<'_>],
    by_name: &HashMap<String, Vec<(usize, usize)>>,
    target: (usize, usize),
    text: &str,
) -> Reduced {
    let mut needs = Needs {
        files,
        by_name,
        target,
        kept: files
            .iter()
            .map(|file| vec![false; file.items.len()])
            .collect(),
        open: Vec::new(),
        seen: HashSet::new(),
    };
    needs.gather(text);
    let mut reduced = Reduced {
        texts: Vec::new(),
        target: Span::default(),
        pieces: Vec::new(),
    };
    for (index, kept) in needs.kept.iter().enumerate() {
        let target = (target.0 == index).then_some((target.1, text));
        reduced.write(index, &files[index], kept, target);
    }
    reduced
}

struct Needs<'a> {
    files: &'a [Whole<'a>],
    by_name: &'a HashMap<String, Vec<(usize, usize)>>,
    target: (usize, usize),
    kept: Vec<Vec<bool>>,
    /// Items that are kept, and whose own names have not been looked at.
    open: Vec<(usize, usize)>,
    seen: HashSet<String>,
}

impl Needs<'_> {
    fn gather(&mut self, text: &str) {
        self.keep(self.target);
        self.name(text);
        for (index, file) in self.files.iter().enumerate() {
            for (number, item) in file.items.iter().enumerate() {
                let is_declaration = item.kind == ItemKind::Module && file.bodies[number].is_none();
                if item.kind == ItemKind::Use || is_declaration {
                    self.keep((index, number));
                }
            }
        }
        while let Some(place) = self.open.pop() {
            if place != self.target {
                let (file, number) = place;
                self.name(self.files[file].needed(number).of(self.files[file].blanked));
            }
        }
    }

    fn keep(&mut self, (file, number): (usize, usize)) {
        let mut next = Some(number);
        while let Some(number) = next.filter(|number| !self.kept[file][*number]) {
            self.kept[file][number] = true;
            self.open.push((file, number));
            next = self.files[file].items[number].parent;
        }
    }

    /// Keeps whatever a text may name.
    fn name(&mut self, text: &str) {
        for word in words(text) {
            let Some(places) = self.by_name.get(word) else {
                continue;
            };
            if self.seen.insert(word.to_owned()) {
                for place in places {
                    self.keep(*place);
                }
            }
        }
    }
}

impl Whole<'_> {
    /// What is needed of an item that is named: of functions and what has items in it, the header; else all of it.
    fn needed(&self, number: usize) -> Span {
        let item = &self.items[number];
        match self.bodies[number] {
            Some(body) if !self.is_constant[number] => {
                Span::new(item.span.start, item.span.start + body.start)
            }
            _ => item.span,
        }
    }
}

impl Reduced {
    fn write(
        &mut self,
        index: usize,
        file: &Whole<'_>,
        kept: &[bool],
        target: Option<(usize, &str)>,
    ) {
        let mut text = String::new();
        let mut open: Vec<usize> = Vec::new();
        for number in (0..file.items.len()).filter(|number| kept[*number]) {
            let start = file.items[number].span.start;
            let is_behind = |around: &mut usize| file.items[*around].span.end <= start;
            while open.pop_if(is_behind).is_some() {
                text.push_str("}\n");
            }
            let item = &file.items[number];
            if let Some((_, own)) = target.filter(|(target, _)| *target == number) {
                let start = text.len() as u32;
                self.target = Span::new(start, start + own.len() as u32);
                self.take(index, start, own, item.span.start);
                text.push_str(own);
            } else {
                let needed = file.needed(number);
                let start = text.len() as u32;
                let own = needed.of(file.blanked);
                self.take(index, start, own, needed.start);
                text.push_str(own);
                // Of what was taken out, there is no header to put braces behind.
                if needed != item.span && !Blanked::is_blank(own) {
                    text.push('{');
                    if item.kind == ItemKind::Function {
                        text.push('}');
                    } else {
                        open.push(number);
                    }
                }
            }
            text.push('\n');
        }
        text.push_str(&"}".repeat(open.len()));
        self.texts.push(text);
    }

    fn take(&mut self, file: usize, start: u32, text: &str, original: u32) {
        let length = text.len() as u32;
        self.pieces.push(Piece {
            file,
            start,
            length,
            original,
        });
    }
}
