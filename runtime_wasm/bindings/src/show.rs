//! What a run gave: any script value as JSON, as text, and by the name of its type. All three end, also on values that
//! contain themselves, and none shows an address.

use rune::runtime::{self, Function, Rtti, TypeValue};
use rune::{Hash, TypeHash, Value};
use serde_json::{Map, Value as Json};

use crate::natives;
use crate::state::{function_label, FunctionNames};

/// How much of a value is shown.
#[derive(Clone, Copy, Debug)]
pub struct Caps {
    /// Levels of nesting.
    pub depth: usize,
    /// Items of one list or object.
    pub items: usize,
    /// Bytes of one text.
    pub text: usize,
    /// Values in all.
    pub values: usize,
    /// Bytes of all texts together.
    pub bytes: usize,
}

impl Default for Caps {
    fn default() -> Self {
        Caps {
            depth: 48,
            items: 10_000,
            text: 1 << 20,
            values: 100_000,
            bytes: 8 << 20,
        }
    }
}

/// What stands for what was left out.
const CUT: &str = "…";

/// The value as JSON: structs and the host's types as objects of their fields, `()` and `None` as null, `Some(x)` as x.
pub fn to_json(value: &Value) -> Json {
    Shower::default().json(value)
}

/// The value as a script author would write it, with the host's types in their debug form.
pub fn debug_text(value: &Value) -> String {
    Shower::default().text(value)
}

/// The short name of a value's type: `Workflow`, `i64`, `Vec`, the enum of a variant, `()` for nothing.
pub fn type_name(value: &Value) -> String {
    if let Ok(type_value) = value.as_type_value() {
        match &type_value {
            TypeValue::Unit => return "()".to_owned(),
            TypeValue::EmptyStruct(found) => return rtti_name(found.rtti()),
            TypeValue::TupleStruct(found) => return rtti_name(found.rtti()),
            TypeValue::Struct(found) => return rtti_name(found.rtti()),
            _ => {}
        }
    }
    let full = value.type_info().to_string();
    full.rsplit("::").next().unwrap_or(&full).to_owned()
}

/// The name of a script's struct, or of the enum of a variant.
fn rtti_name(rtti: &Rtti) -> String {
    let item = rtti.item().to_string();
    let mut names = item.rsplit("::");
    let last = names.next().unwrap_or_default();
    // A variant's item has its enum's item as parent, and only the enum has the hash of the value's type.
    let is_variant = Hash::type_hash(rtti.item()) != rtti.type_hash();
    names
        .next()
        .filter(|_| is_variant)
        .unwrap_or(last)
        .to_owned()
}

/// Shows values within caps; one for each value.
#[derive(Default)]
pub struct Shower<'n> {
    caps: Caps,
    names: Option<FunctionNames<'n>>,
    values: usize,
    bytes: usize,
}

/// A value taken apart, or what it is as a whole.
enum Parts {
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

impl<'n> Shower<'n> {
    pub fn new(caps: Caps, names: Option<FunctionNames<'n>>) -> Self {
        Shower {
            caps,
            names,
            values: 0,
            bytes: 0,
        }
    }

    /// See [`to_json`].
    pub fn json(&mut self, value: &Value) -> Json {
        self.json_at(value, 0)
    }

    /// See [`debug_text`].
    pub fn text(&mut self, value: &Value) -> String {
        let mut text = String::new();
        self.text_at(value, 0, &mut text);
        text
    }

    fn json_at(&mut self, value: &Value, depth: usize) -> Json {
        if self.is_over(depth) {
            return Json::from(CUT);
        }
        match self.parts(value) {
            Parts::Whole(json, _) => self.count(json),
            Parts::Native(json, _) => self.capped(json, depth),
            Parts::List(items) | Parts::Tuple(items) => Json::Array(self.json_items(&items, depth)),
            Parts::Fields { fields, .. } => Json::Object(self.json_fields(&fields, depth)),
            Parts::Items { name, items } => Json::Object(Map::from_iter([(
                name,
                Json::Array(self.json_items(&items, depth)),
            )])),
            Parts::Wrapped {
                name: "Some",
                value,
            } => self.json_at(&value, depth + 1),
            Parts::Wrapped { name, value } => Json::Object(Map::from_iter([(
                name.to_owned(),
                self.json_at(&value, depth + 1),
            )])),
        }
    }

    fn json_items(&mut self, items: &[Value], depth: usize) -> Vec<Json> {
        let shown = items.iter().take(self.caps.items);
        let mut shown: Vec<Json> = shown.map(|item| self.json_at(item, depth + 1)).collect();
        if items.len() > shown.len() {
            shown.push(Json::from(format!(
                "{CUT} {} more",
                items.len() - shown.len()
            )));
        }
        shown
    }

    fn json_fields(&mut self, fields: &[(String, Value)], depth: usize) -> Map<String, Json> {
        let shown = fields.iter().take(self.caps.items);
        let mut shown: Map<String, Json> = shown
            .map(|(name, field)| (name.clone(), self.json_at(field, depth + 1)))
            .collect();
        if fields.len() > shown.len() {
            shown.insert(
                CUT.to_owned(),
                Json::from(format!("{} more", fields.len() - shown.len())),
            );
        }
        shown
    }

