//! Reads the frontmatter of a note, in YAML or TOML, into plain values.

use serde_json::{Map, Number, Value as Json};
use serde_norway::Value as Yaml;

use crate::frontmatter::{fenced, scalar, without_positions, LONGEST};
use crate::frontmatter_type::{Frontmatter, FrontmatterData};

/// The frontmatter of a note, if there is one.
pub(crate) struct Front {
    pub(crate) value: Option<Frontmatter>,
    /// Where the text below it begins.
    pub(crate) end: usize,
    /// What is wrong with it, and the byte where.
    pub(crate) problem: Option<(usize, String)>,
}

/// Reads the frontmatter of a text. A rule at its beginning that is never closed is no frontmatter.
pub(crate) fn read(text: &str) -> Front {
    let found = [("---", "yaml"), ("+++", "toml")]
        .into_iter()
        .find_map(|(fence, format)| Some((fenced(text, fence)?, format)));
    let Some(((inside, end), format)) = found else {
        return Front {
            value: None,
            end: 0,
            problem: None,
        };
    };
    let raw = &text[inside.clone()];
    let (fields, problem) = match fields(raw, format) {
        Ok(fields) => (fields, None),
        Err((offset, problem)) => (Map::new(), Some((inside.start + offset, problem))),
    };
    let data = FrontmatterData {
        raw: raw.to_owned(),
        format: format.to_owned(),
        fields,
    };
    Front {
        value: Some(data.into()),
        end,
        problem: problem.map(|(offset, problem)| (offset, format!("frontmatter: {problem}"))),
    }
}

/// The fields of the text between the fences; the error says what is wrong and where in it.
pub(crate) fn fields(raw: &str, format: &str) -> Result<Map<String, Json>, (usize, String)> {
    if raw.len() > LONGEST {
        return Err((0, "it is longer than 16 KiB".to_owned()));
    }
    match format {
        "toml" => toml_fields(raw),
        _ => yaml_fields(raw),
    }
}

fn yaml_fields(raw: &str) -> Result<Map<String, Json>, (usize, String)> {
    match serde_norway::from_str::<Yaml>(raw) {
        Ok(Yaml::Null) => Ok(Map::new()),
        Ok(yaml) => match from_yaml(yaml) {
            Json::Object(fields) => Ok(fields),
            _ => Err((0, "it should have the form `key: value`".to_owned())),
        },
        Err(error) => {
            let place = error.location();
            let offset = place.map_or(0, |place| place.index().min(raw.len()));
            let words = without_positions(&error.to_string());
            Err((offset, format!("it is not YAML: {words}")))
        }
    }
}

/// A YAML value as JSON: tags are left out, keys become texts, what JSON has no number for becomes a text.
fn from_yaml(yaml: Yaml) -> Json {
    match yaml {
        Yaml::Null => Json::Null,
        Yaml::Bool(flag) => Json::Bool(flag),
        Yaml::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(signed), _) => Json::from(signed),
            (None, Some(unsigned)) => Json::from(unsigned),
            (None, None) => number
                .as_f64()
                .and_then(Number::from_f64)
                .map_or_else(|| Json::from(number.to_string()), Json::Number),
        },
        Yaml::String(text) => Json::String(text),
        Yaml::Sequence(items) => items.into_iter().map(from_yaml).collect(),
        Yaml::Mapping(fields) => {
            let named = fields.into_iter();
            let named = named.filter_map(|(key, value)| Some((scalar(&key)?, from_yaml(value))));
            Json::Object(named.collect())
        }
        Yaml::Tagged(tagged) => from_yaml(tagged.value),
    }
}

fn toml_fields(raw: &str) -> Result<Map<String, Json>, (usize, String)> {
    match raw.parse::<toml::Table>() {
        Ok(table) => Ok(from_table(table)),
        Err(error) => {
            let offset = error.span().map_or(0, |span| span.start.min(raw.len()));
            let words = error.message().replace('\n', ", ");
            Err((offset, format!("it is not TOML: {words}")))
        }
    }
}

fn from_table(table: toml::Table) -> Map<String, Json> {
    let fields = table.into_iter();
    fields.map(|(key, value)| (key, from_toml(value))).collect()
}

fn from_toml(value: toml::Value) -> Json {
    match value {
        toml::Value::String(text) => Json::String(text),
        toml::Value::Integer(number) => Json::from(number),
        toml::Value::Float(number) => {
            Number::from_f64(number).map_or_else(|| Json::from(number.to_string()), Json::Number)
        }
        toml::Value::Boolean(flag) => Json::Bool(flag),
        toml::Value::Datetime(moment) => Json::from(moment.to_string()),
        toml::Value::Array(items) => items.into_iter().map(from_toml).collect(),
        toml::Value::Table(table) => Json::Object(from_table(table)),
    }
}
