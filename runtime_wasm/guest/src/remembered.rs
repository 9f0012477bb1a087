//! What is kept of a script between two checks, so that an edit within one function costs a check of that function.
//!
//! Every step answers None where the whole script has to be looked at again. That is always right, and only slower.

use std::collections::HashMap;
use std::ops::Range;

use rune::Context;
use serde_bytes::ByteBuf;

use crate::blank::{is_item, Cut, Level};
use crate::cascade::{is_constant, Lost};
use crate::check::{check_files, words, Ended};
use crate::difference::{difference, Difference};
use crate::facts::{item_facts, problem_facts};
use crate::files::{gather, File};
use crate::items::{encode_item, hash, Item, ItemKind};
use crate::lexer::lex;
use crate::parser::parse;
use crate::protocol::{
    Dialect, FileChange, ItemChange, Offsets, Origin, Problem, Severity, Source,
};
use crate::reduced::{reduce, Reduced, Whole};
use crate::report::{Names, SUGGESTIONS};
use crate::syntax::SyntaxKind::{self, *};
use crate::tree::{NodeRef, Span, Tree};
use crate::uses::Uses;

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
}

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

/// One file. Spans of problems are absolute.
struct Known {
    path: String,
    text: String,
    blanked: String,
    items: Vec<Item>,
    bodies: Vec<Option<Span>>,
    is_constant: Vec<bool>,
    /// Of modules and `impl` blocks, their encoded trees.
    trees: HashMap<usize, Vec<u8>>,
    problems: Vec<Problem>,
    is_balanced: bool,
}

/// What an edit was made in.
enum Place {
    /// The blanks and comments between items, in the module or `impl` block of that number.
    Between(Difference, Option<usize>),
    Function(Edited),
}

/// A function with another text.
struct Edited {
    file: usize,
    number: usize,
    difference: Difference,
    /// Its range in the text before, and its text now.
    span: Span,
    text: String,
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
            lost: ended.lost,
            by_name,
            uses,
            are_uses_certain,
            files: ended.files.into_iter().map(Known::of).collect(),
        };
        remembered.has_few_errors().then_some(remembered)
    }

    /// The differences that the new sources make, taken over.
    pub fn follow(&mut self, context: &Context, sources: &[Source]) -> Option<Vec<FileChange>> {
        let Some((file, difference, text)) = self.difference(sources)? else {
            return Some(Vec::new());
        };
        match self.files[file].place(file, difference, text)? {
            Place::Between(difference, around) => self.move_items(file, &difference, around, text),
            Place::Function(edited) => self.follow_in(context, edited),
        }
    }

    fn follow_in(&mut self, context: &Context, edited: Edited) -> Option<Vec<FileChange>> {
        let before = Alone::of(self.files[edited.file].own(edited.number))?;
        let after = Alone::of(&edited.text)?;
        self.can_be_checked_alone(&edited, &before, &after)?;
        let (reduced, ended) = self.check_alone(context, &edited)?;
        let found = self.found(&edited, &reduced, &ended)?;
        let has_cut = has_taken_out(&ended.files[found.file]);
        self.change_uses(&edited, &before, &after, has_cut)?;
        let problems = self.problems_after(&edited, found.problems)?;
        let file = &ended.files[found.file];
        Some(self.take_over(edited, file, found.item, problems)?)
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
        let is_known = before.is_plain && after.is_plain && file.is_balanced;
        let has_header = before.header == after.header;
        // Who lacks a bracket changes how mistakes elsewhere are read.
        let is_alone = before.surplus_brackets == after.surplus_brackets
            || file.problems.iter().all(|problem| {
                problem.origin != Origin::Syntax || is_in(problem.span, edited.span)
            });
        let is_lost = |text: &str| self.lost.has_any(words(text));
        let is_free = !is_lost(&edited.text) && !is_lost(edited.span.of(&file.text));
        (is_known && has_header && is_alone && is_free).then_some(())
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

    fn change_uses(
        &mut self,
        edited: &Edited,
        before: &Alone,
        after: &Alone,
        has_cut: bool,
    ) -> Option<()> {
        let named = |alone: &Alone, text: &str| self.uses.named(alone.function(), text);
        let before = named(before, edited.span.of(&self.files[edited.file].text));
        let after = named(after, &edited.text);
        let place = (edited.file, edited.number);
        let is_same = before == after && self.uses.has_cut(place) == has_cut;
        if is_same {
            return Some(());
        }
        self.are_uses_certain.then_some(())?;
        self.uses.change(place, &before, after, has_cut)
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
        self.has_few_errors().then_some(changes)
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

    /// Of too many missing names, not all are compared with the names that there are.
    fn has_few_errors(&self) -> bool {
        let problems = self.files.iter().flat_map(|file| &file.problems);
        let of_compiler = problems.filter(|problem| problem.origin == Origin::Compiler);
        of_compiler.count() < SUGGESTIONS
    }
}

/// What the check of the reduced script found: the file and the item there, and the problems of the whole.
struct Found {
    file: usize,
    item: usize,
    problems: Vec<Problem>,
}

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
    let is_text = file.is_text && !file.has_byte_order_mark;
    let mut items = file.items.iter();
    let reaches_out = |item: &Item| match item.kind {
        ItemKind::MacroCall => true,
        ItemKind::Function => {
            let mut inside = file.tree.node(item.node).descendants();
            inside.any(|node| matches!(node.kind(), ImplItem | ModuleItem))
        }
        _ => false,
    };
    is_text && !items.any(reaches_out)
}

