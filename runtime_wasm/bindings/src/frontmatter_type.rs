//! `Frontmatter`: the fields at the head of a note.

use std::sync::Arc;

use rune::runtime::{Ref, ToValue, VmResult};
use rune::{vm_try, Any, Value};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::json_value;
use crate::note::MODULE;
use crate::recorder::{method, Readable, Recorder, Result, TypeName, TypeRecorder};
use crate::shared::shares;

/// The frontmatter of a note.
#[derive(Any, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::note)]
#[serde(transparent)]
pub struct Frontmatter(Arc<FrontmatterData>);

/// What a frontmatter says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FrontmatterData {
    /// The text between the lines that enclose it.
    pub raw: String,
    /// `yaml` or `toml`.
    pub format: String,
    /// Empty if the text could not be read.
    pub fields: Map<String, Json>,
}

shares!(Frontmatter, FrontmatterData);

impl Frontmatter {
    /// A field, whatever it is; `None` for one that is missing or null.
    pub fn get(&self, key: &str) -> Option<&Json> {
        self.fields.get(key).filter(|value| !value.is_null())
    }

    /// A field that is a text.
    pub fn get_string(&self, key: &str) -> Option<String> {
        self.get(key)?.as_str().map(str::to_owned)
    }

    /// A field that is a list: its texts, and numbers and Booleans as texts.
    pub fn get_array(&self, key: &str) -> Option<Vec<String>> {
        let text = |item: &Json| match item {
            Json::String(text) => Some(text.clone()),
            Json::Number(number) => Some(number.to_string()),
            Json::Bool(flag) => Some(flag.to_string()),
            _ => None,
        };
        let items = self.get(key)?.as_array()?;
        Some(items.iter().filter_map(text).collect())
    }

    /// A field that is true or false.
    pub fn get_bool(&self, key: &str) -> Option<bool> {
        self.get(key)?.as_bool()
    }

    /// A field that is a number, whole or not.
    pub fn get_number(&self, key: &str) -> Option<f64> {
        self.get(key)?.as_f64()
    }

    /// A field that is a date, or a date with a time, as `2026-03-07`.
    pub fn get_date(&self, key: &str) -> Option<String> {
        let text = self.get(key)?.as_str()?.trim();
        let (date, rest) = (text.get(..10)?, &text[10..]);
        let is_alone = rest.is_empty() || rest.starts_with(['T', 't', ' ']);
        (is_alone && is_date(date)).then(|| date.to_owned())
    }

    /// A field that has fields of its own.
    pub fn get_object(&self, key: &str) -> Option<&Map<String, Json>> {
        self.get(key)?.as_object()
    }

    /// Whether there is a field of that name, null or not.
    pub fn has(&self, key: &str) -> bool {
        self.fields.contains_key(key)
    }
}

/// A day that the calendar has, written `YYYY-MM-DD`.
fn is_date(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let mut number = |width: usize| -> Option<u32> {
        let part = parts.next().filter(|part| part.len() == width)?;
        let digits = part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse().ok()).flatten()
    };
    let (Some(year), Some(month), Some(day)) = (number(4), number(2), number(2)) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

impl Readable for Frontmatter {
    fn debug(&self) -> String {
        let fields = Json::Object(self.fields.clone());
        format!(
            "Frontmatter {{ format: {:?}, fields: {fields} }}",
            self.format
        )
    }

    fn equals(&self, other: &Self) -> bool {
        self == other
    }

    const DISPLAY: Option<fn(&Self) -> String> = Some(|front| front.raw.clone());
}

/// Registers the type of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<Frontmatter>(
        TypeName {
            module: MODULE,
            name: "Frontmatter",
            aliases: &[],
            prelude: false,
        },
        "
        The fields at the head of a note, between two lines `---` (YAML) or `+++` (TOML).

        ```rune
        if let Some(front) = note.frontmatter {
            let litres = front.get_number(\"litres\").unwrap_or(0.0);
            println!(\"{} litres, reviewed {:?}\", litres, front.get_date(\"reviewed\"));
        }
        ```
        ",
        |types| {
            fields(types)?;
            getters(types)
        },
    )
}

