//! Host types that are nothing but data: shown by the Rust fields that they have, and equal if all of those are.

use rune::runtime::{self, RuntimeError};

use crate::recorder::Native;

/// Makes a type readable for scripts; the closure gives it a text.
macro_rules! plain_data {
    ($type:ty, $display:expr) => {
        impl $crate::recorder::Readable for $type {
            fn debug(&self) -> String {
                format!("{self:?}")
            }

            fn equals(&self, other: &Self) -> bool {
                self == other
            }

            const DISPLAY: Option<fn(&Self) -> String> = $display;
        }
    };
}

pub(crate) use plain_data;

/// The values of one host type in a script's list. They are copied: the script goes on using its own.
pub(crate) fn copies<T: Native + Clone>(items: &runtime::Vec) -> Result<Vec<T>, RuntimeError> {
    let items = items.iter();
    items
        .map(|item| Ok(item.borrow_ref::<T>()?.clone()))
        .collect()
}

/// The texts in a script's list.
pub(crate) fn texts(items: &runtime::Vec) -> Result<Vec<String>, RuntimeError> {
    let items = items.iter();
    items
        .map(|item| Ok(item.borrow_string_ref()?.to_owned()))
        .collect()
}
