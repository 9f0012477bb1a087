//! Types with what they hold.

use runekiln_bindings::{FieldRow, TypeKind, TypeRow, VariantRow};

use super::join::take_members;
use super::marks::{Marks, Target};
use super::outline::joined;
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
        let inner = self.inside(scope, &row);
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
        let inner = self.inside(scope, &row);
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
                if let Some(owner) = self.names.owner_in_prelude(&name, path) {
                    let message = format!("{what} there is already: {owner}");
                    self.report("declared-twice", message, span);
                }
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

    fn inside(&self, scope: &Scope, row: &TypeRow) -> Scope {
        Scope {
            module: scope.module.clone(),
            profiles: row.about.profiles.clone(),
            generics: row.generics.clone(),
            this: None,
        }
    }

    /// The row of a type, for whoever adds functions to it. A type of another stub gets a row with nothing but those.
    pub fn row_of(&mut self, path: &str, kind: TypeKind) -> &mut TypeRow {
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
        take_members(&mut row, std::mem::take(known));
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
            operators: marks.operators.clone(),
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
}

/// A declaration up to and with the brace that opens what it holds.
pub fn header(item: NodeRef<'_>) -> Span {
    let lists = [FieldList, VariantList, TupleFieldList, ItemList];
    let list = item.children().find(|child| lists.contains(&child.kind()));
    let end = list.map_or(item.span().end, |list| list.span().start + 1);
    Span::new(item.span().start, end)
}
