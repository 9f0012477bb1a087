//! Values of jq's language become values of a script.

use jaq_json::{Num, Val};
use rune::alloc::{String as RuneString, Vec as RuneVec};
use rune::runtime::{Bytes, Object, RuntimeError, ToValue};
use rune::Value;

use crate::oq::OqError;
use crate::plain::DEEPEST;

/// A value of a script, or why there can be none; the outer error is that memory is at its end.
pub(crate) type Converted = Result<Result<Value, OqError>, RuntimeError>;

/// The script's value for a value of jq: `null` is `()`, integers are `i64`, or `u64` or `f64` where they are too large.
pub(crate) fn to_value(value: &Val) -> Converted {
    if is_deeper(value, DEEPEST) {
        let message = format!("the result is nested deeper than {DEEPEST} levels");
        return Ok(Err(OqError::new(message)));
    }
    shallow(value).map(Ok)
}

/// Looks no deeper than `levels`, however deep the value is.
fn is_deeper(value: &Val, levels: usize) -> bool {
    let inner = |value: &Val| levels == 0 || is_deeper(value, levels - 1);
    match value {
        Val::Arr(items) => items.iter().any(inner),
        Val::Obj(fields) => fields.values().any(inner),
        _ => false,
    }
}

fn shallow(value: &Val) -> Result<Value, RuntimeError> {
    match value {
        Val::Null => ().to_value(),
        Val::Bool(flag) => flag.to_value(),
        Val::Num(number) => number_value(number),
        Val::TStr(bytes) => text(&String::from_utf8_lossy(bytes))?.to_value(),
        Val::BStr(bytes) => Bytes::from_vec(RuneVec::try_from(bytes.to_vec())?).to_value(),
        Val::Arr(items) => {
            let mut values = RuneVec::try_with_capacity(items.len())?;
            for item in items.iter() {
                values.try_push(shallow(item)?)?;
            }
            Ok(Value::vec(values)?)
        }
        Val::Obj(fields) => {
            let mut object = Object::new();
            for (key, value) in fields.iter() {
                let key = match key {
                    Val::TStr(bytes) => text(&String::from_utf8_lossy(bytes))?,
                    // YAML's keys can be numbers and more.
                    other => text(&other.to_string())?,
                };
                object.insert(key, shallow(value)?)?;
            }
            object.to_value()
        }
    }
}

fn text(text: &str) -> Result<RuneString, RuntimeError> {
    Ok(RuneString::try_from(text)?)
}

fn number_value(number: &Num) -> Result<Value, RuntimeError> {
    match number {
        Num::Int(whole) => (*whole as i64).to_value(),
        Num::Float(float) => float.to_value(),
        Num::BigInt(_) | Num::Dec(_) => {
            let written = Val::Num(number.clone()).to_string();
            match (written.parse::<i64>(), written.parse::<u64>()) {
                (Ok(signed), _) => signed.to_value(),
                (_, Ok(unsigned)) => unsigned.to_value(),
                _ => written.parse::<f64>().unwrap_or(f64::NAN).to_value(),
            }
        }
    }
}
