//! Numbers of constants, as Rust works them out and Rune holds them: `i64`, `u64` or `f64`.

use syn::{BinOp, Lit, UnOp};

/// The value of a constant that is a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    Signed(i128),
    Unsigned(i128),
    Float(f64),
}

impl Number {
    /// The number of a literal, by its suffix if it has one. None for one that is no number, or too large.
    pub fn of(literal: &Lit) -> Option<Number> {
        match literal {
            Lit::Int(written) => {
                let number = Number::Signed(written.base10_parse().ok()?);
                match written.suffix() {
                    "" => Some(number),
                    suffix => number.cast(suffix),
                }
            }
            Lit::Float(written) => written.base10_parse().ok().map(Number::Float),
            Lit::Byte(byte) => Some(Number::Unsigned(byte.value().into())),
            _ => None,
        }
    }

    /// What Rust gives a name to: `i64::MAX`, `f64::EPSILON`, `std::f64::consts::PI`.
    pub fn known(path: &[&str]) -> Option<Number> {
        match path {
            [.., "f64" | "f32", "consts", name] => of_circles(name).map(Number::Float),
            [.., "f64", name] => of_floats(name),
            [.., of, name] => {
                let (least, most) = range(of)?;
                let value = match *name {
                    "MIN" => least,
                    "MAX" => most,
                    _ => return None,
                };
                Number::Signed(value).cast(of)
            }
            _ => None,
        }
    }

    /// The number as a value of a type of Rust. None if that is no type of numbers.
    pub fn cast(self, to: &str) -> Option<Number> {
        if ["f32", "f64"].contains(&to) {
            return Some(Number::Float(self.float()));
        }
        let (least, most) = range(to)?;
        let whole = match self {
            Number::Signed(whole) | Number::Unsigned(whole) => {
                let count = most - least + 1;
                least + (whole - least).rem_euclid(count)
            }
            // A cast in Rust stops at the ends of the range.
            Number::Float(float) => (float as i128).clamp(least, most),
        };
        Some(match to.starts_with('u') {
            true => Number::Unsigned(whole),
            false => Number::Signed(whole),
        })
    }

    pub fn unary(self, operator: &UnOp) -> Option<Number> {
        match (operator, self) {
            (UnOp::Neg(_), Number::Signed(whole)) => whole.checked_neg().map(Number::Signed),
            (UnOp::Neg(_), Number::Float(float)) => Some(Number::Float(-float)),
            (UnOp::Not(_), Number::Signed(whole)) => Some(Number::Signed(!whole)),
            _ => None,
        }
    }

    pub fn binary(self, operator: &BinOp, other: Number) -> Option<Number> {
        use Number::{Float, Signed, Unsigned};
        match (self, other) {
            (Float(one), Float(other)) => floats(one, operator, other).map(Float),
            (Float(_), _) | (_, Float(_)) => None,
            (Signed(one), Signed(other)) => wholes(one, operator, other).map(Signed),
            // A literal without a suffix is of the type of what it stands beside.
            (Signed(one) | Unsigned(one), Signed(other) | Unsigned(other)) => {
                wholes(one, operator, other).map(Unsigned)
            }
        }
    }

    /// What Rune calls its type.
    pub fn type_name(self) -> &'static str {
        match self {
            Number::Signed(_) => "i64",
            Number::Unsigned(_) => "u64",
            Number::Float(_) => "f64",
        }
    }

    /// The value in a stub; none for what cannot be written there, such as an infinity.
    pub fn value(self) -> Option<serde_json::Value> {
        match self {
            Number::Signed(whole) => i64::try_from(whole).ok().map(Into::into),
            Number::Unsigned(whole) => u64::try_from(whole).ok().map(Into::into),
            Number::Float(float) => serde_json::Number::from_f64(float).map(Into::into),
        }
    }

    /// How many: none for anything below zero.
    pub fn count(self) -> Option<usize> {
        match self {
            Number::Signed(whole) | Number::Unsigned(whole) => usize::try_from(whole).ok(),
            Number::Float(_) => None,
        }
    }

    fn float(self) -> f64 {
        match self {
            Number::Signed(whole) | Number::Unsigned(whole) => whole as f64,
            Number::Float(float) => float,
        }
    }
}

