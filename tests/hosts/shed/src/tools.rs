//! Tools: types and functions that macros make, helpers that register, loops over names.

use rune::{Any, ContextError, Module};

/// What all tools have.
pub trait Tool: Any {
    const WEIGHT: f64;
    const HANDLES: u8;
}

macro_rules! tools {
    ($($(#[$said:meta])* $name:ident { weight: $weight:expr, handles: $handles:literal, $does:ident($what:ident: $of:ty) }),+ $(,)?) => {
        $(
            $(#[$said])*
            #[derive(Any, Debug)]
            #[rune(item = ::shed::tools)]
            pub struct $name;

            impl $name {
                #[rune::function(keep, path = Self::take)]
                fn take() -> Self {
                    $name
                }

                /// Works with it.
                #[rune::function(keep)]
                fn $does(&self, $what: $of) -> bool {
                    let _ = $what;
                    true
                }
            }

            impl Tool for $name {
                const WEIGHT: f64 = $weight;
                const HANDLES: u8 = $handles;
            }
        )+
    };
}

tools! {
    /// Digs.
    Spade { weight: 2.5, handles: 1, dig(depth: i64) },
    /// Cuts.
    Shears { weight: 0.5 + 0.25, handles: 2, cut(what: String) },
}

macro_rules! make {
    ($module:ident, $($tool:ident: $($does:ident),+);+) => {
        $($module.function_meta($tool::take__meta)?; $($module.function_meta($tool::$does)?;)+)+
    };
}

pub fn module() -> Result<Module, ContextError> {
    let mut module = opened("tools")?;
    with_constants::<Spade>(&mut module)?;
    with_constants::<Shears>(&mut module)?;
    make!(module, Spade: dig__meta; Shears: cut__meta);
    for name in ["count", "sharpen"] {
        module
            .function(name, |tools: Vec<rune::Value>| -> usize { tools.len() })
            .build()?;
    }
    for (name, greatest) in [("FEW", 3), ("MANY", 30)] {
        module.constant(name, greatest).build()?;
    }
    let lend = |tool: &Spade, to: String| -> String { format!("{tool:?} to {to}") };
    module.associated_function("lend", lend)?;
    if cfg!(feature = "greenhouse") {
        module.function("heat", || -> i64 { 1 }).build()?;
    } else {
        module.function("shade", || -> i64 { 0 }).build()?;
    }
    #[cfg(feature = "frost")]
    module
        .function("thaw", |degrees: f64| -> f64 { degrees + 1.0 })
        .build()?;
    #[cfg(not(feature = "frost"))]
    module
        .function("cool", |degrees: f64| -> f64 { degrees - 1.0 })
        .build()?;
    closed(module)
}

/// The module of the shed with this name.
fn opened(name: &str) -> Result<Module, ContextError> {
    Module::with_crate_item("shed", [name])
}

fn with_constants<T>(module: &mut Module) -> Result<(), ContextError>
where
    T: Tool + rune::__private::InstallWith + rune::__private::TypeOf + rune::compile::Named,
{
    module.ty::<T>()?;
    module
        .constant("WEIGHT", T::WEIGHT)
        .build_associated::<T>()?;
    module
        .constant("HANDLES", <T as Tool>::HANDLES)
        .build_associated::<T>()?;
    Ok(())
}

fn closed(mut module: Module) -> Result<Module, ContextError> {
    module
        .function("lock", |code: u64| code > 0)
        .build()?
        .return_type::<bool>()?;
    Ok(module)
}
