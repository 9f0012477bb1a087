//! Errors that are a message and nothing else: each module of the host has one of its own.

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

        impl std::error::Error for $name {}

        impl crate::recorder::Readable for $name {
            fn debug(&self) -> String {
                format!(concat!(stringify!($name), " {{ message: {:?} }}"), self.message)
            }

            fn equals(&self, other: &Self) -> bool {
                self == other
            }

            const DISPLAY: Option<fn(&Self) -> String> = Some(ToString::to_string);
        }
    };
}

pub(crate) use message_error;
