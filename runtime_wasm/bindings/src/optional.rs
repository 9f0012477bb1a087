//! An argument that scripts may leave open: a String, `Some(String)`, `None`, or `()`.

use rune::compile::meta::DocType;
use rune::runtime::{FromValue, MaybeTypeOf, RuntimeError, TypeInfo};
use rune::Value;

use crate::explain::short_name;

/// A text or none. A text that is blank counts as none.
pub(crate) struct OptionalText(pub(crate) Option<String>);

impl OptionalText {
    fn some(text: &str) -> Self {
        OptionalText(
            Some(text)
                .filter(|text| !text.trim().is_empty())
                .map(str::to_owned),
        )
    }
}

impl FromValue for OptionalText {
    fn from_value(value: Value) -> Result<Self, RuntimeError> {
        if let Ok(text) = value.borrow_string_ref() {
            return Ok(OptionalText::some(&text));
        }
        if value.into_unit().is_ok() {
            return Ok(OptionalText(None));
        }
        match value.borrow_ref::<Option<Value>>().as_deref() {
            Ok(None) => Ok(OptionalText(None)),
            Ok(Some(inner)) => match inner.borrow_string_ref() {
                Ok(text) => Ok(OptionalText::some(&text)),
                Err(_) => Err(wrong_type(WANTED, &inner.type_info())),
            },
            Err(_) => Err(wrong_type(WANTED, &value.type_info())),
        }
    }
}

const WANTED: &str = "a String, `Some(String)`, `None` or `()`";

/// Why an argument that may be of several types was refused: Rune's own error names only one.
pub(crate) fn wrong_type(wanted: &str, found: &TypeInfo) -> RuntimeError {
    let found = found.to_string();
    RuntimeError::panic(format!("expected {wanted}, found {}", short_name(&found)))
}

impl MaybeTypeOf for OptionalText {
    fn maybe_type_of() -> rune::alloc::Result<DocType> {
        <Value as MaybeTypeOf>::maybe_type_of()
    }
}
