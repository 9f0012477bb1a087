//! What a script's value is as plain data, for formats that know objects, lists, texts and numbers.

use rune::alloc::String as RuneString;
use rune::runtime::{self, Bytes, Object, OwnedTuple};
use rune::{TypeHash, Value};
use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::explain::short_name;

/// How deep values may hold one another: as deep as the formats are read. A value that holds itself ends here.
pub(crate) const DEEPEST: usize = 128;

/// Writes a value as Rune does, but for two things: the keys of objects are sorted, which Rune keeps in no order, and
/// what is nested too deep is an error.
pub(crate) struct Plain<'v> {
    value: &'v Value,
    depth: usize,
    names_what_is_not: bool,
}

impl<'v> Plain<'v> {
    pub(crate) fn new(value: &'v Value) -> Self {
        Plain {
            value,
            depth: 0,
            names_what_is_not: false,
        }
    }

    /// The same, whose errors name the type that is no plain data instead of saying it in Rune's words.
    pub(crate) fn named(value: &'v Value) -> Self {
        Plain {
            names_what_is_not: true,
            ..Plain::new(value)
        }
    }

    fn inner<'i>(&self, value: &'i Value) -> Plain<'i> {
        Plain {
            value,
            depth: self.depth + 1,
            names_what_is_not: self.names_what_is_not,
        }
    }

    fn list<S: Serializer>(&self, items: &[Value], serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(items.len()))?;
        for item in items {
            list.serialize_element(&self.inner(item))?;
        }
        list.end()
    }

    fn object<S: Serializer>(&self, object: &Object, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields: Vec<(&RuneString, &Value)> = object.iter().collect();
        fields.sort_unstable_by_key(|(key, _)| key.as_str());
        let mut map = serializer.serialize_map(Some(fields.len()))?;
        for (key, value) in fields {
            map.serialize_entry(key.as_str(), &self.inner(value))?;
        }
        map.end()
    }
}

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.depth > DEEPEST {
            let message = format!("a value that is nested deeper than {DEEPEST} levels");
            return Err(S::Error::custom(message));
        }
        match self.value.type_hash() {
            Option::<Value>::HASH => {
                let option = self.value.borrow_ref::<Option<Value>>();
                match &*option.map_err(S::Error::custom)? {
                    Some(value) => serializer.serialize_some(&self.inner(value)),
                    None => serializer.serialize_none(),
                }
            }
            Bytes::HASH => {
                let bytes = self.value.borrow_ref::<Bytes>().map_err(S::Error::custom)?;
                serializer.serialize_bytes(&bytes)
            }
            runtime::Vec::HASH => {
                let items = self.value.borrow_ref::<runtime::Vec>();
                self.list(&items.map_err(S::Error::custom)?, serializer)
            }
            OwnedTuple::HASH if self.value.clone().into_unit().is_err() => {
                let items = self.value.borrow_ref::<OwnedTuple>();
                self.list(&items.map_err(S::Error::custom)?, serializer)
            }
            Object::HASH => {
                let object = self.value.borrow_ref::<Object>();
                self.object(&*object.map_err(S::Error::custom)?, serializer)
            }
            _ if self.names_what_is_not && !is_plain(self.value) => {
                let found = self.value.type_info().to_string();
                let message = format!("a value of {}", short_name(&found));
                Err(S::Error::custom(message))
            }
            // Nothing else holds values: texts and numbers are written, and all others are errors that say what they are.
            _ => self.value.serialize(serializer),
        }
    }
}

/// Whether a value is a text, a number or a Boolean.
pub(crate) fn is_scalar(value: &Value) -> bool {
    value.borrow_string_ref().is_ok()
        || value.as_bool().is_ok()
        || value.as_char().is_ok()
        || value.as_signed().is_ok()
        || value.as_unsigned().is_ok()
        || value.as_float().is_ok()
}

fn is_plain(value: &Value) -> bool {
    is_scalar(value) || value.clone().into_unit().is_ok()
}