/// A function's text, read by itself.
struct Alone {
    tree: Tree,
    node: usize,
    /// Whether it is that one function and nothing else, closed, without items in it, and right up to its body.
    is_plain: bool,
    surplus_brackets: i64,
    /// All that stands before the body, but for documentation.
    header: String,
}

impl Alone {
    fn of(text: &str) -> Option<Alone> {
        let parsed = parse(text);
        let items = crate::items::items(&parsed.tree, text);
        let [item] = items.as_slice() else {
            return None;
        };
        let is_whole = item.span == Span::new(0, text.len() as u32);
        let body = body_of(&parsed.tree, item).filter(|_| is_whole)?;
        let is_function = item.kind == ItemKind::Function && body.span.end as usize == text.len();
        let mut problems = parsed.problems.iter();
        // Where a string is not closed, it ends far behind the function.
        let is_well_begun = problems.all(|found| {
            found.span.start > body.span.start && !found.code.starts_with("unterminated")
        });
        let (braces, surplus_brackets) = surplus(&parsed.tree);
        let mut parts = parsed.tree.node(item.node).children();
        let header = parts.find(|part| part.kind() != DocComment && !part.kind().is_trivia())?;
        let header = Span::new(header.span().start, body.span.start);
        Some(Alone {
            header: header.of(text).to_owned(),
            is_plain: is_function && is_well_begun && body.is_plain && braces == 0,
            surplus_brackets,
            node: item.node,
            tree: parsed.tree,
        })
    }

    fn function(&self) -> NodeRef<'_> {
        self.tree.node(self.node)
    }
}

/// How many more braces, and other brackets, are opened than closed.
fn surplus(tree: &Tree) -> (i64, i64) {
    let (mut braces, mut brackets) = (0, 0);
    for node in tree.nodes() {
        match node.kind {
            OpenBrace | TemplateOpen => braces += 1,
            CloseBrace | TemplateClose => braces -= 1,
            OpenParenthesis | OpenBracket => brackets += 1,
            CloseParenthesis | CloseBracket => brackets -= 1,
            _ => {}
        }
    }
    (braces, brackets)
}

struct Body {
    /// Relative to the item.
    span: Span,
    /// Whether it is closed, and has no items in it that others could name.
    is_plain: bool,
}

/// The braces of a function, module or `impl` block.
fn body_of(tree: &Tree, item: &Item) -> Option<Body> {
    let node = tree.node(item.node);
    let block = match item.kind {
        ItemKind::Function => node.first_child(Block)?,
        ItemKind::Module | ItemKind::Impl => node.first_child(ItemList)?,
        _ => return None,
    };
    let start = item.span.start;
    let last = tree.node(block.after() - 1);
    let is_closed = last.kind() == CloseBrace && last.span().end == block.span().end;
    let has_items = block.descendants().any(|node| is_item(node.kind()));
    Some(Body {
        span: Span::new(block.span().start - start, block.span().end - start),
        is_plain: is_closed && !has_items && !is_constant(node),
    })
}

