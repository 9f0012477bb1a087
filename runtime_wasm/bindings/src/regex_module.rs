//! The module `regex`: searches with a pattern that is handed over each time.

use std::cell::RefCell;

use rune::runtime::{Ref, VmResult};

use crate::module_recorder::{function, ModuleRecorder};
use crate::recorder::{Recorder, Result};
use crate::regex_type::Regex;

pub(crate) const MODULE: &[&str] = &["regex"];

/// Registers the functions of the module.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.module(
        MODULE,
        "
        Searches texts with regular expressions. The functions remember the pattern that they used last; for patterns
        that take turns, `Regex` is quicker. A pattern that is no regular expression ends the script with an error that
        shows it.
        @profile core, events
        ",
        functions,
    )
}

thread_local! {
    /// The expression that a function of the module has used last: in a loop that is the next one too.
    static LAST: RefCell<Option<Regex>> = const { RefCell::new(None) };
}

/// Runs `search` with the expression of a pattern; a pattern that is none ends the script.
pub(crate) fn with<T>(pattern: &str, search: impl FnOnce(&Regex) -> T) -> VmResult<T> {
    let last = LAST.with_borrow(Clone::clone);
    let regex = match last.filter(|last| last.pattern() == pattern) {
        Some(last) => last,
        None => match Regex::new(pattern) {
            Ok(regex) => regex,
            Err(refused) => return VmResult::panic(refused),
        },
    };
    LAST.set(Some(regex.clone()));
    VmResult::Ok(search(&regex))
}

fn functions(module: &mut ModuleRecorder) -> Result<()> {
    function!(
        module,
        "is_match(pattern: String, text: String) -> bool",
        "
        Whether the pattern fits anywhere in the text.
        @profile core, events

        ```rune
        let is_open = regex::is_match(\"- \\\\[ \\\\]\", \"- [ ] Straw\");
        ```
        ",
        |pattern: Ref<str>, text: Ref<str>| with(&pattern, |regex| regex.is_match(&text))
    );
    function!(
        module,
        "find(pattern: String, text: String) -> Option<String>",
        "
        The first piece of the text that fits.
        @profile core, events

        ```rune
        let litres = regex::find(\"\\\\d+\", \"needs 40 litres\");
        ```
        ",
        |pattern: Ref<str>, text: Ref<str>| with(&pattern, |regex| regex.find(&text))
    );
    function!(
        module,
        "find_all(pattern: String, text: String) -> Vec<String>",
        "
        All pieces of the text that fit, from left to right, none over another.
        @profile core, events

        ```rune
        let tags = regex::find_all(\"#\\\\w+\", \"#bed and #south\");
        ```
        ",
        |pattern: Ref<str>, text: Ref<str>| with(&pattern, |regex| regex.find_all(&text))
    );
    function!(
        module,
        "replace(pattern: String, text: String, replacement: String) -> String",
        "
        The text with the first piece that fits replaced; in the replacement `$1` stands for the first group.
        @profile core, events

        ```rune
        let dated = regex::replace(\"(\\\\d+)-(\\\\d+)\", \"03-07\", \"$2.$1.\");
        ```
        ",
        |pattern: Ref<str>, text: Ref<str>, replacement: Ref<str>| with(&pattern, |regex| {
            regex.replace(&text, &replacement)
        })
    );
    function!(
        module,
        "replace_all(pattern: String, text: String, replacement: String) -> String",
        "
        The same for every piece that fits.
        @profile core, events

        ```rune
        let plain = regex::replace_all(\"\\\\s+\", \"salad   bed\", \" \");
        ```
        ",
        |pattern: Ref<str>, text: Ref<str>, replacement: Ref<str>| with(&pattern, |regex| {
            regex.replace_all(&text, &replacement)
        })
    );
    Ok(())
}
