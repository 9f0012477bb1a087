//! Values that stand for what a host would have answered: of the declared type, plausible, and the same in every run.

use std::sync::Arc;

use rune::runtime::{Function, Object, RuntimeError, VmResult};
use rune::{ToValue, Value};
use runekiln_bindings::{TypeKind, VariantRow};

use super::sample_known::{Known, KnownType, Meaning};
use super::sample_types::Type;
use super::slots::Data;

/// Lists in samples that lie deeper than this in other samples are empty: types may hold themselves.
const DEEP: usize = 3;
/// Other names of types may stand for themselves.
const DEEPEST: usize = 16;

type Made = Result<Value, RuntimeError>;

/// What a sample is made for.
#[derive(Clone, Copy)]
pub struct Purpose<'p> {
    pub known: &'p Arc<Known>,
    /// The path of the type or module that the type is written in.
    pub place: &'p str,
    /// The name of what answers with it.
    pub name: &'p str,
    /// How many other samples it lies in.
    pub depth: usize,
}

impl Purpose<'_> {
    /// A value of the type. `Err` for what never answers.
    pub fn sample(&self, wanted: &Type) -> Made {
        self.nested(wanted, 0)
    }

    fn nested(&self, wanted: &Type, level: usize) -> Made {
        if level > DEEPEST {
            return self.text();
        }
        match wanted {
            Type::Any => self.text(),
            Type::Never => Err(RuntimeError::panic(format!(
                "`{}` does not return",
                self.name
            ))),
            Type::Named(name, arguments) => self.named(name, arguments, level),
            Type::Tuple(members) if members.is_empty() => ().to_value(),
            Type::Tuple(members) => {
                let members = members.iter().map(|member| self.nested(member, level + 1));
                tuple(members.collect::<Result<_, _>>()?)
            }
            Type::Union(members) => {
                let mut members = members.iter().filter(|member| **member != Type::Never);
                self.nested(members.next().unwrap_or(&Type::Never), level + 1)
            }
            Type::Literal(text) => text.as_str().to_value(),
            Type::Object(keys) => {
                let value = |(key, value): &(String, Type)| {
                    let purpose = Purpose { name: key, ..*self };
                    Ok((key.clone(), purpose.nested(value, level + 1)?))
                };
                object(
                    keys.iter()
                        .map(value)
                        .collect::<Result<Vec<_>, RuntimeError>>()?,
                )
            }
            Type::Function(count, returns) => self.function(*count, returns),
        }
    }

    fn named(&self, name: &str, arguments: &[Type], level: usize) -> Made {
        let argument = |index: usize| {
            let wanted = arguments.get(index).unwrap_or(&Type::Any);
            self.nested(wanted, level + 1)
        };
        let is_deep = self.depth >= DEEP;
        let own = self.known.find(name, self.place);
        match (own, name) {
            (Some(Meaning::Type(known)), _) => self.of_type(known, arguments),
            (Some(Meaning::Other(other)), _) => self.nested(&other.given(arguments), level + 1),
            (None, "i64") => 1i64.to_value(),
            (None, "u64") => 1u64.to_value(),
            (None, "u8") => 1u8.to_value(),
            (None, "f64") => 1.0f64.to_value(),
            (None, "bool") => true.to_value(),
            (None, "char") => 'a'.to_value(),
            (None, "Bytes") => bytes(self.name),
            // A loop takes either, and a script that cannot be run is of no use.
            (None, "Vec" | "Iterator") if is_deep => list(Vec::new()),
            (None, "Vec" | "Iterator") => list(vec![argument(0)?]),
            (None, "Option") if is_deep => None::<Value>.to_value(),
            (None, "Option") => Some(argument(0)?).to_value(),
            (None, "Result") => Ok::<Value, Value>(argument(0)?).to_value(),
            (None, "Object") if arguments.is_empty() || is_deep => object(Vec::new()),
            (None, "Object") => {
                object(vec![(self.name.to_owned(), argument(arguments.len() - 1)?)])
            }
            (None, "Function") => self.function(0, &Type::Any),
            (None, _) => self.text(),
        }
    }

    /// A function that answers with samples.
    fn function(&self, count: usize, returns: &Type) -> Made {
        let (known, returns) = (Arc::clone(self.known), returns.clone());
        let (place, name, depth) = (self.place.to_owned(), self.name.to_owned(), self.depth + 1);
        let answer = move || {
            let (known, place, name) = (&known, place.as_str(), name.as_str());
            let purpose = Purpose {
                known,
                place,
                name,
                depth,
            };
            match purpose.sample(&returns) {
                Ok(sample) => VmResult::Ok(sample),
                Err(error) => VmResult::err(error),
            }
        };
        let function = match count {
            0 => Function::new(answer),
            1 => Function::new(move |_: Value| answer()),
            2 => Function::new(move |_: Value, _: Value| answer()),
            3 => Function::new(move |_: Value, _: Value, _: Value| answer()),
            4 => Function::new(move |_: Value, _: Value, _: Value, _: Value| answer()),
            // Rune makes none of more.
            _ => Function::new(move |_: Value, _: Value, _: Value, _: Value, _: Value| answer()),
        };
        function.to_value()
    }

    /// A value of a host's type, with those types for its parameters.
    fn of_type(&self, known: &KnownType, arguments: &[Type]) -> Made {
        let Some(slot) = known.slot else {
            let native = runekiln_bindings::sample(&known.row.path);
            return native.map_or_else(|| self.text(), Ok);
        };
        let variant = known.row.variants.first();
        let count = match known.row.kind {
            TypeKind::Struct => known.row.fields.len(),
            TypeKind::Enum => variant.map_or(0, size),
        };
        let data = Data {
            variant: 0,
            fields: vec![None; count],
            depth: self.depth + 1,
            arguments: arguments
                .iter()
                .map(|argument| self.known.absolute(argument, self.place))
                .collect(),
        };
        Ok((slot.make)(data)?)
    }

    /// The name in words: what a text would say is not known, but where it comes from is.
    fn text(&self) -> Made {
        words(self.name).to_value()
    }
}

/// How many values a variant holds.
pub fn size(variant: &VariantRow) -> usize {
    variant.fields.len().max(variant.values.len())
}

/// `read_note` becomes `read note`.
fn words(name: &str) -> String {
    name.replace('_', " ").trim().to_owned()
}

fn tuple(members: Vec<Value>) -> Made {
    Ok(Value::tuple(members.try_into_rune()?)?)
}

fn list(items: Vec<Value>) -> Made {
    Ok(Value::vec(items.try_into_rune()?)?)
}

fn bytes(name: &str) -> Made {
    let mut bytes = rune::alloc::Vec::new();
    for byte in words(name).bytes() {
        bytes.try_push(byte)?;
    }
    rune::runtime::Bytes::from_vec(bytes).to_value()
}

fn object(fields: Vec<(String, Value)>) -> Made {
    let mut object = Object::new();
    for (key, value) in fields {
        object.insert(rune::alloc::String::try_from(key.as_str())?, value)?;
    }
    object.to_value()
}

/// Rune has vectors of its own.
trait IntoRune {
    fn try_into_rune(self) -> rune::alloc::Result<rune::alloc::Vec<Value>>;
}

impl IntoRune for Vec<Value> {
    fn try_into_rune(self) -> rune::alloc::Result<rune::alloc::Vec<Value>> {
        let mut values = rune::alloc::Vec::try_with_capacity(self.len())?;
        for value in self {
            values.try_push(value)?;
        }
        Ok(values)
    }
}
