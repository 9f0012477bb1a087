//! A garden shed: what a program hands to the scripts of its gardeners.

pub mod beds;
pub mod calendar;
pub mod former;
pub mod marks;
pub mod places;
pub mod seasons;
pub mod shelf;
pub mod tools;

use rune::{Context, ContextError};

/// Everything that scripts of the shed can use, besides what Rune has by itself.
pub fn context() -> Result<Context, ContextError> {
    let mut context = Context::with_default_modules()?;
    install(&mut context)?;
    Ok(context)
}

/// Adds the shed to a context.
pub fn install(context: &mut Context) -> Result<(), ContextError> {
    context.install(beds::module()?)?;
    context.install(seasons::module()?)?;
    context.install(tools::module()?)?;
    context.install(shelf::Shelf::module()?)?;
    context.install(calendar::module()?)?;
    context.install(marks::module()?)?;
    context.install(marks::attributes()?)?;
    context.install(places::module()?)?;
    context.install(places::everywhere()?)?;
    context.install(former::module()?)?;
    context.install(former::outside()?)?;
    Ok(())
}
