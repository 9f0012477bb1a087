//! Beds: functions by attributes, with each of their options.

use std::fmt::Write as _;

use rune::alloc;
use rune::alloc::fmt::TryWrite as _;
use rune::runtime::{Formatter, Mut, Ref, VmResult};
use rune::{vm_write, Any, ContextError, Module};

/// A bed of the garden.
///
/// @since 0.2
#[derive(Any, Clone, Debug)]
#[rune(item = ::shed::beds, constructor)]
pub struct Bed {
    /// What it is called.
    #[rune(get, set)]
    pub name: String,
    /// How wide it is, in metres.
    #[rune(get, copy)]
    pub width: f64,
    /// How many litres it got.
    #[rune(get, set, copy, add_assign, sub_assign)]
    pub litres: i64,
    /// Who looks after it.
    #[rune(get)]
    pub keeper: Option<String>,
    #[rune(skip)]
    pub plants: u64,
}

/// Why a bed cannot be had.
#[derive(Any, Debug)]
#[rune(item = ::shed::beds, name = BedError)]
pub struct Failure {
    #[rune(get)]
    reason: String,
    /// Not for scripts.
    _at: usize,
}

impl Bed {
    /// An empty bed.
    #[rune::function(path = Self::new, keep)]
    pub fn new(name: &str, width: f64) -> Self {
        Bed {
            name: name.to_owned(),
            width,
            litres: 0,
            keeper: None,
            plants: 0,
        }
    }

    /// A bed of the usual width.
    #[rune::function(keep, path = Self)]
    fn usual(name: String) -> Bed {
        Bed::new(&name, 1.2)
    }

    /// Puts plants into the bed, and says how many there are now.
    #[rune::function]
    fn plant(&mut self, plants: Vec<String>) -> usize {
        self.plants += plants.len() as u64;
        self.plants as usize
    }

    /// Waters the bed.
    ///
    /// @permission tool litres
    #[rune::function(vm_result)]
    fn water(&mut self, litres: u32) -> i64 {
        self.litres += i64::from(litres);
        self.litres
    }

    /// Gives the bed up, and says how much grew in it.
    #[rune::function]
    fn clear(self) -> u64 {
        self.plants
    }

    /// Waits until the bed is dry.
    #[rune::function(instance, path = Self::dry)]
    async fn until_dry(this: Ref<Self>) -> Result<f64, Failure> {
        Ok(this.width)
    }

    #[rune::function(instance, path = Self::sprinkle, deprecated = "use `water`")]
    fn sprinkle(mut this: Mut<Self>, r#type: &str, default: bool) {
        this.litres += i64::from(default) + r#type.len() as i64;
    }

    #[rune::function(keep, protocol = DISPLAY_FMT)]
    fn display_fmt(&self, f: &mut Formatter) -> VmResult<()> {
        vm_write!(f, "{} ({} m)", self.name, self.width)
    }

    #[rune::function(keep, protocol = PARTIAL_EQ)]
    fn partial_eq(&self, other: &Bed) -> bool {
        self.name == other.name
    }

    #[rune::function(keep, protocol = CLONE)]
    fn copied(&self) -> Bed {
        self.clone()
    }
}

#[rune::function(instance, protocol = ADD)]
fn joined(this: &Bed, other: &Bed) -> Bed {
    Bed::new(&this.name, this.width + other.width)
}

#[rune::function(instance, free, path = Failure::why)]
fn text(this: &Failure) -> String {
    this.reason.clone()
}

/// The beds that are wider.
///
/// @param than: f64 | Bed
#[rune::function(path = wider)]
fn wider_beds(beds: Vec<rune::Value>, than: rune::Value) -> usize {
    drop(than);
    beds.len()
}

/// Finds a bed.
#[rune::function(free)]
fn find(name: alloc::String) -> Result<Bed, Failure> {
    match name.as_str() {
        "peas" => Ok(Bed::new("peas", 2.0)),
        _ => Err(Failure {
            reason: name.as_str().to_owned(),
            _at: 0,
        }),
    }
}

/// A failure, of no bed.
#[rune::function(free, path = Failure::of)]
fn failure_of(reason: String) -> Failure {
    let mut text = String::new();
    write!(text, "{reason}").expect("memory for a text");
    Failure {
        reason: text,
        _at: 1,
    }
}

/// Beds, and what grows in them.
#[rune::module(::shed::beds)]
pub fn module() -> Result<Module, ContextError> {
    let mut module = Module::from_meta(self::module_meta)?;
    module.ty::<Bed>()?;
    module.ty::<Failure>()?;
    module.function_meta(Bed::new__meta)?;
    module.function_meta(Bed::usual__meta)?;
    module.function_meta(Bed::plant)?;
    module.function_meta(Bed::water)?;
    module.function_meta(Bed::clear)?;
    module.function_meta(Bed::until_dry)?;
    module.function_meta(Bed::sprinkle)?;
    module.function_meta(Bed::display_fmt__meta)?;
    module.function_meta(joined)?;
    module.function_meta(Bed::partial_eq__meta)?;
    module.function_meta(Bed::copied__meta)?;
    module.function_meta(text)?;
    module.function_meta(wider_beds)?;
    module.function_meta(find)?;
    module.function_meta(failure_of)?;
    Ok(module)
}