/// The least and the greatest value of a type of whole numbers that Rune can hold.
fn range(of: &str) -> Option<(i128, i128)> {
    let signed = |bits: u32| Some((-(1 << (bits - 1)), (1 << (bits - 1)) - 1));
    let unsigned = |bits: u32| Some((0, (1 << bits) - 1));
    match of {
        "i8" => signed(8),
        "i16" => signed(16),
        "i32" => signed(32),
        "i64" | "isize" => signed(64),
        "u8" => unsigned(8),
        "u16" => unsigned(16),
        "u32" => unsigned(32),
        "u64" | "usize" => unsigned(64),
        _ => None,
    }
}

fn wholes(one: i128, operator: &BinOp, other: i128) -> Option<i128> {
    match operator {
        BinOp::Add(_) => one.checked_add(other),
        BinOp::Sub(_) => one.checked_sub(other),
        BinOp::Mul(_) => one.checked_mul(other),
        BinOp::Div(_) => one.checked_div(other),
        BinOp::Rem(_) => one.checked_rem(other),
        BinOp::Shl(_) => one.checked_shl(u32::try_from(other).ok()?),
        BinOp::Shr(_) => one.checked_shr(u32::try_from(other).ok()?),
        BinOp::BitAnd(_) => Some(one & other),
        BinOp::BitOr(_) => Some(one | other),
        BinOp::BitXor(_) => Some(one ^ other),
        _ => None,
    }
}

fn floats(one: f64, operator: &BinOp, other: f64) -> Option<f64> {
    match operator {
        BinOp::Add(_) => Some(one + other),
        BinOp::Sub(_) => Some(one - other),
        BinOp::Mul(_) => Some(one * other),
        BinOp::Div(_) => Some(one / other),
        BinOp::Rem(_) => Some(one % other),
        _ => None,
    }
}

fn of_floats(name: &str) -> Option<Number> {
    Some(Number::Float(match name {
        "EPSILON" => f64::EPSILON,
        "INFINITY" => f64::INFINITY,
        "MAX" => f64::MAX,
        "MIN" => f64::MIN,
        "MIN_POSITIVE" => f64::MIN_POSITIVE,
        "NAN" => f64::NAN,
        "NEG_INFINITY" => f64::NEG_INFINITY,
        "MAX_10_EXP" => return Some(Number::Signed(f64::MAX_10_EXP.into())),
        "MAX_EXP" => return Some(Number::Signed(f64::MAX_EXP.into())),
        "MIN_10_EXP" => return Some(Number::Signed(f64::MIN_10_EXP.into())),
        "MIN_EXP" => return Some(Number::Signed(f64::MIN_EXP.into())),
        _ => return None,
    }))
}

fn of_circles(name: &str) -> Option<f64> {
    use std::f64::consts;
    match name {
        "PI" => Some(consts::PI),
        "TAU" => Some(consts::TAU),
        "E" => Some(consts::E),
        "LN_2" => Some(consts::LN_2),
        "LN_10" => Some(consts::LN_10),
        "SQRT_2" => Some(consts::SQRT_2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn casts_are_those_of_rust() {
        assert_eq!(Number::Signed(-1).cast("u8"), Some(Number::Unsigned(255)));
        assert_eq!(Number::Unsigned(200).cast("i8"), Some(Number::Signed(-56)));
        assert_eq!(
            Number::Float(1e30).cast("i64"),
            Number::known(&["i64", "MAX"])
        );
        assert_eq!(Number::Signed(3).cast("f64"), Some(Number::Float(3.0)));
        assert_eq!(Number::Signed(3).cast("Bed"), None);
    }

    #[test]
    fn the_greatest_number_of_rune_can_be_written() {
        let most = Number::known(&["std", "u64", "MAX"]).and_then(Number::value);
        assert_eq!(most, Some(serde_json::Value::from(u64::MAX)));
        assert_eq!(Number::known(&["f64", "NAN"]).and_then(Number::value), None);
    }
}
