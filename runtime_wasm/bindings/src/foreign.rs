//! Values of types that this crate does not know: who made the types says how to take their values apart.

use std::cell::Cell;

use rune::Value;

/// A value of a foreign type, taken apart by one level.
pub enum Foreign {
    /// A struct, or a variant with named fields.
    Fields {
        name: String,
        fields: Vec<(String, Value)>,
    },
    /// A variant with unnamed values.
    Items { name: String, items: Vec<Value> },
    /// What has nothing in it, or cannot be looked into.
    Plain(String),
}

/// `None` for values of other types.
pub type TakeApart = fn(&Value) -> Option<Foreign>;

thread_local! {
    static TAKE_APART: Cell<TakeApart> = const { Cell::new(|_| None) };
}

/// Has values of foreign types shown by their parts, in this thread.
pub fn show_foreign(take_apart: TakeApart) {
    TAKE_APART.set(take_apart);
}

pub(crate) fn foreign(value: &Value) -> Option<Foreign> {
    (TAKE_APART.get())(value)
}
