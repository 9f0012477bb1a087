//! Writes the declarations of a stub.

use crate::table::{
    About, ConstantRow, FieldRow, FunctionKind, FunctionRow, ParameterRow, TraitRow, TypeKind,
    TypeRow, VariantRow,
};
use crate::write::Writer;

/// The longest line that a declaration stays on.
const WIDTH: usize = 120;

impl Writer {
    pub(crate) fn constant(&mut self, row: &ConstantRow) {
        self.gap();
        self.said(&row.docs, &row.about, &[]);
        let value = row
            .value
            .as_ref()
            .map_or(String::new(), |value| format!(" = {value}"));
        self.line(&format!(
            "pub const {}: {}{value};",
            row.name, row.type_name
        ));
    }

    pub(crate) fn host_type(&mut self, row: &TypeRow) {
        self.gap();
        let mut marks = Vec::new();
        if row.prelude {
            marks.push("#[prelude]".to_owned());
        }
        if !row.aliases.is_empty() {
            let quoted: Vec<String> = row.aliases.iter().map(|alias| quoted(alias)).collect();
            marks.push(format!("#[alias({})]", quoted.join(", ")));
        }
        if row.sealed {
            marks.push("#[sealed]".to_owned());
        }
        self.said(&row.docs, &row.about, &marks);
        let name = format!("{}{}", row.name, generics(&row.generics));
        match row.kind {
            TypeKind::Struct if row.fields.is_empty() => self.line(&format!("pub struct {name};")),
            TypeKind::Struct => self.block(&format!("pub struct {name}"), |writer| {
                row.fields
                    .iter()
                    .for_each(|field| writer.field(field, "pub "));
            }),
            TypeKind::Enum => self.block(&format!("pub enum {name}"), |writer| {
                row.variants
                    .iter()
                    .for_each(|variant| writer.variant(variant));
            }),
        }
        self.members(row, &name);
    }

    /// What stands in the `impl`s of a type, and behind them its traits.
    fn members(&mut self, row: &TypeRow, name: &str) {
        let generics = generics(&row.generics);
        if !(row.constants.is_empty() && row.functions.is_empty() && row.protocols.is_empty()) {
            self.line("");
            self.block(&format!("impl{generics} {name}"), |writer| {
                row.constants.iter().for_each(|row| writer.constant(row));
                row.functions
                    .iter()
                    .for_each(|row| writer.function(row, "fn"));
                row.protocols
                    .iter()
                    .for_each(|row| writer.function(row, "protocol"));
            });
        }
        if !row.traits.is_empty() {
            self.line("");
        }
        for of in &row.traits {
            self.line(&format!("impl{generics} {of} for {name};"));
        }
    }

    pub(crate) fn host_trait(&mut self, row: &TraitRow) {
        self.gap();
        self.said(&row.docs, &row.about, &[]);
        let head = format!("pub trait {}{}", row.name, generics(&row.generics));
        self.block(&head, |writer| {
            row.functions
                .iter()
                .for_each(|row| writer.function(row, "fn"));
        });
    }

    fn field(&mut self, row: &FieldRow, visibility: &str) {
        let marks: Vec<String> = changed(row).into_iter().collect();
        self.said(&row.docs, &row.about, &marks);
        self.line(&format!("{visibility}{}: {},", row.name, row.type_name));
    }

    fn variant(&mut self, row: &VariantRow) {
        self.said(&row.docs, &row.about, &[]);
        if !row.fields.is_empty() {
            self.line(&format!("{} {{", row.name));
            self.depth += 1;
            row.fields.iter().for_each(|field| self.field(field, ""));
            self.depth -= 1;
            self.line("},");
        } else if row.values.is_empty() {
            self.line(&format!("{},", row.name));
        } else {
            self.line(&format!("{}({}),", row.name, row.values.join(", ")));
        }
    }

    /// A declaration that begins with `fn` or `protocol`.
    pub(crate) fn function(&mut self, row: &FunctionRow, word: &str) {
        self.gap();
        let marks: &[String] = if row.consumes {
            &["#[consumes]".to_owned()]
        } else {
            &[]
        };
        self.said(&row.docs, &row.about, marks);
        let receiver = (row.kind == FunctionKind::Method).then(|| "self".to_owned());
        let parameters: Vec<String> = receiver
            .into_iter()
            .chain(row.parameters.iter().map(parameter))
            .collect();
        let asynchronous = if row.is_async { "async " } else { "" };
        let head = format!(
            "pub {asynchronous}{word} {}{}(",
            row.name,
            generics(&row.generics)
        );
        let tail = format!(") -> {};", row.returns);
        let line = format!("{head}{}{tail}", parameters.join(", "));
        if self.depth * 4 + line.chars().count() <= WIDTH {
            return self.line(&line);
        }
        self.line(&head);
        self.depth += 1;
        parameters
            .iter()
            .for_each(|parameter| self.line(&format!("{parameter},")));
        self.depth -= 1;
        self.line(&tail);
    }

    /// The documentation and the attributes before a declaration.
    pub(crate) fn said(&mut self, docs: &str, about: &About, marks: &[String]) {
        docs.lines()
            .for_each(|line| self.line(format!("/// {line}").trim_end()));
        if let Some(permission) = &about.permission {
            let scope = permission.scope.as_deref().map_or(String::new(), |scope| {
                format!(", scope = {}", quoted(scope))
            });
            self.line(&format!(
                "#[permission({}{scope})]",
                quoted(&permission.name)
            ));
        }
        marks.iter().for_each(|mark| self.line(mark));
        if !about.profiles.is_empty() {
            let names: Vec<String> = about.profiles.iter().map(|name| quoted(name)).collect();
            self.line(&format!("#[profile({})]", names.join(", ")));
        }
        for (name, text) in [("deprecated", &about.deprecated), ("since", &about.since)] {
            if let Some(text) = text {
                self.line(&format!("#[{name}({})]", quoted(text)));
            }
        }
        if let Some(source) = &about.source {
            self.line(&format!(
                "#[source({}, {})]",
                quoted(&source.path),
                source.line
            ));
        }
    }
}

/// The attribute of a field that scripts may change: `#[mut]` if they may assign to it and no more.
fn changed(row: &FieldRow) -> Option<String> {
    let assigned = row.mutable.then_some("=");
    let operators = row.operators.iter().map(String::as_str);
    let written: Vec<String> = assigned.into_iter().chain(operators).map(quoted).collect();
    match (&*row.operators, row.mutable) {
        ([], false) => None,
        ([], true) => Some("#[mut]".to_owned()),
        _ => Some(format!("#[mut({})]", written.join(", "))),
    }
}

fn parameter(row: &ParameterRow) -> String {
    format!("{}: {}", row.name, row.type_name)
}

pub(crate) fn generics(names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    format!("<{}>", names.join(", "))
}

fn quoted(text: &str) -> String {
    format!("{text:?}")
}
