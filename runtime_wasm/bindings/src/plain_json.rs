//! JSON that a value of the host keeps, made of a script's value: only what is plain data is taken.

use std::fmt;

use rune::runtime::RuntimeError;
use rune::Value;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::explain::short_name;
use crate::plain::{is_scalar, Plain};

/// JSON, shown as it is written.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PlainJson(pub Json);

impl PlainJson {
    /// The JSON of a script's value; the error names what in it has none.
    pub(crate) fn of(value: &Value) -> Result<Self, RuntimeError> {
        let json = serde_json::to_value(Plain::named(value));
        json.map(PlainJson)
            .map_err(|error| RuntimeError::panic(format!("JSON cannot hold {error}")))
    }

    /// The same of a text, a number or a Boolean alone.
    pub(crate) fn of_scalar(value: &Value) -> Result<Self, RuntimeError> {
        if is_scalar(value) {
            return PlainJson::of(value);
        }
        let found = value.type_info().to_string();
        Err(RuntimeError::panic(format!(
            "expected a String, a number, true or false, found {}",
            short_name(&found)
        )))
    }
}

impl fmt::Debug for PlainJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
