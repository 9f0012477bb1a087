//! The slots themselves: sixteen rows of thirty-two, spelled by macros.

use rune::{Hash, Item};

use super::slots::{EnumType, SlotType};

const ROW: usize = 32;
/// So many types can be made.
pub const COUNT: usize = 16 * ROW;
/// So many of them can be enums, which need more code.
pub const ENUMS: usize = 4 * ROW;

/// Calls a macro with a row's name and the names and numbers of its columns.
macro_rules! with_columns {
    ($macro:ident $row:tt) => {
        $macro!($row C0 0 C1 1 C2 2 C3 3 C4 4 C5 5 C6 6 C7 7 C8 8 C9 9 C10 10 C11 11 C12 12 C13 13 C14 14 C15 15 C16 16 C17 17
            C18 18 C19 19 C20 20 C21 21 C22 22 C23 23 C24 24 C25 25 C26 26 C27 27 C28 28 C29 29 C30 30 C31 31)
    };
}

macro_rules! items {
    ($row:ident $($column:ident $number:literal)*) => { [$(rune::item!(::__slot::$row::$column)),*] };
}

macro_rules! hashes {
    ($row:ident $($column:ident $number:literal)*) => { [$(rune::hash!(::__slot::$row::$column)),*] };
}

macro_rules! slots {
    ($row:literal $($column:ident $number:literal)*) => { [$(SlotType::of::<{ ROW * $row + $number }>()),*] };
}

macro_rules! enums {
    ($row:literal $($column:ident $number:literal)*) => { [$(EnumType::of::<{ ROW * $row + $number }>()),*] };
}

macro_rules! rows {
    ($macro:ident $($row:tt)*) => { [$(with_columns!($macro $row)),*] };
}

const ITEMS: [[&Item; ROW]; COUNT / ROW] =
    rows!(items R0 R1 R2 R3 R4 R5 R6 R7 R8 R9 R10 R11 R12 R13 R14 R15);
const HASHES: [[Hash; ROW]; COUNT / ROW] =
    rows!(hashes R0 R1 R2 R3 R4 R5 R6 R7 R8 R9 R10 R11 R12 R13 R14 R15);
static SLOTS: [[SlotType; ROW]; COUNT / ROW] = rows!(slots 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);
static ENUM_TYPES: [[EnumType; ROW]; ENUMS / ROW] = rows!(enums 0 1 2 3);

/// The item of a slot.
pub const fn item(number: usize) -> &'static Item {
    ITEMS[number / ROW][number % ROW]
}

/// The hash of its item.
pub const fn hash(number: usize) -> Hash {
    HASHES[number / ROW][number % ROW]
}

/// What can be done with a slot.
pub fn slot(number: usize) -> &'static SlotType {
    &SLOTS[number / ROW][number % ROW]
}

/// What can be done besides with one of the first [`ENUMS`] slots.
pub fn enum_type(number: usize) -> &'static EnumType {
    &ENUM_TYPES[number / ROW][number % ROW]
}
