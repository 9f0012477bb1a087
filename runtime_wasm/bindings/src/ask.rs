//! `AskQuestion` and `AskBatch`: what a script asks a person or an agent, a chain of calls at a time.

use rune::runtime::Ref;
use rune::Any;
use serde::{Deserialize, Serialize};

use crate::module_recorder::{function, ModuleRecorder};
use crate::plain_data::plain_data;
use crate::recorder::{associated_function, method, Recorder, Result, TypeName, TypeRecorder};

/// Where the types and functions of questions are.
pub(crate) const MODULE: &[&str] = &["crucible", "ask"];

/// One question with its choices.
#[derive(Any, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::ask)]
#[serde(default, deny_unknown_fields)]
pub struct AskQuestion {
    pub header: String,
    pub question: String,
    pub choices: Vec<String>,
    pub multi_select: bool,
}

/// Questions that are asked together.
#[derive(Any, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::ask)]
#[serde(default, deny_unknown_fields)]
pub struct AskBatch {
    pub questions: Vec<AskQuestion>,
}

impl AskQuestion {
    fn new(header: Ref<str>, question: Ref<str>) -> Self {
        AskQuestion {
            header: header.to_owned(),
            question: question.to_owned(),
            ..AskQuestion::default()
        }
    }

    fn choice(mut self, choice: Ref<str>) -> Self {
        self.choices.push(choice.to_owned());
        self
    }

    fn multi_select(mut self) -> Self {
        self.multi_select = true;
        self
    }
}

impl AskBatch {
    fn question(mut self, question: Ref<AskQuestion>) -> Self {
        self.questions.push(question.clone());
        self
    }

    /// An id in the form of a UUID, made of the questions: there is nothing random in a sandbox.
    pub fn id(&self) -> String {
        let questions = serde_json::to_string(&self.questions).expect("texts have JSON");
        let hash = blake3::hash(questions.as_bytes()).to_hex();
        // Version 8 is the one whose bits are the maker's own.
        let parts = [&hash[..8], &hash[8..12], &hash[12..15], &hash[15..18]];
        let [first, second, third, fourth] = parts;
        format!("{first}-{second}-8{third}-8{fourth}-{}", &hash[18..30])
    }
}

plain_data!(
    AskQuestion,
    Some(|question| format!("{}: {}", question.header, question.question))
);
plain_data!(AskBatch, None);

/// Registers the types of this file, and the functions that begin a chain.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<AskQuestion>(
        TypeName {
            module: MODULE,
            name: "AskQuestion",
            aliases: &[],
            prelude: false,
        },
        "
        A question with the choices that it leaves. Whoever is asked may always answer with words of their own.
        @profile core

        ```rune
        let question = crucible::ask::AskQuestion::new(\"Water\", \"Which beds are dry?\")
            .choice(\"Salad\")
            .choice(\"Berries\")
            .multi_select();
        assert_eq!(question.choice_count(), 2);
        ```
        ",
        question,
    )?;
    recorder.record::<AskBatch>(
        TypeName {
            module: MODULE,
            name: "AskBatch",
            aliases: &[],
            prelude: false,
        },
        "
        Questions that are asked together, in their order.
        @profile core

        ```rune
        let batch = crucible::ask::AskBatch::new()
            .question(crucible::ask::AskQuestion::new(\"Water\", \"How much?\").choice(\"40 l\").choice(\"90 l\"))
            .question(crucible::ask::AskQuestion::new(\"When\", \"At what hour?\"));
        assert_eq!(batch.question_count(), 2);
        ```
        ",
        batch,
    )?;
    recorder.module(
        MODULE,
        "
        Questions to the person at the screen, or to an agent in their place.
        @profile core
        ",
        functions,
    )
}

fn question(types: &mut TypeRecorder) -> Result<()> {
    associated_function!(
        types,
        AskQuestion,
        "new(header: String, question: String) -> AskQuestion",
        "A question without choices. `header` is a word or two to tell it from the others.",
        AskQuestion::new
    );
    method!(
        types,
        "choice(self, choice: String) -> AskQuestion",
        "
        Adds a choice behind the others.

        The question that it is called on cannot be used afterwards: go on with the one that it returns.
        ",
        AskQuestion::choice
    );
    method!(
        types,
        "multi_select(self) -> AskQuestion",
        "
        Lets several choices be taken.

        The question that it is called on cannot be used afterwards: go on with the one that it returns.
        ",
        AskQuestion::multi_select
    );
    method!(
        types,
        "header(&self) -> String",
        "The word or two that stand above the question.",
        |question: &AskQuestion| question.header.clone()
    );
    method!(
        types,
        "question_text(&self) -> String",
        "The question itself.",
        |question: &AskQuestion| question.question.clone()
    );
    method!(
        types,
        "choice_count(&self) -> u64",
        "How many choices there are.",
        |question: &AskQuestion| question.choices.len() as u64
    );
    Ok(())
}

fn batch(types: &mut TypeRecorder) -> Result<()> {
    associated_function!(
        types,
        AskBatch,
        "new() -> AskBatch",
        "A batch without questions.",
        AskBatch::default
    );
    method!(
        types,
        "question(self, q: AskQuestion) -> AskBatch",
        "
        Adds a question behind the others.

        The batch that it is called on cannot be used afterwards: go on with the one that it returns.
        ",
        AskBatch::question
    );
    method!(
        types,
        "id(&self) -> String",
        "
        What tells the batch from others, in the form of a UUID. Crucible draws it at random; in the sandbox, where nothing
        is random, it is made of the questions: the same ones have the same id in each run, and another one has another.
        ",
        AskBatch::id
    );
    method!(
        types,
        "question_count(&self) -> u64",
        "How many questions there are.",
        |batch: &AskBatch| batch.questions.len() as u64
    );
    Ok(())
}

fn functions(module: &mut ModuleRecorder) -> Result<()> {
    function!(
        module,
        "question(header: String, question_text: String) -> AskQuestion",
        "
        The same as `AskQuestion::new`.
        @permission ask

        ```rune
        let question = crucible::ask::question(\"Water\", \"Which beds are dry?\").choice(\"Salad\");
        ```
        ",
        AskQuestion::new
    );
    function!(
        module,
        "batch() -> AskBatch",
        "
        The same as `AskBatch::new`.
        @permission ask

        ```rune
        let batch = crucible::ask::batch().question(crucible::ask::question(\"When\", \"At what hour?\"));
        ```
        ",
        AskBatch::default
    );
    Ok(())
}
