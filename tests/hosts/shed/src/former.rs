//! Registrations as hosts of older releases have them: Rune marks them as deprecated, and takes them still.
#![allow(deprecated)]

use rune::runtime::{InstAddress, Memory, Output, Protocol, Ref, VmResult};
use rune::{vm_try, Any, ContextError, Module};

#[derive(Any, Debug)]
#[rune(item = ::shed::former)]
pub struct Scythe {
    length: i64,
    strokes: u64,
}

/// What the wind does.
#[derive(Any, Clone, Copy, Debug)]
#[rune(item = ::shed::former)]
pub enum Wind {
    Still,
    Blows(#[rune(get, copy)] i64),
}

impl Scythe {
    fn new(length: i64) -> Scythe {
        Scythe { length, strokes: 0 }
    }

    /// Cuts as far as it reaches.
    fn swing(&self, times: i64) -> i64 {
        self.length * times
    }

    async fn whetted(this: Ref<Scythe>) -> i64 {
        this.length
    }
}

async fn mown(meadow: String) -> u64 {
    meadow.len() as u64
}

fn rest(memory: &mut dyn Memory, _: InstAddress, count: usize, out: Output) -> VmResult<()> {
    if count != 0 {
        return VmResult::panic(format!("Wrong number of arguments {count}, expected 0"));
    }
    vm_try!(out.store(memory, 8_i64));
    VmResult::Ok(())
}

pub fn module() -> Result<Module, ContextError> {
    let mut module = Module::with_crate_item("shed", ["former"])?;
    module.ty::<Scythe>()?;
    module
        .type_meta::<Scythe>()?
        .docs(["A scythe, for meadows."])?;
    module.function2("scythe", Scythe::new)?.build()?;
    module.async_function("mown", mown)?;
    module.raw_fn("rest", rest)?.args(0).return_type::<i64>()?;
    module.inst_fn("swing", Scythe::swing)?;
    module.async_inst_fn("whetted", Scythe::whetted)?;
    module.inst_fn(&Protocol::SUB_ASSIGN, |scythe: &mut Scythe, worn: i64| {
        scythe.length -= worn;
    })?;
    module.field_fn(&Protocol::GET, "length", |scythe: &Scythe| -> i64 {
        scythe.length
    })?;
    module.field_fn(&Protocol::GET, "strokes", |scythe: &Scythe| -> u64 {
        scythe.strokes
    })?;
    module.field_fn(
        &Protocol::ADD_ASSIGN,
        "strokes",
        |scythe: &mut Scythe, more: u64| {
            scythe.strokes += more;
        },
    )?;
    module.ty::<Wind>()?;
    module.variant_constructor(0, || Wind::Still)?;
    module.variant_constructor(1, Wind::Blows)?;
    module
        .variant_meta::<Wind>(1)?
        .static_docs(&["With a force."])?;
    module.index_function(&Protocol::GET, 1, |_: &Wind| -> bool { true })?;
    module.index_fn(&Protocol::GET, 2, |wind: &Wind| -> f64 {
        match wind {
            Wind::Blows(force) => *force as f64 * 1.9,
            Wind::Still => 0.0,
        }
    })?;
    Ok(module)
}

/// Outside of all crates: only the script's own root sees it.
pub fn outside() -> Result<Module, ContextError> {
    let mut module = Module::with_item(["meadow"])?;
    module
        .function("mow", |rows: u64| -> u64 { rows * 2 })
        .build()?;
    Ok(module)
}
