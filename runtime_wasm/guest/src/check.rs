//! The full check: compile, take out what was reported, compile again, until the compiler has nothing new to say.
//!
//! Rune stops at the first syntax error of a file, at the first indexing error of a file, and at the first semantic error
//! of a function. What this gives is the union over all functions.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashSet;

use rune::Context;

use crate::blank::{cuts_around, Cut, Filler, Level};
use crate::budget::Budget;
use crate::cascade::Lost;
use crate::compile::{compile, Compiled, Diagnostic, Input, Purpose};
use crate::facts::facts;
use crate::files::{gather, problem, File};
use crate::host::Host;
use crate::protocol::{CheckRequest, Dialect, FileFacts, Need, Origin, Response, Severity, Source};
use crate::report::{error_problem, narrow, warning_problem, Names};
use crate::settled::Settled;
use crate::syntax::SyntaxKind::*;
use crate::tree::Span;
use crate::unavailable_types::warn_of_unavailable_types;
use crate::uses::Uses;
use crate::{duplicates, reexports, stubs, sweep};
use duplicates::Unused;

/// Answers a `check`.
pub fn answer(request: CheckRequest) -> Response {
    if let Some(refusal) = refusal(&request.sources) {
        return refusal;
    }
    if request.dialect == Dialect::Stub {
        let files = stubs::read::check(&request.sources);
        return Response::Checked { files };
    }
    match check(&Host::shared().context, &request.sources, request.dialect) {
        Ok(files) => Response::Checked { files },
        Err(needs) => Response::NeedSources { needs },
    }
}

/// What is answered to a request without a script.
pub fn refusal(sources: &[Source]) -> Option<Response> {
    let is_missing = sources.first().is_none_or(|script| script.text.is_none());
    is_missing.then(|| Response::Refused {
        message: "there is no text to check".to_owned(),
    })
}

/// The facts of the script and of its modules' files, or the files that are needed for them.
pub fn check(
    context: &Context,
    sources: &[Source],
    dialect: Dialect,
) -> Result<Vec<FileFacts>, Vec<Need>> {
    let files = gather(sources, dialect)?;
    let ended = check_files(context, files, dialect, Names::default());
    Ok(ended.files.iter().map(facts).collect())
}

/// Checks files that have been gathered. `names` are those that a missing one is compared with.
pub fn check_files(
    context: &Context,
    mut files: Vec<File>,
    dialect: Dialect,
    names: Names,
) -> Ended {
    warn_of_unavailable_types(&mut files);
    let mut checker = Checker::new(context, files, dialect, names);
    checker.take_syntax_problems();
    // Bytes that are no text say nothing about the rest of the script.
    if checker.files[0].is_text {
        checker.run();
        checker.say_if_spent();
    }
    for file in &mut checker.files {
        file.forget_what_is_commented_out();
    }
    Ended {
        is_plain: checker.is_plain(),
        names: checker.names,
        lost: checker.lost,
        files: checker.files,
    }
}

/// What a check came to.
pub struct Ended {
    pub files: Vec<File>,
    pub names: Names,
    pub lost: Lost,
    /// Whether the compiler was asked to the end and said nothing that depends on the whole script: then what it says of
    /// one function can be found out by compiling that alone.
    pub is_plain: bool,
}

/// A check under way.
pub struct Checker<'a> {
    pub context: &'a Context,
    pub files: Vec<File>,
    pub dialect: Dialect,
    /// Names that the compiler cannot know any more, since we took their definitions out or they are broken.
    lost: Lost,
    names: Names,
    pub unused: Unused,
    budget: Budget,
    reported: HashSet<(usize, [u32; 2], String)>,
    /// Set as soon as all functions have been compiled once.
    settled: Option<Settled>,
    /// How often the compiler has been started for all that is left.
    rounds: usize,
    /// Whether the last compile had no errors.
    is_clean: bool,
    /// Whether it said anything of items with one name, or of calls that cannot be linked.
    is_entangled: bool,
}

/// A check of more rounds may have come to its end for another reason than that all is said.
const PLAIN_ROUNDS: usize = 8;

