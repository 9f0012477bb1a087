//! `Regex`: a regular expression of the crate of that name.

use rune::runtime::Ref;
use rune::Any;
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::recorder::{
    associated_function, method, Readable, Recorder, Result, TypeName, TypeRecorder,
};
use crate::regex_module::{with, MODULE};

/// A regular expression that is ready to search with; a copy shares what has been prepared.
#[derive(Any, Clone, Debug)]
#[rune(item = ::regex)]
pub struct Regex(regex::Regex);

impl Regex {
    /// The error says in one line what is wrong with the pattern, and where.
    pub fn new(pattern: &str) -> std::result::Result<Self, String> {
        if let Err(error) = regex_syntax::Parser::new().parse(pattern) {
            return Err(refused(pattern, &error));
        }
        let prepared = regex::Regex::new(pattern);
        prepared
            .map(Regex)
            .map_err(|_| format!("the pattern `{pattern}` is too large a regular expression"))
    }

    pub(crate) fn pattern(&self) -> &str {
        self.0.as_str()
    }

    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    pub(crate) fn find(&self, text: &str) -> Option<String> {
        self.0.find(text).map(|found| found.as_str().to_owned())
    }

    pub(crate) fn find_all(&self, text: &str) -> Vec<String> {
        let found = self.0.find_iter(text);
        found.map(|found| found.as_str().to_owned()).collect()
    }

    pub(crate) fn replace(&self, text: &str, replacement: &str) -> String {
        self.0.replace(text, replacement).into_owned()
    }

    pub(crate) fn replace_all(&self, text: &str, replacement: &str) -> String {
        self.0.replace_all(text, replacement).into_owned()
    }

    fn split(&self, text: &str) -> Vec<String> {
        self.0.split(text).map(str::to_owned).collect()
    }

    fn captures(&self, text: &str) -> Option<Vec<Option<String>>> {
        let groups = self.0.captures(text)?;
        let text_of = |group: Option<regex::Match<'_>>| group.map(|g| g.as_str().to_owned());
        Some(groups.iter().map(text_of).collect())
    }
}

impl Serialize for Regex {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Regex", 1)?;
        fields.serialize_field("pattern", self.pattern())?;
        fields.end()
    }
}

impl Readable for Regex {
    fn debug(&self) -> String {
        format!("Regex {{ pattern: {:?} }}", self.pattern())
    }

    fn equals(&self, other: &Self) -> bool {
        self.pattern() == other.pattern()
    }

    const DISPLAY: Option<fn(&Self) -> String> = Some(|regex| regex.pattern().to_owned());
}

/// What is wrong with a pattern: `the pattern `a(` is no regular expression: unclosed group, at `(`, character 2`.
fn refused(pattern: &str, error: &regex_syntax::Error) -> String {
    let (kind, span) = match error {
        regex_syntax::Error::Parse(error) => (error.kind().to_string(), error.span()),
        regex_syntax::Error::Translate(error) => (error.kind().to_string(), error.span()),
        other => return format!("the pattern `{pattern}` is no regular expression: {other}"),
    };
    let start = span.start.offset;
    let at = match pattern.get(start..span.end.offset).unwrap_or("") {
        "" => String::new(),
        part => format!(" at `{part}`"),
    };
    let character = pattern[..start].chars().count() + 1;
    format!(
        "the pattern `{pattern}` is no regular expression: {kind}{at}, from its character {character} on"
    )
}

/// Registers the type of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<Regex>(
        TypeName {
            module: MODULE,
            name: "Regex",
            aliases: &[],
            prelude: false,
        },
        "
        A regular expression, prepared once to search many texts. The syntax is that of Rust's crate `regex`: no
        look-around and no references back, and a search takes time in proportion to the text.
        @profile core, events

        ```rune
        let date = regex::Regex::new(\"(\\\\d{4})-(\\\\d\\\\d)\");
        let year = match date.captures(\"on 2026-03-07\") {
            Some(groups) => groups[1],
            None => None,
        };
        ```
        ",
        members,
    )
}

fn members(types: &mut TypeRecorder) -> Result<()> {
    associated_function!(
        types,
        Regex,
        "new(pattern: String) -> Regex",
        "
        Prepares a pattern. One that is no regular expression ends the script: the error shows it and says where it is
        wrong.

        ```rune
        let word = regex::Regex::new(\"[a-z]+\");
        ```
        ",
        |pattern: Ref<str>| with(&pattern, Clone::clone)
    );
    method!(
        types,
        "pattern(&self) -> String",
        "
        The pattern that it was made from.

        ```rune
        let pattern = regex::Regex::new(\"[a-z]+\").pattern();
        ```
        ",
        |this: &Regex| this.pattern().to_owned()
    );
    method!(
        types,
        "is_match(&self, text: String) -> bool",
        "
        Whether the pattern fits anywhere in the text. `^` and `$` stand for its ends.

        ```rune
        let is_word = regex::Regex::new(\"^[a-z]+$\").is_match(\"salad\");
        ```
        ",
        |this: &Regex, text: Ref<str>| this.is_match(&text)
    );
    method!(
        types,
        "find(&self, text: String) -> Option<String>",
        "
        The first piece of the text that fits.

        ```rune
        let litres = regex::Regex::new(\"\\\\d+\").find(\"needs 40 litres\");
        ```
        ",
        |this: &Regex, text: Ref<str>| this.find(&text)
    );
    method!(
        types,
        "find_all(&self, text: String) -> Vec<String>",
        "
        All pieces of the text that fit, from left to right, none over another.

        ```rune
        let numbers = regex::Regex::new(\"\\\\d+\").find_all(\"beds 1, 2 and 12\");
        ```
        ",
        |this: &Regex, text: Ref<str>| this.find_all(&text)
    );
    more_members(types)
}

fn more_members(types: &mut TypeRecorder) -> Result<()> {
    method!(
        types,
        "replace(&self, text: String, replacement: String) -> String",
        "
        The text with the first piece that fits replaced. In the replacement `$1` or `$name` stands for a group, `${1}`
        where a letter or digit follows, and `$$` for a dollar.

        ```rune
        let turned = regex::Regex::new(\"(\\\\w+) (\\\\w+)\").replace(\"salad bed\", \"$2 of $1\");
        ```
        ",
        |this: &Regex, text: Ref<str>, replacement: Ref<str>| this.replace(&text, &replacement)
    );
    method!(
        types,
        "replace_all(&self, text: String, replacement: String) -> String",
        "
        The same for every piece that fits.

        ```rune
        let plain = regex::Regex::new(\"\\\\s+\").replace_all(\"salad   bed\", \" \");
        ```
        ",
        |this: &Regex, text: Ref<str>, replacement: Ref<str>| this.replace_all(&text, &replacement)
    );
    method!(
        types,
        "split(&self, text: String) -> Vec<String>",
        "
        What lies between the pieces that fit.

        ```rune
        let beds = regex::Regex::new(\",\\\\s*\").split(\"salad, beans,peas\");
        ```
        ",
        |this: &Regex, text: Ref<str>| this.split(&text)
    );
    method!(
        types,
        "captures(&self, text: String) -> Option<Vec<Option<String>>>",
        "
        The groups of the first piece that fits: the whole piece, then each group, `None` for one that took no part.

        ```rune
        let groups = regex::Regex::new(\"(\\\\d+) (litres)?\").captures(\"needs 40 cans\");
        ```
        ",
        |this: &Regex, text: Ref<str>| this.captures(&text)
    );
    Ok(())
}
