//! Adds rows to the bindings, each with its place in the source.

use crate::documentation::Documentation;
use crate::scope::Scope;
use crate::source::line;
use crate::table::{About, Bindings, ModuleRow, SourceLine};
use crate::undecided::Undecideds;

/// The rows so far, and what could not be decided.
pub struct Builder<'f> {
    pub bindings: &'f mut Bindings,
    pub undecided: &'f mut Undecideds,
}

/// What rows are added to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    Nothing,
    /// The index of a type in the bindings.
    Type(usize),
    /// The index of a module in the bindings.
    Module(usize),
}

impl Builder<'_> {
    /// The index of a module's row, which is added if there is none.
    pub fn module(&mut self, path: &str) -> usize {
        let modules = &mut self.bindings.modules;
        let known = modules.iter().position(|row| row.path == path);
        known.unwrap_or_else(|| {
            modules.push(ModuleRow {
                path: path.to_owned(),
                ..ModuleRow::default()
            });
            modules.len() - 1
        })
    }

    /// Reads a documentation; tags that cannot be read are told.
    pub fn documentation(&mut self, text: &str, source: &SourceLine) -> Documentation {
        let read = Documentation::read(text);
        for tag in &read.misread {
            let reason = format!("this tag of the documentation cannot be read: {tag}");
            self.undecided.add(&source.path, source.line, &reason);
        }
        read
    }
}

/// The line of a span in the scope's file.
pub fn source_line(scope: &Scope<'_>, span: proc_macro2::Span) -> SourceLine {
    SourceLine {
        path: scope.module.file.clone(),
        line: line(span),
    }
}

/// What is said of a row whose documentation has been read.
pub fn about(read: &Documentation, source: SourceLine) -> About {
    About {
        source: Some(source),
        ..read.about.clone()
    }
}
