//! Takes a script's value apart, one level at a time.

use rune::runtime::{self, Function, Rtti, TypeValue};
use rune::{TypeHash, Value};
use serde_json::Value as Json;

use crate::foreign::{foreign, Foreign};
use crate::natives;
use crate::show::{debug_text, shortened, type_name, Caps};
use crate::state::{function_label, FunctionNames};

/// A value taken apart, or what it is as a whole.
pub(crate) enum Parts {
    Whole(Json, String),
    Native(Json, String),
    List(Vec<Value>),
    Tuple(Vec<Value>),
    Fields {
        name: Option<String>,
        fields: Vec<(String, Value)>,
    },
    Items {
        name: String,
        items: Vec<Value>,
    },
    Wrapped {
        name: &'static str,
        value: Value,
    },
}

impl From<Foreign> for Parts {
    fn from(foreign: Foreign) -> Parts {
        match foreign {
            Foreign::Fields { name, fields } => Parts::Fields {
                name: Some(name),
                fields,
            },
            Foreign::Items { name, items } => Parts::Items { name, items },
            Foreign::Plain(text) => Parts::Whole(Json::from(&*text), text),
        }
    }
}

/// Takes a value apart by one level.
pub(crate) fn parts(value: &Value, caps: &Caps, names: Option<FunctionNames<'_>>) -> Parts {
    scalar(value)
        .or_else(|| structure(value))
        .or_else(|| object(value, caps, names))
        .or_else(|| range(value))
        .or_else(|| foreign(value).map(Parts::from))
        .or_else(|| collection(value))
        .unwrap_or_else(|| opaque(value))
}

fn object(value: &Value, caps: &Caps, names: Option<FunctionNames<'_>>) -> Option<Parts> {
    if let Ok(text) = value.borrow_string_ref() {
        return Some(Parts::Whole(
            Json::from(&*text),
            format!("{:?}", shortened(text.to_owned(), caps.text)),
        ));
    }
    if let Ok(items) = value.borrow_ref::<runtime::Vec>() {
        return Some(Parts::List(items.iter().cloned().collect()));
    }
    if let Ok(bytes) = value.borrow_ref::<runtime::Bytes>() {
        let shown = &bytes[..bytes.len().min(caps.items)];
        return Some(Parts::Whole(
            Json::from(shown),
            format!("b\"{}\"", shown.escape_ascii()),
        ));
    }
    if let Ok(function) = value.borrow_ref::<Function>() {
        let label = function_label(&function, names);
        return Some(Parts::Whole(
            Json::from(format!("<{label}>")),
            format!("<{label}>"),
        ));
    }
    if value.type_hash() == <Option<Value> as TypeHash>::HASH {
        return Some(match &*value.borrow_ref::<Option<Value>>().ok()? {
            Some(value) => Parts::Wrapped {
                name: "Some",
                value: value.clone(),
            },
            None => Parts::Whole(Json::Null, "None".to_owned()),
        });
    }
    if value.type_hash() == <Result<Value, Value> as TypeHash>::HASH {
        return Some(match &*value.borrow_ref::<Result<Value, Value>>().ok()? {
            Ok(value) => Parts::Wrapped {
                name: "Ok",
                value: value.clone(),
            },
            Err(value) => Parts::Wrapped {
                name: "Err",
                value: value.clone(),
            },
        });
    }
    let debug = natives::debug(value)?;
    Some(Parts::Native(natives::json(value, names)?, debug))
}

fn scalar(value: &Value) -> Option<Parts> {
    let (json, text) = if let Ok(flag) = value.as_bool() {
        (Json::from(flag), flag.to_string())
    } else if let Ok(number) = value.as_signed() {
        (Json::from(number), number.to_string())
    } else if let Ok(number) = value.as_unsigned() {
        (Json::from(number), number.to_string())
    } else if let Ok(number) = value.as_float() {
        let text = format!("{number:?}");
        (
            serde_json::Number::from_f64(number).map_or_else(|| Json::from(&*text), Json::Number),
            text,
        )
    } else if let Ok(character) = value.as_char() {
        (Json::from(character.to_string()), format!("{character:?}"))
    } else if let Ok(ordering) = value.as_ordering() {
        (
            Json::from(format!("{ordering:?}")),
            format!("Ordering::{ordering:?}"),
        )
    } else {
        return None;
    };
    Some(Parts::Whole(json, text))
}

