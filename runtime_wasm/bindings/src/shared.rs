//! Values that are shared by reference count: a copy costs nothing.

/// Gives a shared value its data by `Deref` and `From`.
macro_rules! shares {
    ($shared:ident, $data:ident) => {
        impl std::ops::Deref for $shared {
            type Target = $data;

            fn deref(&self) -> &$data {
                &self.0
            }
        }

        impl From<$data> for $shared {
            fn from(data: $data) -> Self {
                Self(std::sync::Arc::new(data))
            }
        }
    };
}

pub(crate) use shares;
