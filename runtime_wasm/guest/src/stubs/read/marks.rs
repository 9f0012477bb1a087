//! The attributes of stubs: which there are, what they take, and what they may stand on.

use runekiln_bindings::{assignments, About, Permission, SourceLine};

use super::arguments::{arguments, Argument, Value};
use super::reader::Reader;
use crate::suggest::nearest;
use crate::syntax::SyntaxKind::{Attribute, Path};
use crate::tree::{NodeRef, Span};

/// What a script can be granted.
pub const PERMISSIONS: [&str; 12] = [
    "kiln.read",
    "kiln.write",
    "agent",
    "tool",
    "session",
    "shell",
    "net",
    "fs.read",
    "fs.write",
    "ask",
    "config",
    "clock",
];

/// The loaders of scripts that hosts have, the one that is meant if nothing else is said, and all of them together.
pub const PROFILES: [&str; 5] = ["core", "tools", "events", "struct-plugin", "all"];

/// What an attribute can stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Module,
    Struct,
    Enum,
    Impl,
    Field,
    VariantField,
    Variant,
    Function,
    AssociatedFunction,
    Method,
    Constant,
    Alias,
    Macro,
    Attribute,
    Key,
    Event,
    Trait,
    Protocol,
}

const CALLED: &[Target] = &[Target::Function, Target::AssociatedFunction, Target::Method];
const TYPES: &[Target] = &[Target::Struct, Target::Enum];

