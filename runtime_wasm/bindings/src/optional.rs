//! An argument that scripts may leave open: a String, `Some(String)`, `None`, or `()`.

use rune::compile::meta::DocType;
use rune::runtime::{FromValue, MaybeTypeOf, RuntimeError};
use rune::Value;

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
            Ok(Some(inner)) => Ok(OptionalText::some(&inner.borrow_string_ref()?)),
            Err(_) => Err(RuntimeError::expected::<Option<Value>>(value.type_info())),
        }
    }
}

impl MaybeTypeOf for OptionalText {
    fn maybe_type_of() -> rune::alloc::Result<DocType> {
        <Value as MaybeTypeOf>::maybe_type_of()
    }
}
