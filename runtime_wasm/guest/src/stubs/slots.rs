//! Types that are made while the program runs. Rune wants a Rust type for each native type; these are a pool of them, and
//! what a stub declares takes the next one.
//!
//! A slot is known to Rune by an item in the crate `__slot`, which scripts cannot reach; the type's own path is a
//! re-export of that. `slots_names.rs` keeps the names of slots out of what people read.

use std::fmt;
use std::sync::Arc;

use rune::compile::meta::DocType;
use rune::compile::Named;
use rune::module::InstallWith;
use rune::runtime::{
    AnyTypeInfo, ConstValue, FromValue, MaybeTypeOf, Protocol, RuntimeError, ToValue, TypeHash,
    TypeInfo, TypeOf, VmResult,
};
use rune::{Any, ContextError, Hash, Item, Module, ToConstValue, Value};

use super::sample_types::Type;
use super::slots_names::write_name;
use super::slots_pool::{hash, item};

/// What a value of a slot's type holds: the variant of an enum, and fields in the order of their declaration. Fields are
/// sampled when they are first looked at, so that types may hold themselves.
#[derive(Clone, Default)]
pub struct Data {
    pub variant: usize,
    pub fields: Vec<Option<Value>>,
    /// How many other samples this one lies in.
    pub depth: usize,
    /// What stands for the type's parameters; nothing if that is not known.
    pub arguments: Arc<[Type]>,
}

/// A value of the type that has taken slot `N`.
struct Slot<const N: usize>(Data);

/// The same as Rune hands it to native functions, and as they return it. Whether it is one is asked by who looks inside.
struct Handed<const N: usize>(Value);

macro_rules! named_as_slot {
    ($type:ident) => {
        impl<const N: usize> TypeHash for $type<N> {
            const HASH: Hash = hash(N);
        }

        impl<const N: usize> Named for $type<N> {
            const ITEM: &'static Item = item(N);

            fn full_name(f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_name(N, f)
            }
        }
    };
}

named_as_slot!(Slot);
named_as_slot!(Handed);

impl<const N: usize> Any for Slot<N> {}

impl<const N: usize> TypeOf for Handed<N> {
    const STATIC_TYPE_INFO: AnyTypeInfo = <Slot<N> as Any>::ANY_TYPE_INFO;
}

impl<const N: usize> MaybeTypeOf for Handed<N> {
    fn maybe_type_of() -> rune::alloc::Result<DocType> {
        <Value as MaybeTypeOf>::maybe_type_of()
    }
}

impl<const N: usize> InstallWith for Handed<N> {}

impl<const N: usize> FromValue for Handed<N> {
    fn from_value(value: Value) -> Result<Self, RuntimeError> {
        Ok(Handed(value))
    }
}

impl<const N: usize> ToValue for Handed<N> {
    fn to_value(self) -> Result<Value, RuntimeError> {
        Ok(self.0)
    }
}

/// Answers the value of the field or variant value with this number.
pub type Get = Box<dyn Fn(&Value) -> VmResult<Value> + Send + Sync>;
/// Sets it.
pub type Set = Box<dyn Fn(&Value, Value) -> VmResult<()> + Send + Sync>;

/// Shows the data of a value.
pub type Look = fn(&Value, &mut dyn FnMut(&Data)) -> Result<(), RuntimeError>;
/// Lets the data of a value be changed.
pub type Change = fn(&Value, &mut dyn FnMut(&mut Data)) -> Result<(), RuntimeError>;

/// What must be written once for each slot, since Rune asks for the Rust type.
pub struct SlotType {
    pub number: usize,
    pub item: &'static Item,
    pub hash: Hash,
    pub type_info: AnyTypeInfo,
    /// Puts the type into a module; `name` is what `std::any::type_name_of_val` answers.
    pub declare: fn(&mut Module, name: &str) -> Result<(), ContextError>,
    pub name_fields: fn(&mut Module, &'static [&'static str]) -> Result<(), ContextError>,
    pub getter: fn(&mut Module, &'static str, Get) -> Result<(), ContextError>,
    /// Lets scripts change a field, by what the protocol stands for: `SET`, or an operator.
    pub setter: fn(&mut Module, &'static Protocol, &'static str, Set) -> Result<(), ContextError>,
    /// Gives the type a constant.
    pub constant: fn(&mut Module, &'static str, Constant) -> Result<(), ContextError>,
    pub make: fn(Data) -> rune::alloc::Result<Value>,
    /// Takes the data out, so that the value is used up.
    pub take: fn(Value) -> Result<Data, RuntimeError>,
    pub look: Look,
    pub change: Change,
    /// The error of a function that wants this type and was given another one.
    pub expected: fn(TypeInfo) -> RuntimeError,
}

impl SlotType {
    pub const fn of<const N: usize>() -> SlotType {
        SlotType {
            number: N,
            item: item(N),
            hash: hash(N),
            type_info: <Slot<N> as Any>::ANY_TYPE_INFO,
            declare: declare::<N>,
            name_fields: name_fields::<N>,
            getter: getter::<N>,
            setter: setter::<N>,
            constant: constant::<N>,
            make: |data| Value::new(Slot::<N>(data)),
            take: |value| value.downcast::<Slot<N>>().map(|slot| slot.0),
            look: |value, look| value.borrow_ref::<Slot<N>>().map(|slot| look(&slot.0)),
            change: |value, change| {
                let slot = value.borrow_mut::<Slot<N>>();
                slot.map(|mut slot| change(&mut slot.0))
            },
            expected: RuntimeError::expected::<Handed<N>>,
        }
    }
}

fn declare<const N: usize>(module: &mut Module, name: &str) -> Result<(), ContextError> {
    module.ty::<Handed<N>>()?;
    module
        .constant(&Protocol::INTO_TYPE_NAME, name)
        .build_associated::<Handed<N>>()?;
    Ok(())
}

fn name_fields<const N: usize>(
    module: &mut Module,
    names: &'static [&'static str],
) -> Result<(), ContextError> {
    module
        .type_meta::<Handed<N>>()?
        .make_named_struct(names)
        .map(drop)
}

