//! Writes bindings as stubs, one for each crate, always in the same order and layout.

use std::collections::BTreeMap;

use crate::table::{
    About, Bindings, ConstantRow, FieldRow, FunctionKind, FunctionRow, MacroArguments, ModuleRow,
    ParameterRow, TypeKind, TypeRow, VariantRow,
};

/// The longest line that a declaration stays on.
const WIDTH: usize = 120;

/// The stubs of all crates that the bindings name, by the crates' names. Attributes, events and entries belong to none.
pub fn stubs(bindings: &Bindings) -> BTreeMap<String, String> {
    let mut crates: BTreeMap<String, Module<'_>> = BTreeMap::new();
    for row in &bindings.modules {
        module_at(&mut crates, &row.path).row = Some(row);
    }
    for row in &bindings.types {
        let holder = row.path.rsplit_once("::").map_or("", |(holder, _)| holder);
        module_at(&mut crates, holder).types.push(row);
    }
    crates
        .into_iter()
        .map(|(name, module)| (name.clone(), stub(&name, &module)))
        .collect()
}

/// A module with all that is in it.
#[derive(Default)]
struct Module<'r> {
    row: Option<&'r ModuleRow>,
    types: Vec<&'r TypeRow>,
    modules: BTreeMap<String, Module<'r>>,
}

fn module_at<'m, 'r>(
    crates: &'m mut BTreeMap<String, Module<'r>>,
    path: &str,
) -> &'m mut Module<'r> {
    let (first, rest) = path.split_once("::").unwrap_or((path, ""));
    let mut module = crates.entry(first.to_owned()).or_default();
    for name in rest.split("::").filter(|name| !name.is_empty()) {
        module = module.modules.entry(name.to_owned()).or_default();
    }
    module
}

fn stub(name: &str, module: &Module<'_>) -> String {
    let mut writer = Writer::default();
    writer.line(&format!("//! crate: {name}"));
    let docs = module.row.map_or("", |row| &row.docs);
    if !docs.is_empty() {
        writer.line("//!");
        docs.lines()
            .for_each(|line| writer.line(format!("//! {line}").trim_end()));
    }
    writer.items(module);
    writer.text
}

#[derive(Default)]
struct Writer {
    text: String,
    depth: usize,
}

impl Writer {
    fn line(&mut self, text: &str) {
        if !text.is_empty() {
            (0..self.depth).for_each(|_| self.text.push_str("    "));
        }
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// An empty line, except at the beginning of a block.
    fn gap(&mut self) {
        if !self.text.ends_with("{\n") && !self.text.is_empty() {
            self.line("");
        }
    }

    fn block(&mut self, head: &str, inside: impl FnOnce(&mut Self)) {
        self.line(&format!("{head} {{"));
        self.depth += 1;
        inside(self);
        self.depth -= 1;
        self.line("}");
    }

    fn items(&mut self, module: &Module<'_>) {
        if let Some(row) = module.row {
            row.aliases.iter().for_each(|alias| {
                self.gap();
                self.said(&alias.docs, &alias.about, &[]);
                self.line(&format!(
                    "pub type {}{} = {};",
                    alias.name,
                    generics(&alias.generics),
                    alias.type_name
                ));
            });
            row.constants
                .iter()
                .for_each(|constant| self.constant(constant));
            row.macros.iter().for_each(|row| {
                self.gap();
                self.said(&row.docs, &row.about, &[]);
                let arguments = match row.arguments {
                    MacroArguments::Expressions => "expressions",
                    MacroArguments::Tokens => "tokens",
                };
                self.line(&format!(
                    "pub macro {}({arguments}) -> {};",
                    row.name, row.returns
                ));
            });
            row.functions.iter().for_each(|row| self.function(row));
        }
        module.types.iter().for_each(|row| self.host_type(row));
        for (name, inner) in &module.modules {
            self.gap();
            if let Some(row) = inner.row {
                self.said(&row.docs, &row.about, &[]);
            }
            self.block(&format!("pub mod {name}"), |writer| writer.items(inner));
        }
    }

    fn constant(&mut self, row: &ConstantRow) {
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

    fn host_type(&mut self, row: &TypeRow) {
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
        if !row.functions.is_empty() {
            let head = format!("impl{} {name}", generics(&row.generics));
            self.line("");
            self.block(&head, |writer| {
                row.functions.iter().for_each(|row| writer.function(row))
            });
        }
    }

    fn field(&mut self, row: &FieldRow, visibility: &str) {
        let marks: &[String] = if row.mutable {
            &["#[mut]".to_owned()]
        } else {
            &[]
        };
        self.said(&row.docs, &row.about, marks);
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

    fn function(&mut self, row: &FunctionRow) {
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
            "pub {asynchronous}fn {}{}(",
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
    fn said(&mut self, docs: &str, about: &About, marks: &[String]) {
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

fn parameter(row: &ParameterRow) -> String {
    format!("{}: {}", row.name, row.type_name)
}

fn generics(names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    format!("<{}>", names.join(", "))
}

fn quoted(text: &str) -> String {
    format!("{text:?}")
}
