//! Functions: of types, of traits, of modules, and those of scripts that the host calls.

use runekiln_bindings::{EntryRow, FunctionKind, FunctionRow, ParameterRow, TraitRow, TypeKind};

use super::marks::{did_you_mean, Marks, Target};
use super::members::header;
use super::names::Meaning;
use super::outline::{joined, DeclaredKind};
use super::reader::{Reader, Scope};
use super::seen::Space;
use super::types::is_type;
use crate::stubs::protocols;
use crate::suggest::nearest;
use crate::syntax::SyntaxKind::*;
use crate::tree::{NodeRef, Span};

/// How a function is called, and what its attributes stand on.
type Kinds = (FunctionKind, Target);

impl Reader<'_> {
    pub fn impl_item(&mut self, item: NodeRef<'_>, scope: &Scope) {
        let marks = self.marks(item, Target::Impl);
        let is_of_trait = item.first_child(ForKeyword).is_some();
        // The type is what comes last.
        let Some(path) = item.children_of(Path).nth(usize::from(is_of_trait)) else {
            return;
        };
        if self.has_syntax_problem(path.span()) {
            return;
        }
        let Some((target, DeclaredKind::Type(kind))) = self.impl_target(path, scope) else {
            return;
        };
        let about = self.about(marks, path.span(), scope);
        let inner = Scope {
            module: scope.module.clone(),
            profiles: about.profiles,
            generics: self.generics_of(item),
            this: Some(self.shown(path.span().of(&self.file.text), scope)),
        };
        for arguments in item.children_of(TypeArguments) {
            self.arguments_of_impl(arguments, &inner);
        }
        if is_of_trait {
            let trait_ = self.sound(item.span(), |reader| reader.implemented(item, &inner));
            let row = self.row_of(&target, kind);
            return row.traits.extend(trait_);
        }
        let members = item.first_child(ItemList);
        for member in members.into_iter().flat_map(NodeRef::children) {
            if !self.impl_member(member, (&target, kind), &inner) {
                self.incomplete.push(target.clone());
            }
        }
    }

    /// Gives a type what its `impl` holds. False if that is wrong.
    fn impl_member(
        &mut self,
        member: NodeRef<'_>,
        (owner, kind): (&str, TypeKind),
        scope: &Scope,
    ) -> bool {
        match member.kind() {
            FunctionItem => {
                let read = self.sound(member.span(), |reader| reader.member(member, owner, scope));
                let is_sound = read.is_some();
                self.row_of(owner, kind).functions.extend(read);
                is_sound
            }
            ProtocolItem => {
                let read = self.sound(member.span(), |reader| {
                    reader.protocol(member, owner, scope)
                });
                self.row_of(owner, kind).protocols.extend(read);
                true
            }
            ConstItem => {
                let read = self.sound(member.span(), |reader| {
                    reader.constant_row(member, owner, scope)
                });
                self.row_of(owner, kind).constants.extend(read);
                true
            }
            _ => true,
        }
    }

    /// `<T>` in the header of an `impl`: types like others.
    fn arguments_of_impl(&mut self, arguments: NodeRef<'_>, scope: &Scope) -> Vec<String> {
        let types = arguments.children().filter(|child| is_type(*child));
        types.map(|type_| self.type_text(type_, scope)).collect()
    }

    /// The trait of `impl Trait<T> for Type;`, as types are written.
    fn implemented(&mut self, item: NodeRef<'_>, scope: &Scope) -> Option<String> {
        let path = item.first_child(Path)?;
        let name = self.trait_named(path, scope)?;
        let behind = item
            .significant_children()
            .skip_while(|child| *child != path);
        let arguments = behind.take_while(|child| child.kind() != ForKeyword);
        let arguments = arguments
            .filter(|child| child.kind() == TypeArguments)
            .last();
        let arguments = arguments.map_or(Vec::new(), |list| self.arguments_of_impl(list, scope));
        Some(match &arguments[..] {
            [] => name,
            several => format!("{name}<{}>", several.join(", ")),
        })
    }

    /// `protocol ADD(self, other: T) -> T;`
    fn protocol(&mut self, item: NodeRef<'_>, owner: &str, scope: &Scope) -> Option<FunctionRow> {
        let marks = self.marks(item, Target::Protocol);
        let name = self.name_of(item)?;
        let text = self.text_of(name);
        if protocols::named(&text).is_none() {
            let meant = did_you_mean(nearest(&text, protocols::names()));
            let message = format!("Rune has no protocol `{text}`{meant}");
            self.report("unknown-protocol", message, name);
        }
        let what = format!("The protocol `{text}`");
        self.declare(Space::Protocol, joined(owner, &text), &what, name);
        let list = item.first_child(ParameterList)?;
        if list.first_child(SelfParameter).is_none() {
            let message = "A protocol takes `self`, the value that Rune asks".to_owned();
            self.report("misplaced-self", message, name);
        }
        Some(FunctionRow {
            name: text,
            kind: FunctionKind::Method,
            parameters: self.parameters(list, scope),
            returns: self.returned(item, scope),
            docs: self.docs_of(item),
            consumes: marks.consumes,
            about: self.about(marks, name, scope),
            ..FunctionRow::default()
        })
    }

    pub fn trait_item(&mut self, item: NodeRef<'_>, scope: &Scope) {
        let row = self.sound(header(item), |reader| {
            let marks = reader.marks(item, Target::Trait);
            let name = reader.name_of(item)?;
            let path = joined(&scope.module, &reader.text_of(name));
            let what = format!("`{}`", reader.text_of(name));
            reader.declare(Space::Item, path.clone(), &what, name);
            Some(TraitRow {
                name: reader.text_of(name),
                path,
                generics: reader.generics_of(item),
                docs: reader.docs_of(item),
                about: reader.about(marks, name, scope),
                ..TraitRow::default()
            })
        });
        let Some(mut row) = row else {
            return;
        };
        let inner = Scope {
            profiles: row.about.profiles.clone(),
            generics: row.generics.clone(),
            this: Some("Self".to_owned()),
            ..scope.clone()
        };
        let inside = item.first_child(ItemList);
        for function in inside
            .into_iter()
            .flat_map(|list| list.children_of(FunctionItem))
        {
            let read = self.sound(function.span(), |reader| {
                reader.member(function, &row.path, &inner)
            });
            row.functions.extend(read);
        }
        self.bindings.traits.push(row);
    }

    /// The name of a type that is known.
    fn shown(&self, written: &str, scope: &Scope) -> String {
        match self.names.meaning(written, &scope.module) {
            Meaning::Declared(found) => self.names.shown(found, found.name()),
            _ => written.to_owned(),
        }
    }

    fn member(&mut self, function: NodeRef<'_>, owner: &str, scope: &Scope) -> Option<FunctionRow> {
        let list = function.first_child(ParameterList);
        let is_method = list.is_some_and(|list| list.first_child(SelfParameter).is_some());
        // Behind the parenthesis and the first parameter.
        let behind = list
            .into_iter()
            .flat_map(|list| list.significant_children().skip(2));
        for this in behind.filter(|child| child.kind() == SelfParameter) {
            let message = "`self` stands once, and first".to_owned();
            self.report("misplaced-self", message, this.span());
        }
        let (kind, target) = if is_method {
            (FunctionKind::Method, Target::Method)
        } else {
            (FunctionKind::AssociatedFunction, Target::AssociatedFunction)
        };
        let (row, _) = self.function(function, (kind, target), owner, scope)?;
        Some(row)
    }

    /// A function that stands in a module, or one of a script that the host calls.
    pub fn free_function(&mut self, item: NodeRef<'_>, scope: &Scope) {
        let kinds = (FunctionKind::Function, Target::Function);
        let read = self.sound(item.span(), |reader| {
            let list = item.first_child(ParameterList)?;
            if let Some(this) = list.first_child(SelfParameter) {
                let message = "`self` stands only in the functions of an `impl`".to_owned();
                reader.report("misplaced-self", message, this.span());
            }
            reader.function(item, kinds, &scope.module, scope)
        });
        match read {
            Some((row, Some(kind))) => self.bindings.entries.push(EntryRow {
                name: row.name,
                kind,
                parameters: row.parameters,
                returns: row.returns,
                docs: row.docs,
                about: row.about,
            }),
            Some((row, None)) => self.module(&scope.module).functions.push(row),
            None => {}
        }
    }

    /// The row of a function, and for what the host calls it if it is an entry.
    fn function(
        &mut self,
        item: NodeRef<'_>,
        (kind, target): Kinds,
        owner: &str,
        scope: &Scope,
    ) -> Option<(FunctionRow, Option<String>)> {
        let mut marks = self.marks(item, target);
        let name = self.name_of(item)?;
        let text = self.text_of(name);
        let (space, path) = match marks.entry {
            Some(_) => (Space::Entry, text.clone()),
            None => (Space::Item, joined(owner, &text)),
        };
        self.declare(space, path, &format!("`{text}`"), name);
        let mut inner = scope.clone();
        let generics = self.generics_of(item);
        inner.generics.extend(generics.iter().cloned());
        let parameters = self.parameters(item.first_child(ParameterList)?, &inner);
        self.check_host(&marks, &parameters, name);
        let entry = marks.entry.take();
        let returns = self.returned(item, &inner);
        Some((
            FunctionRow {
                name: text,
                kind,
                generics,
                parameters,
                returns,
                docs: self.docs_of(item),
                is_async: item.first_child(AsyncKeyword).is_some(),
                consumes: marks.consumes,
                about: self.about(marks, name, scope),
            },
            entry,
        ))
    }

    /// What is returned: nothing, if that is what is said.
    pub fn returned(&mut self, item: NodeRef<'_>, scope: &Scope) -> String {
        let returned = item.first_child(ReturnType);
        self.annotated(returned, scope)
            .unwrap_or_else(|| "()".to_owned())
    }

    /// The parameters without `self`.
    pub fn parameters(&mut self, list: NodeRef<'_>, scope: &Scope) -> Vec<ParameterRow> {
        let mut rows: Vec<ParameterRow> = Vec::new();
        for parameter in list.children_of(Parameter) {
            let Some(pattern) = parameter.first_child(IdentifierPattern) else {
                let message = "A parameter of the host is one name and its type".to_owned();
                self.report("bad-parameter", message, parameter.span());
                continue;
            };
            let name = self.text_of(pattern.span());
            if rows.iter().any(|row| row.name == name) {
                let message = format!("The parameter `{name}` is declared twice");
                self.report("declared-twice", message, pattern.span());
            }
            if let Some(type_name) = self.needed_type(parameter, pattern.span(), scope) {
                rows.push(ParameterRow { name, type_name });
            }
        }
        rows
    }

    /// What needs the host needs a permission, and what narrows that is a parameter.
    fn check_host(&mut self, marks: &Marks, parameters: &[ParameterRow], name: Span) {
        if marks.host.is_some() && marks.about.permission.is_none() {
            let message = format!(
                "`{}` is answered by the host: say with `#[permission(\"…\")]` what a script must be granted for it",
                name.of(&self.file.text)
            );
            self.report("host-without-permission", message, name);
        }
        if let Some((scope, span)) = &marks.scope {
            if parameters.iter().all(|parameter| parameter.name != *scope) {
                let message = format!("`{}` has no parameter `{scope}`", name.of(&self.file.text));
                self.report("unknown-scope", message, *span);
            }
        }
    }
}
