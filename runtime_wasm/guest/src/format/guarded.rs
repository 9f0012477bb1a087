//! The call of Rune's formatter, which must see no text that has syntax problems.

use rune::diagnostics::Diagnostic;
use rune::{Diagnostics, Options, Source, SourceId, Sources};

use super::Refusal;

/// What the formatter may allocate, in bytes, and what it may for each byte of the text: an order of magnitude more than
/// it needs. Where it never ends its tree never stops to grow, so that this ends it.
const MEMORY: usize = 1 << 20;
const MEMORY_PER_BYTE: usize = 1 << 10;

/// The text as Rune's formatter lays it out.
pub fn layout(text: &str) -> Result<String, Refusal> {
    let memory = MEMORY + MEMORY_PER_BYTE * text.len();
    rune::alloc::limit::with(memory, || unlimited(text)).call()
}

fn unlimited(text: &str) -> Result<String, Refusal> {
    let mut sources = Sources::new();
    let source = Source::memory(text).map_err(|error| error.to_string())?;
    sources.insert(source).map_err(|error| error.to_string())?;
    let mut diagnostics = Diagnostics::new();
    let options = Options::default();
    let formatted = rune::fmt::prepare(&sources)
        .with_options(&options)
        .with_diagnostics(&mut diagnostics)
        .format();
    match formatted {
        Ok(files) => first(files),
        Err(_) => Err(reason(&diagnostics)),
    }
}

fn first(files: impl IntoIterator<Item = (SourceId, impl AsRef<str>)>) -> Result<String, Refusal> {
    let text = files.into_iter().next();
    text.map(|(_, text)| text.as_ref().to_owned())
        .ok_or_else(|| "Rune's formatter gives nothing back".to_owned())
}

fn reason(diagnostics: &Diagnostics) -> Refusal {
    let fatal = diagnostics.diagnostics().iter().find_map(|diagnostic| {
        if let Diagnostic::Fatal(fatal) = diagnostic {
            Some(fatal.to_string())
        } else {
            None
        }
    });
    if fatal
        .as_ref()
        .is_some_and(|fatal| fatal.starts_with("Failed to allocate"))
    {
        return "Rune's formatter would not come to an end".to_owned();
    }
    format!(
        "Rune's formatter does not know all that is in it ({})",
        fatal.unwrap_or_else(|| "without a reason".to_owned())
    )
}
