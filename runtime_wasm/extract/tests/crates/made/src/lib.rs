//! A host whose bindings are made: by macros, by traits, and of types that are not its own.

use core::num::ParseIntError;

use rune::runtime::{Function, Ref, Value};
use rune::{docstring, Any, ContextError, Module};

rune_macros::binding! {
    impl ::made::BadNumber for ParseIntError;
    #[type_of]
    impl<T> ::made::Pile for std::collections::VecDeque<T>;
}

macro_rules! tool {
    ($name:ident, $($does:ident => $result:ty),+ $(,)?) => {
        #[derive(Any)]
        #[rune(item = ::made::tools)]
        pub struct $name;

        impl $name {
            $(
                /// What it does.
                #[rune::function(keep, instance)]
                fn $does(this: Ref<Self>, bed: &str) -> $result {
                    todo!()
                }
            )+
        }
    };
}

macro_rules! module {
    ($condition:meta, $name:ident) => {
        #[cfg($condition)]
        pub fn $name() {
            let mut m = rune::Module::with_crate(stringify!($name))?;
        }
    };
}

module!(test, trial);

tool!(Spade, dig => bool);
tool!(Rake, rake => u32, comb => Vec<String>,);

/// What this makes.
#[rune::module(::made)]
pub fn module() -> Result<Module, ContextError> {
    let mut m = Module::from_meta(self::module_meta)?.with_unique("made");

    macro_rules! register {
        ($kind:ident, $($does:ident),*) => {
            m.ty::<$kind>()?;
            $(m.function_meta($kind::$does)?;)*
            m.implement_trait::<$kind>(rune::item!(::made::Tool))?;
        };
    }
    register!(Spade, dig__meta);
    register!(Rake, rake__meta, comb__meta);

    m.ty::<ParseIntError>()?.docs(docstring! {
        /// A number that is none.
    })?;
    let mut growth = m.ty::<Growth>()?.make_enum(&["Seed", "Plant"])?;
    growth.variant_mut(0)?.make_empty()?.static_docs(&["Not yet up."])?;
    growth.variant_mut(1)?.make_unnamed(2)?;

    {
        let mut t = m.define_trait(["Tool"])?;
        t.handler(|cx| {
            let next = cx.find(&rune::Protocol::NEXT)?;
            cx.function("clean", |tool: Value| tool)?;
            {
                cx.function("lend", move |tool: Value, whom: Value, days: i64| true)?;
            }
            cx.function("lend_out", |tool: Value| tool)?;
            Ok(())
        })?;
        t.function("lend")?
            .argument_types::<(Value, Value, i64)>()?
            .return_type::<bool>()?
            .docs(docstring! {
                /// Lends it to somebody.
            })?;
        t.function("hang")?.args(1).is_async(true);
        t.function("polish")?.return_type::<bool>()?;
    }

    m.raw_function("mix", |stack, address, count, out| ())
        .build()?
        .argument_types::<(Value, Function)>()?
        .return_type::<Result<i64, ParseIntError>>()?;
    m.function("weigh", |bed: i64| -> i64 { bed })
        .build()?
        .args(1)
        .docs(docstring! {
            /// How much it holds.
            ///
            /// @permission scales
        })?;
    m.raw_function("burn", |stack, address, count, out| ())
        .build()?
        .argument_types::<(Furnace,)>()?;
    m.ty::<Furnace>()?;
    m.implement_trait::<Spade>(rune::item!(::std::cmp::PartialEq))?;
    m.raw_function("stir", |stack, address, count, out| ()).build()?;
    m.ty::<Soil>()?;
    m.type_meta::<Soil>()?.make_enum(&["Clay", "Sand"])?;
    m.variant_meta::<Soil>(1)?.make_unnamed(1)?.static_docs(&["Dry."])?;
    Ok(m)
}

impl Named for Soil {
    const ITEM: &'static Item = item!(::made::Soil);
}

impl Named for Growth {
    const ITEM: &'static Item = item!(::made::Growth);
}

/// Not bound by itself.
pub enum Growth {
    Seed,
    Plant(u8, u8),
}
