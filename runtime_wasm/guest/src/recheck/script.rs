//! What is kept of a script between two checks, so that an edit within one function costs a check of that function.
//!
//! Every step answers None where the whole script has to be looked at again. That is always right, and only slower.

use std::collections::HashMap;
use std::ops::Range;

use rune::Context;
use serde_bytes::ByteBuf;

use super::alone::{body_of, Alone};
use super::difference::{difference, Difference};
use super::edit::{moved_problem, Edited, Place};
use super::known::Known;
use super::reduced::{reduce, Reduced, Whole};
use crate::blank::{is_item, Cut, Level};
use crate::cascade::Lost;
use crate::check::{check_files, words, Ended};
use crate::facts::{item_facts, problem_facts};
use crate::files::{gather, File};
use crate::items::{Item, ItemKind};
use crate::problem::commented_out_from;
use crate::protocol::{
    Dialect, FileChange, ItemChange, Offsets, Origin, Problem, Severity, Source,
};
use crate::report::{Names, SUGGESTIONS};
use crate::syntax::SyntaxKind::{ImplItem, ModuleItem};
use crate::tree::Span;
use crate::uses::{Home, Uses};

/// A script, with what was found out about it.
pub struct Remembered {
    given: Vec<Given>,
    files: Vec<Known>,
    names: Names,
    lost: Lost,
    by_name: HashMap<String, Vec<(usize, usize)>>,
    uses: Uses,
    /// Whether what we think is not used is what the compiler says.
    are_uses_certain: bool,
    /// An edit that was looked at and is not compiled yet.
    foreseen: Option<Foreseen>,
    /// The function that was edited last, by its file and number, as it is now.
    newest: Option<((usize, usize), Alone)>,
}

/// An edit within a function that can be checked alone, which is read as it was and as it is.
struct Foreseen {
    edited: Edited,
    before: Alone,
    after: Alone,
}

/// So much of a function, in bytes, is foreseen: what is longer takes a while to compile, and is worth one.
const FORESEEN_BYTES: usize = 16 << 10;

/// A source as it was given.
struct Given {
    path: String,
    content: Content,
}

enum Content {
    /// That of the file of this number.
    File(usize),
    /// What no module needed, or what does not exist.
    Other(Option<ByteBuf>),
}

impl Remembered {
    /// What can be kept of a script that has been checked; None if that would be of no use.
    pub fn after(sources: &[Source], ended: Ended) -> Option<Remembered> {
        let files = &ended.files;
        if !ended.is_plain || !files.iter().all(can_be_kept) {
            return None;
        }
        let uses = Uses::of(files);
        let items: Vec<&[Item]> = files.iter().map(|file| file.items.as_slice()).collect();
        let unused = files.iter().enumerate().flat_map(|(index, file)| {
            let places = not_used(&file.problems);
            places.map(move |place| (index, place))
        });
        let agree = uses.agrees_with(&items, unused);
        let are_uses_certain = agree && !files.iter().any(has_inner_items);
        let names = Names::of(items.iter().copied().flatten());
        let by_name = by_name(&items);
        let given = sources.iter().enumerate();
        let given = given
            .map(|(number, source)| given_as(number, source, files))
            .collect();
        let remembered = Remembered {
            given,
            names,
            lost: ended.lost.settled(files),
            by_name,
            uses,
            are_uses_certain,
            foreseen: None,
            newest: None,
            files: ended.files.into_iter().map(Known::of).collect(),
        };
        remembered.is_sound().then_some(remembered)
    }

    /// The differences that the new sources make, taken over.
    pub fn follow(&mut self, context: &Context, sources: &[Source]) -> Option<Vec<FileChange>> {
        self.foreseen = None;
        let Some((file, difference, text)) = self.difference(sources)? else {
            return Some(Vec::new());
        };
        match self.files[file].place(file, difference, text)? {
            Place::Between(difference, around) => self.move_items(file, &difference, around, text),
            Place::Function(edited) => {
                let foreseen = self.read(edited)?;
                self.take_in(context, foreseen)
            }
        }
    }

