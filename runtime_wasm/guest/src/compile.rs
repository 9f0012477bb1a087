//! One compile by Rune: texts in, what the compiler says and the unit out.

use std::cell::Cell;
use std::collections::HashMap;

use rune::alloc::path::Path;
use rune::ast::Spanned;
use rune::compile::{self, CompileVisitor, LinkerError, SourceLoader};
use rune::diagnostics::{Diagnostic as Reported, FatalDiagnosticKind};
use rune::item::ComponentRef;
use rune::{Context, Diagnostics, Item, Options, Source, SourceId, Sources, Unit};

use crate::modules::candidates;
use crate::protocol::Dialect;
use crate::stubs::readable;
use crate::tree::Span;

/// A text as the compiler is to see it.
pub struct Input<'a> {
    pub path: &'a str,
    pub text: &'a str,
}

/// Something that the compiler says. `file` counts the inputs.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    pub file: usize,
    pub span: Span,
    pub is_error: bool,
    /// The name of Rune's own kind of error, such as `MissingItem`, and for `IrError(NotConst)` the inner one.
    pub kind: String,
    /// What Rune says.
    pub message: String,
    /// Rune's debug form of the kind, in which the related places are.
    pub details: String,
}

/// What a compile gave.
pub struct Compiled {
    /// None if there are errors.
    pub unit: Option<Unit>,
    pub diagnostics: Vec<Diagnostic>,
    /// The input of each of Rune's sources.
    pub files: Vec<usize>,
}

/// How often the compiler has been started in this thread, and how many bytes it was given, blanks left out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counted {
    pub compiles: u64,
    pub bytes: u64,
}

thread_local! {
    static COUNTED: Cell<Counted> = const { Cell::new(Counted { compiles: 0, bytes: 0 }) };
}

/// What compiles have cost so far.
pub fn counted() -> Counted {
    COUNTED.get()
}

/// Bytes that cost the compiler something: blanks are next to nothing.
pub fn weight(text: &str) -> usize {
    text.bytes().filter(|byte| *byte != b' ').count()
}

fn count(inputs: &[Input<'_>]) {
    let Counted { compiles, bytes } = COUNTED.get();
    let more: usize = inputs.iter().map(|input| weight(input.text)).sum();
    COUNTED.set(Counted {
        compiles: compiles + 1,
        bytes: bytes + more as u64,
    });
}

/// Nobody listens to what the compiler says of names.
struct Nobody;

impl CompileVisitor for Nobody {}

/// Compiles the first input, with the others as files of its modules.
pub fn compile(
    context: &Context,
    inputs: &[Input<'_>],
    dialect: Dialect,
    purpose: Purpose,
) -> Compiled {
    compile_heard(context, inputs, dialect, purpose, &mut Nobody)
}

/// The same, and `listener` is told what names mean.
pub fn compile_heard(
    context: &Context,
    inputs: &[Input<'_>],
    dialect: Dialect,
    purpose: Purpose,
    listener: &mut dyn CompileVisitor,
) -> Compiled {
    count(inputs);
    let mut options = Options::default();
    for option in [
        format!("function-body={}", dialect == Dialect::FunctionBody),
        format!("debug-info={}", purpose == Purpose::Run),
    ] {
        options
            .parse_option(&option)
            .expect("Rune knows this option");
    }
    let mut loader = Loader::new(inputs);
    let mut sources = Sources::new();
    let mut diagnostics = Diagnostics::new();
    let script = source(inputs[0].path, inputs[0].text).and_then(|script| sources.insert(script));
    script.expect("memory for the script");
    let unit = rune::prepare(&mut sources)
        .with_context(context)
        .with_options(&options)
        .with_diagnostics(&mut diagnostics)
        .with_source_loader(&mut loader)
        .with_visitor(listener)
        .expect("memory for the listener")
        .build()
        .ok();
    let files = loader.loaded;
    let diagnostics = diagnostics
        .diagnostics()
        .iter()
        .filter_map(|reported| diagnostic(reported, &files))
        .collect();
    Compiled {
        unit,
        diagnostics,
        files,
    }
}

/// What a unit is compiled for: only a run needs to know where its instructions come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Check,
    Run,
}

fn source(path: &str, text: &str) -> rune::alloc::Result<Source> {
    Source::with_path(path, text, path)
}

/// All modules that may have files have been found before the compile; those in functions are not looked for.
const NO_FILE_HERE: &str = "A module in a function cannot have a file of its own";

/// Gives the compiler the files of modules out of the inputs.
struct Loader<'a> {
    inputs: &'a [Input<'a>],
    by_path: HashMap<&'a str, usize>,
    /// The input of each source, in the order of Rune's numbers.
    loaded: Vec<usize>,
}