    fn text_at(&mut self, value: &Value, depth: usize, out: &mut String) {
        if self.is_over(depth) {
            return out.push_str(CUT);
        }
        match self.parts(value) {
            Parts::Whole(_, text) | Parts::Native(_, text) => {
                self.bytes += text.len();
                out.push_str(&text);
            }
            Parts::List(items) => self.text_items("[", &items, "]", depth, out),
            Parts::Tuple(items) if items.len() == 1 => {
                self.text_items("(", &items, ",)", depth, out)
            }
            Parts::Tuple(items) => self.text_items("(", &items, ")", depth, out),
            Parts::Items { name, items } => {
                out.push_str(&name);
                self.text_items("(", &items, ")", depth, out);
            }
            Parts::Wrapped { name, value } => {
                out.push_str(name);
                self.text_items("(", &[value], ")", depth, out);
            }
            Parts::Fields { name, fields } => self.text_fields(name, &fields, depth, out),
        }
    }

    fn text_items(
        &mut self,
        open: &str,
        items: &[Value],
        close: &str,
        depth: usize,
        out: &mut String,
    ) {
        out.push_str(open);
        for (index, item) in items.iter().take(self.caps.items).enumerate() {
            out.push_str(if index == 0 { "" } else { ", " });
            self.text_at(item, depth + 1, out);
        }
        if items.len() > self.caps.items {
            out.push_str(", … ");
            out.push_str(&format!("{} more", items.len() - self.caps.items));
        }
        out.push_str(close);
    }

    fn text_fields(
        &mut self,
        name: Option<String>,
        fields: &[(String, Value)],
        depth: usize,
        out: &mut String,
    ) {
        out.push_str(&name.map_or("#{".to_owned(), |name| format!("{name} {{")));
        for (index, (field, value)) in fields.iter().take(self.caps.items).enumerate() {
            out.push_str(if index == 0 { " " } else { ", " });
            out.push_str(field);
            out.push_str(": ");
            self.text_at(value, depth + 1, out);
        }
        if fields.len() > self.caps.items {
            out.push_str(&format!(", … {} more", fields.len() - self.caps.items));
        }
        out.push_str(if fields.is_empty() { "}" } else { " }" });
    }

    fn is_over(&mut self, depth: usize) -> bool {
        self.values += 1;
        depth > self.caps.depth || self.values > self.caps.values || self.bytes > self.caps.bytes
    }

    fn count(&mut self, json: Json) -> Json {
        match json {
            Json::String(text) => {
                let text = shortened(text, self.caps.text);
                self.bytes += text.len();
                Json::String(text)
            }
            json => json,
        }
    }

    /// The JSON of a host's value, which has no caps yet.
    fn capped(&mut self, json: Json, depth: usize) -> Json {
        match json {
            Json::Array(items) => Json::Array(
                items
                    .into_iter()
                    .take(self.caps.items)
                    .map(|item| self.capped_at(item, depth + 1))
                    .collect(),
            ),
            Json::Object(fields) => Json::Object(
                fields
                    .into_iter()
                    .map(|(name, field)| (name, self.capped_at(field, depth + 1)))
                    .collect(),
            ),
            json => self.count(json),
        }
    }

    fn capped_at(&mut self, json: Json, depth: usize) -> Json {
        if self.is_over(depth) {
            return Json::from(CUT);
        }
        self.capped(json, depth)
    }

    fn parts(&self, value: &Value) -> Parts {
        scalar(value)
            .or_else(|| structure(value))
            .or_else(|| self.object(value))
            .unwrap_or_else(|| opaque(value))
    }

    fn object(&self, value: &Value) -> Option<Parts> {
        if let Ok(text) = value.borrow_string_ref() {
            return Some(Parts::Whole(
                Json::from(&*text),
                format!("{:?}", shortened(text.to_owned(), self.caps.text)),
            ));
        }
        if let Ok(items) = value.borrow_ref::<runtime::Vec>() {
            return Some(Parts::List(items.iter().cloned().collect()));
        }
        if let Ok(bytes) = value.borrow_ref::<runtime::Bytes>() {
            let shown = &bytes[..bytes.len().min(self.caps.items)];
            return Some(Parts::Whole(
                Json::from(shown),
                format!("b\"{}\"", shown.escape_ascii()),
            ));
        }
        if let Ok(function) = value.borrow_ref::<Function>() {
            let label = function_label(&function, self.names);
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
        Some(Parts::Native(natives::json(value, self.names)?, debug))
    }
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

fn shortened(mut text: String, longest: usize) -> String {
    if text.len() > longest {
        let end = (0..=longest)
            .rev()
            .find(|end| text.is_char_boundary(*end))
            .unwrap_or(0);
        text.truncate(end);
        text.push_str(CUT);
    }
    text
}
