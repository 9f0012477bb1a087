//! A host whose functions hand modules on, and what of that cannot be decided.

use rune::{Any, ContextError, Module, Value};

#[derive(Any)]
#[rune(item = ::helpers)]
pub struct Pump {
    #[rune(get)]
    r#type: String,
    #[rune(get, add_assign)]
    litres: i64,
    #[rune(set)]
    secret: i64,
    #[rune(get)]
    owner: Owner,
}

/// Not registered anywhere.
#[derive(Any)]
#[rune(item = ::helpers)]
pub struct Owner;

#[derive(Any)]
#[rune(item = ::helpers)]
pub struct Pair(#[rune(get)] i64, i64);

struct Plugin;

impl Plugin {
    pub fn module(&self) -> Result<Module, ContextError> {
        let mut module = base("helpers")?;
        self.install(&mut module)?;
        module.add_greeting("hello")?;
        let module = counted(module)?;
        other::install(&mut module)?;
        Ok(module)
    }

    fn install(&self, module: &mut Module) -> Result<(), ContextError> {
        module.ty::<Pump>()?;
        module.ty::<Pair>()?;
        module.function("default", |a: i64| -> i64 { a }).build()?;
        module.field_function(&Protocol::ADD_ASSIGN, "litres", |pump: &mut Pump, by: i64| ())?;
        module.index_function(&Protocol::GET, 0, |pair: &Pair| -> i64 { pair.0 })?;
        module.associated_function("shout", |text: &str| -> String { text.to_owned() })?;
        for name in names() {
            module.function(name, || -> i64 { 1 }).build()?;
        }
        module.constant("TABLE", table()).build()?;
        module.constant("PLACE", (1, "here")).build()?;
        Ok(())
    }
}

fn base(name: &str) -> Result<Module, ContextError> {
    let module = Module::with_crate(name)?;
    Ok(module)
}

fn counted(mut module: Module) -> Result<Module, ContextError> {
    module.function("count", || -> u8 { 1 }).build()?;
    Ok(module)
}

trait Greeting {
    fn add_greeting(&mut self, text: &'static str) -> Result<(), ContextError>;
}

impl Greeting for Module {
    fn add_greeting(&mut self, text: &'static str) -> Result<(), ContextError> {
        self.function("greet", move || -> String { text.to_owned() }).build()?;
        Ok(())
    }
}

/// Nobody is seen to call this.
pub fn loose(module: &mut Module) -> Result<(), ContextError> {
    module.function("loose", || -> i64 { 1 }).build()?;
    Ok(())
}

pub fn outside() -> Result<Module, ContextError> {
    let mut module = Module::new();
    module.function("outside", || -> i64 { 1 }).build()?;
    Ok(module)
}

pub fn item() -> Result<Module, ContextError> {
    let mut module = Module::with_item(["gate"])?;
    module.function("close", || -> bool { true }).build()?;
    Ok(module)
}
