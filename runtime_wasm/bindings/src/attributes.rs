//! Crucible's attributes: `#[tool(…)]`, `#[handler(…)]` and the like. The host reads them from the source text; for the
//! compiler they must exist, and change nothing. What keys they have is said in a stub: Rust has no word for it.

use rune::ast;
use rune::macros::{quote, MacroContext, TokenStream};
use rune::parse::Parser;

use crate::recorder::{Recorder, Result};

/// The attributes that stand before functions and have one name.
const NAMES: [&str; 7] = [
    "tool",
    "param",
    "plugin",
    "callout",
    "syntax",
    "frontmatter",
    "entry",
];

/// Registers the attributes.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.attribute("handler", &["hook"], unchanged)?;
    for name in NAMES {
        recorder.attribute(name, &[], unchanged)?;
    }
    Ok(())
}

fn unchanged(
    context: &mut MacroContext<'_, '_, '_>,
    _arguments: &TokenStream,
    item: &TokenStream,
) -> rune::compile::Result<TokenStream> {
    let mut parser = Parser::from_token_stream(item, context.macro_span());
    let item = parser.parse_all::<ast::Item>()?;
    Ok(quote!(#item).into_token_stream(context)?)
}
