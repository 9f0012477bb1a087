//! Macros and attributes of stubs. A macro answers with a sample; an attribute changes nothing.

use std::sync::Arc;

use rune::ast;
use rune::macros::{quote, MacroContext, TokenStream};
use rune::parse::Parser;
use rune::{ContextError, Module, T};
use runekiln_bindings::{unchanged, MacroArguments, MacroRow};

use super::dynamic_functions::Declared;
use super::sample_known::Known;

/// The crate of the functions that macros become, which scripts cannot know of.
pub const ANSWERS: &str = "__answer";

/// Puts a macro into a module, and the function that answers for it into `answers` under the name `answer`.
pub fn install(
    module: &mut Module,
    answers: &mut Module,
    answer: String,
    known: &Arc<Known>,
    (place, row): (&str, &MacroRow),
) -> Result<(), ContextError> {
    let declared = Arc::new(Declared::of_macro(known, place, row));
    answers
        .raw_function(answer.as_str(), move |memory, address, count, out| {
            declared.call(memory, address, count, out)
        })
        .build()?;
    let arguments = row.arguments;
    module.macro_([row.name.as_str()], move |context, stream| {
        expand(context, stream, arguments, &answer)
    })?;
    Ok(())
}

/// The arguments are evaluated where they are expressions, as the host would: what answers is given their values, since
/// Rune would call a value that goes nowhere unused.
fn expand(
    context: &mut MacroContext<'_, '_, '_>,
    stream: &TokenStream,
    arguments: MacroArguments,
    answer: &str,
) -> rune::compile::Result<TokenStream> {
    let answer = context.ident(answer)?;
    if arguments == MacroArguments::Tokens {
        return Ok(quote!(::__answer:: #answer()).into_token_stream(context)?);
    }
    let mut parser = Parser::from_token_stream(stream, context.input_span());
    let mut given = quote!();
    while !parser.is_eof()? {
        let expression = parser.parse::<ast::Expr>()?;
        let before = given.into_token_stream(context)?;
        given = quote!(#before #expression,);
        if parser.parse::<Option<T![,]>>()?.is_none() {
            break;
        }
    }
    parser.eof()?;
    let given = given.into_token_stream(context)?;
    Ok(quote!(::__answer:: #answer(#given)).into_token_stream(context)?)
}

/// Makes an attribute exist under each of its names, in the root module, so that it needs no `use`.
pub fn install_attribute(module: &mut Module, name: &str) -> Result<(), ContextError> {
    module.attribute_macro([name], unchanged).map(drop)
}
