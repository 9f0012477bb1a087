//! What a script's value is as plain data, for formats that know objects, lists, texts and numbers.

use rune::alloc::String as RuneString;
use rune::runtime::{self, Bytes, Object, OwnedTuple};
use rune::{TypeHash, Value};
use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};

/// How deep values may hold one another: as deep as the formats are read. A value that holds itself ends here.
pub(crate) const DEEPEST: usize = 128;

/// Writes a value as Rune does, but for two things: the keys of objects are sorted, which Rune keeps in no order, and
/// what is nested too deep is an error.
pub(crate) struct Plain<'v> {
    value: &'v Value,
    depth: usize,
}

impl<'v> Plain<'v> {
    pub(crate) fn new(value: &'v Value) -> Self {
        Plain { value, depth: 0 }
    }

    fn inner<'i>(&self, value: &'i Value) -> Plain<'i> {
        Plain {
            value,
            depth: self.depth + 1,
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
            let message = format!("the value is nested deeper than {DEEPEST} levels");
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
            // Nothing else holds values: texts and numbers are written, and all others are errors that say what they are.
            _ => self.value.serialize(serializer),
        }
    }
}
