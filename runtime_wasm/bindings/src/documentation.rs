//! Reads what a documentation text says in tags, and the text without them: `@permission kiln.read`, `@param x: T`.
//!
//! The recorder reads with it what is registered, and the extractor what is written in Rust: both find the same.

use crate::table::{About, FunctionRow, ParameterRow, Permission};

/// A documentation text, and what its tags say.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Documentation {
    /// The text for script authors, as Markdown.
    pub(crate) text: String,
    /// Of `@permission NAME [scope]`, `@profile NAME, NAME`, `@deprecated TEXT`, `@since RELEASE`.
    pub(crate) about: About,
    /// Of `@prelude`.
    pub(crate) prelude: bool,
    /// Of `@sealed`.
    pub(crate) sealed: bool,
    /// Of `@param name: Type`, in their order.
    pub(crate) parameters: Vec<ParameterRow>,
    /// Of `@return Type`.
    pub(crate) returns: Option<String>,
    /// Lines that begin as a tag does, and are none that can be read.
    pub(crate) misread: Vec<String>,
}

impl Documentation {
    /// Reads a text that may be indented as a whole. Tags stand alone in their line, and never inside of a code block.
    pub(crate) fn read(text: &str) -> Self {
        let mut read = Documentation::default();
        let mut kept: Vec<&str> = Vec::new();
        let mut in_code = false;
        let text = without_margin(text);
        for line in text.lines() {
            in_code ^= line.trim_start().starts_with("```");
            match line.trim().strip_prefix('@') {
                Some(tag) if !in_code => match read.tag(tag) {
                    Reading::Understood => continue,
                    Reading::NoTag => {}
                    Reading::Misread => read.misread.push(line.trim().to_owned()),
                },
                _ => {}
            }
            kept.push(line);
        }
        read.text = kept.join("\n").trim().to_owned();
        read
    }

    /// Has a function say what its tags say; a tagged type is truer than one that Rust has.
    pub(crate) fn describe(self, row: &mut FunctionRow) {
        row.docs = self.text;
        let source = row.about.source.take();
        row.about = About {
            source,
            ..self.about
        };
        for tagged in self.parameters {
            let mut written = row.parameters.iter_mut();
            if let Some(parameter) = written.find(|parameter| parameter.name == tagged.name) {
                parameter.type_name = tagged.type_name;
            }
        }
        if let Some(returns) = self.returns {
            row.returns = returns;
        }
    }

    fn tag(&mut self, tag: &str) -> Reading {
        let (name, rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        let rest = rest.trim();
        match (name, rest.is_empty()) {
            ("prelude", true) => self.prelude = true,
            ("sealed", true) => self.sealed = true,
            ("permission", false) => match permission(rest) {
                Some(permission) => self.about.permission = Some(permission),
                None => return Reading::Misread,
            },
            ("param", false) => match rest.split_once(':') {
                Some((name, type_name)) => self.parameters.push(ParameterRow {
                    name: name.trim().to_owned(),
                    type_name: type_name.trim().to_owned(),
                }),
                None => return Reading::Misread,
            },
            ("return", false) => self.returns = Some(rest.to_owned()),
            ("deprecated", false) => self.about.deprecated = Some(rest.to_owned()),
            ("since", false) => self.about.since = Some(rest.to_owned()),
            ("profile", false) => {
                let names = rest.split(',').map(|name| name.trim().to_owned());
                self.about.profiles.extend(names);
            }
            (
                "prelude" | "sealed" | "permission" | "param" | "return" | "deprecated" | "since"
                | "profile",
                _,
            ) => return Reading::Misread,
            _ => return Reading::NoTag,
        }
        Reading::Understood
    }
}

/// What became of a line that begins with `@`.
enum Reading {
    Understood,
    /// Some other text, such as a name in a chat.
    NoTag,
    Misread,
}

/// `kiln.read`, or `shell command` where the value of `command` narrows the grant.
fn permission(text: &str) -> Option<Permission> {
    let mut words = text.split_whitespace().map(str::to_owned);
    let (name, scope) = (words.next()?, words.next());
    words.next().is_none().then_some(Permission { name, scope })
}

/// Trims the lines of a text that is written indented in the source.
fn without_margin(text: &str) -> String {
    let text = text.trim_matches('\n');
    let margin = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start().len())
        .min()
        .unwrap_or(0);
    let lines: Vec<&str> = text
        .lines()
        .map(|line| line.get(margin..).unwrap_or("").trim_end())
        .collect();
    lines.join("\n").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_and_not_shown() {
        let read = Documentation::read(
            "
            Runs a command.

            @permission shell command
            @param options: Object{folder?: String}
            @return Result<ExecResult, ExecError>
            @deprecated use `tools::call`
            ",
        );
        assert_eq!(read.text, "Runs a command.");
        let permission = read.about.permission.expect("a permission");
        assert_eq!(
            (&*permission.name, permission.scope.as_deref()),
            ("shell", Some("command"))
        );
        assert_eq!(read.about.deprecated.as_deref(), Some("use `tools::call`"));
        assert_eq!(read.parameters[0].type_name, "Object{folder?: String}");
        assert_eq!(
            read.returns.as_deref(),
            Some("Result<ExecResult, ExecError>")
        );
        assert!(read.misread.is_empty());
    }

    #[test]
    fn code_and_other_words_are_left_alone() {
        let text = "Asks @bob.\n@bob answers.\n\n```rune\n@prelude\n```";
        let read = Documentation::read(text);
        assert_eq!(read.text, text);
        assert!(!read.prelude && read.misread.is_empty());
    }

    #[test]
    fn a_tag_that_cannot_be_read_is_kept_and_named() {
        let read = Documentation::read("Reads.\n@permission\n@prelude please");
        assert_eq!(read.misread, ["@permission", "@prelude please"]);
        assert!(read.text.contains("@permission") && !read.prelude);
    }
}
