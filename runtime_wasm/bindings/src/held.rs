//! Values of a script that a value of the host holds, such as an event's payload: copied, compared, shown and read.

use rune::alloc::clone::TryClone;
use rune::runtime::{self, Object, ToValue};
use rune::Value;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value as Json;

use crate::show::{debug_text, to_json};
use crate::{json_value, nesting};

/// What stands for a value that holds the one it is held by.
const CUT: &str = "…";

/// A list or an object of its own with the same items, as Rune's `clone()` makes it; any other value is shared.
pub(crate) fn copy(value: &Value) -> Value {
    // Only the allocator can refuse, and only under a limit that the host set.
    const MEMORY: &str = "memory for a copy of a value";
    if let Ok(object) = value.borrow_ref::<Object>() {
        let own = object.try_clone().expect(MEMORY);
        return own.to_value().expect(MEMORY);
    }
    if let Ok(items) = value.borrow_ref::<runtime::Vec>() {
        let own = items.try_clone().expect(MEMORY);
        return own.to_value().expect(MEMORY);
    }
    value.clone()
}

/// Whether both are shown as the same, which ends also on values that contain themselves.
pub(crate) fn equal(one: &Value, other: &Value) -> bool {
    text(one) == text(other)
}

/// The debug form.
pub(crate) fn text(value: &Value) -> String {
    match nesting::shown() {
        Some(_level) => debug_text(value),
        None => CUT.to_owned(),
    }
}

pub(crate) fn json(value: &Value) -> Json {
    match nesting::shown() {
        Some(_level) => to_json(value),
        None => Json::from(CUT),
    }
}

/// For `#[serde(with = "held")]`.
pub(crate) fn serialize<S: Serializer>(value: &Value, serializer: S) -> Result<S::Ok, S::Error> {
    json(value).serialize(serializer)
}

/// For `#[serde(with = "held")]`.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    let json = Json::deserialize(deserializer)?;
    json_value::to_value(&json).map_err(serde::de::Error::custom)
}

/// `()`, for what may be left out.
pub(crate) fn nothing() -> Value {
    ().to_value().expect("`()` needs no memory")
}
