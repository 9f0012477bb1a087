//! What operators that change a number make of it, where a host's field would be asked: `bed.litres += 2`.

use rune::runtime::{Protocol, RuntimeError};
use rune::{ToValue, Value};

/// The number that the operator leaves, or the same value if it is none.
pub fn counted(protocol: &Protocol, before: &Value, given: &Value) -> Result<Value, RuntimeError> {
    let name = protocol.name;
    let beyond = || RuntimeError::panic(format!("the result of {name} is no number"));
    if let Ok(number) = before.as_signed() {
        let after = signed(name, number, given.as_integer()?);
        return after.ok_or_else(beyond)?.to_value();
    }
    if let Ok(number) = before.as_unsigned() {
        let after = unsigned(name, number, given.as_integer()?);
        return after.ok_or_else(beyond)?.to_value();
    }
    match before.as_float() {
        Ok(number) => float(name, number, given.as_float()?)
            .ok_or_else(beyond)?
            .to_value(),
        Err(_) => Ok(before.clone()),
    }
}

/// An operator on integers of one type; none where the result has no place in it.
macro_rules! on_integers {
    ($name:ident, $integer:ty) => {
        fn $name(protocol: &str, number: $integer, by: $integer) -> Option<$integer> {
            match protocol {
                "ADD_ASSIGN" => number.checked_add(by),
                "SUB_ASSIGN" => number.checked_sub(by),
                "MUL_ASSIGN" => number.checked_mul(by),
                "DIV_ASSIGN" => number.checked_div(by),
                "REM_ASSIGN" => number.checked_rem(by),
                "BIT_AND_ASSIGN" => Some(number & by),
                "BIT_OR_ASSIGN" => Some(number | by),
                "BIT_XOR_ASSIGN" => Some(number ^ by),
                "SHL_ASSIGN" => number.checked_shl(u32::try_from(by).ok()?),
                "SHR_ASSIGN" => number.checked_shr(u32::try_from(by).ok()?),
                _ => None,
            }
        }
    };
}

on_integers!(signed, i64);
on_integers!(unsigned, u64);

fn float(protocol: &str, number: f64, by: f64) -> Option<f64> {
    match protocol {
        "ADD_ASSIGN" => Some(number + by),
        "SUB_ASSIGN" => Some(number - by),
        "MUL_ASSIGN" => Some(number * by),
        "DIV_ASSIGN" => Some(number / by),
        "REM_ASSIGN" => Some(number % by),
        _ => None,
    }
}
