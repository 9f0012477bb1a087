//! `AskBatchResponse` and `QuestionAnswer`: what comes back when a batch of questions was asked. The host makes them.

use rune::Any;
use serde::{Deserialize, Serialize};

use crate::ask::MODULE;
use crate::plain_data::plain_data;
use crate::recorder::{method, Recorder, Result, TypeName, TypeRecorder};

/// The answers to a batch, in the order of its questions.
#[derive(Any, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::ask)]
#[serde(default, deny_unknown_fields)]
pub struct AskBatchResponse {
    /// That of the batch.
    pub id: String,
    pub answers: Vec<QuestionAnswer>,
    pub cancelled: bool,
}

/// The answer to one question.
#[derive(Any, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::ask)]
#[serde(default, deny_unknown_fields)]
pub struct QuestionAnswer {
    /// Places of choices, from 0.
    pub selected: Vec<u64>,
    /// Words that are none of the choices.
    pub other: Option<String>,
}

plain_data!(AskBatchResponse, None);
plain_data!(QuestionAnswer, None);

/// Registers the types of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<AskBatchResponse>(
        TypeName {
            module: MODULE,
            name: "AskBatchResponse",
            aliases: &[],
            prelude: false,
        },
        "
        What came back for a batch of questions.
        @profile core

        ```rune
        pub fn hour(response) {
            if response.is_cancelled() {
                return Err(\"nobody wants to say\");
            }
            Ok(response.get_answer(0)?.other_text())
        }
        ```
        ",
        response,
    )?;
    recorder.record::<QuestionAnswer>(
        TypeName {
            module: MODULE,
            name: "QuestionAnswer",
            aliases: &[],
            prelude: false,
        },
        "
        The answer to one question: choices, or words that are none of them.
        @profile core

        ```rune
        pub fn dry_beds(answer, beds) {
            answer.selected_indices().iter().map(|place| beds[place]).collect::<Vec>()
        }
        ```
        ",
        answer,
    )
}

fn response(types: &mut TypeRecorder) -> Result<()> {
    method!(
        types,
        "id(&self) -> String",
        "The `id()` of the batch that this answers.",
        |response: &AskBatchResponse| response.id.clone()
    );
    method!(
        types,
        "is_cancelled(&self) -> bool",
        "Whether no answer was wanted. Then there is none.",
        |response: &AskBatchResponse| response.cancelled
    );
    method!(
        types,
        "answer_count(&self) -> u64",
        "How many answers there are.",
        |response: &AskBatchResponse| response.answers.len() as u64
    );
    method!(
        types,
        "get_answer(&self, index: u64) -> Option<QuestionAnswer>",
        "The answer to the question at that place of the batch, from 0; `None` if there is none.",
        |response: &AskBatchResponse, index: u64| {
            let answer = response.answers.get(usize::try_from(index).ok()?);
            answer.cloned()
        }
    );
    Ok(())
}

fn answer(types: &mut TypeRecorder) -> Result<()> {
    method!(
        types,
        "selected_indices(&self) -> Vec<u64>",
        "The places of the choices that were taken, from 0.",
        |answer: &QuestionAnswer| answer.selected.clone()
    );
    method!(
        types,
        "other_text(&self) -> Option<String>",
        "What was answered in other words than those of a choice.",
        |answer: &QuestionAnswer| answer.other.clone()
    );
    method!(
        types,
        "has_other(&self) -> bool",
        "Whether it was answered in other words.",
        |answer: &QuestionAnswer| answer.other.is_some()
    );
    Ok(())
}
