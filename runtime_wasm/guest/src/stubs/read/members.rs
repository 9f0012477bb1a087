//! Types with what they hold, and functions.

use runekiln_bindings::{
    FieldRow, FunctionKind, FunctionRow, ParameterRow, TypeKind, TypeRow, VariantRow,
};

use super::marks::{Marks, Target};
use super::outline::{joined, DeclaredKind};
use super::reader::{Reader, Scope};
use super::seen::Space;
use crate::syntax::SyntaxKind::*;
use crate::tree::{NodeRef, Span};

impl Reader<'_> {
    pub fn struct_item(&mut self, item: NodeRef<'_>, scope: &Scope) {
        let Some(mut row) = self.type_row(item, scope, Target::Struct) else {
            return;
        };
        if let Some(unnamed) = item.first_child(TupleFieldList) {
            let message = "The fields of a struct need names: `{ name: Type }`".to_owned();
            self.report("unnamed-fields", message, unnamed.span());
            return;
        }
        let inner = self.inside(item, scope, &row);
        let fields = item.first_child(FieldList);
        row.fields = self.fields(fields, &row.path, &inner, Target::Field);
        let written = fields.map_or(0, |list| list.children_of(Field).count());
        if written > row.fields.len() {
            self.incomplete.push(row.path.clone());
        }
        self.add_type(row);
    }

    pub fn enum_item(&mut self, item: NodeRef<'_>, scope: &Scope) {
        let Some(mut row) = self.type_row(item, scope, Target::Enum) else {
            return;
        };
        row.kind = TypeKind::Enum;
        let inner = self.inside(item, scope, &row);
        let list = item.first_child(VariantList);
        let variants = list.into_iter().flat_map(|list| list.children_of(Variant));
        for variant in variants {
            match self.sound(variant.span(), |reader| {
                reader.variant(variant, &row.path, &inner)
            }) {
                Some(variant) => row.variants.push(variant),
                None => self.incomplete.push(row.path.clone()),
            }
        }
        self.add_type(row);
    }

    /// The row of a type without its members. None if its header is wrong.
    fn type_row(&mut self, item: NodeRef<'_>, scope: &Scope, target: Target) -> Option<TypeRow> {
        let header = header(item);
        self.sound(header, |reader| {
            let marks = reader.marks(item, target);
            let name = reader.name_of(item)?;
            let path = joined(&scope.module, &reader.text_of(name));
            let what = format!("`{}`", reader.text_of(name));
            reader.declare(Space::Item, path.clone(), &what, name);
            reader.visible_names(&marks, &path, name);
            Some(TypeRow {
                name: reader.text_of(name),
                path,
                kind: TypeKind::Struct,
                generics: reader.generics_of(item),
                aliases: marks
                    .aliases
                    .iter()
                    .map(|(alias, _)| alias.clone())
                    .collect(),
                docs: reader.docs_of(item),
                prelude: marks.is_prelude,
                sealed: marks.is_sealed,
                about: reader.about(marks, name, scope),
                ..TypeRow::default()
            })
        })
    }

    /// What a type is called besides its path must be its own, too.
    fn visible_names(&mut self, marks: &Marks, path: &str, name: Span) {
        let module = super::names::module_of(path);
        let mut visible = vec![(self.text_of(name), name)];
        for (alias, span) in &marks.aliases {
            self.check_alias(alias, *span);
            self.declare(
                Space::Item,
                joined(module, alias),
                &format!("`{alias}`"),
                *span,
            );
            visible.push((alias.clone(), *span));
        }
        if marks.is_prelude {
            for (name, span) in visible {
                let what = format!("A type `{name}` that is usable without `use`");
                self.declare(Space::Prelude, name, &what, span);
            }
        }
    }

    /// Reports another name that no script can write.
    pub fn check_alias(&mut self, alias: &str, span: Span) {
        let tokens = crate::lexer::lex(alias).tokens;
        if tokens.len() != 1 || tokens[0].kind != Identifier {
            let message = format!("No script can write `{alias}` as a name");
            self.report("keyword-as-name", message, span);
        }
    }

    fn inside(&self, item: NodeRef<'_>, scope: &Scope, row: &TypeRow) -> Scope {
        Scope {
            module: scope.module.clone(),
            profiles: row.about.profiles.clone(),
            generics: self.generics_of(item),
            this: None,
        }
    }

    /// The row of a type, for whoever adds functions to it. A type of another stub gets a row with nothing but those.
    fn row_of(&mut self, path: &str, kind: TypeKind) -> &mut TypeRow {
        let rows = &mut self.bindings.types;
        let place = *self.types.entry(path.to_owned()).or_insert_with(|| {
            rows.push(TypeRow {
                name: path.rsplit("::").next().unwrap_or(path).to_owned(),
                path: path.to_owned(),
                kind,
                ..TypeRow::default()
            });
            rows.len() - 1
        });
        &mut rows[place]
    }

    fn add_type(&mut self, mut row: TypeRow) {
        let known = self.row_of(&row.path, row.kind);
        // An `impl` may stand before the type.
        row.functions = std::mem::take(&mut known.functions);
        *known = row;
    }

    /// The fields that are right, of a struct or of a variant.
    fn fields(
        &mut self,
        list: Option<NodeRef<'_>>,
        owner: &str,
        scope: &Scope,
        target: Target,
    ) -> Vec<FieldRow> {
        let fields = list.into_iter().flat_map(|list| list.children_of(Field));
        let sound = |field: NodeRef<'_>| {
            self.sound(field.span(), |reader| {
                reader.field(field, owner, scope, target)
            })
        };
        fields.filter_map(sound).collect()
    }

    fn field(
        &mut self,
        field: NodeRef<'_>,
        owner: &str,
        scope: &Scope,
        target: Target,
    ) -> Option<FieldRow> {
        let marks = self.marks(field, target);
        let name = self.name_of(field)?;
        let text = self.text_of(name);
        self.declare(
            Space::Field,
            joined(owner, &text),
            &format!("The field `{text}`"),
            name,
        );
        Some(FieldRow {
            type_name: self.needed_type(field, name, scope)?,
            name: text,
            docs: self.docs_of(field),
            mutable: marks.is_mutable,
            about: self.about(marks, name, scope),
        })
    }

    /// The type of what is called `name`, which has to be there.
    pub fn needed_type(&mut self, node: NodeRef<'_>, name: Span, scope: &Scope) -> Option<String> {
        let annotation = node.first_child(TypeAnnotation);
        if annotation.is_none() {
            let message = format!(
                "`{}` needs a type; `any` if it can be anything",
                name.of(&self.file.text)
            );
            self.report("missing-type", message, name);
        }
        self.annotated(annotation, scope)
    }

    fn variant(&mut self, variant: NodeRef<'_>, owner: &str, scope: &Scope) -> Option<VariantRow> {
        let marks = self.marks(variant, Target::Variant);
        let name = self.name_of(variant)?;
        let text = self.text_of(name);
        let path = joined(owner, &text);
        self.declare(Space::Item, path.clone(), &format!("`{text}`"), name);
        let fields = self.fields(
            variant.first_child(FieldList),
            &path,
            scope,
            Target::VariantField,
        );
        Some(VariantRow {
            values: self.values(variant, scope),
            name: text,
            docs: self.docs_of(variant),
            fields,
            about: self.about(marks, name, scope),
        })
    }

    /// The types in the parentheses of a variant.
    fn values(&mut self, variant: NodeRef<'_>, scope: &Scope) -> Vec<String> {
        let list = variant.first_child(TupleFieldList);
        let values = list.into_iter().flat_map(|list| list.children_of(Field));
        let types =
            values.filter_map(|value| value.children().find(|child| super::types::is_type(*child)));
        types.map(|type_| self.type_text(type_, scope)).collect()
    }

    pub fn impl_item(&mut self, item: NodeRef<'_>, scope: &Scope) {
        let marks = self.marks(item, Target::Impl);
        let (Some(path), Some(inside)) = (item.first_child(Path), item.first_child(ItemList))
        else {
            return;
        };
        if self.has_syntax_problem(path.span()) {
            return;
        }
        let Some((target, kind)) = self.impl_target(path, scope) else {
            return;
        };
        let kind = match kind {
            DeclaredKind::Type(kind) => kind,
            DeclaredKind::Alias => return,
        };
        let about = self.about(marks, path.span(), scope);
        let inner = Scope {
            module: scope.module.clone(),
            profiles: about.profiles,
            generics: self.generics_of(item),
            this: Some(self.shown(path.span().of(&self.file.text), scope)),
        };
        self.arguments_of_impl(item, &inner);
        for function in inside.children_of(FunctionItem) {
            let read = self.sound(function.span(), |reader| {
                reader.member(function, &target, &inner)
            });
            match read {
                Some(function) => self.row_of(&target, kind).functions.push(function),
                None => self.incomplete.push(target.clone()),
            }
        }
    }

    /// `<T>` behind the type of an `impl`: types like others.
    fn arguments_of_impl(&mut self, item: NodeRef<'_>, scope: &Scope) {
        let arguments = item.first_child(TypeArguments);
        let types = arguments.into_iter().flat_map(NodeRef::children);
        for type_ in types.filter(|child| super::types::is_type(*child)) {
            self.type_text(type_, scope);
        }
    }

    /// The name of a type that is known.
    fn shown(&self, written: &str, scope: &Scope) -> String {
        match self.names.meaning(written, &scope.module) {
            super::names::Meaning::Declared(found) => self.names.shown(found, found.name()),
            _ => written.to_owned(),
        }
    }

    fn member(&mut self, function: NodeRef<'_>, owner: &str, scope: &Scope) -> Option<FunctionRow> {
        let list = function.first_child(ParameterList);
        let is_method = list.is_some_and(|list| list.first_child(SelfParameter).is_some());
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
            Some((row, Some(kind))) => self.bindings.entries.push(runekiln_bindings::EntryRow {
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
        (kind, target): (FunctionKind, Target),
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

/// A declaration up to and with the brace that opens what it holds.
fn header(item: NodeRef<'_>) -> Span {
    let lists = [FieldList, VariantList, TupleFieldList];
    let list = item.children().find(|child| lists.contains(&child.kind()));
    let end = list.map_or(item.span().end, |list| list.span().start + 1);
    Span::new(item.span().start, end)
}