fn structure(value: &Value) -> Option<Parts> {
    Some(match value.as_type_value().ok()? {
        TypeValue::Unit => Parts::Whole(Json::Null, "()".to_owned()),
        TypeValue::Tuple(items) => Parts::Tuple(items.iter().cloned().collect()),
        TypeValue::Object(object) => {
            let mut fields: Vec<(String, Value)> = object
                .iter()
                .map(|(name, field)| (name.to_string(), field.clone()))
                .collect();
            fields.sort_by(|one, other| one.0.cmp(&other.0));
            Parts::Fields { name: None, fields }
        }
        TypeValue::EmptyStruct(found) => {
            let name = found.rtti().item().to_string();
            Parts::Whole(Json::from(&*name), name)
        }
        TypeValue::TupleStruct(found) => Parts::Items {
            name: found.rtti().item().to_string(),
            items: found.data().to_vec(),
        },
        TypeValue::Struct(found) => Parts::Fields {
            name: Some(found.rtti().item().to_string()),
            fields: field_names(found.rtti())
                .into_iter()
                .zip(found.data().iter().cloned())
                .collect(),
        },
        _ => return None,
    })
}

/// The fields of a script's struct in the order of their declaration. Rune tells them only through serde.
fn field_names(rtti: &Rtti) -> Vec<String> {
    let json = serde_json::to_value(rtti).unwrap_or(Json::Null);
    let mut names: Vec<(u64, String)> = match json["fields"].as_object() {
        Some(fields) => fields
            .iter()
            .map(|(name, place)| (place.as_u64().unwrap_or(0), name.clone()))
            .collect(),
        None => Vec::new(),
    };
    names.sort_unstable();
    names.into_iter().map(|(_, name)| name).collect()
}

/// A value that cannot be taken apart: an iterator, a future, or one that is in use or used up.
fn opaque(value: &Value) -> Parts {
    let name = format!("<{}>", type_name(value));
    Parts::Whole(Json::from(&*name), name)
}

/// Ranges, as they are written.
fn range(value: &Value) -> Option<Parts> {
    let end = |value: &Value| match scalar(value) {
        Some(Parts::Whole(_, text)) => text,
        _ => format!("<{}>", type_name(value)),
    };
    let text = if let Ok(range) = value.borrow_ref::<runtime::Range>() {
        format!("{}..{}", end(&range.start), end(&range.end))
    } else if let Ok(range) = value.borrow_ref::<runtime::RangeInclusive>() {
        format!("{}..={}", end(&range.start), end(&range.end))
    } else if let Ok(range) = value.borrow_ref::<runtime::RangeFrom>() {
        format!("{}..", end(&range.start))
    } else {
        return None;
    };
    Some(Parts::Whole(Json::from(&*text), text))
}

/// Maps, sets and queues, whose Rust types are private to Rune: their items come through the iterator protocol, which
/// answers only inside of a running machine. Maps and sets are sorted, for their order means nothing.
fn collection(value: &Value) -> Option<Parts> {
    let full_name = value.type_info().to_string();
    let name = full_name
        .strip_prefix("::std::collections::")?
        .rsplit("::")
        .next()?;
    if !matches!(name, "HashMap" | "HashSet" | "VecDeque") {
        return None;
    }
    let mut found = runtime::Vec::new();
    found.extend(value.clone()).into_result().ok()?;
    let mut items: Vec<Value> = found.iter().cloned().collect();
    if name != "VecDeque" {
        items.sort_by_cached_key(debug_text);
    }
    if name == "HashMap" {
        if let Some(fields) = items.iter().map(named_field).collect() {
            return Some(Parts::Fields { name: None, fields });
        }
    }
    Some(Parts::List(items))
}

/// The entry of a map whose key is a text.
fn named_field(entry: &Value) -> Option<(String, Value)> {
    let entry = entry.borrow_tuple_ref().ok()?;
    let key = entry.first()?.borrow_string_ref().ok()?.to_owned();
    Some((key, entry.get(1)?.clone()))
}
