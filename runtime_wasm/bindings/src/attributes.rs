//! Crucible's attributes: `#[tool(…)]`, `#[handler(…)]` and the like. The host reads them from the source text; for the
//! compiler they must exist, and change nothing. What keys they have is said in a stub: Rust has no word for it.

use rune::ast;
use rune::macros::{quote, MacroContext, TokenStream};
use rune::parse::Parser;

use crate::recorder::{Recorder, Result};

/// The attributes that stand before functions and have one name.
const NAMES: [&str; 6] = [
    "tool",
    "param",
    "plugin",
    "callout",
    "syntax",
    "frontmatter",
];

/// Registers the attributes.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.attribute("handler", &["hook"], unchanged)?;
    for name in NAMES {
        recorder.attribute(name, &[], unchanged)?;
    }
    Ok(())
}

/// Gives back the item that an attribute stands before, in full.
pub fn unchanged(
    context: &mut MacroContext<'_, '_, '_>,
    _arguments: &TokenStream,
    item: &TokenStream,
) -> rune::compile::Result<TokenStream> {
    let mut parser = Parser::from_token_stream(item, context.macro_span());
    let item = parser.parse_all::<ast::Item>()?;
    // Rune hands the item over without the semicolon that it then misses.
    let returned = match ends_in_semicolon(&item) {
        true => quote!(#item;),
        false => quote!(#item),
    };
    Ok(returned.into_token_stream(context)?)
}

fn ends_in_semicolon(item: &ast::Item) -> bool {
    match item {
        ast::Item::Use(_) | ast::Item::Const(_) => true,
        ast::Item::Struct(item) => !matches!(item.body, ast::Fields::Named(_)),
        _ => false,
    }
}
