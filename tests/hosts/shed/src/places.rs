//! Other places of what is registered elsewhere.

use rune::compile::Named;
use rune::{ContextError, Module};

use crate::beds::Bed;

pub fn module() -> Result<Module, ContextError> {
    let mut module = Module::with_crate_item("shed", ["short"])?;
    module.reexport(["Bed"], Bed::ITEM)?;
    module.reexport(["Time"], rune::item!(::shed::Season))?;
    module.reexport(["rain"], rune::item!(::shed::calendar::rain))?;
    module.reexport(["GROWTH"], rune::item!(::shed::GROWTH))?;
    Ok(module)
}

/// A bed is seen everywhere, without `use`.
pub fn everywhere() -> Result<Module, ContextError> {
    let mut module = Module::with_crate("Bed")?;
    module.reexport([] as [&str; 0], Bed::ITEM)?;
    Ok(module)
}