fn getter<const N: usize>(
    module: &mut Module,
    name: &'static str,
    get: Get,
) -> Result<(), ContextError> {
    let get = move |this: Handed<N>| get(&this.0);
    module.field_function(&Protocol::GET, name, get).map(drop)
}

fn setter<const N: usize>(
    module: &mut Module,
    protocol: &'static Protocol,
    name: &'static str,
    set: Set,
) -> Result<(), ContextError> {
    let set = move |this: Handed<N>, value: Value| set(&this.0, value);
    module.field_function(protocol, name, set).map(drop)
}

fn constant<const N: usize>(
    module: &mut Module,
    name: &'static str,
    value: Constant,
) -> Result<(), ContextError> {
    let constant = module.constant(name, value);
    constant.build_associated::<Handed<N>>().map(drop)
}

/// A constant of whatever type; which one, Rune only tells those who ask what it has been told.
pub struct Constant(pub ConstValue);

impl TypeHash for Constant {
    const HASH: Hash = <()>::HASH;
}

impl TypeOf for Constant {
    const STATIC_TYPE_INFO: AnyTypeInfo = <()>::STATIC_TYPE_INFO;
}

impl ToConstValue for Constant {
    fn to_const_value(self) -> Result<ConstValue, RuntimeError> {
        Ok(self.0)
    }
}

/// What is needed besides of a slot that an enum takes.
pub struct EnumType {
    pub name_variants: fn(&mut Module, &'static [&'static str]) -> Result<(), ContextError>,
    pub variant: fn(&mut Module, usize, Shape) -> Result<(), ContextError>,
    pub index_getter: fn(&mut Module, usize, Get) -> Result<(), ContextError>,
}

/// What a variant holds.
#[derive(Clone, Copy)]
pub enum Shape {
    Empty,
    Values(usize),
    Fields(&'static [&'static str]),
}

impl Shape {
    fn count(self) -> usize {
        match self {
            Shape::Empty => 0,
            Shape::Values(count) => count,
            Shape::Fields(names) => names.len(),
        }
    }
}

impl EnumType {
    pub const fn of<const N: usize>() -> EnumType {
        EnumType {
            name_variants: name_variants::<N>,
            variant: variant::<N>,
            index_getter: index_getter::<N>,
        }
    }
}

fn name_variants<const N: usize>(
    module: &mut Module,
    names: &'static [&'static str],
) -> Result<(), ContextError> {
    module.type_meta::<Handed<N>>()?.make_enum(names).map(drop)
}

/// So many values can a variant hold: each number needs a constructor of its own.
pub const VARIANT_VALUES: usize = 5;

fn variant<const N: usize>(
    module: &mut Module,
    number: usize,
    shape: Shape,
) -> Result<(), ContextError> {
    let variant = module.variant_meta::<Handed<N>>(number)?;
    let variant = match shape {
        Shape::Empty => variant.make_empty()?,
        Shape::Values(count) => variant.make_unnamed(count)?,
        Shape::Fields(names) => variant.make_named(names)?,
    };
    macro_rules! constructor {
        ($($value:ident)*) => {
            variant.constructor(move |$($value: Value),*| -> Handed<N> {
                variant_of(number, vec![$($value),*])
            })
        };
    }
    if shape.count() > VARIANT_VALUES {
        // Such a variant can be matched, and handed on.
        return Ok(());
    }
    let constructed = match shape.count() {
        0 => constructor!(),
        1 => constructor!(a),
        2 => constructor!(a b),
        3 => constructor!(a b c),
        4 => constructor!(a b c d),
        _ => constructor!(a b c d e),
    };
    constructed.map(drop)
}

fn variant_of<const N: usize>(variant: usize, values: Vec<Value>) -> Handed<N> {
    let fields = values.into_iter().map(Some).collect();
    // Only the allocator can refuse, and only under a limit that the host set.
    let value = Value::new(Slot::<N>(Data {
        variant,
        fields,
        ..Data::default()
    }));
    Handed(value.expect("memory for a value"))
}

fn index_getter<const N: usize>(
    module: &mut Module,
    index: usize,
    get: Get,
) -> Result<(), ContextError> {
    let get = move |this: Handed<N>| get(&this.0);
    module.index_function(&Protocol::GET, index, get).map(drop)
}
