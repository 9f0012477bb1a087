//! Macros and attributes.

use rune::ast;
use rune::macros::{quote, MacroContext, TokenStream};
use rune::parse::Parser;
use rune::{docstring, ContextError, Module};

/// A row of as many beds as there are expressions.
///
/// @return i64
#[rune::macro_]
fn row(
    cx: &mut MacroContext<'_, '_, '_>,
    input: &TokenStream,
) -> rune::compile::Result<TokenStream> {
    let mut parser = Parser::from_token_stream(input, cx.input_span());
    let mut count = 0;
    while !parser.is_eof()? {
        parser.parse::<ast::Expr>()?;
        parser.parse::<Option<rune::T![,]>>()?;
        count += 1;
    }
    let count = cx.lit(count)?;
    Ok(quote!(#count).into_token_stream(cx)?)
}

#[rune::macro_(path = nothing)]
fn none(cx: &mut MacroContext<'_, '_, '_>, _: &TokenStream) -> rune::compile::Result<TokenStream> {
    Ok(quote!(()).into_token_stream(cx)?)
}

/// Leaves a function as it is.
#[rune::attribute_macro]
fn chore(
    cx: &mut MacroContext<'_, '_, '_>,
    _: &TokenStream,
    item: &TokenStream,
) -> rune::compile::Result<TokenStream> {
    Ok(quote!(#item).into_token_stream(cx)?)
}

fn unchanged(
    cx: &mut MacroContext<'_, '_, '_>,
    _: &TokenStream,
    item: &TokenStream,
) -> rune::compile::Result<TokenStream> {
    Ok(quote!(#item).into_token_stream(cx)?)
}

pub fn module() -> Result<Module, ContextError> {
    let mut module = Module::with_crate_item("shed", ["marks"])?;
    module.macro_meta(row)?;
    module.macro_meta(none)?;
    module
        .macro_(["stake"], |cx, _| Ok(quote!(true).into_token_stream(cx)?))?
        .docs(docstring! {
            /// Drives a stake in.
            ///
            /// @return bool
        })?;
    Ok(module)
}

/// Scripts write attributes without a path, so these lie outside of all crates.
pub fn attributes() -> Result<Module, ContextError> {
    let mut module = Module::new();
    module.macro_meta(chore)?;
    module.attribute_macro(["weekly"], unchanged)?;
    Ok(module)
}
