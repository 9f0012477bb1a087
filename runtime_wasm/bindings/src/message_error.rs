//! What all types of errors have, and those that are a message and nothing else, of which each module of the host has one.

/// Makes a type an error for Rust, and readable for scripts: its text is what its `Display` writes.
macro_rules! readable_error {
    ($name:ident) => {
        impl std::error::Error for $name {}

        impl crate::recorder::Readable for $name {
            fn debug(&self) -> String {
                format!("{self:?}")
            }

            fn equals(&self, other: &Self) -> bool {
                self == other
            }

            const DISPLAY: Option<fn(&Self) -> String> = Some(ToString::to_string);
        }
    };
}

/// Makes an error type for the module `$item` out of its message.
macro_rules! message_error {
    ($(#[$docs:meta])* $name:ident, $($item:tt)*) => {
        $(#[$docs])*
        #[derive(rune::Any, Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[rune(item = $($item)*)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            pub message: String,
        }

        impl $name {
            pub fn new(message: impl Into<String>) -> Self {
                $name {
                    message: message.into(),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.message)
            }
        }

        crate::message_error::readable_error!($name);
    };
}

pub(crate) use {message_error, readable_error};