/// An attribute: its name, what it may stand on (nothing said: anything), and that in words.
type Rule = (&'static str, &'static [Target], &'static str);

const RULES: &[Rule] = &[
    ("permission", CALLED, "a function"),
    ("host", CALLED, "a function"),
    (
        "consumes",
        &[Target::Method, Target::Protocol],
        "a method with `self`, or a `protocol`",
    ),
    (
        "entry",
        &[Target::Function],
        "a function outside of an `impl`",
    ),
    ("prelude", TYPES, "a struct or an enum"),
    ("sealed", TYPES, "a struct or an enum"),
    (
        "alias",
        &[Target::Struct, Target::Enum, Target::Attribute],
        "a struct, an enum or an `attribute`",
    ),
    ("mut", &[Target::Field], "a field of a struct"),
    ("cancellable", &[Target::Event], "an `event`"),
    ("deprecated", &[], ""),
    ("since", &[], ""),
    ("profile", &[], ""),
    ("source", &[], ""),
];

/// All that the attributes of a declaration say.
#[derive(Default)]
pub struct Marks {
    pub about: About,
    pub aliases: Vec<(String, Span)>,
    /// The parameter that narrows the permission, and where it is said.
    pub scope: Option<(String, Span)>,
    pub host: Option<Span>,
    pub entry: Option<String>,
    pub is_prelude: bool,
    pub is_sealed: bool,
    pub is_mutable: bool,
    /// The operators that may change a field besides `=`.
    pub operators: Vec<String>,
    pub consumes: bool,
    pub is_cancellable: bool,
}

impl Reader<'_> {
    /// Reads the attributes of a declaration, and reports what is wrong with them.
    pub fn marks(&mut self, node: NodeRef<'_>, target: Target) -> Marks {
        let mut marks = Marks::default();
        let mut names: Vec<&str> = Vec::new();
        for attribute in node.children_of(Attribute) {
            let Some(path) = attribute.first_child(Path) else {
                continue;
            };
            let name = path.span().of(&self.file.text);
            if names.contains(&name) {
                let message = format!("`#[{name}]` stands here twice");
                self.report("repeated-stub-attribute", message, path.span());
            } else if self.is_allowed(name, path.span(), target) {
                self.mark(name, (attribute, path.span()), &mut marks);
            }
            names.push(name);
        }
        marks
    }

    fn is_allowed(&mut self, name: &str, span: Span, target: Target) -> bool {
        let Some((_, targets, words)) = RULES.iter().find(|(known, ..)| *known == name) else {
            let meant = nearest(name, RULES.iter().map(|(known, ..)| *known));
            let message = format!("Stubs have no attribute `{name}`{}", did_you_mean(meant));
            self.report("unknown-stub-attribute", message, span);
            return false;
        };
        let is_allowed = targets.is_empty() || targets.contains(&target);
        if !is_allowed {
            let message = format!("`#[{name}]` stands only on {words}");
            self.report("misplaced-stub-attribute", message, span);
        }
        is_allowed
    }

    /// Takes in what one attribute says.
    fn mark(&mut self, name: &str, (attribute, place): (NodeRef<'_>, Span), marks: &mut Marks) {
        let arguments = arguments(attribute, &self.file.text);
        let is_flag = matches!(
            name,
            "host" | "consumes" | "prelude" | "sealed" | "cancellable"
        );
        if is_flag || (name == "mut" && arguments.is_none()) {
            if let Some(first) =
                arguments.and_then(|mut found| (!found.is_empty()).then(|| found.remove(0)))
            {
                let message = format!("`#[{name}]` takes nothing in parentheses");
                self.report("bad-stub-attribute", message, first.span);
            }
            return set_flag(name, place, marks);
        }
        let arguments = arguments.unwrap_or_default();
        if !self.has_known_keys(name, &arguments) {
            return;
        }
        match name {
            "permission" => self.permission(&arguments, place, marks),
            "mut" => self.changes(&arguments, place, marks),
            "profile" => self.profiles(&arguments, place, marks),
            "alias" => {
                let names = self.texts(&arguments, place, "#[alias(\"Name\")]");
                marks.aliases = names.into_iter().flatten().collect();
            }
            "source" => marks.about.source = self.source(&arguments, place),
            "deprecated" => {
                marks.about.deprecated =
                    self.text(&arguments, place, "#[deprecated(\"use `this` instead\")]");
            }
            "since" => marks.about.since = self.text(&arguments, place, "#[since(\"0.3\")]"),
            _ => marks.entry = self.text(&arguments, place, "#[entry(\"codifier\")]"),
        }
    }

    /// No attribute but `permission` has keys, and that has one.
    fn has_known_keys(&mut self, name: &str, arguments: &[Argument]) -> bool {
        let keys = arguments
            .iter()
            .filter_map(|argument| argument.key.as_ref());
        let unknown = keys.filter(|(key, _)| name != "permission" || key != "scope");
        let mut is_right = true;
        for (key, span) in unknown {
            let message = if name == "permission" {
                format!("`#[permission]` has no key `{key}`; it has `scope`")
            } else {
                format!("`#[{name}]` has no keys: there is no `{key}`")
            };
            self.report("unknown-stub-attribute-key", message, *span);
            is_right = false;
        }
        is_right
    }

    /// `#[permission("shell", scope = "command")]`
    fn permission(&mut self, arguments: &[Argument], place: Span, marks: &mut Marks) {
        let shape = "#[permission(\"name\", scope = \"parameter\")]";
        let (keyed, plain): (Vec<_>, Vec<_>) = arguments
            .iter()
            .partition(|argument| argument.key.is_some());
        let ([Some((name, span))], true) = (&texts(&plain)[..], keyed.len() <= 1) else {
            return self.bad_arguments(place, shape);
        };
        if !PERMISSIONS.contains(&name.as_str()) {
            let meant = nearest(name, PERMISSIONS.into_iter());
            let message = format!(
                "There is no permission `{name}`{}",
                instead(meant, &PERMISSIONS)
            );
            self.report("unknown-permission", message, *span);
        }
        marks.scope = match &texts(&keyed)[..] {
            [] => None,
            [Some(scope)] => Some(scope.clone()),
            _ => return self.bad_arguments(place, shape),
        };
        marks.about.permission = Some(Permission {
            name: name.clone(),
            scope: marks.scope.as_ref().map(|(scope, _)| scope.clone()),
        });
    }

    /// `#[profile("tools", "events")]`
    fn profiles(&mut self, arguments: &[Argument], place: Span, marks: &mut Marks) {
        let found = self.texts(arguments, place, "#[profile(\"tools\", \"events\")]");
        for (name, span) in found.into_iter().flatten() {
            if !PROFILES.contains(&name.as_str()) {
                let meant = nearest(&name, PROFILES.into_iter());
                let message = format!("There is no profile `{name}`{}", instead(meant, &PROFILES));
                self.report("unknown-profile", message, span);
            }
            marks.about.profiles.push(name);
        }
    }

    /// `#[mut("=", "+=")]`: the operators that may change the field.
    fn changes(&mut self, arguments: &[Argument], place: Span, marks: &mut Marks) {
        let found = self.texts(arguments, place, "#[mut(\"=\", \"+=\")]");
        for (operator, span) in found.into_iter().flatten() {
            if operator == "=" {
                marks.is_mutable = true;
            } else if assignments::protocol(&operator).is_some() {
                marks.operators.push(operator);
            } else {
                let known: Vec<&str> = assignments::operators().collect();
                let message = format!(
                    "No operator `{operator}` changes a field; `=` does, and `{}`",
                    known.join("`, `")
                );
                self.report("bad-stub-attribute", message, span);
            }
        }
    }

    /// `#[source("src/session.rs", 120)]`
    fn source(&mut self, arguments: &[Argument], place: Span) -> Option<SourceLine> {
        let line = |number: i64| u32::try_from(number).ok().filter(|line| *line > 0);
        if let [Argument {
            value: Value::Text(path),
            ..
        }, Argument {
            value: Value::Number(number),
            ..
        }] = arguments
        {
            if let Some(line) = line(*number) {
                return Some(SourceLine {
                    path: path.clone(),
                    line,
                });
            }
        }
        self.bad_arguments(place, "#[source(\"src/session.rs\", 120)]");
        None
    }

    /// The one string that the attribute takes.
    fn text(&mut self, arguments: &[Argument], place: Span, shape: &str) -> Option<String> {
        match arguments {
            [Argument {
                value: Value::Text(text),
                ..
            }] => Some(text.clone()),
            _ => {
                self.bad_arguments(place, shape);
                None
            }
        }
    }

    /// The strings that the attribute takes, of which there is at least one.
    fn texts(
        &mut self,
        arguments: &[Argument],
        place: Span,
        shape: &str,
    ) -> Option<Vec<(String, Span)>> {
        let found: Option<Vec<_>> = texts(&arguments.iter().collect::<Vec<_>>())
            .into_iter()
            .collect();
        let found = found.filter(|found| !found.is_empty());
        if found.is_none() {
            self.bad_arguments(place, shape);
        }
        found
    }

    fn bad_arguments(&mut self, place: Span, shape: &str) {
        let message = format!("This is written as `{shape}`");
        self.report("bad-stub-attribute", message, place);
    }
}

fn set_flag(name: &str, place: Span, marks: &mut Marks) {
    match name {
        "host" => marks.host = Some(place),
        "consumes" => marks.consumes = true,
        "prelude" => marks.is_prelude = true,
        "sealed" => marks.is_sealed = true,
        "mut" => marks.is_mutable = true,
        _ => marks.is_cancellable = true,
    }
}

/// The strings among the arguments with their places; None in the place of anything else.
fn texts(arguments: &[&Argument]) -> Vec<Option<(String, Span)>> {
    let text = |argument: &&Argument| match &argument.value {
        Value::Text(text) => Some((text.clone(), argument.span)),
        _ => None,
    };
    arguments.iter().map(text).collect()
}

/// `; did you mean …?`, if something was meant.
pub fn did_you_mean(meant: Option<&str>) -> String {
    meant.map_or(String::new(), |meant| format!("; did you mean `{meant}`?"))
}

/// What was probably meant, or else all that there is.
fn instead(meant: Option<&str>, names: &[&str]) -> String {
    match meant {
        Some(_) => did_you_mean(meant),
        None => format!("; there are `{}`", names.join("`, `")),
    }
}
