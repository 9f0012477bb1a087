//! The messages that cross the boundary: MessagePack maps, tagged by `type`; `docs/protocol.md` shows them.

use std::rc::Rc;

use runekiln_bindings::{Bindings, ParamAttributes, ToolAttributes};
use runekiln_extract::Undecided;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

/// What the host asks.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Request {
    Describe,
    Configure(ConfigureRequest),
    Check(CheckRequest),
    Recheck(RecheckRequest),
    Foresee(ForeseeRequest),
    Settle(SettleRequest),
    Meanings(MeaningsRequest),
    Strip(StripRequest),
    Format(FormatRequest),
    DescribeTools(DescribeToolsRequest),
    ReadStubs(ReadStubsRequest),
    Extract(ExtractRequest),
    Run(RunRequest),
}

/// What the host binds besides the types of the bindings crate, and the part of all that scripts may use. It is asked
/// before anything else, once.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ConfigureRequest {
    pub stubs: Vec<Source>,
    pub profile: String,
}

/// All facts of the script `sources[0]`; the others are its `mod` files.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CheckRequest {
    pub sources: Vec<Source>,
    #[serde(default)]
    pub dialect: Dialect,
}

/// The same, of a script that is being edited: the guest remembers it. With `known`, the revision that the host has, the
/// answer may be the difference from that.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RecheckRequest {
    pub sources: Vec<Source>,
    #[serde(default)]
    pub dialect: Dialect,
    #[serde(default)]
    pub known: Option<u64>,
}

/// What the revision `known` of the script at `path` becomes by an edit within one function, before that is compiled:
/// `text` comes into the place of the bytes `span` of the file `edited`, and nothing else has changed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ForeseeRequest {
    pub path: String,
    pub known: u64,
    pub edited: String,
    pub span: Offsets,
    pub text: ByteBuf,
}

/// The same answer as to a `recheck` of what was foreseen last of the script at `path`, if that takes no more.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SettleRequest {
    pub path: String,
}

/// What the compiler says that the names of the script `sources[0]` and of its `mod` files mean.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MeaningsRequest {
    pub sources: Vec<Source>,
    #[serde(default)]
    pub dialect: Dialect,
}

/// The text without type annotations.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StripRequest {
    pub source: Source,
}

/// The text laid out anew; with a range, no more of it than the items or statements that the range touches.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FormatRequest {
    pub source: Source,
    #[serde(default)]
    pub dialect: Dialect,
    #[serde(default)]
    pub range: Option<Offsets>,
}

/// What callers are told of tools, by what is written before their functions.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DescribeToolsRequest {
    pub tools: Vec<WrittenTool>,
}

/// The attributes `#[tool(…)]` and `#[param(…)]` of one function.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WrittenTool {
    pub tool: ToolAttributes,
    pub parameters: Vec<ParamAttributes>,
}

/// What stubs declare. Nothing is bound.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReadStubsRequest {
    pub stubs: Vec<Source>,
}

/// What the Rust crates in `folders` bind for scripts. `files` are their manifests and Rust files; what one crate declares
/// is known in the others.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ExtractRequest {
    pub folders: Vec<String>,
    pub files: Vec<Source>,
    #[serde(default)]
    pub features: Vec<String>,
    #[serde(default)]
    pub without_default_features: bool,
}

/// A call of the function `entry` of the script `sources[0]`; `output_limit` is in bytes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RunRequest {
    pub sources: Vec<Source>,
    #[serde(default)]
    pub dialect: Dialect,
    pub entry: String,
    #[serde(default)]
    pub arguments: Vec<Argument>,
    pub output_limit: u64,
}

/// Rune has two kinds of files: items, and the body of one function. Stubs are a third, of our own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dialect {
    #[default]
    Module,
    FunctionBody,
    /// Declarations without bodies: what a host binds.
    Stub,
}

/// One file. No text: the host looked, and there is no such file. Paths are the host's, with `/` between the parts.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Source {
    pub path: String,
    pub text: Option<ByteBuf>,
}

/// One argument of an entry.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Argument {
    /// A JSON text; `host_type` names the host's type that an object is to become.
    Json {
        json: ByteBuf,
        host_type: Option<String>,
    },
    /// A session log; the suffix of `path` decides the reader, `meta` is the `meta.json` beside it.
    Session {
        path: String,
        text: ByteBuf,
        meta: Option<ByteBuf>,
    },
    /// A file of the kiln, which becomes what `host_type` says, or what its suffix does.
    File {
        path: String,
        text: ByteBuf,
        host_type: Option<String>,
    },
}

/// What the guest answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Response {
    Described(Described),
    /// What is bound from now on, and the facts of each stub. What is wrong in a stub binds nothing.
    Configured {
        bindings: Rc<Bindings>,
        files: Vec<FileFacts>,
    },
    StubsRead {
        bindings: Bindings,
        files: Vec<FileFacts>,
    },
    /// Stubs of what is bound, one for each crate that paths begin with, and what cannot be decided.
    Extracted {
        bindings: runekiln_extract::table::Bindings,
        stubs: Vec<WrittenStub>,
        undecided: Vec<Undecided>,
        /// The innermost folder around all crates, from which the paths of files are told.
        folder: String,
        /// Paths that were not among the files. Some of them may exist, outside of the crates' folders.
        looked_for: Vec<String>,
    },
    NeedSources {
        needs: Vec<Need>,
    },
    Checked {
        files: Vec<FileFacts>,
    },
    Remembered {
        revision: u64,
        files: Vec<FileFacts>,
    },
    Changed {
        revision: u64,
        files: Vec<FileChange>,
    },
    /// Items and moves, as in what will have `changed`; nothing is said of problems yet.
    Foreseen {
        files: Vec<FileChange>,
    },
    /// More has to be looked at than one function.
    Beyond,
    /// What the compiler said of names before it was done or had enough of errors.
    Meant {
        compiles: bool,
        files: Vec<Meanings>,
    },
    Stripped {
        text: ByteBuf,
        problems: Vec<Problem>,
    },
    Formatted {
        text: ByteBuf,
        problems: Vec<Problem>,
    },
    ToolsDescribed {
        descriptions: Vec<serde_json::Value>,
    },
    Ran(Ran),
    Refused {
        message: String,
    },
}