impl<'a> Loader<'a> {
    fn new(inputs: &'a [Input<'a>]) -> Loader<'a> {
        let by_path = inputs
            .iter()
            .enumerate()
            .map(|(index, input)| (input.path, index))
            .collect();
        Loader {
            inputs,
            by_path,
            loaded: vec![0],
        }
    }
}

impl SourceLoader for Loader<'_> {
    fn load(&mut self, _root: &Path, item: &Item, span: &dyn Spanned) -> compile::Result<Source> {
        let module: Vec<String> = item.iter().filter_map(component_name).collect();
        let found = candidates(self.inputs[0].path, &module)
            .iter()
            .find_map(|path| self.by_path.get(path.as_str()));
        let Some(&index) = found else {
            return Err(compile::Error::msg(span, NO_FILE_HERE));
        };
        let input = &self.inputs[index];
        let loaded =
            source(input.path, input.text).map_err(|error| compile::Error::msg(span, error))?;
        self.loaded.push(index);
        Ok(loaded)
    }
}

fn component_name(component: ComponentRef<'_>) -> Option<String> {
    match component {
        ComponentRef::Str(name) | ComponentRef::Crate(name) => Some(name.to_owned()),
        ComponentRef::Id(_) => None,
    }
}

/// The first place that calls what the linker misses.
fn called_at(error: &LinkerError) -> Option<(rune::ast::Span, SourceId)> {
    match error {
        LinkerError::MissingFunction { spans, .. } => spans.first().copied(),
        _ => None,
    }
}

fn diagnostic(reported: &Reported, files: &[usize]) -> Option<Diagnostic> {
    let of =
        |source: SourceId, span: rune::ast::Span, is_error, message: String, details: String| {
            Diagnostic {
                file: files.get(source.into_index()).copied().unwrap_or(0),
                span: to_span(span),
                is_error,
                kind: kind_name(&details).to_owned(),
                message: readable(&message).into_owned(),
                details: readable(&details).into_owned(),
            }
        };
    match reported {
        Reported::Fatal(fatal) => Some(match fatal.kind() {
            FatalDiagnosticKind::CompileError(error) => of(
                fatal.source_id(),
                error.span(),
                true,
                error.to_string(),
                format!("{error:?}"),
            ),
            FatalDiagnosticKind::LinkError(error) => {
                let (span, source) =
                    called_at(error).unwrap_or((rune::ast::Span::empty(), fatal.source_id()));
                let details = "kind: LinkError".to_owned();
                of(source, span, true, error.to_string(), details)
            }
            FatalDiagnosticKind::Internal(message) => {
                let details = "kind: Internal".to_owned();
                of(
                    fatal.source_id(),
                    rune::ast::Span::empty(),
                    true,
                    (*message).to_owned(),
                    details,
                )
            }
            other => of(
                fatal.source_id(),
                rune::ast::Span::empty(),
                true,
                other.to_string(),
                String::new(),
            ),
        }),
        Reported::Warning(warning) => Some(of(
            warning.source_id(),
            warning.span(),
            false,
            warning.to_string(),
            format!("{warning:?}"),
        )),
        _ => None,
    }
}

/// The name of the kind in `Error { span: 0:1, kind: MissingItem { … } }`; of wrappers such as `IrError(NotConst)` the inner.
pub fn kind_name(details: &str) -> &str {
    let Some(start) = details.find("kind: ").map(|at| at + "kind: ".len()) else {
        return "";
    };
    let name = leading_word(&details[start..]);
    let behind = &details[start + name.len()..];
    match behind.strip_prefix('(').map(leading_word) {
        Some(inner) if name == "IrError" && !inner.is_empty() => inner,
        _ => name,
    }
}

fn leading_word(text: &str) -> &str {
    let end = text
        .find(|character: char| !character.is_ascii_alphanumeric())
        .unwrap_or(text.len());
    &text[..end]
}

fn to_span(span: rune::ast::Span) -> Span {
    let range = span.range();
    Span::new(range.start as u32, range.end as u32)
}
