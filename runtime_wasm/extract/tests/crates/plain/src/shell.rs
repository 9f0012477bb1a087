use rune::{ContextError, Module};

/// Runs a command.
///
/// @permission shell command
/// @permission
#[rune::function]
fn exec(command: String, arguments: Vec<String>) -> String {
    todo!()
}

pub fn module(name: &str) -> Result<Module, ContextError> {
    let mut module = Module::with_crate("shell")?;
    module.function_meta(exec)?;
    let other = Module::with_crate(name)?;
    Ok(module)
}

#[cfg(test)]
mod tests {
    fn module() {
        let mut module = Module::with_crate("tests")?;
    }
}

#[cfg(unix)]
pub fn net() -> Result<Module, ContextError> {
    Module::with_crate("net")
}

#[cfg(feature = "trade")]
pub fn trade() -> Result<Module, ContextError> {
    let mut module = Module::with_crate("trade")?;
    #[cfg(not(feature = "trade"))]
    module.function("barter", || 1).build()?;
    Ok(module)
}
