//! The blocks that a note consists of, and its headings.

use std::sync::Arc;

use rune::runtime::VmResult;
use rune::{vm_try, Any, Value};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::json_value;
use crate::note::MODULE;
use crate::recorder::{Readable, Recorder, Result, TypeName, TypeRecorder};
use crate::shared::shares;

/// A block of a note.
#[derive(Any, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::note)]
#[serde(transparent)]
pub struct Block(Arc<BlockData>);

/// What a block says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockData {
    pub block_type: String,
    #[serde(default)]
    pub content: String,
    /// UTF-8 bytes from the start of the text.
    #[serde(default)]
    pub start_offset: i64,
    #[serde(default)]
    pub end_offset: i64,
    #[serde(default)]
    pub block_hash: String,
    #[serde(default)]
    pub metadata: Map<String, Json>,
    /// The hash of the heading that it stands below.
    #[serde(default)]
    pub parent_block_id: Option<String>,
    /// How many headings it stands below.
    #[serde(default)]
    pub depth: Option<i64>,
}

/// A heading of a note.
#[derive(Any, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::note)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    /// From 1 to 6.
    pub level: i64,
    pub text: String,
    /// UTF-8 bytes from the start of the text.
    #[serde(default)]
    pub offset: i64,
    #[serde(default)]
    pub id: Option<String>,
}

shares!(Block, BlockData);

impl Block {
    fn metadata(&self) -> VmResult<Value> {
        let metadata = Json::Object(self.metadata.clone());
        VmResult::Ok(vm_try!(json_value::to_value(&metadata)))
    }
}

impl Readable for Block {
    fn debug(&self) -> String {
        format!(
            "Block {{ block_type: {:?}, content: {:?}, start_offset: {}, end_offset: {} }}",
            self.block_type, self.content, self.start_offset, self.end_offset
        )
    }

    fn equals(&self, other: &Self) -> bool {
        self == other
    }

    const DISPLAY: Option<fn(&Self) -> String> = Some(|block| block.content.clone());
}

impl Readable for Heading {
    fn debug(&self) -> String {
        format!(
            "Heading {{ level: {}, text: {:?}, offset: {}, id: {:?} }}",
            self.level, self.text, self.offset, self.id
        )
    }

    fn equals(&self, other: &Self) -> bool {
        self == other
    }

    const DISPLAY: Option<fn(&Self) -> String> = Some(|heading| heading.text.clone());
}

/// Registers the types of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    let named = |name| TypeName {
        module: MODULE,
        name,
        aliases: &[],
        prelude: false,
    };
    recorder.record::<Block>(
        named("Block"),
        "
        A block of a note: a heading, a paragraph, a list, a table and so on, that is inside of nothing else.

        ```rune
        let programs = note.blocks.iter()
            .filter(|block| block.block_type == \"code\" && block.metadata.language == \"rune\")
            .map(|block| block.content)
            .collect::<Vec>();
        ```
        ",
        block_members,
    )?;
    recorder.record::<Heading>(
        named("Heading"),
        "
        A heading of a note.

        ```rune
        for heading in note.headings() {
            println!(\"{}: {}\", heading.level, heading.text);
        }
        ```
        ",
        heading_members,
    )
}

fn block_members(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "block_type",
        "String",
        "`heading`, `paragraph`, `code`, `list`, `callout`, `blockquote`, `table`, `latex`, `horizontal_rule`, `html` or `footnote`.",
        |b: &Block| b.block_type.clone(),
    )?;
    types.field(
        "content",
        "String",
        "The text of a heading, the code between fences, what a callout says; of other blocks their Markdown.",
        |b: &Block| b.content.clone(),
    )?;
    types.field(
        "start_offset",
        "i64",
        "Where its Markdown begins in its file, in UTF-8 bytes.",
        |b: &Block| b.start_offset,
    )?;
    types.field(
        "end_offset",
        "i64",
        "Where its Markdown ends.",
        |b: &Block| b.end_offset,
    )?;
    types.field(
        "block_hash",
        "String",
        "A hash of its Markdown: blocks that are written alike have the same one, wherever they stand.",
        |b: &Block| b.block_hash.clone(),
    )?;
    types.field(
        "metadata",
        "Object",
        "
        What else is known of it. Of a heading `level` and `id`; of code `language` and `line_count`; of a list `list_type`
        (`ordered` or `unordered`) and `item_count`; of a callout `callout_type` and `title`; of a table `rows`, `columns`
        and `headers`; of a formula `is_block`. A text that is not said is empty.
        ",
        |b: &Block| b.metadata(),
    )?;
    types.field(
        "parent_block_id",
        "Option<String>",
        "The hash of the heading that it stands below.",
        |b: &Block| b.parent_block_id.clone(),
    )?;
    types.field(
        "depth",
        "Option<i64>",
        "How many headings it stands below, each inside of the next.",
        |b: &Block| b.depth,
    )
}

fn heading_members(types: &mut TypeRecorder) -> Result<()> {
    types.field("level", "i64", "From 1 to 6.", |h: &Heading| h.level)?;
    types.field(
        "text",
        "String",
        "Its text, without marks such as `*` and without its id.",
        |h: &Heading| h.text.clone(),
    )?;
    types.field(
        "offset",
        "i64",
        "Where it begins in its file, in UTF-8 bytes.",
        |h: &Heading| h.offset,
    )?;
    types.field(
        "id",
        "Option<String>",
        "The name that links can use for it: `{#name}` or `^name` at its end.",
        |h: &Heading| h.id.clone(),
    )
}