    /// What it makes of the items that `text` comes into the place of the bytes `span` of the file `path`, if that is
    /// within one function that is not too long.
    pub fn foresee(
        &mut self,
        path: &str,
        [start, end]: Offsets,
        text: &[u8],
    ) -> Option<Vec<FileChange>> {
        self.foreseen = None;
        let number = self.files.iter().position(|file| file.path == path)?;
        let start = start as usize;
        let difference = Difference {
            before: start..end as usize,
            after: start..start + text.len(),
        };
        let file = &self.files[number];
        let edited = file.function_after(number, &difference, |own| {
            let own = own.start as usize..own.end as usize;
            let before = file.text.as_bytes();
            let kept = |range: Range<usize>| before.get(range);
            let (front, back) = (kept(own.start..start)?, kept(end as usize..own.end)?);
            String::from_utf8([front, text, back].concat()).ok()
        })?;
        if edited.text.len() > FORESEEN_BYTES {
            return None;
        }
        let foreseen = self.read(edited)?;
        let change = self.change_of(&foreseen);
        self.foreseen = Some(foreseen);
        Some(vec![change])
    }

    /// The differences that the edit makes which was foreseen, taken over.
    pub fn settle(&mut self, context: &Context) -> Option<Vec<FileChange>> {
        let foreseen = self.foreseen.take()?;
        self.take_in(context, foreseen)
    }

    /// How many bytes of texts are remembered.
    pub fn bytes(&self) -> usize {
        let own = self.files.iter().map(|file| file.text.len());
        let others = self.given.iter().map(|given| match &given.content {
            Content::Other(Some(text)) => text.len(),
            _ => 0,
        });
        own.chain(others).sum()
    }

    fn read(&mut self, edited: Edited) -> Option<Foreseen> {
        let place = (edited.file, edited.number);
        let newest = self.newest.take().filter(|newest| newest.0 == place);
        let before = match newest {
            Some((_, alone)) => alone,
            None => Alone::of(self.files[edited.file].own(edited.number))?,
        };
        let after = Alone::of(&edited.text)?;
        self.can_be_checked_alone(&edited, &before, &after)?;
        Some(Foreseen {
            edited,
            before,
            after,
        })
    }

    fn change_of(&self, foreseen: &Foreseen) -> FileChange {
        let Foreseen { edited, after, .. } = foreseen;
        let file = &self.files[edited.file];
        let mut facts = after.facts();
        facts.span = [edited.span.start, edited.end_after()];
        facts.parent = file.items[edited.number].parent.map(|parent| parent as u32);
        FileChange {
            path: file.path.clone(),
            items: vec![ItemChange {
                number: edited.number as u32,
                facts,
            }],
            moved_from: edited.number as u32 + 1,
            moved_by: edited.grown(),
            problems: Vec::new(),
        }
    }

    fn take_in(&mut self, context: &Context, foreseen: Foreseen) -> Option<Vec<FileChange>> {
        let Foreseen {
            edited,
            before,
            after,
        } = foreseen;
        let (reduced, ended) = self.check_alone(context, &edited)?;
        let found = self.found(&edited, &reduced, &ended)?;
        let has_cut = has_taken_out(&ended.files[found.file]);
        self.change_uses(&edited, &before, &after, has_cut)?;
        let problems = self.problems_after(&edited, found.problems)?;
        // Only of a script without other errors does Rune find out whether all that is called is there.
        let is_mended = self.files.iter().any(|file| has_error(&file.problems))
            && !problems.iter().any(|problems| has_error(problems));
        if is_mended && self.may_lack_functions() {
            return None;
        }
        let file = &ended.files[found.file];
        self.newest = Some(((edited.file, edited.number), after));
        self.take_over(edited, file, found.item, problems)
    }

