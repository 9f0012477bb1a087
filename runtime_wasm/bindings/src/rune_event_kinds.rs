//! `RuneFileChangeKind` and `RuneNoteChangeType`: words for what has changed.

use rune::Any;
use serde::{Deserialize, Serialize};

use crate::plain_data::plain_data;
use crate::recorder::{associated_function, method, Recorder, Result, TypeName, TypeRecorder};

/// How a file has changed.
#[derive(Any, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible)]
#[serde(deny_unknown_fields)]
pub struct RuneFileChangeKind {
    pub kind: FileChange,
}

/// What has changed in a note.
#[derive(Any, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible)]
#[serde(deny_unknown_fields)]
pub struct RuneNoteChangeType {
    pub kind: NoteChange,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileChange {
    Created,
    Modified,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NoteChange {
    Content,
    Frontmatter,
    Links,
    Tags,
}

impl FileChange {
    fn word(self) -> &'static str {
        match self {
            FileChange::Created => "created",
            FileChange::Modified => "modified",
        }
    }
}

impl NoteChange {
    fn word(self) -> &'static str {
        match self {
            NoteChange::Content => "content",
            NoteChange::Frontmatter => "frontmatter",
            NoteChange::Links => "links",
            NoteChange::Tags => "tags",
        }
    }
}

plain_data!(
    RuneFileChangeKind,
    Some(|change| change.kind.word().to_owned())
);
plain_data!(
    RuneNoteChangeType,
    Some(|change| change.kind.word().to_owned())
);

/// Registers the types of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<RuneFileChangeKind>(
        TypeName {
            module: &["crucible"],
            name: "RuneFileChangeKind",
            aliases: &[],
            prelude: false,
        },
        "
        How a file has changed.
        @profile core

        ```rune
        let kind = crucible::RuneFileChangeKind::created();
        let event = crucible::RuneSessionEvent::file_changed(\"Home.md\", kind.to_string());
        ```
        ",
        file_changes,
    )?;
    recorder.record::<RuneNoteChangeType>(
        TypeName {
            module: &["crucible"],
            name: "RuneNoteChangeType",
            aliases: &[],
            prelude: false,
        },
        "
        What has changed in a note.
        @profile core

        ```rune
        assert_eq!(crucible::RuneNoteChangeType::tags().to_string(), \"tags\");
        ```
        ",
        note_changes,
    )
}

fn file_changes(types: &mut TypeRecorder) -> Result<()> {
    associated_function!(
        types,
        RuneFileChangeKind,
        "created() -> RuneFileChangeKind",
        "The file is new.",
        || RuneFileChangeKind {
            kind: FileChange::Created
        }
    );
    associated_function!(
        types,
        RuneFileChangeKind,
        "modified() -> RuneFileChangeKind",
        "The file was there before.",
        || RuneFileChangeKind {
            kind: FileChange::Modified
        }
    );
    method!(
        types,
        "to_string(&self) -> String",
        "`created` or `modified`.",
        |change: &RuneFileChangeKind| change.kind.word()
    );
    Ok(())
}

fn note_changes(types: &mut TypeRecorder) -> Result<()> {
    associated_function!(
        types,
        RuneNoteChangeType,
        "content() -> RuneNoteChangeType",
        "The text has changed.",
        || RuneNoteChangeType {
            kind: NoteChange::Content
        }
    );
    associated_function!(
        types,
        RuneNoteChangeType,
        "frontmatter() -> RuneNoteChangeType",
        "The fields at its head have changed.",
        || RuneNoteChangeType {
            kind: NoteChange::Frontmatter
        }
    );
    associated_function!(
        types,
        RuneNoteChangeType,
        "links() -> RuneNoteChangeType",
        "The notes that it leads to have changed.",
        || RuneNoteChangeType {
            kind: NoteChange::Links
        }
    );
    associated_function!(
        types,
        RuneNoteChangeType,
        "tags() -> RuneNoteChangeType",
        "Its tags have changed.",
        || RuneNoteChangeType {
            kind: NoteChange::Tags
        }
    );
    method!(
        types,
        "to_string(&self) -> String",
        "`content`, `frontmatter`, `links` or `tags`.",
        |change: &RuneNoteChangeType| change.kind.word()
    );
    Ok(())
}