impl Known {
    fn of(file: File) -> Known {
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
            blanked: file.blanked.text().to_owned(),
            path: file.path,
            text: file.text,
            items: file.items,
            problems: file.problems,
        }
    }

    fn whole(&self) -> Whole<'_> {
        Whole {
            blanked: &self.blanked,
            items: &self.items,
            bodies: &self.bodies,
            is_constant: &self.is_constant,
        }
    }

    fn own(&self, number: usize) -> &str {
        self.items[number].span.of(&self.text)
    }

    /// Where the difference is.
    fn place(&self, index: usize, found: Difference, text: &str) -> Option<Place> {
        let start = found.before.start;
        let behind = self
            .items
            .partition_point(|item| item.span.start as usize <= start);
        let function = behind.checked_sub(1);
        if let Some(number) = function.filter(|number| self.is_in_function(*number, &found)) {
            if let Some(edited) = self.edited(index, number, &found, text) {
                return Some(Place::Function(edited));
            }
        }
        let (gap, around) = self.gap(&found)?;
        let gap_after = gap.start..gap.end.checked_add_signed(found.grown() as isize)?;
        let is_at_end = gap.end == self.text.len();
        let is_between = self.is_balanced
            && is_trivia(self.text.get(gap.clone())?, is_at_end)
            && is_trivia(text.get(gap_after)?, is_at_end)
            && may_stand_before_a_gap(&self.text[..gap.start]);
        is_between.then_some(Place::Between(found, around))
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

    fn edited(
        &self,
        index: usize,
        number: usize,
        found: &Difference,
        text: &str,
    ) -> Option<Edited> {
        let span = self.items[number].span;
        let end = i64::from(span.end) + i64::from(found.grown());
        let own = text.get(span.start as usize..end as usize)?;
        // Blanks and comments in front of it are not part of a function.
        let begins = || {
            !lex(own)
                .tokens
                .first()
                .is_some_and(|token| is_blank(token.kind))
        };
        let is_own = found.before.start > span.start as usize || begins();
        is_own.then(|| Edited {
            file: index,
            number,
            span,
            text: own.to_owned(),
            difference: found.clone(),
        })
    }

    /// Moves what is behind a difference between items; tells the items around it, and the number of the first moved.
    fn move_behind(
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
    fn replace(
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
            facts: crate::facts::facts_of_item(item, tree.clone()),
        }
    }
}

impl Edited {
    fn grown(&self) -> i32 {
        self.difference.grown()
    }

    fn end_after(&self) -> u32 {
        self.span.start + self.text.len() as u32
    }

    /// Where a place is that the edit has only moved: what is in the function has not only moved.
    fn moved(&self, [start, end]: Offsets) -> Option<Offsets> {
        let is_kept = |offset: u32| {
            offset >= self.span.end || offset as usize <= self.difference.before.start
        };
        let moved = self.difference.moved([start, end])?;
        (is_kept(start) && is_kept(end)).then_some(moved)
    }
}

impl Difference {
    fn grown(&self) -> i32 {
        self.after.len() as i32 - self.before.len() as i32
    }

    /// Where a place is now that is in front of it, behind it, or around it.
    fn moved(&self, [start, end]: Offsets) -> Option<Offsets> {
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

    fn moved_problem(&self, problem: &Problem, is_here: bool, path: &str) -> Option<Problem> {
        moved_problem(problem, is_here, path, |place| self.moved(place))
    }
}

/// A problem of the edited file, or of another one, where an edit of the file `path` has moved it.
fn moved_problem(
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

fn grow(offset: u32, by: i32) -> u32 {
    offset.wrapping_add_signed(by)
}

/// Whether a text is nothing but blanks and comments, and leaves what comes behind it alone, unless nothing does.
fn is_trivia(text: &str, is_at_end: bool) -> bool {
    let lexed = lex(text);
    let ends_open = lexed
        .tokens
        .last()
        .is_some_and(|token| token.kind == LineComment);
    lexed.problems.is_empty()
        && lexed.tokens.iter().all(|token| is_blank(token.kind))
        && (is_at_end || !ends_open)
}

/// Whether a token says nothing, not even to people who read documentation.
fn is_blank(kind: SyntaxKind) -> bool {
    matches!(kind, Whitespace | LineComment | BlockComment)
}

/// Whether a text ends with a token that nothing behind it can become a part of.
fn may_stand_before_a_gap(text: &str) -> bool {
    text.is_empty() || text.ends_with(['{', '}', ';', ')', '\n'])
}
