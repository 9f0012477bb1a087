//! Shelves: a trait, types that have it, and functions that take the stack.

use rune::runtime::{InstAddress, Memory, Output, Protocol, VmResult};
use rune::{docstring, vm_try, Any, ContextError, Module, Value};

/// A shelf with jars.
#[derive(Any, Debug, Default)]
#[rune(item = ::shed::shelf)]
pub struct Shelf {
    jars: Vec<String>,
}

/// What goes through the jars of a shelf.
#[derive(Any, Debug)]
#[rune(item = ::shed::shelf)]
pub struct Jars {
    left: std::vec::IntoIter<String>,
}

impl Shelf {
    #[rune::function(path = Self::new, keep)]
    fn new() -> Shelf {
        Shelf::default()
    }

    /// Puts a jar down.
    #[rune::function]
    fn put(&mut self, jar: String) {
        self.jars.push(jar);
    }

    #[rune::function(keep, protocol = INTO_ITER)]
    fn jars(&self) -> Jars {
        Jars {
            left: self.jars.clone().into_iter(),
        }
    }

    #[rune::function(protocol = LEN)]
    fn len(&self) -> usize {
        self.jars.len()
    }

    pub fn module() -> Result<Module, ContextError> {
        let mut module = Module::with_crate_item("shed", ["shelf"])?;
        module.ty::<Self>()?;
        module.ty::<Jars>()?;
        module.function_meta(Self::new__meta)?;
        module.function_meta(Self::put)?;
        module.function_meta(Self::jars__meta)?;
        module.associated_function("jars", Self::jars)?;
        module.function_meta(Self::len)?;
        module.function_meta(Jars::next)?;
        holding(&mut module)?;
        module.implement_trait::<Shelf>(rune::item!(::shed::shelf::Holding))?;
        module
            .raw_function("heavier", heavier)
            .build()?
            .argument_types::<(f64, f64)>()?
            .return_type::<bool>()?
            .docs(docstring! {
                /// Whether the first one is heavier.
            })?;
        module
            .raw_function("room", room)
            .build_associated::<Shelf>()?
            .args(1);
        Ok(module)
    }
}

impl Jars {
    #[rune::function(protocol = NEXT)]
    fn next(&mut self) -> Option<String> {
        self.left.next()
    }
}

fn holding(module: &mut Module) -> Result<(), ContextError> {
    let mut holding = module.define_trait(["Holding"])?;
    holding.docs(docstring! {
        /// What holds things.
    })?;
    holding.handler(|context| {
        let len = context.find(&Protocol::LEN)?;
        drop(len);
        context.function("is_wide", |_: Value, than: i64| than < 100)?;
        context.function("swap", |one: Value, _: Value| one)?;
        Ok(())
    })?;
    holding
        .function("len")?
        .args(1)
        .return_type::<usize>()?
        .docs(docstring! {
            /// How many there are.
        })?;
    holding
        .function("is_wide")?
        .argument_types::<(Value, i64)>()?
        .return_type::<bool>()?;
    Ok(())
}

fn numbers(
    memory: &dyn Memory,
    address: InstAddress,
    count: usize,
    wanted: usize,
) -> VmResult<Vec<f64>> {
    if count != wanted {
        return VmResult::panic(format!(
            "Wrong number of arguments {count}, expected {wanted}"
        ));
    }
    let values = vm_try!(memory.slice_at(address, count));
    let numbers = values
        .iter()
        .map(|value| value.as_float().unwrap_or_default());
    VmResult::Ok(numbers.collect())
}

fn heavier(
    memory: &mut dyn Memory,
    address: InstAddress,
    count: usize,
    out: Output,
) -> VmResult<()> {
    let numbers = vm_try!(numbers(memory, address, count, 2));
    vm_try!(out.store(memory, numbers[0] > numbers[1]));
    VmResult::Ok(())
}

fn room(memory: &mut dyn Memory, address: InstAddress, count: usize, out: Output) -> VmResult<()> {
    vm_try!(numbers(memory, address, count, 1));
    vm_try!(out.store(memory, 12_i64));
    VmResult::Ok(())
}
