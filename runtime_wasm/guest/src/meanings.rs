//! What names mean, as the compiler says while it compiles: what resolvers of our own are held against.

use rune::ast::{Span, Spanned};
use rune::compile::{CompileVisitor, Located, MetaError, MetaRef};
use rune::SourceId;

use crate::compile::{compile_heard, Input, Purpose};
use crate::files::{gather, File};
use crate::host::Host;
use crate::protocol::{
    Meanings, MeaningsRequest, MeantItem, MeantVariable, Offsets, Response, Severity,
};
use crate::stubs::readable;

/// Answers a `meanings`.
pub fn answer(request: &MeaningsRequest) -> Response {
    if let Some(refusal) = crate::check::refusal(&request.sources) {
        return refusal;
    }
    let files = match gather(&request.sources, request.dialect) {
        Ok(files) => files,
        Err(needs) => return Response::NeedSources { needs },
    };
    let inputs: Vec<Input<'_>> = files
        .iter()
        .map(|file| Input {
            path: &file.path,
            text: file.blanked.text(),
        })
        .collect();
    let mut heard = Heard::default();
    let context = &Host::shared().context;
    let compiled = compile_heard(
        context,
        &inputs,
        request.dialect,
        Purpose::Check,
        &mut heard,
    );
    Response::Meant {
        compiles: compiled.unit.is_some() && !files.iter().any(has_error),
        files: heard.by_file(&files, &compiled.files),
    }
}

fn has_error(file: &File) -> bool {
    let mut problems = file.problems.iter();
    !file.is_well_formed() || problems.any(|problem| problem.severity == Severity::Error)
}

/// What the compiler has told so far, in its order, each with the source that it is about.
#[derive(Default)]
struct Heard {
    items: Vec<(SourceId, MeantItem)>,
    variables: Vec<(SourceId, MeantVariable)>,
}

impl Heard {
    /// The same for each file; `of_sources` are the files of the compiler's sources.
    fn by_file(self, files: &[File], of_sources: &[usize]) -> Vec<Meanings> {
        let mut told: Vec<Meanings> = files
            .iter()
            .map(|file| Meanings {
                path: file.path.clone(),
                items: Vec::new(),
                variables: Vec::new(),
            })
            .collect();
        for (source, item) in self.items {
            if let Some(&file) = of_sources.get(source.into_index()) {
                told[file].items.push(item);
            }
        }
        for (source, variable) in self.variables {
            if let Some(&file) = of_sources.get(source.into_index()) {
                told[file].variables.push(variable);
            }
        }
        told
    }
}

impl CompileVisitor for Heard {
    fn visit_meta(&mut self, location: &dyn Located, meta: MetaRef<'_>) -> Result<(), MetaError> {
        let place = location.location();
        let details = format!("{:?}", meta.kind);
        let kind = details.split([' ', '(']).next().unwrap_or_default();
        let item = MeantItem {
            span: offsets(place.span),
            path: readable(&meta.item.to_string()).into_owned(),
            kind: kind.to_owned(),
        };
        self.items.push((place.source_id, item));
        Ok(())
    }

    fn visit_variable_use(
        &mut self,
        source: SourceId,
        declared: &dyn Spanned,
        used: &dyn Spanned,
    ) -> Result<(), MetaError> {
        let variable = MeantVariable {
            span: offsets(used.span()),
            declared: offsets(declared.span()),
        };
        self.variables.push((source, variable));
        Ok(())
    }
}

fn offsets(span: Span) -> Offsets {
    let range = span.range();
    [range.start as u32, range.end as u32]
}
