//! Constants, other names of types, macros, attributes and events.

use runekiln_bindings::{
    AliasRow, AttributeRow, ConstantRow, EventRow, KeyRow, MacroArguments as Arguments, MacroRow,
};

use super::arguments::unquoted;
use super::marks::Target;
use super::outline::joined;
use super::reader::{Reader, Scope};
use super::seen::Space;
use super::types::is_type;
use crate::syntax::SyntaxKind::*;
use crate::tree::NodeRef;

impl Reader<'_> {
    pub fn constant(&mut self, item: NodeRef<'_>, scope: &Scope) {
        let row = self.sound(item.span(), |reader| {
            reader.constant_row(item, &scope.module, scope)
        });
        if let Some(row) = row {
            self.module(&scope.module).constants.push(row);
        }
    }

    /// The row of a constant of a module or type.
    pub fn constant_row(
        &mut self,
        item: NodeRef<'_>,
        owner: &str,
        scope: &Scope,
    ) -> Option<ConstantRow> {
        let marks = self.marks(item, Target::Constant);
        let name = self.name_of(item)?;
        let text = self.text_of(name);
        let what = format!("`{text}`");
        self.declare(Space::Item, joined(owner, &text), &what, name);
        let type_name = self.needed_type(item, name, scope)?;
        let mut behind = item
            .significant_children()
            .skip_while(|child| child.kind() != Equal);
        let value = behind.nth(1);
        let value = value.and_then(|value| self.value(value, &type_name));
        Some(ConstantRow {
            name: text,
            type_name,
            value,
            docs: self.docs_of(item),
            about: self.about(marks, name, scope),
        })
    }

    /// The value of a constant as JSON.
    fn value(&mut self, value: NodeRef<'_>, type_name: &str) -> Option<serde_json::Value> {
        let text = value.text(&self.file.text);
        let Some((json, kinds)) = literal(value, text) else {
            let message =
                "The value of a constant is a number, a string, `true` or `false`".to_owned();
            self.report("bad-constant", message, value.span());
            return None;
        };
        let plain = ["i64", "u64", "f64", "String", "bool"];
        if plain.contains(&type_name) && !kinds.contains(&type_name) {
            let message = format!("`{text}` is no `{type_name}`");
            self.report("bad-constant", message, value.span());
        }
        Some(json)
    }

    pub fn alias(&mut self, item: NodeRef<'_>, scope: &Scope) {
        let row = self.sound(item.span(), |reader| {
            let marks = reader.marks(item, Target::Alias);
            let name = reader.name_of(item)?;
            let text = reader.text_of(name);
            reader.declare(
                Space::Item,
                joined(&scope.module, &text),
                &format!("`{text}`"),
                name,
            );
            if reader.names.is_circular(&joined(&scope.module, &text)) {
                let message = format!("`{text}` stands for itself");
                reader.report("circular-alias", message, name);
            }
            let generics = reader.generics_of(item);
            let inner = Scope {
                generics: generics.clone(),
                ..scope.clone()
            };
            let type_ = item.children().find(|child| is_type(*child))?;
            Some(AliasRow {
                name: text,
                generics,
                type_name: reader.type_text(type_, &inner),
                docs: reader.docs_of(item),
                about: reader.about(marks, name, scope),
            })
        });
        if let Some(row) = row {
            self.module(&scope.module).aliases.push(row);
        }
    }

    pub fn macro_item(&mut self, item: NodeRef<'_>, scope: &Scope) {
        let row = self.sound(item.span(), |reader| {
            let marks = reader.marks(item, Target::Macro);
            let name = reader.name_of(item)?;
            let text = reader.text_of(name);
            reader.declare(
                Space::Macro,
                joined(&scope.module, &text),
                &format!("The macro `{text}`"),
                name,
            );
            let takes = item.first_child(MacroArguments)?;
            let takes = takes.first_child(Identifier)?.text(&reader.file.text);
            let arguments = match takes {
                "expressions" => Arguments::Expressions,
                _ => Arguments::Tokens,
            };
            Some(MacroRow {
                name: text,
                arguments,
                returns: reader.returned(item, scope),
                docs: reader.docs_of(item),
                about: reader.about(marks, name, scope),
            })
        });
        if let Some(row) = row {
            self.module(&scope.module).macros.push(row);
        }
    }

    pub fn attribute_item(&mut self, item: NodeRef<'_>, scope: &Scope) {
        let row = self.sound(item.span(), |reader| reader.attribute_row(item, scope));
        self.bindings.attributes.extend(row);
    }

    fn attribute_row(&mut self, item: NodeRef<'_>, scope: &Scope) -> Option<AttributeRow> {
        let marks = self.marks(item, Target::Attribute);
        let name = self.name_of(item)?;
        let mut names = vec![(self.text_of(name), name)];
        names.extend(marks.aliases.iter().cloned());
        for (called, span) in &names {
            self.declare(
                Space::Attribute,
                called.clone(),
                &format!("The attribute `{called}`"),
                *span,
            );
        }
        for (alias, span) in &marks.aliases {
            self.check_alias(alias, *span);
        }
        let list = item.first_child(FieldList);
        let keys = list.into_iter().flat_map(|list| list.children_of(Field));
        let path = self.text_of(name);
        let keys = keys.filter_map(|key| self.key(key, &path, scope)).collect();
        let target = item.first_child(AttributeTarget);
        let list = target.and_then(|target| target.first_child(ParameterList));
        Some(AttributeRow {
            name: path,
            aliases: names.into_iter().skip(1).map(|(alias, _)| alias).collect(),
            keys,
            parameters: list.map(|list| self.parameters(list, scope)),
            returns: target.map(|target| self.returned(target, scope)),
            docs: self.docs_of(item),
            about: self.about(marks, name, scope),
        })
    }

    /// A key whose type is an `Option` may be left out.
    fn key(&mut self, key: NodeRef<'_>, attribute: &str, scope: &Scope) -> Option<KeyRow> {
        let marks = self.marks(key, Target::Key);
        let name = self.name_of(key)?;
        let text = self.text_of(name);
        // The same attribute may be declared in two files, of which the second is wrong already.
        let path = format!(
            "{attribute}({text}) in {}:{}",
            self.file.path,
            key.parent().map_or(0, NodeRef::index)
        );
        self.declare(Space::Field, path, &format!("The key `{text}`"), name);
        let type_name = self.needed_type(key, name, scope)?;
        let inside = type_name
            .strip_prefix("Option<")
            .and_then(|rest| rest.strip_suffix('>'));
        Some(KeyRow {
            required: inside.is_none(),
            name: text,
            type_name: inside.unwrap_or(&type_name).to_owned(),
            docs: self.docs_of(key),
            about: self.about(marks, name, scope),
        })
    }

    pub fn event(&mut self, item: NodeRef<'_>, scope: &Scope) {
        let row = self.sound(item.span(), |reader| {
            let marks = reader.marks(item, Target::Event);
            let name = reader.name_of(item)?;
            let Some(text) = unquoted(name.of(&reader.file.text)) else {
                let message = "There is no such escape in a string".to_owned();
                reader.report("bad-event-name", message, name);
                return None;
            };
            reader.declare(
                Space::Event,
                text.clone(),
                &format!("The event `{text}`"),
                name,
            );
            let payload = reader.annotated(item.first_child(TypeAnnotation), scope);
            Some(EventRow {
                name: text,
                payload: payload.unwrap_or_else(|| "any".to_owned()),
                cancellable: marks.is_cancellable,
                docs: reader.docs_of(item),
                about: reader.about(marks, name, scope),
            })
        });
        self.bindings.events.extend(row);
    }
}

