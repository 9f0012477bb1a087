//! Crucible's attributes: `#[tool(…)]`, `#[handler(…)]` and the like. The host reads them from the source text; for the
//! compiler they must exist, and change nothing.

use rune::ast;
use rune::macros::{quote, MacroContext, TokenStream};
use rune::parse::Parser;
use rune::Module;

use crate::recorder::Result;

/// The attributes that stand before functions.
const NAMES: [&str; 6] = ["tool", "hook", "handler", "param", "plugin", "entry"];

/// The module of the attributes. It is the root module, so that they need no `use`.
pub(crate) fn module() -> Result<Module> {
    let mut module = Module::new();
    for name in NAMES {
        module.attribute_macro([name], unchanged)?;
    }
    Ok(module)
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
