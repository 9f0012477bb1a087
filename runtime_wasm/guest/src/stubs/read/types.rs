//! Types as stubs write them: checked, and written out so that they mean the same everywhere.

use std::collections::HashMap;

use super::marks::did_you_mean;
use super::names::{is_in_std, Meaning};
use super::outline::{written_path, DeclaredKind};
use super::reader::{Reader, Scope};
use crate::syntax::SyntaxKind::*;
use crate::tree::NodeRef;

impl Reader<'_> {
    /// The type behind `: ` or `->`, which is a child of `node`. None if there is no such annotation or it is broken.
    pub fn annotated(&mut self, annotation: Option<NodeRef<'_>>, scope: &Scope) -> Option<String> {
        let type_ = annotation?.children().find(|child| is_type(*child))?;
        let written = type_.span().of(&self.file.text);
        // What `Self` and type parameters mean changes from item to item.
        if !scope.generics.is_empty() || written.contains("Self") {
            return Some(self.type_text(type_, scope));
        }
        if self.read_types.0 != scope.module {
            self.read_types = (scope.module.clone(), HashMap::new());
        }
        if let Some(known) = self.read_types.1.get(written) {
            return Some(known.clone());
        }
        let problems = self.problems.len();
        let text = self.type_text(type_, scope);
        if self.problems.len() == problems {
            self.read_types.1.insert(written, text.clone());
        }
        Some(text)
    }

    /// The text of a type. What it names and nobody has is reported, and stays as it is written.
    pub fn type_text(&mut self, type_: NodeRef<'_>, scope: &Scope) -> String {
        match type_.kind() {
            PathType => self.path_text(type_, scope),
            UnionType => self.texts_of(type_, scope).join(" | "),
            ParenthesizedType => format!("({})", self.texts_of(type_, scope).join(", ")),
            TupleType => match &self.texts_of(type_, scope)[..] {
                [only] => format!("({only},)"),
                several => format!("({})", several.join(", ")),
            },
            FunctionType => {
                let parameters = self.texts_of(type_, scope).join(", ");
                let result = self.annotated(type_.first_child(ReturnType), scope);
                let result = result.map_or(String::new(), |result| format!(" -> {result}"));
                format!("fn({parameters}){result}")
            }
            ObjectType => {
                let keys = type_.children_of(ObjectTypeKey);
                let keys: Vec<&str> = keys.map(|key| key.span().of(&self.file.text)).collect();
                format!("Object{{{}}}", keys.join(", "))
            }
            _ => type_.text(&self.file.text).to_owned(),
        }
    }

    fn texts_of(&mut self, type_: NodeRef<'_>, scope: &Scope) -> Vec<String> {
        let members = type_.children().filter(|child| is_type(*child));
        members
            .map(|member| self.type_text(member, scope))
            .collect()
    }

    /// `Vec<Phase>`
    fn path_text(&mut self, type_: NodeRef<'_>, scope: &Scope) -> String {
        let list = type_.first_child(TypeArguments);
        let arguments = list.map_or(Vec::new(), |list| self.texts_of(list, scope));
        let written = written_path(type_, &self.file.text);
        let named = self.named(type_, &written, arguments.len(), scope);
        if arguments.is_empty() {
            named
        } else {
            format!("{named}<{}>", arguments.join(", "))
        }
    }

    /// The name in the way that everybody understands.
    fn named(
        &mut self,
        type_: NodeRef<'_>,
        written: &str,
        arguments: usize,
        scope: &Scope,
    ) -> String {
        if scope.generics.iter().any(|generic| generic == written) {
            self.count_arguments(type_, written, arguments, 0, 0);
            return written.to_owned();
        }
        if written == "Self" {
            if let Some(this) = &scope.this {
                return this.clone();
            }
            let message = "`Self` stands only in an `impl`".to_owned();
            self.report("unknown-type", message, type_.span());
            return written.to_owned();
        }
        let names = self.names;
        match names.meaning(written, &scope.module) {
            Meaning::Declared(declared) => {
                self.count_arguments(type_, written, arguments, 0, declared.generics);
                names.shown(declared, written)
            }
            Meaning::OfRune(least, greatest) => {
                self.count_arguments(type_, written, arguments, least, greatest);
                written.rsplit("::").next().unwrap_or(written).to_owned()
            }
            Meaning::Unknown(_) if is_in_std(written) => written.to_owned(),
            Meaning::Unknown(meant) => {
                let message = format!(
                    "There is no type `{written}`{}",
                    did_you_mean(meant.as_deref())
                );
                self.report("unknown-type", message, type_.span());
                written.to_owned()
            }
            Meaning::Ambiguous(paths) => {
                let message = format!(
                    "`{written}` is the name of several types: write `{}`",
                    paths.join("` or `")
                );
                self.report("ambiguous-type", message, type_.span());
                written.to_owned()
            }
        }
    }

    fn count_arguments(
        &mut self,
        type_: NodeRef<'_>,
        name: &str,
        given: usize,
        least: usize,
        greatest: usize,
    ) {
        if (least..=greatest).contains(&given) {
            return;
        }
        let takes = match greatest {
            0 => "no type arguments".to_owned(),
            1 => "one type argument".to_owned(),
            _ => format!("{greatest} type arguments"),
        };
        let message = format!("`{name}` takes {takes}, not {given}");
        self.report("wrong-type-arguments", message, type_.span());
    }

    /// The name of the trait that a type implements, in the way that everybody understands.
    pub fn trait_named(&mut self, path: NodeRef<'_>, scope: &Scope) -> Option<String> {
        let written = path.span().of(&self.file.text);
        let names = self.names;
        let message = match names.declared(written, &scope.module) {
            Meaning::Declared(found) if found.kind == DeclaredKind::Trait => {
                return Some(names.shown(found, written));
            }
            Meaning::OfRune(..) if written == "Iterator" => return Some(written.to_owned()),
            Meaning::Unknown(_) if is_in_std(written) => return Some(written.to_owned()),
            Meaning::Declared(_) | Meaning::OfRune(..) => format!("`{written}` is no trait"),
            Meaning::Unknown(meant) => format!(
                "No stub declares the trait `{written}`{}",
                did_you_mean(meant.as_deref())
            ),
            Meaning::Ambiguous(paths) => format!(
                "`{written}` is the name of several types: write `{}`",
                paths.join("` or `")
            ),
        };
        self.report("unknown-trait", message, path.span());
        None
    }

    /// The path of the type that an `impl` is of.
    pub fn impl_target(
        &mut self,
        path: NodeRef<'_>,
        scope: &Scope,
    ) -> Option<(String, DeclaredKind)> {
        let written = path.span().of(&self.file.text);
        let message = match self.names.declared(written, &scope.module) {
            Meaning::Declared(found) => match found.kind {
                DeclaredKind::Type(_) => return Some((found.path.clone(), found.kind)),
                DeclaredKind::Alias => format!(
                    "`{written}` is another name for types: functions are given to a struct or an enum"
                ),
                DeclaredKind::Trait => format!(
                    "`{written}` is a trait: its functions stand where it is declared"
                ),
            },
            Meaning::OfRune(..) => {
                format!("`{written}` is a type of Rune: a host cannot add functions to it")
            }
            Meaning::Unknown(meant) => {
                format!(
                    "No stub declares the type `{written}`{}",
                    did_you_mean(meant.as_deref())
                )
            }
            Meaning::Ambiguous(paths) => format!(
                "`{written}` is the name of several types: write `{}`",
                paths.join("` or `")
            ),
        };
        self.report("unknown-impl-type", message, path.span());
        None
    }
}

pub fn is_type(node: NodeRef<'_>) -> bool {
    matches!(
        node.kind(),
        PathType
            | TupleType
            | ParenthesizedType
            | FunctionType
            | UnionType
            | NeverType
            | StringType
            | ObjectType
    )
}