fn fields(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "raw",
        "String",
        "The text between the two lines, as it is written.",
        |f: &Frontmatter| f.raw.clone(),
    )?;
    types.field(
        "format",
        "String",
        "`yaml` or `toml`.",
        |f: &Frontmatter| f.format.clone(),
    )
}

fn getters(types: &mut TypeRecorder) -> Result<()> {
    method!(
        types,
        "get(&self, key: String) -> Option<any>",
        "
        A field, whatever it is: a text, a number, a Boolean, a Vec, an Object. `None` if it is missing or null.

        ```rune
        let status = frontmatter.get(\"status\").unwrap_or(\"unknown\");
        ```
        ",
        |front: &Frontmatter, key: Ref<str>| optional(front.get(&key))
    );
    method!(
        types,
        "get_string(&self, key: String) -> Option<String>",
        "A field that is a text; `None` if it is missing or something else.",
        |front: &Frontmatter, key: Ref<str>| front.get_string(&key)
    );
    method!(
        types,
        "get_array(&self, key: String) -> Option<Vec<String>>",
        "
        A field that is a list of texts; numbers and Booleans in it become texts. `None` if it is missing or no list.

        ```rune
        for alias in frontmatter.get_array(\"aliases\").unwrap_or([]) {
            println!(\"{alias}\");
        }
        ```
        ",
        |front: &Frontmatter, key: Ref<str>| front.get_array(&key)
    );
    method!(
        types,
        "get_bool(&self, key: String) -> Option<bool>",
        "A field that is true or false; `None` if it is missing or something else.",
        |front: &Frontmatter, key: Ref<str>| front.get_bool(&key)
    );
    method!(
        types,
        "get_number(&self, key: String) -> Option<f64>",
        "A field that is a number, whole or not; `None` if it is missing or something else.",
        |front: &Frontmatter, key: Ref<str>| front.get_number(&key)
    );
    method!(
        types,
        "get_date(&self, key: String) -> Option<String>",
        "
        The date of a field that is a date, or a date with a time, as `2026-03-07`. `None` if the field is missing or no
        day that the calendar has.

        ```rune
        let is_old = frontmatter.get_date(\"reviewed\").unwrap_or(\"\") < \"2026-01-01\";
        ```
        ",
        |front: &Frontmatter, key: Ref<str>| front.get_date(&key)
    );
    method!(
        types,
        "get_object(&self, key: String) -> Option<Object>",
        "A field that has fields of its own; `None` if it is missing or something else.",
        |front: &Frontmatter, key: Ref<str>| {
            let object = front.get(&key).filter(|value| value.is_object());
            optional(object)
        }
    );
    method!(
        types,
        "has(&self, key: String) -> bool",
        "Whether there is a field of that name, even one without a value.",
        |front: &Frontmatter, key: Ref<str>| front.has(&key)
    );
    Ok(())
}

fn optional(json: Option<&Json>) -> VmResult<Value> {
    let value = vm_try!(json.map(json_value::to_value).transpose());
    VmResult::Ok(vm_try!(value.to_value()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_a_day_of_the_calendar() {
        let cases = [
            ("2026-02-20", Some("2026-02-20")),
            ("2024-02-29", Some("2024-02-29")),
            ("2026-02-20T10:00:00Z", Some("2026-02-20")),
            ("2026-02-20 10:00", Some("2026-02-20")),
            ("2026-02-29", None),
            ("2026-13-01", None),
            ("2026-2-1", None),
            ("20 February", None),
            ("2026-02-200", None),
            ("äöü-02-20", None),
        ];
        for (text, date) in cases {
            let fields = Map::from_iter([("date".to_owned(), Json::from(text))]);
            let front = Frontmatter::from(FrontmatterData {
                fields,
                ..Default::default()
            });
            assert_eq!(front.get_date("date").as_deref(), date, "{text}");
        }
    }
}
