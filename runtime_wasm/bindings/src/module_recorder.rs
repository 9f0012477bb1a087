//! Registers the functions of a module.

use rune::Module;

use crate::recorder::source_line;
use crate::signature::Signature;
use crate::table::{FunctionKind, FunctionRow};

/// Registers a function of a module: `function!(module, "name(a: String) -> i64", "docs", |a: String| ..)`.
macro_rules! function {
    ($recorder:expr, $signature:literal, $docs:expr, $native:expr) => {{
        let (name, module) = $recorder.declare($signature, $docs);
        module.function(name, $native).build()?;
    }};
}

/// A module in the making: natives for a context, rows for the table.
pub(crate) struct ModuleRecorder {
    module: Module,
    rows: Vec<FunctionRow>,
}

impl ModuleRecorder {
    pub(crate) fn new(module: Module) -> Self {
        ModuleRecorder {
            module,
            rows: Vec::new(),
        }
    }

    /// Writes down a function; returns its name and the module to register it in. Only the macro above calls it.
    #[track_caller]
    pub(crate) fn declare(
        &mut self,
        signature: &'static str,
        docs: &str,
    ) -> (&'static str, &mut Module) {
        let signature =
            Signature::read(signature).unwrap_or_else(|problem| panic!("{signature}: {problem}"));
        let name = signature.name;
        let row = FunctionRow {
            kind: FunctionKind::Function,
            ..signature.into_row(docs, source_line())
        };
        self.rows.push(row);
        (name, &mut self.module)
    }

    pub(crate) fn into_parts(self) -> (Module, Vec<FunctionRow>) {
        (self.module, self.rows)
    }
}

pub(crate) use function;