    /// The file that was edited, if it is one, where, and its text now; nothing, if nothing was.
    fn difference<'s>(
        &self,
        sources: &'s [Source],
    ) -> Option<Option<(usize, Difference, &'s str)>> {
        if sources.len() != self.given.len() {
            return None;
        }
        let mut edited = None;
        for (given, source) in self.given.iter().zip(sources) {
            if given.path != source.path {
                return None;
            }
            match (&given.content, &source.text) {
                (Content::Other(before), after) if before == after => {}
                (Content::File(file), Some(after)) => {
                    let before = self.files[*file].text.as_bytes();
                    let Some(found) = difference(before, after) else {
                        continue;
                    };
                    if edited.is_some() {
                        return None;
                    }
                    edited = Some((*file, found, std::str::from_utf8(after).ok()?));
                }
                _ => return None,
            }
        }
        Some(edited)
    }

    /// Takes over an edit that has only moved what is behind it.
    fn move_items(
        &mut self,
        index: usize,
        difference: &Difference,
        around: Option<usize>,
        text: &str,
    ) -> Option<Vec<FileChange>> {
        let path = self.files[index].path.clone();
        let mut problems = Vec::with_capacity(self.files.len());
        for (number, file) in self.files.iter().enumerate() {
            let own = file.problems.iter();
            let moved =
                own.map(|problem| difference.moved_problem(problem, number == index, &path));
            problems.push(moved.collect::<Option<Vec<Problem>>>()?);
        }
        let (items, moved_from) = self.files[index].move_behind(difference, around, text);
        Some(self.changes(index, items, moved_from, difference.grown(), problems))
    }

    /// Whether what the whole script says of the function can be found out without the rest.
    fn can_be_checked_alone(&self, edited: &Edited, before: &Alone, after: &Alone) -> Option<()> {
        let file = &self.files[edited.file];
        let is_known = before.is_plain && after.is_plain;
        let has_header = before.header == after.header;
        // What comes behind a function can be blamed on its last brace.
        let syntax = file.problems.iter();
        let syntax =
            syntax.filter(|said| said.origin == Origin::Syntax && is_in(said.span, edited.span));
        let is_own = syntax.count() == before.problems;
        // Who lacks a bracket changes how mistakes elsewhere are read, and what else no bracket should be missing for.
        let is_alone = before.surplus_brackets == after.surplus_brackets
            || (!file.hangs_on_brackets
                && file.problems.iter().all(|problem| {
                    problem.origin != Origin::Syntax || is_in(problem.span, edited.span)
                }));
        let is_lost = |text: &str| self.lost.has_any(words(text));
        let is_free = !is_lost(&edited.text) && !is_lost(edited.span.of(&file.text));
        (is_known && is_own && has_header && is_alone && is_free).then_some(())
    }

    fn check_alone(&self, context: &Context, edited: &Edited) -> Option<(Reduced, Ended)> {
        let whole: Vec<Whole<'_>> = self.files.iter().map(Known::whole).collect();
        let place = (edited.file, edited.number);
        let mut reduced = reduce(&whole, &self.by_name, place, &edited.text);
        let mut sources: Vec<Source> = Vec::with_capacity(self.given.len());
        for given in &self.given {
            let text = match &given.content {
                Content::File(file) => {
                    let text = std::mem::take(&mut reduced.texts[*file]);
                    Some(ByteBuf::from(text.into_bytes()))
                }
                Content::Other(text) => text.as_ref().map(|_| ByteBuf::new()),
            };
            sources.push(Source {
                path: given.path.clone(),
                text,
            });
        }
        let files = gather(&sources, Dialect::Module).ok()?;
        let ended = check_files(context, files, Dialect::Module, self.names.clone());
        (ended.is_plain && ended.lost.is_empty()).then_some((reduced, ended))
    }

    /// What was found out about the function, in the places of the whole file.
    fn found(&self, edited: &Edited, reduced: &Reduced, ended: &Ended) -> Option<Found> {
        let path = &self.files[edited.file].path;
        let index = ended.files.iter().position(|file| file.path == *path)?;
        let file = &ended.files[index];
        let item = file
            .items
            .iter()
            .position(|item| item.span == reduced.target)?;
        for (number, other) in ended.files.iter().enumerate() {
            let body = body_of(&file.tree, &file.items[item])?.span;
            let start = reduced.target.start;
            let body = Span::new(body.start + start, body.end + start);
            let mut cuts = other.blanked.cuts().iter().filter(says_something);
            if cuts.any(|cut| number != index || !is_in([cut.span.start, cut.span.end], body)) {
                return None;
            }
        }
        let mut problems = Vec::new();
        for problem in &file.problems {
            if !is_in(problem.span, reduced.target) {
                // What is wrong elsewhere has been said, and was taken out.
                (problem.severity != Severity::Error).then_some(())?;
            } else if !is_of_item(problem, file) {
                problems.push(self.back(problem, edited, reduced)?);
            }
        }
        Some(Found {
            file: index,
            item,
            problems,
        })
    }

    /// A problem of the reduced script as it is in the whole one after the edit.
    fn back(&self, problem: &Problem, edited: &Edited, reduced: &Reduced) -> Option<Problem> {
        let original = |file: usize, [start, end]: Offsets| {
            let found = reduced.original(file, Span::new(start, end))?;
            Some([found.start, found.end])
        };
        let mut problem = problem.clone();
        problem.span = original(edited.file, problem.span)?;
        for edit in problem.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
            if !is_in(edit.span, reduced.target) {
                return None;
            }
            edit.span = original(edited.file, edit.span)?;
        }
        for related in &mut problem.related {
            let file = self
                .files
                .iter()
                .position(|file| file.path == related.path)?;
            let is_own = file == edited.file && is_in(related.span, reduced.target);
            related.span = original(file, related.span)?;
            if file == edited.file && !is_own {
                related.span = edited.moved(related.span)?;
            }
        }
        Some(problem)
    }

    /// Whether a function may be called that is not there, since Rune takes it for unused.
    fn may_lack_functions(&self) -> bool {
        !self.are_uses_certain || self.uses.may_lack_functions()
    }

    fn change_uses(
        &mut self,
        edited: &Edited,
        before: &Alone,
        after: &Alone,
        has_cut: bool,
    ) -> Option<()> {
        let home = Home {
            file: edited.file,
            parent: self.files[edited.file].items[edited.number].parent,
        };
        let named = |alone: &Alone, text: &str| self.uses.named(alone.function(), text, home);
        let before = named(before, edited.span.of(&self.files[edited.file].text));
        let after = named(after, &edited.text);
        let place = (edited.file, edited.number);
        let is_same = before == after && self.uses.has_cut(place) == has_cut;
        // What is seen of a function with a mistake decides what is said of items in those that it calls.
        if is_same && (self.are_uses_certain || !has_cut) {
            return Some(());
        }
        self.are_uses_certain.then_some(())?;
        self.uses.change(place, &before, &after, has_cut)
    }

    /// The problems of all files after the edit, those that have changed.
    fn problems_after(&self, edited: &Edited, found: Vec<Problem>) -> Option<Vec<Vec<Problem>>> {
        let unused = self.uses.unused();
        let path = &self.files[edited.file].path;
        let mut still_unused = 0;
        let mut after: Vec<Vec<Problem>> = Vec::with_capacity(self.files.len());
        for (index, file) in self.files.iter().enumerate() {
            let mut problems = Vec::with_capacity(file.problems.len() + found.len());
            for problem in &file.problems {
                let is_own = index == edited.file && is_in(problem.span, edited.span);
                let place = Span::new(problem.span[0], problem.span[1]);
                let node = self.uses.node_at(&file.items, index, place);
                let node = node.filter(|_| problem.code == NOT_USED);
                let is_used_now = node.is_some_and(|node| self.are_uses_certain && !unused[node]);
                if (is_own && node.is_none()) || is_used_now {
                    continue;
                }
                still_unused += usize::from(node.is_some());
                let is_here = index == edited.file;
                problems.push(moved_problem(problem, is_here, path, |place| {
                    edited.moved(place)
                })?);
            }
            after.push(problems);
        }
        // What has come to be unused, the compiler has to say.
        let is_all = still_unused == unused.iter().filter(|unused| **unused).count();
        (is_all || !self.are_uses_certain).then_some(())?;
        after[edited.file].extend(found);
        Some(after)
    }

    fn take_over(
        &mut self,
        edited: Edited,
        checked: &File,
        item: usize,
        problems: Vec<Vec<Problem>>,
    ) -> Option<Vec<FileChange>> {
        let target = checked.items[item].span;
        let mut facts = item_facts(checked, &checked.items[item]);
        let file = &mut self.files[edited.file];
        let items = file.replace(&edited, checked, item, target);
        facts.span = [edited.span.start, edited.end_after()];
        facts.parent = file.items[edited.number].parent.map(|parent| parent as u32);
        let mut items = items;
        items.push(ItemChange {
            number: edited.number as u32,
            facts,
        });
        let (moved_from, moved_by) = (edited.number + 1, edited.grown());
        let changes = self.changes(edited.file, items, moved_from, moved_by, problems);
        self.is_sound().then_some(changes)
    }

    /// Takes over the problems of all files, and tells what is different.
    fn changes(
        &mut self,
        edited: usize,
        items: Vec<ItemChange>,
        moved_from: usize,
        moved_by: i32,
        problems: Vec<Vec<Problem>>,
    ) -> Vec<FileChange> {
        let mut items = Some(items);
        let mut changes = Vec::new();
        for (index, problems) in problems.into_iter().enumerate() {
            let file = &mut self.files[index];
            let is_edited = index == edited;
            if is_edited || problems != file.problems {
                changes.push(FileChange {
                    path: file.path.clone(),
                    items: items.take_if(|_| is_edited).unwrap_or_default(),
                    moved_from: if is_edited { moved_from as u32 } else { 0 },
                    moved_by: if is_edited { moved_by } else { 0 },
                    problems: problem_facts(&problems, &file.items),
                });
            }
            file.problems = problems;
        }
        changes
    }

    /// Whether what was said of each function does not depend on what was said of the others.
    fn is_sound(&self) -> bool {
        let mut errors = 0;
        for file in &self.files {
            for problem in file
                .problems
                .iter()
                .filter(|said| said.origin == Origin::Compiler)
            {
                errors += 1;
                // Once Rune has stumbled over an import, it may find it missing in other functions too.
                if IMPORTS.contains(&&*problem.code)
                    && self.uses.names_an_import(file.said_at(problem))
                {
                    return false;
                }
            }
        }
        // Of too many missing names, not all are compared with the names that there are.
        errors < SUGGESTIONS
    }
}

