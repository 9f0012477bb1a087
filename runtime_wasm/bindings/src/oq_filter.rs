//! Runs filters of jq's language on values.

use std::cell::RefCell;
use std::rc::Rc;

use jaq_core::data::JustLut;
use jaq_core::load::{self, Arena, File, Loader};
use jaq_core::{Compiler, Ctx, Vars};
use jaq_json::Val;

use crate::oq::OqError;
use crate::oq_functions::{definitions, functions};

/// What filters run on.
pub(crate) type Data = JustLut<Val>;

type Filter = jaq_core::Filter<Data>;

/// A filter's text may have so many bytes, and so many brackets within one another: reading it takes stack for each.
const LONGEST: usize = 16 * 1024;
const MOST_BRACKETS: usize = 100;

/// So many results are given to a script; an endless filter is at its end here, or with the time of the run.
const MOST_RESULTS: usize = 100_000;

/// All results of a filter for one input.
pub(crate) fn run(filter: &str, input: Val) -> Result<Vec<Val>, OqError> {
    let filter = prepared(filter)?;
    let context = Ctx::<Data>::new(&filter.lut, Vars::new([]));
    let mut results = Vec::new();
    for result in filter.id.run((context, input)) {
        let result = result.map_err(|exception| match exception.get_err() {
            Ok(error) => OqError::new(format!("the filter failed: {}", told(error))),
            Err(_) => OqError::new("the filter stopped itself with `halt`"),
        })?;
        if results.len() == MOST_RESULTS {
            let message = format!("the filter gives more than {MOST_RESULTS} results");
            return Err(OqError::new(message));
        }
        results.push(result);
    }
    Ok(results)
}

/// The words of an error. One that a filter makes itself may be any value.
fn told(error: jaq_json::Error) -> String {
    match error.into_val() {
        Val::TStr(text) => String::from_utf8_lossy(&text).into_owned(),
        other => other.to_string(),
    }
}

thread_local! {
    /// The filter that was used last, and its text: in a loop that is the next one too.
    static LAST: RefCell<Option<(String, Rc<Filter>)>> = const { RefCell::new(None) };
}

fn prepared(text: &str) -> Result<Rc<Filter>, OqError> {
    let last = LAST.with_borrow(Clone::clone);
    if let Some((_, filter)) = last.filter(|(known, _)| known == text) {
        return Ok(filter);
    }
    let filter = Rc::new(compiled(text)?);
    LAST.set(Some((text.to_owned(), Rc::clone(&filter))));
    Ok(filter)
}

fn compiled(text: &str) -> Result<Filter, OqError> {
    if text.len() > LONGEST || brackets(text) > MOST_BRACKETS {
        return Err(OqError::new(format!(
            "the filter is too large: it may have {LONGEST} bytes, and {MOST_BRACKETS} brackets within one another"
        )));
    }
    let arena = Arena::default();
    let file = File {
        code: text,
        path: (),
    };
    let loaded = Loader::new(definitions()).load(&arena, file);
    let modules = loaded.map_err(|errors| unread(text, &errors))?;
    let compiled = Compiler::<_, Data>::default()
        .with_funs(functions())
        .compile(modules);
    compiled.map_err(|errors| {
        let unknown = errors.iter().flat_map(|(_, unknown)| unknown);
        let told = unknown.map(|(name, kind)| undefined(text, name, kind));
        OqError::new(told.collect::<Vec<_>>().join("; "))
    })
}

/// How deep the brackets of a text are; those in texts count as well.
fn brackets(text: &str) -> usize {
    let mut depth: usize = 0;
    let depths = text.bytes().map(|byte| {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth
    });
    depths.max().unwrap_or(0)
}

/// What cannot be read of a filter.
fn unread(text: &str, errors: &load::Errors<&str, ()>) -> OqError {
    let mut told = Vec::new();
    for (_, error) in errors {
        match error {
            load::Error::Io(problems) => {
                let problems = problems.iter();
                told.extend(problems.map(|(name, why)| format!("`{name}`: {why}")));
            }
            load::Error::Lex(problems) => {
                let problems = problems.iter();
                told.extend(problems.map(|(wanted, at)| expected(text, wanted.as_str(), at)));
            }
            load::Error::Parse(problems) => {
                let problems = problems.iter();
                told.extend(problems.map(|(wanted, at)| expected(text, wanted.as_str(), at)));
            }
        }
    }
    OqError::new(format!("the filter cannot be read: {}", told.join("; ")))
}

fn expected(text: &str, wanted: &str, at: &str) -> String {
    let found = match at.chars().next() {
        Some(_) => format!("`{}`", shortened(at)),
        None => "its end".to_owned(),
    };
    format!("{}: expected {wanted}, found {found}", place(text, at))
}

fn undefined(text: &str, name: &str, kind: &jaq_core::compile::Undefined) -> String {
    let place = place(text, name);
    match kind {
        jaq_core::compile::Undefined::Filter(arity) => {
            format!("{place}: there is no filter `{name}` with {arity} arguments")
        }
        other => format!("{place}: there is no {} `{name}`", other.as_str()),
    }
}

/// Where a part of the filter stands in it.
fn place(text: &str, part: &str) -> String {
    let before = text.get(..load::span(text, part).start).unwrap_or("");
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    format!("line {line}, column {column}")
}

/// The first words of what was found.
fn shortened(text: &str) -> String {
    crate::show::shortened(text.to_owned(), 20)
}
