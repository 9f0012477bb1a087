//! Types of stubs, in slots: their fields, variants and functions.

use std::cell::RefCell;
use std::sync::Arc;

use rune::runtime::{
    Formatter, InstAddress, Memory, Output, Protocol, RuntimeError, TypeInfo, VmResult,
};
use rune::{vm_try, ContextError, Hash, Item, ItemBuf, Module, ToValue, Value};
use runekiln_bindings::{
    assignments, debug_text, to_json, FieldRow, Foreign, TypeKind, TypeRow, VariantRow,
};

use super::counted::counted;
use super::dynamic::leaked;
use super::protocols;
use super::sample::{size, Purpose};
use super::sample_known::{Known, KnownType};
use super::sample_types::Type;
use super::slots::{Get, Set, Shape, SlotType};
use super::slots_pool;

type Result<T> = std::result::Result<T, ContextError>;

/// Puts a type into the module that it is declared in.
pub fn install(
    module: &mut Module,
    known: &Arc<Known>,
    row: &TypeRow,
    slot: &'static SlotType,
) -> Result<()> {
    (slot.declare)(module, &format!("::{}", row.path))?;
    match row.kind {
        TypeKind::Struct => install_fields(module, known, row, slot)?,
        TypeKind::Enum => install_variants(module, known, row, slot)?,
    }
    install_protocols(module, slot)?;
    for name in row.aliases.iter().chain([&row.name]) {
        module.reexport([name.as_str()], slot.item)?;
    }
    Ok(())
}

fn install_fields(
    module: &mut Module,
    known: &Arc<Known>,
    row: &TypeRow,
    slot: &'static SlotType,
) -> Result<()> {
    let names: Vec<&'static str> = row.fields.iter().map(|field| leaked(&field.name)).collect();
    (slot.name_fields)(module, names.clone().leak())?;
    for (index, field) in row.fields.iter().enumerate() {
        let part = Part::new(known, slot, 0, index, &field.name, &field.type_name);
        (slot.getter)(module, names[index], part.getter())?;
        if field.mutable {
            (slot.setter)(module, &Protocol::SET, names[index], setter(slot, index))?;
        }
        for operator in &field.operators {
            let protocol = assignments::protocol(operator).and_then(protocols::named);
            if let Some(protocol) = protocol {
                let part = Part::new(known, slot, 0, index, &field.name, &field.type_name);
                let change = changer(slot, part, protocol);
                (slot.setter)(module, protocol, names[index], change)?;
            }
        }
    }
    Ok(())
}

fn install_variants(
    module: &mut Module,
    known: &Arc<Known>,
    row: &TypeRow,
    slot: &'static SlotType,
) -> Result<()> {
    let kit = slots_pool::enum_type(slot.number);
    let names: Vec<&'static str> = row.variants.iter().map(|row| leaked(&row.name)).collect();
    (kit.name_variants)(module, names.clone().leak())?;
    for (number, variant) in row.variants.iter().enumerate() {
        (kit.variant)(module, number, shape(variant))?;
    }
    for (name, getter) in named_getters(known, row, slot) {
        (slot.getter)(module, leaked(&name), getter)?;
    }
    let longest = row.variants.iter().map(|row| row.values.len()).max();
    for index in 0..longest.unwrap_or(0) {
        let parts = row.variants.iter().enumerate();
        let parts = parts.filter_map(|(number, variant)| {
            let type_name = variant.values.get(index)?;
            Some(Part::new(
                known,
                slot,
                number,
                index,
                &variant.name,
                type_name,
            ))
        });
        let lacking =
            move || RuntimeError::__rune_macros__unsupported_tuple_index_get(slot.type_info, index);
        (kit.index_getter)(module, index, any_of(parts.collect(), slot, lacking))?;
    }
    let hashes = names.iter().map(|name| variant_hash(slot.item, name));
    let hashes: Vec<Hash> = hashes.collect::<rune::alloc::Result<_>>()?;
    implement(module, slot, &Protocol::IS_VARIANT, move |arguments| {
        let hash: Hash = rune::from_value(arguments[1].clone())?;
        let mut is_it = false;
        (slot.look)(&arguments[0], &mut |data| {
            is_it = hashes.get(data.variant) == Some(&hash)
        })?;
        is_it.to_value()
    })
}

fn shape(variant: &VariantRow) -> Shape {
    if !variant.fields.is_empty() {
        let names = variant.fields.iter().map(|field| leaked(&field.name));
        return Shape::Fields(names.collect::<Vec<_>>().leak());
    }
    match variant.values.len() {
        0 => Shape::Empty,
        count => Shape::Values(count),
    }
}