/// What the check of the reduced script found: the file and the item there, and the problems of the whole.
struct Found {
    file: usize,
    item: usize,
    problems: Vec<Problem>,
}

/// Whether the compiler refuses something. A module without a file it is not told of.
fn has_error(problems: &[Problem]) -> bool {
    let errors = problems.iter();
    let mut errors = errors.filter(|said| said.severity == Severity::Error);
    errors.any(|said| said.origin == Origin::Compiler && said.code != "missing-module")
}

/// What can be wrong with the name of an import.
const IMPORTS: &[&str] = &["missing-item", "missing-import", "not-visible"];

const NOT_USED: &str = "not-used";

fn not_used(problems: &[Problem]) -> impl Iterator<Item = Span> + '_ {
    let problems = problems.iter().filter(|problem| problem.code == NOT_USED);
    problems.map(|problem| Span::new(problem.span[0], problem.span[1]))
}

fn given_as(number: usize, source: &Source, files: &[File]) -> Given {
    let file = files.iter().position(|file| file.source == number);
    Given {
        path: source.path.clone(),
        content: file.map_or_else(|| Content::Other(source.text.clone()), Content::File),
    }
}

fn by_name(files: &[&[Item]]) -> HashMap<String, Vec<(usize, usize)>> {
    let mut found: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
    for (index, items) in files.iter().enumerate() {
        for (number, item) in items.iter().enumerate() {
            if !matches!(item.kind, ItemKind::Impl | ItemKind::Use) {
                let places = found.entry(item.name.clone()).or_default();
                places.push((index, number));
            }
        }
    }
    found
}

