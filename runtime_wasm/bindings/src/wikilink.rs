//! Wikilinks: `[[Note#Heading|words]]`.

use rune::Any;
use serde::{Deserialize, Serialize};

use crate::heading::one_line;
use crate::note::MODULE;
use crate::recorder::{method, Readable, Recorder, Result, TypeName, TypeRecorder};

/// A link to a note, or to a part of one.
#[derive(Any, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::note)]
#[serde(deny_unknown_fields)]
pub struct Wikilink {
    /// Empty for a link within the same note.
    pub target: String,
    #[serde(default)]
    pub alias: Option<String>,
    #[serde(default)]
    pub is_embed: bool,
    #[serde(default)]
    pub block_ref: Option<String>,
    #[serde(default)]
    pub heading_ref: Option<String>,
    /// UTF-8 bytes from the start of the text to the link's first character.
    #[serde(default)]
    pub offset: i64,
}

impl Wikilink {
    /// The link between `[[` and `]]`; `None` if it leads nowhere.
    pub(crate) fn parse(inside: &str, is_embed: bool, offset: usize) -> Option<Self> {
        // In a table the bar is escaped, or it would end the cell.
        let (place, alias) = match inside.split_once('|') {
            Some((place, alias)) => (place.strip_suffix('\\').unwrap_or(place), Some(alias)),
            None => (inside, None),
        };
        let (target, part) = match place.split_once('#') {
            Some((target, part)) => (target, Some(part.trim())),
            None => (place, None),
        };
        let part = part.filter(|part| !part.is_empty());
        let block = part.and_then(|part| part.strip_prefix('^'));
        let heading = part.filter(|_| block.is_none());
        let target = one_line(target);
        if target.is_empty() && part.is_none() {
            return None;
        }
        Some(Wikilink {
            target,
            alias: alias.map(one_line).filter(|alias| !alias.is_empty()),
            is_embed,
            block_ref: block.map(|block| block.trim().to_owned()),
            heading_ref: heading.map(one_line),
            offset: offset as i64,
        })
    }

    /// What a reader sees: the alias, or the target, or the part of the same note.
    pub fn display(&self) -> String {
        let target = Some(&self.target).filter(|target| !target.is_empty());
        let parts = [self.alias.as_ref(), target, self.heading_ref.as_ref()];
        let shown = parts.into_iter().flatten().next();
        shown
            .or(self.block_ref.as_ref())
            .cloned()
            .unwrap_or_default()
    }
}

impl Readable for Wikilink {
    fn debug(&self) -> String {
        format!(
            "Wikilink {{ target: {:?}, alias: {:?}, is_embed: {}, heading_ref: {:?}, block_ref: {:?} }}",
            self.target, self.alias, self.is_embed, self.heading_ref, self.block_ref
        )
    }

    fn equals(&self, other: &Self) -> bool {
        self == other
    }

    const DISPLAY: Option<fn(&Self) -> String> = Some(Wikilink::display);
}

/// Registers the type of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<Wikilink>(
        TypeName {
            module: MODULE,
            name: "Wikilink",
            aliases: &[],
            prelude: false,
        },
        "
        A link to a note or to a part of one: `[[Note]]`, `[[Note|words]]`, `[[Note#Heading]]`, `[[Note#^block]]`; with
        `!` before it the note is shown in its place.

        ```rune
        let linked = note.wikilinks.iter().filter(|link| !link.is_embed).map(|link| link.target).collect::<Vec>();
        ```
        ",
        members,
    )
}

fn members(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "target",
        "String",
        "The note that it leads to, as it is written; empty for the same note.",
        |w: &Wikilink| w.target.clone(),
    )?;
    types.field(
        "alias",
        "Option<String>",
        "The words behind `|`.",
        |w: &Wikilink| w.alias.clone(),
    )?;
    types.field(
        "is_embed",
        "bool",
        "Whether the note is shown in its place: `![[Note]]`.",
        |w: &Wikilink| w.is_embed,
    )?;
    types.field(
        "block_ref",
        "Option<String>",
        "The block behind `#^`, without the sign.",
        |w: &Wikilink| w.block_ref.clone(),
    )?;
    types.field(
        "heading_ref",
        "Option<String>",
        "The heading behind `#`.",
        |w: &Wikilink| w.heading_ref.clone(),
    )?;
    types.field(
        "offset",
        "i64",
        "Where it begins in its file, in UTF-8 bytes.",
        |w: &Wikilink| w.offset,
    )?;
    method!(
        types,
        "display(&self) -> String",
        "
        What a reader sees: the alias if there is one, else the target, else the part of the same note.

        ```rune
        let names = note.wikilinks.iter().map(|link| link.display()).collect::<Vec>();
        ```
        ",
        Wikilink::display
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Target, alias, heading, block, and what is shown.
    type Drawn<'t> = (
        &'t str,
        Option<&'t str>,
        Option<&'t str>,
        Option<&'t str>,
        &'t str,
    );

    #[test]
    fn a_link_has_a_target_an_alias_and_a_part() {
        let cases: [(&str, Drawn<'_>); 8] = [
            ("Salad", ("Salad", None, None, None, "Salad")),
            (
                "Salad| the beds ",
                ("Salad", Some("the beds"), None, None, "the beds"),
            ),
            (
                "Keys#Pump house",
                ("Keys", None, Some("Pump house"), None, "Keys"),
            ),
            ("Keys#A#B|x", ("Keys", Some("x"), Some("A#B"), None, "x")),
            ("Map#^salad", ("Map", None, None, Some("salad"), "Map")),
            ("#Open", ("", None, Some("Open"), None, "Open")),
            (r"Salad\|beds", ("Salad", Some("beds"), None, None, "beds")),
            ("Salad#|", ("Salad", None, None, None, "Salad")),
        ];
        for (inside, (target, alias, heading, block, shown)) in cases {
            let link = Wikilink::parse(inside, false, 7).expect("it leads somewhere");
            assert_eq!(
                (&*link.target, link.alias.as_deref()),
                (target, alias),
                "{inside}"
            );
            assert_eq!(
                (link.heading_ref.as_deref(), link.block_ref.as_deref()),
                (heading, block),
                "{inside}"
            );
            assert_eq!((&*link.display(), link.offset), (shown, 7), "{inside}");
        }
        for nowhere in ["", " ", "|x", "#"] {
            assert_eq!(Wikilink::parse(nowhere, false, 0), None);
        }
    }
}
