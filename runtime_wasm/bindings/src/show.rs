//! What a run gave: any script value as JSON, as text, and by the name of its type. All three end, also on values that
//! contain themselves, and none shows an address.

use rune::runtime::{Rtti, TypeValue};
use rune::{Hash, Value};
use serde_json::{Map, Value as Json};

use crate::naming::FunctionNames;
use crate::parts::{parts, Parts};

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
        match parts(value, &self.caps, self.names) {
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
        match parts(value, &self.caps, self.names) {
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
}

/// The text, cut at a whole character.
pub(crate) fn shortened(mut text: String, longest: usize) -> String {
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