fn variant_hash(item: &Item, name: &str) -> rune::alloc::Result<Hash> {
    let item: ItemBuf = item.extended(name)?;
    Ok(Hash::type_hash(&item))
}

/// The getters of all names that fields of variants have: the same name may be in several.
fn named_getters(known: &Arc<Known>, row: &TypeRow, slot: &'static SlotType) -> Vec<(String, Get)> {
    let mut parts: Vec<(String, Vec<Part>)> = Vec::new();
    for (number, variant) in row.variants.iter().enumerate() {
        for (index, field) in variant.fields.iter().enumerate() {
            let part = Part::new(known, slot, number, index, &field.name, &field.type_name);
            match parts.iter_mut().find(|(name, _)| *name == field.name) {
                Some((_, same)) => same.push(part),
                None => parts.push((field.name.clone(), vec![part])),
            }
        }
    }
    let lacking = || RuntimeError::__rune_macros__unsupported_object_field_get(slot.type_info);
    let getters = parts.into_iter();
    getters
        .map(|(name, parts)| (name, any_of(parts, slot, lacking)))
        .collect()
}

/// The getter of the part of whichever variant a value is; `lacking` is the error of a variant without one.
fn any_of(
    parts: Vec<Part>,
    slot: &'static SlotType,
    lacking: impl Fn() -> RuntimeError + Send + Sync + 'static,
) -> Get {
    let getters: Vec<(usize, Get)> = parts
        .into_iter()
        .map(|part| (part.variant, part.getter()))
        .collect();
    Box::new(move |value| {
        let mut variant = 0;
        vm_try!((slot.look)(value, &mut |data| variant = data.variant));
        match getters.iter().find(|(number, _)| *number == variant) {
            Some((_, get)) => get(value),
            None => VmResult::err(lacking()),
        }
    })
}

/// A field, or one of the values of a variant.
struct Part {
    known: Arc<Known>,
    slot: &'static SlotType,
    variant: usize,
    index: usize,
    name: String,
    type_name: String,
}

impl Part {
    fn new(
        known: &Arc<Known>,
        slot: &'static SlotType,
        variant: usize,
        index: usize,
        name: &str,
        type_name: &str,
    ) -> Part {
        Part {
            known: Arc::clone(known),
            slot,
            variant,
            index,
            name: name.to_owned(),
            type_name: type_name.to_owned(),
        }
    }

    fn getter(self) -> Get {
        Box::new(move |value| VmResult::Ok(vm_try!(self.get(value))))
    }

    fn get(&self, value: &Value) -> std::result::Result<Value, RuntimeError> {
        let found = self.known.of_hash(self.slot.hash);
        let place = found.map_or("", |found| found.row.path.as_str());
        part(
            value,
            &self.known,
            self.slot,
            self.index,
            place,
            (&self.name, &self.type_name),
        )
    }
}

/// The part of a value with this number; sampled, if nobody has looked at it before.
fn part(
    value: &Value,
    known: &Arc<Known>,
    slot: &SlotType,
    index: usize,
    place: &str,
    (name, type_name): (&str, &str),
) -> std::result::Result<Value, RuntimeError> {
    let (mut held, mut depth, mut arguments) = (None, 0, None);
    (slot.look)(value, &mut |data| {
        held = data.fields.get(index).cloned().flatten();
        depth = data.depth;
        arguments = Some(Arc::clone(&data.arguments));
    })?;
    if let Some(held) = held {
        return Ok(held);
    }
    let purpose = Purpose {
        known,
        place,
        name,
        depth,
    };
    let declared = Type::parse(type_name);
    let parameters = known.of_hash(slot.hash).map(|found| &found.row.generics);
    let wanted = match (parameters, &arguments) {
        (Some(parameters), Some(arguments)) => declared.given(parameters, arguments),
        _ => declared,
    };
    let sample = purpose.sample(&wanted)?;
    (slot.change)(value, &mut |data| data.fields[index] = Some(sample.clone()))?;
    Ok(sample)
}

fn setter(slot: &'static SlotType, index: usize) -> Set {
    Box::new(move |value, given| {
        vm_try!((slot.change)(value, &mut |data| data.fields[index] = Some(given.clone())));
        VmResult::Ok(())
    })
}

/// What an operator such as `+=` does to a field: numbers are counted with, and everything else stays the sample that it is.
fn changer(slot: &'static SlotType, part: Part, protocol: &'static Protocol) -> Set {
    Box::new(move |value, given| {
        let before = vm_try!(part.get(value));
        let after = vm_try!(counted(protocol, &before, &given));
        vm_try!((slot.change)(value, &mut |data| data.fields[part.index] =
            Some(after.clone())));
        VmResult::Ok(())
    })
}

