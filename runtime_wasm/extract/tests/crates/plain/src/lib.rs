//! A host that registers in Rune's own way.

mod shell;

use rune::{Any, ContextError, Module, Value};

type Result<T> = std::result::Result<T, GardenError>;

/// A bed of the garden.
///
/// @prelude
#[derive(Any, Debug)]
#[rune(item = ::garden::beds)]
pub struct Bed {
    /// What it is called.
    #[rune(get)]
    name: String,
    /// How moist the soil is, from 0 to 1.
    #[rune(get, set)]
    moisture: f32,
    /// Who looks after it.
    ///
    /// @return Option<String>
    #[rune(get)]
    keeper: Keeper,
    secret: u8,
}

/// Why something failed.
#[derive(Any)]
#[rune(name = GardenError)]
pub struct Failure {
    #[rune(get)]
    message: String,
}

use Failure as GardenError;

/// The seasons.
///
/// @sealed
#[derive(Any)]
pub enum Season {
    /// When things grow.
    #[rune(constructor)]
    Spring,
    #[rune(constructor)]
    Other(#[rune(get)] String),
}

impl Bed {
    /// An empty bed.
    #[rune::function(path = Self::new)]
    fn new(name: &str) -> Self {
        todo!()
    }

    /// Waters the bed, and says how much it took.
    ///
    /// @permission garden.water litres
    #[rune::function]
    async fn water(&mut self, litres: f64) -> Result<u32> {
        todo!()
    }

    /// Gives the bed up.
    #[rune::function]
    fn clear(self) {}

    #[rune::function(protocol = DISPLAY_FMT)]
    fn display(&self, f: &mut Formatter) -> VmResult<()> {
        todo!()
    }
}

/// The beds that are too dry.
///
/// @param limit: i64 | ()
#[rune::function(path = dry)]
fn dry_beds(limit: Value) -> Vec<Bed> {
    todo!()
}

#[rune::function(instance, deprecated = "use `water`")]
fn sprinkle(this: &Bed, how: impl Fn()) -> bool {
    todo!()
}

/// The garden.
#[rune::module(::garden)]
pub fn module() -> std::result::Result<Module, ContextError> {
    let mut m = Module::from_meta(self::module_meta)?;
    m.ty::<Season>()?;
    m.ty::<Failure>()?;
    m.constant("BEDS", 12).build()?;
    m.function("sow", |seeds: u64, where_: Option<String>| -> () {}).build()?;
    m.function("untyped", |a| a).build()?;
    if cfg!(windows) {
        m.function("never", || -> i64 { 1 }).build()?;
    }
    Ok(m)
}

pub fn beds() -> std::result::Result<Module, ContextError> {
    let mut module = Module::with_crate_item("garden", ["beds"])?;
    module.ty::<Bed>()?;
    module.function_meta(Bed::new)?;
    module.function_meta(Bed::water)?;
    module.function_meta(Bed::clear)?;
    module.function_meta(Bed::display)?;
    module.function_meta(sprinkle)?;
    more(&mut module)?;
    module.associated_function("is_dry", |this: &Bed| -> bool { true })?;
    module.attribute_macro(["plot"], plot)?;
    Ok(module)
}

fn more(into: &mut Module) -> std::result::Result<(), ContextError> {
    into.function_meta(dry_beds)?;
    Ok(())
}
