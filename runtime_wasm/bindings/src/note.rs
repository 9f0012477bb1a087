//! Notes: what the files of a kiln say.

use std::collections::HashSet;
use std::sync::Arc;

use rune::Any;
use serde::{Deserialize, Serialize};

use crate::block::{Block, Heading};
use crate::callout::Callout;
use crate::frontmatter_type::Frontmatter;
use crate::recorder::{method, Readable, Recorder, Result, TypeName, TypeRecorder};
use crate::shared::shares;
use crate::tag::Tag;
use crate::task::Task;
use crate::wikilink::Wikilink;

/// A note. It never changes; its parts are shared, so that a copy costs nothing.
#[derive(Any, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::note)]
#[serde(transparent)]
pub struct Note(Arc<NoteData>);

/// What a note says. Offsets count bytes of UTF-8 from the start of its file, without a byte-order mark.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NoteData {
    pub path: String,
    pub title: String,
    pub frontmatter: Option<Frontmatter>,
    /// Those of the frontmatter, then those of the text.
    pub tags: Vec<Tag>,
    pub wikilinks: Vec<Wikilink>,
    pub callouts: Vec<Callout>,
    pub blocks: Vec<Block>,
    /// The text below the frontmatter.
    pub content: String,
    pub content_hash: String,
    pub headings: Vec<Heading>,
    pub tasks: Vec<Task>,
}

shares!(Note, NoteData);

/// Where the types of notes live.
pub(crate) const MODULE: &[&str] = &["crucible", "note"];

impl Note {
    /// The names of all tags, each once, in the order in which they come first.
    pub fn all_tags(&self) -> Vec<String> {
        let mut seen = HashSet::new();
        let names = self.tags.iter().map(|tag| &tag.name);
        names.filter(|name| seen.insert(*name)).cloned().collect()
    }
}

impl Readable for Note {
    fn debug(&self) -> String {
        format!(
            "Note {{ path: {:?}, title: {:?}, tags: {:?}, blocks: {} }}",
            self.path,
            self.title,
            self.all_tags(),
            self.blocks.len()
        )
    }

    fn equals(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self == other
    }

    const DISPLAY: Option<fn(&Self) -> String> = Some(|note| note.title.clone());
}

/// Registers the type of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<Note>(
        TypeName {
            module: MODULE,
            name: "Note",
            aliases: &[],
            prelude: false,
        },
        "
        A note of the kiln, as it was read: its frontmatter, its text, and what stands in it.

        ```rune
        use crucible::note::Note;

        pub fn describe(note) {
            if note is Note {
                `${note.title} has ${note.wikilinks.len()} links and ${note.tasks().len()} tasks`
            } else {
                \"no note\"
            }
        }
        ```
        ",
        |types| {
            fields(types)?;
            methods(types)
        },
    )
}

fn fields(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "path",
        "String",
        "The file within the kiln, such as `Beds/Salad.md`.",
        |n: &Note| n.path.clone(),
    )?;
    types.field(
        "title",
        "String",
        "`title` of the frontmatter, else the first heading of level 1, else the name of the file.",
        |n: &Note| n.title.clone(),
    )?;
    types.field(
        "frontmatter",
        "Option<Frontmatter>",
        "The fields at its head, if it has any.",
        |n: &Note| n.frontmatter.clone(),
    )?;
    types.field(
        "tags",
        "Vec<Tag>",
        "The tags of its frontmatter and of its text, each as often as it is there. None from code.",
        |n: &Note| n.tags.clone(),
    )?;
    types.field(
        "wikilinks",
        "Vec<Wikilink>",
        "The links of its text, embedded notes too. None from code.",
        |n: &Note| n.wikilinks.clone(),
    )?;
    types.field(
        "callouts",
        "Vec<Callout>",
        "Its callouts, those in lists too.",
        |n: &Note| n.callouts.clone(),
    )?;
    types.field(
        "blocks",
        "Vec<Block>",
        "Its headings, paragraphs, lists and so on, in order.",
        |n: &Note| n.blocks.clone(),
    )?;
    types.field(
        "content",
        "String",
        "The text below the frontmatter, as Markdown.",
        |n: &Note| n.content.clone(),
    )?;
    types.field(
        "content_hash",
        "String",
        "A hash of the file: another one means that the file has changed.",
        |n: &Note| n.content_hash.clone(),
    )
}

fn methods(types: &mut TypeRecorder) -> Result<()> {
    method!(
        types,
        "all_tags(&self) -> Vec<String>",
        "
        The names of its tags without `#`, each once.

        ```rune
        let is_about_water = note.all_tags().iter().any(|name| name == \"irrigation\");
        ```
        ",
        Note::all_tags
    );
    method!(
        types,
        "headings(&self) -> Vec<Heading>",
        "
        Its headings in order, without those in lists and quotations.

        ```rune
        let outline = note.headings().iter().map(|heading| heading.text).collect::<Vec>();
        ```
        ",
        |note: &Note| note.headings.clone()
    );
    method!(
        types,
        "tasks(&self) -> Vec<Task>",
        "
        The items of its lists that have a box before them, those inside of others too.

        ```rune
        let open = note.tasks().iter().filter(|task| task.status == \"pending\").count();
        ```
        ",
        |note: &Note| note.tasks.clone()
    );
    Ok(())
}
