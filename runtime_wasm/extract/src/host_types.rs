//! Rows of types that derive `Any`: name, documentation, fields and variants.

use syn::{Fields, Item};

use crate::build::{about, source_line, Builder};
use crate::constants::Scope;
use crate::foreign::Known;
use crate::index::{Found, Index};
use crate::rune_attributes::{has, is_any, options, own_module, rune_name};
use crate::rust_types::{rune_type, Context};
use crate::source::docs;
use crate::table::{FieldRow, TypeKind, TypeRow, VariantRow};

/// The row of a type that `module` holds unless the type says otherwise; none for what is no host type.
pub fn row<'a>(
    build: &mut Builder<'_>,
    index: &Index<'a>,
    found: Found<'a>,
    module: &str,
) -> Option<TypeRow> {
    let (attributes, ident) = match found.item {
        Item::Struct(item) => (&item.attrs, &item.ident),
        Item::Enum(item) => (&item.attrs, &item.ident),
        _ => return None,
    };
    if !is_any(attributes) {
        return None;
    }
    let name = rune_name(attributes, ident);
    let module = own_module(attributes).unwrap_or_else(|| module.to_owned());
    let scope = Scope::new(found.module);
    let source = source_line(&scope, ident.span());
    let read = build.documentation(&docs(attributes), &source);
    let mut row = TypeRow {
        path: format!("{module}::{name}"),
        name,
        prelude: read.prelude,
        sealed: read.sealed,
        about: about(&read, source),
        docs: read.text,
        ..TypeRow::default()
    };
    match found.item {
        Item::Struct(item) => row.fields = fields(build, index, &scope, &item.fields, &row.name),
        Item::Enum(item) => {
            row.kind = TypeKind::Enum;
            row.variants = item
                .variants
                .iter()
                .map(|variant| self::variant(build, index, &scope, variant, &row.name))
                .collect();
        }
        _ => {}
    }
    Some(row)
}

/// The row of a type that only has a name in Rune.
pub fn foreign_row(known: &Known) -> Option<TypeRow> {
    let (_, name) = known.path.rsplit_once("::")?;
    let mut row = TypeRow {
        path: known.path.clone(),
        name: name.to_owned(),
        ..TypeRow::default()
    };
    row.about.source = Some(known.source.clone());
    Some(row)
}

/// The fields that scripts can read.
fn fields<'a>(
    build: &mut Builder<'_>,
    index: &Index<'a>,
    scope: &Scope<'a>,
    fields: &'a Fields,
    own: &str,
) -> Vec<FieldRow> {
    let context = Context {
        index,
        module: scope.module,
        own: Some(own),
    };
    let mut rows = Vec::new();
    for field in fields {
        let marks = options(&field.attrs, &["rune"]);
        let Some(ident) = &field.ident else { continue };
        if !marks.iter().any(|mark| mark.name == "get") {
            continue;
        }
        let source = source_line(scope, ident.span());
        let read = build.documentation(&docs(&field.attrs), &source);
        let written = read
            .returns
            .clone()
            .or_else(|| rune_type(context, &field.ty));
        if written.is_none() {
            let reason = format!("the type of the field `{ident}` has no counterpart in Rune: say it by `@return Type`");
            build.undecided.push(scope.undecided(ident, &reason));
        }
        let name = ident.to_string();
        rows.push(FieldRow {
            name: name.strip_prefix("r#").unwrap_or(&name).to_owned(),
            type_name: written.unwrap_or_else(|| "any".to_owned()),
            mutable: marks.iter().any(|mark| mark.name == "set"),
            about: about(&read, source),
            docs: read.text,
        });
    }
    rows
}

fn variant<'a>(
    build: &mut Builder<'_>,
    index: &Index<'a>,
    scope: &Scope<'a>,
    variant: &'a syn::Variant,
    own: &str,
) -> VariantRow {
    let context = Context {
        index,
        module: scope.module,
        own: Some(own),
    };
    let source = source_line(scope, variant.ident.span());
    let read = build.documentation(&docs(&variant.attrs), &source);
    let mut row = VariantRow {
        name: variant.ident.to_string(),
        about: about(&read, source),
        docs: read.text,
        ..VariantRow::default()
    };
    match &variant.fields {
        Fields::Named(_) => row.fields = fields(build, index, scope, &variant.fields, own),
        // What a script cannot read it can neither see nor match.
        Fields::Unnamed(values) => {
            for value in values
                .unnamed
                .iter()
                .filter(|value| has(&value.attrs, &["rune"]))
            {
                let written = rune_type(context, &value.ty);
                if written.is_none() {
                    build.undecided.push(scope.undecided(
                        &variant.ident,
                        "the type of a value of this variant has no counterpart in Rune",
                    ));
                }
                row.values.push(written.unwrap_or_else(|| "any".to_owned()));
            }
        }
        Fields::Unit => {}
    }
    row
}