/// What no stub can deny: a stub does not say which of Rune's protocols a type implements.
fn install_protocols(module: &mut Module, slot: &'static SlotType) -> Result<()> {
    for protocol in [&Protocol::DEBUG_FMT, &Protocol::DISPLAY_FMT] {
        implement(module, slot, protocol, |arguments| {
            use rune::alloc::fmt::TryWrite;
            let text = debug_text(&arguments[0]);
            let mut formatter = arguments[1].borrow_mut::<Formatter>()?;
            formatter.try_write_str(&text)?;
            ().to_value()
        })?;
    }
    implement(module, slot, &Protocol::PARTIAL_EQ, move |arguments| {
        let is_same_type = arguments[1].type_hash() == slot.hash;
        let is_same = || to_json(&arguments[0]) == to_json(&arguments[1]);
        (is_same_type && is_same()).to_value()
    })?;
    implement(module, slot, &Protocol::CLONE, move |arguments| {
        let mut copy = None;
        (slot.look)(&arguments[0], &mut |data| copy = Some(data.clone()))?;
        Ok((slot.make)(copy.unwrap_or_default())?)
    })
}

fn implement(
    module: &mut Module,
    slot: &'static SlotType,
    protocol: &'static Protocol,
    answer: impl Fn(&[Value]) -> std::result::Result<Value, RuntimeError> + Send + Sync + 'static,
) -> Result<()> {
    let native = move |memory: &mut dyn Memory, address: InstAddress, count: usize, out: Output| {
        let arguments = vm_try!(memory.slice_at(address, count)).to_vec();
        let answer = vm_try!(answer(&arguments));
        vm_try!(out.store(memory, answer));
        VmResult::Ok(())
    };
    module
        .raw_function(protocol, native)
        .build_associated_with(slot.hash, TypeInfo::from(slot.type_info))
        .map(drop)
}

/// Samples that lie deeper than this in others are shown by their names alone.
const SHOWN_DEEP: usize = 4;

/// A value of a slot's type, as it is shown.
fn taken_apart(value: &Value, known: &Arc<Known>) -> Option<Foreign> {
    let found = known.of_hash(value.type_hash())?;
    let slot = found.slot?;
    let (mut variant, mut depth) = (0, 0);
    let looked = (slot.look)(value, &mut |data| {
        (variant, depth) = (data.variant, data.depth)
    });
    let name = found.row.name.clone();
    if looked.is_err() || depth > SHOWN_DEEP {
        return Some(Foreign::Plain(format!("<{name}>")));
    }
    let part = |(index, of): (usize, (&str, &str))| {
        part(value, known, slot, index, &found.row.path, of).ok()
    };
    Some(match found.row.kind {
        TypeKind::Struct => Foreign::Fields {
            name,
            fields: named_parts(&found.row.fields, part),
        },
        TypeKind::Enum => variant_apart(found, variant, part),
    })
}

fn named_parts(
    rows: &[FieldRow],
    part: impl Fn((usize, (&str, &str))) -> Option<Value>,
) -> Vec<(String, Value)> {
    let rows = rows.iter().enumerate();
    let fields = rows.filter_map(|(index, row)| {
        let value = part((index, (&row.name, &row.type_name)))?;
        Some((row.name.clone(), value))
    });
    fields.collect()
}

fn variant_apart(
    found: &KnownType,
    number: usize,
    part: impl Fn((usize, (&str, &str))) -> Option<Value>,
) -> Foreign {
    let Some(variant) = found.row.variants.get(number) else {
        return Foreign::Plain(found.row.name.clone());
    };
    let name = format!("{}::{}", found.row.name, variant.name);
    if size(variant) == 0 {
        return Foreign::Plain(name);
    }
    if !variant.fields.is_empty() {
        return Foreign::Fields {
            name,
            fields: named_parts(&variant.fields, part),
        };
    }
    let values = variant.values.iter().enumerate();
    let items = values.filter_map(|(index, type_name)| part((index, (&variant.name, type_name))));
    Foreign::Items {
        name,
        items: items.collect(),
    }
}

thread_local! {
    /// The types of this instance.
    static SHOWN: RefCell<Option<Arc<Known>>> = const { RefCell::new(None) };
}

/// From now on values of these types are shown by their parts.
pub fn show(known: Arc<Known>) {
    SHOWN.set(Some(known));
}

/// A value of a stub's type taken apart, for [`runekiln_bindings::show_foreign`].
pub fn shown(value: &Value) -> Option<Foreign> {
    let known = SHOWN.with_borrow(Option::clone)?;
    taken_apart(value, &known)
}
