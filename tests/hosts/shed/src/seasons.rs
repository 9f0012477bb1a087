//! Seasons: an enum, a type with fields by functions, and constants.

use std::cmp::Ordering;

use rune::{docstring, Any, ContextError, Module};

const LEAP: i64 = 4;
const CLOSED: bool = false;

/// A season.
#[derive(Any, Clone, Copy, Debug, PartialEq)]
#[rune(item = ::shed)]
pub enum Season {
    /// When things come up.
    #[rune(constructor)]
    Spring,
    #[rune(constructor)]
    Summer(#[rune(get, copy)] i64),
    Winter {
        #[rune(get, copy)]
        frost: bool,
    },
}

/// A day of the year.
#[derive(Any, Debug)]
#[rune(item = ::shed, install_with = Day::install)]
pub struct Day {
    number: i64,
    kind: String,
}

impl Day {
    /// The last one.
    const LAST: u16 = 365 + 1;

    fn install(module: &mut Module) -> Result<(), ContextError> {
        use rune::runtime::Protocol;

        module.field_function(&Protocol::GET, "number", |day: &Day| -> i64 { day.number })?;
        module.field_function(&Protocol::SET, "number", |day: &mut Day, number: i64| {
            day.number = number;
        })?;
        module.field_function(&Protocol::GET, "type", Day::kind)?;
        module.associated_function(&Protocol::ADD_ASSIGN, |day: &mut Day, days: i64| {
            day.number += days;
        })?;
        module.associated_function(&Protocol::INDEX_GET, |day: &Day, hour: i64| -> i64 {
            day.number * 24 + hour
        })?;
        module.associated_function(&Protocol::PARTIAL_CMP, Day::order)?;
        Ok(())
    }

    /// What is done on it.
    fn kind(&self) -> String {
        self.kind.clone()
    }

    fn order(&self, other: &Day) -> Option<Ordering> {
        self.number.partial_cmp(&other.number)
    }

    fn new(number: i64, kind: String) -> Day {
        Day { number, kind }
    }
}

pub fn module() -> Result<Module, ContextError> {
    let mut module = Module::with_crate("shed")?;
    module.item_mut().docs(docstring! {
        /// The shed, and what scripts find in it.
    })?;
    module.ty::<Season>()?;
    module.ty::<Day>()?.docs(docstring! {
        /// A day of the year, by its number.
    })?;
    module
        .function("new", Day::new)
        .build_associated::<Day>()?
        .docs(docstring! {
            /// A day, and what is done on it.
        })?;
    module
        .function("first", || -> Day { Day::new(1, "rest".to_owned()) })
        .build_associated_with(
            <Day as rune::TypeHash>::HASH,
            <Day as rune::__private::TypeOf>::type_info(),
        )?;
    module.associated_function("days_until", |day: &Day, other: &Day| -> i64 {
        other.number - day.number
    })?;
    module
        .constant("LAST", Day::LAST)
        .build_associated::<Day>()?;
    module
        .constant("LEAP", LEAP)
        .build_associated::<Day>()?
        .docs(docstring! {
            /// How often a day is added.
        })?;
    module.constant("GROWTH", 0.25 * 3.0).build()?;
    module.constant("MOST", i32::MAX).build()?;
    module.constant("NAME", concat!("shed", " ", 2)).build()?;
    module.constant("OPEN", !CLOSED).build()?;
    module.constant("LETTER", 's').build()?;
    Ok(module)
}