/// What a literal is as JSON, and the types that it can be a value of.
fn literal(value: NodeRef<'_>, text: &str) -> Option<(serde_json::Value, &'static [&'static str])> {
    let mut tokens = value.tokens().filter(|token| !token.kind().is_trivia());
    let first = tokens.next()?;
    let number = if first.kind() == Minus {
        tokens.next()?
    } else {
        first
    };
    if tokens.next().is_some() {
        return None;
    }
    match number.kind() {
        TrueKeyword | FalseKeyword if first == number => {
            Some(((number.kind() == TrueKeyword).into(), &["bool"]))
        }
        StringLiteral if first == number => Some((unquoted(text)?.into(), &["String"])),
        NumberLiteral => {
            let digits: String = text
                .chars()
                .filter(|digit| *digit != '_' && !digit.is_whitespace())
                .collect();
            let signed = digits
                .parse::<i64>()
                .map(|whole| (whole.into(), &["i64", "u64"][..]));
            let unsigned = || {
                let whole = digits.parse::<u64>().ok()?;
                Some((whole.into(), &["u64"][..]))
            };
            signed
                .ok()
                .or_else(unsigned)
                .or_else(|| Some((digits.parse::<f64>().ok()?.into(), &["f64"][..])))
        }
        _ => None,
    }
}
