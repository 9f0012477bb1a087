//! Rows of types that derive `Any`: name, documentation, fields and variants.

use syn::{Fields, Item};

use crate::assignments;
use crate::build::{about, source_line, Builder};
use crate::foreign::Known;
use crate::index::{Found, Index};
use crate::rune_attributes::{is_any, options, own_module, rune_name};
use crate::rust_types::{rune_type, Context};
use crate::scope::Scope;
use crate::source::docs;
use crate::table::{FieldRow, TypeKind, TypeRow, VariantRow};

/// The row of a type that `module` holds unless the type says otherwise; none for what is no host type.
pub fn row<'a>(
    build: &mut Builder<'_>,
    index: &Index<'a>,
    found: Found<'a>,
    module: &str,
) -> Option<TypeRow> {
    let (attributes, ident) = head(found.item)?;
    if !is_any(attributes) {
        return None;
    }
    let name = rune_name(attributes, ident);
    let scope = Scope::of(found.module, Some(ident));
    let module = own_module(attributes).unwrap_or_else(|| {
        let reason = format!("scripts cannot name the type `{name}` by a path: say its module by `#[rune(item = ::{})]`", if module.is_empty() { "host" } else { module });
        build.undecided.push(scope.undecided(ident, &reason));
        module.to_owned()
    });
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
        Item::Struct(item) => row.fields = fields(build, index, &scope, &item.fields),
        Item::Enum(item) => {
            row.kind = TypeKind::Enum;
            row.variants = item
                .variants
                .iter()
                .map(|variant| self::variant(build, index, &scope, variant))
                .collect();
        }
        _ => {}
    }
    Some(row)
}

/// The attributes and the name of a type that Rust declares.
pub fn head(item: &Item) -> Option<(&[syn::Attribute], &syn::Ident)> {
    match item {
        Item::Struct(item) => Some((&item.attrs, &item.ident)),
        Item::Enum(item) => Some((&item.attrs, &item.ident)),
        _ => None,
    }
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
) -> Vec<FieldRow> {
    let context = Context { index, scope };
    let mut rows = Vec::new();
    for field in fields {
        let marks = options(&field.attrs, &["rune"]);
        let is = |wanted: &str| marks.iter().any(|mark| mark.name == wanted);
        let ident = match &field.ident {
            Some(ident) => ident,
            None if is("get") => {
                let reason = "stubs have no words for fields that have numbers instead of names";
                build.undecided.push(scope.undecided(field, reason));
                continue;
            }
            None => continue,
        };
        // Rune asks a field for `add` and its like nowhere: `bed.litres + 1` reads the field, and adds to what it reads.
        let operators = marks
            .iter()
            .filter_map(|mark| assignments::written(&mark.name));
        let operators: Vec<String> = operators.map(str::to_owned).collect();
        if !is("get") {
            if is("set") || !operators.is_empty() {
                let reason = format!("stubs have no words for the field `{ident}`, which scripts can set but not read");
                build.undecided.push(scope.undecided(ident, &reason));
            }
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
        rows.push(FieldRow {
            name: ident.to_string(),
            type_name: written.unwrap_or_else(|| "any".to_owned()),
            mutable: is("set"),
            operators,
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
) -> VariantRow {
    let context = Context { index, scope };
    let source = source_line(scope, variant.ident.span());
    let read = build.documentation(&docs(&variant.attrs), &source);
    let mut row = VariantRow {
        name: variant.ident.to_string(),
        about: about(&read, source),
        docs: read.text,
        ..VariantRow::default()
    };
    match &variant.fields {
        Fields::Named(_) => row.fields = fields(build, index, scope, &variant.fields),
        // What a script cannot read it can neither see nor match.
        Fields::Unnamed(values) => {
            for value in values.unnamed.iter().filter(|value| is_read(value)) {
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

fn is_read(field: &syn::Field) -> bool {
    let marks = options(&field.attrs, &["rune"]);
    marks.iter().any(|mark| mark.name == "get")
}
