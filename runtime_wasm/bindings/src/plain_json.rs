//! JSON that a value of the host keeps, made of a script's value: only what JSON can hold is taken.

use std::fmt;

use rune::runtime::{self, Object, RuntimeError, TypeValue};
use rune::Value;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::explain::short_name;

/// Values may contain themselves.
const DEEPEST: usize = 64;

/// JSON, shown as it is written.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PlainJson(pub Json);

impl PlainJson {
    /// The JSON of a script's value; the error names what in it has none.
    pub(crate) fn of(value: &Value) -> Result<Self, RuntimeError> {
        json(value, 0).map(PlainJson)
    }

    /// The same of a text, a number or a Boolean alone.
    pub(crate) fn of_scalar(value: &Value) -> Result<Self, RuntimeError> {
        match scalar(value) {
            Some(json) => Ok(PlainJson(json)),
            None => Err(RuntimeError::panic(format!(
                "expected a String, a number, true or false, found {}",
                short_name(&value.type_info().to_string())
            ))),
        }
    }
}

impl fmt::Debug for PlainJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

fn json(value: &Value, depth: usize) -> Result<Json, RuntimeError> {
    if depth > DEEPEST {
        let message = format!("a value that is nested more than {DEEPEST} deep has no JSON here");
        return Err(RuntimeError::panic(message));
    }
    if let Some(json) = scalar(value) {
        return Ok(json);
    }
    if let Ok(items) = value.borrow_ref::<runtime::Vec>() {
        return list(items.iter(), depth);
    }
    if let Ok(option) = value.borrow_ref::<Option<Value>>() {
        return match &*option {
            Some(value) => json(value, depth + 1),
            None => Ok(Json::Null),
        };
    }
    if let Ok(object) = value.borrow_ref::<Object>() {
        let fields = object.iter();
        let fields = fields.map(|(key, value)| Ok((key.to_string(), json(value, depth + 1)?)));
        return fields.collect::<Result<Map<_, _>, _>>().map(Json::Object);
    }
    match value.as_type_value() {
        Ok(TypeValue::Unit) => Ok(Json::Null),
        Ok(TypeValue::Tuple(items)) => list(items.iter(), depth),
        _ => {
            let found = value.type_info().to_string();
            let message = format!("JSON cannot hold a value of {}", short_name(&found));
            Err(RuntimeError::panic(message))
        }
    }
}

fn list<'v>(items: impl Iterator<Item = &'v Value>, depth: usize) -> Result<Json, RuntimeError> {
    let items = items.map(|item| json(item, depth + 1));
    items.collect::<Result<Vec<_>, _>>().map(Json::Array)
}

fn scalar(value: &Value) -> Option<Json> {
    if let Ok(text) = value.borrow_string_ref() {
        return Some(Json::from(&*text));
    }
    let flag = value.as_bool().map(Json::from);
    flag.or_else(|_| value.as_signed().map(Json::from))
        .or_else(|_| value.as_unsigned().map(Json::from))
        .or_else(|_| value.as_float().map(Json::from))
        .or_else(|_| value.as_char().map(|one| Json::from(one.to_string())))
        .ok()
}