fn is_in([start, end]: Offsets, around: Span) -> bool {
    around.start <= start && end <= around.end
}

fn says_something(cut: &&Cut) -> bool {
    cut.level != Level::Quiet
}

fn has_taken_out(file: &File) -> bool {
    file.blanked.cuts().iter().any(|cut| says_something(&cut))
}

/// Whether what is not used is the item itself, and not a value in it.
fn is_of_item(problem: &Problem, file: &File) -> bool {
    let mut items = file.items.iter();
    problem.code == NOT_USED
        && items.any(|item| {
            let name = item.name_span;
            let start = item.span.start;
            problem.span == [name.start + start, name.end + start]
        })
}

/// Whether functions have items of their own in them, which are used or not as these are.
fn has_inner_items(file: &File) -> bool {
    let functions = file.items.iter();
    let mut functions = functions.filter(|item| item.kind == ItemKind::Function);
    functions.any(|item| {
        let mut inside = file.tree.node(item.node).descendants().skip(1);
        inside.any(|node| is_item(node.kind()))
    })
}

/// Whether nothing in the file has effects beyond the function that it is in.
fn can_be_kept(file: &File) -> bool {
    let is_text = file.is_text && !file.has_byte_order_mark && !file.has_choice;
    let is_commented_out = commented_out_from(&file.syntax_problems, &file.text).is_some();
    let mut items = file.items.iter();
    let reaches_out = |item: &Item| match item.kind {
        ItemKind::MacroCall => true,
        ItemKind::Function => {
            let mut inside = file.tree.node(item.node).descendants();
            inside.any(|node| matches!(node.kind(), ImplItem | ModuleItem))
        }
        _ => false,
    };
    is_text && !is_commented_out && !items.any(reaches_out)
}
