//! `RuneRecipe` and `RuneRecipeEnrichment`: a recipe of a `justfile`, and what a script adds to it.

use std::collections::BTreeMap;

use rune::runtime::Ref;
use rune::Any;
use serde::{Deserialize, Serialize};

use crate::plain_data::plain_data;
use crate::recorder::{associated_function, method, Recorder, Result, TypeName, TypeRecorder};

/// What a script says of a recipe. Whatever it does not say stays as it is.
#[derive(Any, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible)]
#[serde(default, deny_unknown_fields)]
pub struct RuneRecipeEnrichment {
    pub category: Option<String>,
    pub tags: Vec<String>,
    pub priority: Option<i64>,
    pub hidden: Option<bool>,
    /// What else is said, by keys of the script's own.
    pub extra: BTreeMap<String, String>,
}

/// A recipe, as a script sees it.
#[derive(Any, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible)]
#[serde(deny_unknown_fields)]
pub struct RuneRecipe {
    pub name: String,
    #[serde(default)]
    pub doc: Option<String>,
    #[serde(default)]
    pub private: bool,
    #[serde(default)]
    pub parameters: Vec<RecipeParameter>,
}

/// A parameter of a recipe.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecipeParameter {
    pub name: String,
    #[serde(default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub default: Option<String>,
}

impl RuneRecipeEnrichment {
    fn with_tag(mut self, tag: Ref<str>) -> Self {
        self.tags.push(tag.to_owned());
        self
    }

    fn set_extra(mut self, key: Ref<str>, value: Ref<str>) -> Self {
        self.extra.insert(key.to_owned(), value.to_owned());
        self
    }
}

plain_data!(RuneRecipeEnrichment, None);
plain_data!(RuneRecipe, Some(|recipe| recipe.name.clone()));

/// Registers the types of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<RuneRecipeEnrichment>(
        TypeName {
            module: &["crucible"],
            name: "RuneRecipeEnrichment",
            aliases: &[],
            prelude: false,
        },
        "
        What a script says of a recipe that agents are offered as a tool.
        @profile core, events

        ```rune
        let more = crucible::RuneRecipeEnrichment::new()
            .with_category(crucible::categorize_by_name(\"test-all\"))
            .with_tag(\"slow\")
            .with_priority(20);
        assert_eq!(more.get_category(), Some(\"testing\"));
        ```
        ",
        |types| {
            building(types)?;
            reading(types)
        },
    )?;
    recorder.record::<RuneRecipe>(
        TypeName {
            module: &["crucible"],
            name: "RuneRecipe",
            aliases: &[],
            prelude: false,
        },
        "
        A recipe of a `justfile`. Scripts can only read it, and `on_recipe_discovered` is handed a plain object in its place.
        @profile core, events

        ```rune
        pub fn line(recipe) {
            `${recipe.name()}: ${recipe.doc().unwrap_or(\"nobody says what for\")}`
        }
        ```
        ",
        recipe,
    )
}

fn building(types: &mut TypeRecorder) -> Result<()> {
    associated_function!(
        types,
        RuneRecipeEnrichment,
        "new() -> RuneRecipeEnrichment",
        "Nothing said.",
        RuneRecipeEnrichment::default
    );
    method!(
        types,
        "with_category(self, category: String) -> RuneRecipeEnrichment",
        "
        Puts the recipe into a category, in place of the one that was said before.

        The value that it is called on cannot be used afterwards: go on with the one that it returns.
        ",
        |more: RuneRecipeEnrichment, category: Ref<str>| RuneRecipeEnrichment {
            category: Some(category.to_owned()),
            ..more
        }
    );
    method!(
        types,
        "with_tag(self, tag: String) -> RuneRecipeEnrichment",
        "
        Adds a word to find the recipe by.

        The value that it is called on cannot be used afterwards: go on with the one that it returns.
        ",
        RuneRecipeEnrichment::with_tag
    );
    method!(
        types,
        "with_priority(self, priority: i64) -> RuneRecipeEnrichment",
        "
        Says where the recipe stands among others: a lower number goes first.

        The value that it is called on cannot be used afterwards: go on with the one that it returns.
        ",
        |more: RuneRecipeEnrichment, priority: i64| RuneRecipeEnrichment {
            priority: Some(priority),
            ..more
        }
    );
    method!(
        types,
        "with_hidden(self, hidden: bool) -> RuneRecipeEnrichment",
        "
        Says whether agents are not offered the recipe.

        The value that it is called on cannot be used afterwards: go on with the one that it returns.
        ",
        |more: RuneRecipeEnrichment, hidden: bool| RuneRecipeEnrichment {
            hidden: Some(hidden),
            ..more
        }
    );
    method!(
        types,
        "set_extra(self, key: String, value: String) -> RuneRecipeEnrichment",
        "
        Says something by a key of the script's own, in place of what was said by it before.

        The value that it is called on cannot be used afterwards: go on with the one that it returns.
        ",
        RuneRecipeEnrichment::set_extra
    );
    Ok(())
}

fn reading(types: &mut TypeRecorder) -> Result<()> {
    method!(
        types,
        "get_category(&self) -> Option<String>",
        "The category that was said.",
        |more: &RuneRecipeEnrichment| more.category.clone()
    );
    method!(
        types,
        "get_tags(&self) -> Vec<String>",
        "The words that were added, in their order.",
        |more: &RuneRecipeEnrichment| more.tags.clone()
    );
    method!(
        types,
        "get_priority(&self) -> Option<i64>",
        "The number that was said.",
        |more: &RuneRecipeEnrichment| more.priority
    );
    Ok(())
}

fn recipe(types: &mut TypeRecorder) -> Result<()> {
    method!(
        types,
        "name(&self) -> String",
        "The name that `just` knows it by.",
        |recipe: &RuneRecipe| recipe.name.clone()
    );
    method!(
        types,
        "doc(&self) -> Option<String>",
        "The comment above it.",
        |recipe: &RuneRecipe| recipe.doc.clone()
    );
    method!(
        types,
        "is_private(&self) -> bool",
        "Whether `just` leaves it out of its list.",
        |recipe: &RuneRecipe| recipe.private
    );
    method!(
        types,
        "parameters(&self) -> Vec<String>",
        "The names of its parameters, in their order.",
        |recipe: &RuneRecipe| recipe
            .parameters
            .iter()
            .map(|parameter| parameter.name.clone())
            .collect::<Vec<_>>()
    );
    Ok(())
}