/// The text of a stub, and what its file may be called.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WrittenStub {
    pub path: String,
    pub text: String,
}

/// What the guest is. `syntax_kinds` names the kinds of the trees, by their numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Described {
    pub guest_version: String,
    pub rune_version: String,
    pub syntax_kinds: Vec<String>,
    pub bindings: Bindings,
}

/// A `mod` file that must be given, or be given as absent: the first candidate that exists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Need {
    pub from_path: String,
    pub module: String,
    pub span: Offsets,
    pub candidates: Vec<String>,
}

/// Start and end in bytes of UTF-8, the end exclusive.
pub type Offsets = [u32; 2];

/// All that is said of one file; items in preorder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileFacts {
    pub path: String,
    pub items: Vec<ItemFacts>,
    pub problems: Vec<Problem>,
}

/// What the compiler says of the names in one file, in its order. Spans are absolute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Meanings {
    pub path: String,
    pub items: Vec<MeantItem>,
    pub variables: Vec<MeantVariable>,
}

/// A path that means an item, whose own `path` starts with `::` if it is the host's. `kind` is Rune's word for what it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeantItem {
    pub span: Offsets,
    pub path: String,
    pub kind: String,
}

/// A use of a variable, and what the compiler keeps of its declaration: the pattern, or all of a function or `match`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeantVariable {
    pub span: Offsets,
    pub declared: Offsets,
}

/// How the facts of a file differ from those before: some items are replaced, and those from number `moved_from` on have
/// moved by so many bytes. `problems` are all that there are now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileChange {
    pub path: String,
    pub items: Vec<ItemChange>,
    pub moved_from: u32,
    pub moved_by: i32,
    pub problems: Vec<Problem>,
}

/// The facts that an item has now, by its number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemChange {
    pub number: u32,
    pub facts: ItemFacts,
}

/// A named part of a file. `span` is absolute and takes in docs and attributes; `name_span` and `tree` are relative to its start.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemFacts {
    pub kind: String,
    pub name: String,
    pub span: Offsets,
    pub name_span: Offsets,
    pub parent: Option<u32>,
    pub public: bool,
    pub docs: String,
    pub hash: u64,
    pub tree: ByteBuf,
}

/// Something wrong. `span` is relative to the start of item number `item`, or absolute without one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    pub code: String,
    pub severity: Severity,
    pub message: String,
    pub item: Option<u32>,
    pub span: Offsets,
    pub origin: Origin,
    pub tags: Vec<Tag>,
    pub related: Vec<Related>,
    pub fixes: Vec<Fix>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    Error,
    Warning,
    Info,
    Hint,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    Syntax,
    Compiler,
    Runekiln,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tag {
    Unused,
    Deprecated,
}

/// Another place that explains a problem; its span is absolute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Related {
    pub path: String,
    pub span: Offsets,
    pub message: String,
}

/// A change that mends a problem.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    pub title: String,
    pub edits: Vec<Edit>,
}

/// Replace the absolute span by the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    pub span: Offsets,
    pub text: String,
}

/// How a run ended, as far as the guest can tell; `files` are given if the script did not compile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ran {
    pub outcome: Outcome,
    pub value: Option<Value>,
    pub output: String,
    pub error: Option<RunError>,
    pub warnings: Vec<Warned>,
    pub files: Vec<FileFacts>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Finished,
    Failed,
    NotCompiled,
    Stopped,
}

/// What an entry returned: its type's short name, as JSON, as text, and how to draw it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Value {
    #[serde(rename = "type")]
    pub type_name: String,
    pub json: serde_json::Value,
    pub text: String,
    pub view: Option<serde_json::Value>,
}

/// Why a run ended early; the innermost frame comes first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunError {
    pub code: String,
    pub message: String,
    pub frames: Vec<Frame>,
}

/// One call on the stack of a failed run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    pub path: String,
    pub span: Offsets,
    pub function: String,
}

/// Something that the run went on without; `line` counts from 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Warned {
    pub message: String,
    pub path: Option<String>,
    pub line: Option<u32>,
}

/// Reads a request, answers it, writes the response. What cannot be read is `refused`.
pub fn handle_message(message: &[u8]) -> Vec<u8> {
    let response = match rmp_serde::from_slice(message) {
        Ok(request) => crate::handle::handle(request),
        Err(error) => Response::Refused {
            message: format!("the request cannot be decoded: {error}"),
        },
    };
    encode(&response)
}

fn encode(response: &Response) -> Vec<u8> {
    rmp_serde::to_vec_named(response).unwrap_or_else(|error| {
        let refused = Response::Refused {
            message: format!("the response cannot be encoded: {error}"),
        };
        rmp_serde::to_vec_named(&refused).expect("a text can always be encoded")
    })
}
