//! Functions of a module: closures, paths, and such that have to be awaited.

use std::future::Future;

use rune::runtime::{Bytes, Function, Object};
use rune::{docstring, ContextError, Module};

use crate::seasons::Season;

type Answer<T> = Result<T, String>;

/// When the next frost is, as far as anybody knows.
fn next_frost(within: Option<u64>) -> impl Future<Output = Answer<Option<String>>> {
    let said = within.map(|days| format!("in {days} days"));
    async move { Ok(said) }
}

mod rain {
    /// How much it will rain, in litres.
    ///
    /// @permission net place
    pub(super) async fn expected(place: String, days: (i64, i64)) -> Vec<f64> {
        vec![place.len() as f64; (days.1 - days.0) as usize]
    }
}

/// What the days bring.
#[rune::module(::shed::calendar)]
pub fn module() -> Result<Module, ContextError> {
    let mut module = Module::from_meta(self::module_meta)?.with_unique("calendar");
    module.function("next_frost", next_frost).build()?;
    module.function("rain", rain::expected).build()?;
    module
        .function("storm", |name: String| async move { name.len() })
        .build()?
        .return_type::<usize>()?;
    module
        .function(["season"], |month: u8| -> Season {
            match month {
                3..=5 => Season::Spring,
                6..=8 => Season::Summer(month.into()),
                _ => Season::Winter { frost: true },
            }
        })
        .build()?
        .deprecated("look out of the window")?
        .docs(docstring! {
            /// The season of a month.
        })?;
    module
        .function(
            "remind",
            |when: Object, what: Function, note: Bytes| -> char {
                drop((when, what, note));
                'r'
            },
        )
        .build()?;
    Ok(module)
}
