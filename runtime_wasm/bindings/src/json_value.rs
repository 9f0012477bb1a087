//! JSON becomes a script's value: objects, vectors, strings, numbers, `()` for null.

use rune::alloc::{String as RuneString, Vec as RuneVec};
use rune::runtime::{Object, RuntimeError, ToValue};
use rune::Value;
use serde_json::Value as Json;

/// The script's value for `json`. Numbers that fit neither `i64` nor `u64` become `f64`.
///
/// The recursion is as deep as the JSON is nested; `serde_json` reads at most 128 levels.
pub(crate) fn to_value(json: &Json) -> Result<Value, RuntimeError> {
    match json {
        Json::Null => ().to_value(),
        Json::Bool(flag) => flag.to_value(),
        Json::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(signed), _) => signed.to_value(),
            (None, Some(unsigned)) => unsigned.to_value(),
            (None, None) => number.as_f64().unwrap_or(f64::NAN).to_value(),
        },
        Json::String(text) => RuneString::try_from(text.as_str())?.to_value(),
        Json::Array(items) => {
            let mut values = RuneVec::try_with_capacity(items.len())?;
            for item in items {
                values.try_push(to_value(item)?)?;
            }
            Ok(Value::vec(values)?)
        }
        Json::Object(fields) => {
            let mut object = Object::new();
            for (name, value) in fields {
                object.insert(RuneString::try_from(name.as_str())?, to_value(value)?)?;
            }
            object.to_value()
        }
    }
}