impl<'a> Checker<'a> {
    fn new(context: &'a Context, files: Vec<File>, dialect: Dialect, names: Names) -> Checker<'a> {
        let budget = Budget::of(&files);
        let mut lost = Lost::default();
        for file in &files {
            file.note_missing_modules(&mut lost);
        }
        Checker {
            context,
            files,
            dialect,
            lost,
            names,
            unused: Unused::default(),
            budget,
            reported: HashSet::new(),
            settled: None,
            rounds: 0,
            is_clean: false,
            is_entangled: false,
        }
    }

    fn is_plain(&self) -> bool {
        self.is_clean && !self.is_entangled && !self.budget.is_spent && self.rounds <= PLAIN_ROUNDS
    }

    /// Reports what the parser found, and takes those bodies and items out.
    fn take_syntax_problems(&mut self) {
        for index in 0..self.files.len() {
            let problems = std::mem::take(&mut self.files[index].syntax_problems);
            for found in &problems {
                let span = found.span;
                let said = problem(
                    found.code,
                    Severity::Error,
                    found.message.clone(),
                    span,
                    Origin::Syntax,
                );
                self.files[index].problems.push(said);
                let deep_enough = self.files[index].level_for(found, self.dialect);
                if self.files[index]
                    .blanked
                    .level_at(found.place())
                    .is_none_or(|level| level < deep_enough)
                {
                    self.cut_at(index, found.place(), |level| level >= deep_enough);
                }
            }
            self.files[index].syntax_problems = problems;
            self.cut_what_is_no_item(index);
        }
    }

    /// Takes out what stands between items and is none: a mistake may be told of one part of it only.
    fn cut_what_is_no_item(&mut self, index: usize) {
        let file = &mut self.files[index];
        if file.syntax_problems.is_empty() || self.dialect == Dialect::FunctionBody {
            return;
        }
        let parts = file.tree.root().descendants().filter(|node| {
            let around = node.parent().map(|parent| parent.kind());
            node.kind() == Error && matches!(around, Some(SourceFile | ItemList))
        });
        let spans: Vec<Span> = parts.map(|part| part.span()).collect();
        for span in spans {
            let cut = Cut {
                span,
                level: Level::Item,
                filler: Filler::Spaces,
            };
            self.lost.note(index, file, cut);
            file.blanked.cut(cut);
        }
    }

    /// Compiles until there is nothing new.
    fn run(&mut self) {
        let mut is_swept = false;
        for round in 0.. {
            let Some(compiled) = self.compile() else {
                return;
            };
            self.rounds += 1;
            let errors = compiled.errors();
            self.is_entangled |= errors.iter().any(is_entangling);
            if errors.iter().all(is_of_linking) {
                self.budget.is_spent = false;
                self.is_clean = true;
                self.take_link_errors(&errors, &compiled.files);
                self.take_warnings(&compiled);
                return;
            }
            // The second time that an error of the first pass hides everything else, look for all the others like it.
            if round > 0 && !is_swept && errors.iter().all(sweep::is_early) {
                is_swept = true;
                if sweep::sweep(self) {
                    continue;
                }
            }
            if self.settled.is_none() {
                self.settled = Settled::after(&self.files, &errors, &compiled.diagnostics);
            }
            if !self.take_errors(&errors, &compiled.files) {
                return;
            }
        }
    }

    /// What the compiler says of the script as it is now; None if it has been asked enough.
    fn compile(&mut self) -> Option<Compiled> {
        let text = |(index, file)| match &self.settled {
            Some(settled) => Cow::Owned(settled.text(index, file)),
            None => Cow::Borrowed(file.blanked.text()),
        };
        let texts: Vec<Cow<'_, str>> = self.files.iter().enumerate().map(text).collect();
        self.budget.spend(texts.iter())?;
        let inputs: Vec<Input<'_>> = (self.files.iter().zip(&texts))
            .map(|(file, text)| Input {
                path: &file.path,
                text,
            })
            .collect();
        Some(compile(self.context, &inputs, self.dialect, Purpose::Check))
    }

    /// Says at the last problem that more of them may follow, if the compiler was not asked to the end.
    fn say_if_spent(&mut self) {
        let mut files = self.files.iter_mut().rev();
        let last = files.find(|file| !file.problems.is_empty());
        let Some(file) = last.filter(|_| self.budget.is_spent) else {
            return;
        };
        let places = file.problems.iter().map(|problem| problem.span);
        let [start, end] = places.max().unwrap_or_default();
        file.problems.push(problem(
            "too-many-problems",
            Severity::Info,
            "More problems may follow; mend these first".to_owned(),
            Span::new(start, end),
            Origin::Runekiln,
        ));
    }

    /// What the compiler says of a piece of a file by itself; None if it has been asked enough.
    pub fn compile_alone(&mut self, text: &str) -> Option<Compiled> {
        self.budget.spend(std::iter::once(text))?;
        let path = "function.rn";
        let input = [Input { path, text }];
        let dialect = Dialect::Module;
        Some(compile(self.context, &input, dialect, Purpose::Check))
    }

    /// Reports the errors of one compile that are no mere consequences, and takes their places out. False if that changed
    /// nothing, so that another compile would say the same.
    pub fn take_errors(&mut self, errors: &[Diagnostic], sources: &[usize]) -> bool {
        let broken_now = self.lost.broken_now(&self.files, errors);
        let mut put_off = Vec::new();
        let mut progress = false;
        for error in errors {
            if let Some(renamed) = duplicates::take(self, error, sources) {
                progress |= renamed;
            } else if self.lost.explains_soon(&self.files, error, &broken_now) {
                // Gone by itself when that item is mended, and then its surroundings are checked as they are.
                put_off.push(error);
            } else {
                progress |= self.take_error(error, sources);
            }
        }
        self.lost.keep(broken_now);
        if !progress {
            for error in put_off {
                progress |= self.cut_out(error);
            }
        }
        progress
    }

    fn take_error(&mut self, error: &Diagnostic, sources: &[usize]) -> bool {
        let file = &self.files[error.file];
        // Where syntax is broken, the parser has said all there is to say about it.
        let is_said = sweep::is_syntax(error) && !file.is_well_formed_around(error.span);
        if is_said {
            return self.cut_at_least(error, Level::Body);
        }
        let is_new =
            file.blanked.level_at(error.span).is_none() && !self.lost.explains(&self.files, error);
        if is_new {
            self.report(error, sources);
        }
        self.cut_out(error)
    }

    /// Reports what Rune finds only of a script that is right by itself, and then all of it at once.
    fn take_link_errors(&mut self, errors: &[Diagnostic], sources: &[usize]) {
        // What is called from a place that was taken out seems to be called from nowhere.
        if self.has_taken_something_out() {
            return;
        }
        for error in errors {
            let error = reexports::placed(error, &self.files);
            self.report(&error, sources);
        }
    }

    fn has_taken_something_out(&self) -> bool {
        let mut cuts = self.files.iter().flat_map(|file| file.blanked.cuts());
        cuts.any(|cut| cut.level != Level::Quiet)
    }

    /// Reports an error, unless the same has been said.
    pub fn report(&mut self, error: &Diagnostic, sources: &[usize]) {
        let problem = error_problem(error, sources, &self.files, &mut self.names);
        if self
            .reported
            .insert((error.file, problem.span, problem.code.clone()))
        {
            self.files[error.file].problems.push(problem);
        }
    }

    /// Takes out the smallest thing around the error that has not been taken out yet.
    fn cut_out(&mut self, error: &Diagnostic) -> bool {
        self.cut_at_least(error, Level::Expression)
    }

    fn cut_at_least(&mut self, error: &Diagnostic, least: Level) -> bool {
        let tried = self.files[error.file].blanked.level_at(error.span);
        self.cut_at(error.file, error.span, |level| {
            level >= least && tried.is_none_or(|tried| level > tried)
        })
    }

    /// Takes out the smallest thing around the place whose level is wanted.
    fn cut_at(&mut self, index: usize, span: Span, wanted: impl Fn(Level) -> bool) -> bool {
        let file = &mut self.files[index];
        let Some(cut) = cuts_around(&file.tree, span)
            .into_iter()
            .find(|cut| wanted(cut.level))
        else {
            return false;
        };
        self.lost.note(index, file, cut);
        file.blanked.cut(cut);
        true
    }

    /// Reports the warnings of a compile without errors, as far as nothing that was taken out can be their reason.
    fn take_warnings(&mut self, compiled: &Compiled) {
        let uses: OnceCell<Uses> = OnceCell::new();
        let warnings = self.warnings(compiled);
        for warning in &warnings {
            let file = &self.files[warning.file];
            if file.blanked.level_at(warning.span).is_some() {
                continue;
            }
            let problem = warning_problem(warning, &compiled.files, &self.files);
            let place = Span::new(problem.span[0], problem.span[1]);
            // What has no place in the text is about what was put in the place of something.
            if place.start == place.end {
                continue;
            }
            let may_be_used = || {
                let uses = uses.get_or_init(|| Uses::of(&self.files));
                uses.may_be_used_unseen(&self.files, warning.file, place)
            };
            // Of what is in a function that is not used, Rune says now this and now that.
            let is_doubtful = || {
                let mut others = warnings.iter();
                (file.is_of_item(place) && others.any(|other| is_around(other, warning)))
                    || (self.has_taken_something_out() && may_be_used())
                    || file.is_import_for_annotations(place)
            };
            if warning.kind == "NotUsed" && is_doubtful() {
                continue;
            }
            self.files[warning.file].problems.push(problem);
        }
    }

    /// What the last compile warns of in the functions that it saw, and the one before that saw all of the others.
    fn warnings(&self, last: &Compiled) -> Vec<Diagnostic> {
        let last = last.diagnostics.iter().filter(|said| !said.is_error);
        let Some(settled) = &self.settled else {
            return last.cloned().collect();
        };
        // Whether an item is used, only the compile knows that saw all functions.
        let is_of_item = |said: &Diagnostic| {
            let file = &self.files[said.file];
            said.kind == "NotUsed" && file.is_of_item(narrow(file, said))
        };
        let is_open =
            |said: &&Diagnostic| settled.is_open(said.file, said.span) && !is_of_item(said);
        let before = settled.warnings.iter().filter(|said| !is_open(said));
        // Of a header the first compile says nothing where something in the body is wrong.
        let is_new = |said: &&Diagnostic| {
            let is_same = |other: &Diagnostic| (other.file, other.span) == (said.file, said.span);
            settled.is_outside(said.file, said.span)
                && !is_of_item(said)
                && !settled.warnings.iter().any(is_same)
        };
        let after = last.filter(|said| is_open(said) || is_new(said));
        before.chain(after).cloned().collect()
    }
}

/// Whether something that is not used has the other in it.
fn is_around(other: &Diagnostic, inner: &Diagnostic) -> bool {
    let is_wider = other.span.start <= inner.span.start
        && inner.span.end <= other.span.end
        && other.span != inner.span;
    other.kind == "NotUsed" && other.file == inner.file && is_wider
}

/// Whether an error is about more than the place that it is at.
fn is_entangling(error: &Diagnostic) -> bool {
    is_of_linking(error) || matches!(error.kind.as_str(), "AmbiguousItem" | "ModAlreadyLoaded")
}

/// Whether an error is one of putting together what has been compiled, and nothing in that is wrong.
fn is_of_linking(error: &Diagnostic) -> bool {
    matches!(
        error.kind.as_str(),
        "LinkError" | "MissingFunctionHash" | "FunctionConflictHash" | "ConstantConflict"
    )
}

impl Compiled {
    fn errors(&self) -> Vec<Diagnostic> {
        self.diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.is_error)
            .cloned()
            .collect()
    }
}

/// The words of a text: what could be names.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !(character.is_alphanumeric() || character == '_'))
        .filter(|word| !word.is_empty())
}
