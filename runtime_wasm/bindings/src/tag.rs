//! Tags: `#irrigation/plan`.

use rune::Any;
use serde::{Deserialize, Serialize};

use crate::note::MODULE;
use crate::recorder::{Readable, Recorder, Result, TypeName, TypeRecorder};

/// A tag of a note.
#[derive(Any, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::note)]
#[serde(deny_unknown_fields)]
pub struct Tag {
    /// Without `#`.
    pub name: String,
    /// The parts of the name.
    #[serde(default)]
    pub path: Vec<String>,
    /// UTF-8 bytes from the start of the text to the tag's first character.
    #[serde(default)]
    pub offset: i64,
}

impl Tag {
    /// The tag of a name with or without `#`; `None` if it can be none.
    pub(crate) fn new(name: &str, offset: usize) -> Option<Self> {
        let name = name.trim().trim_start_matches('#');
        if name.chars().any(|character| !is_tag_character(character)) {
            return None;
        }
        let path: Vec<String> = name
            .split('/')
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect();
        // A number alone is a number: `#14`.
        let means_something =
            |character: char| !character.is_numeric() && !"-_/".contains(character);
        name.chars().any(means_something).then(|| Tag {
            name: path.join("/"),
            path,
            offset: offset as i64,
        })
    }
}

/// What may stand in the name of a tag: letters and digits of any script, emoji, `_`, `-` and `/`.
pub(crate) fn is_tag_character(character: char) -> bool {
    let is_emoji = matches!(character, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{fe0f}' | '\u{200d}');
    character.is_alphanumeric() || "_-/".contains(character) || is_emoji
}

impl Readable for Tag {
    fn debug(&self) -> String {
        format!("Tag {{ name: {:?}, offset: {} }}", self.name, self.offset)
    }

    fn equals(&self, other: &Self) -> bool {
        self == other
    }

    const DISPLAY: Option<fn(&Self) -> String> = Some(|tag| format!("#{}", tag.name));
}

/// Registers the type of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<Tag>(
        TypeName {
            module: MODULE,
            name: "Tag",
            aliases: &[],
            prelude: false,
        },
        "
        A tag of a note, `#irrigation/plan` in its text or one of `tags` in its frontmatter.

        ```rune
        let about_water = note.tags.iter().any(|tag| tag.path[0] == \"irrigation\");
        ```
        ",
        members,
    )
}

fn members(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "name",
        "String",
        "The whole name without `#`, such as `irrigation/plan`.",
        |t: &Tag| t.name.clone(),
    )?;
    types.field(
        "path",
        "Vec<String>",
        "The parts of the name: `[\"irrigation\", \"plan\"]`.",
        |t: &Tag| t.path.clone(),
    )?;
    types.field(
        "offset",
        "i64",
        "Where it stands in its file, in UTF-8 bytes.",
        |t: &Tag| t.offset,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_has_parts_and_is_no_number() {
        let path = |name| Tag::new(name, 0).map(|tag| tag.path.join("|"));
        assert_eq!(path("#irrigation/plan").as_deref(), Some("irrigation|plan"));
        assert_eq!(path("a//b/").as_deref(), Some("a|b"));
        assert_eq!(path("水やり").as_deref(), Some("水やり"));
        assert_eq!(path("🌱").as_deref(), Some("🌱"));
        assert_eq!(path("2026-a").as_deref(), Some("2026-a"));
        for none in ["14", "", "#", "/", "-", "a b", "a,b", "a#b"] {
            assert_eq!(path(none), None, "{none}");
        }
    }
}
