//! The function of a script that a run calls.

use rune::{Hash, ToTypeHash};

use crate::files::File;
use crate::items::{Item, ItemKind};
use crate::protocol::Dialect;
use crate::syntax::SyntaxKind::{IdentifierPattern, Parameter, ParameterList};

/// A function, its parameters as they are written, without types.
pub struct Entry {
    name: String,
    pub hash: Hash,
    pub parameters: Vec<String>,
}

impl Entry {
    /// What is said when it is given another number of arguments.
    pub fn wants(&self, given: usize) -> String {
        let Entry {
            name, parameters, ..
        } = self;
        let given = match given {
            0 => "none is given".to_owned(),
            1 => "1 is given".to_owned(),
            _ => format!("{given} are given"),
        };
        match parameters.as_slice() {
            [] => format!("`{name}` takes no arguments, and {given}"),
            [one] => format!("`{name}` takes one argument, `{one}`, and {given}"),
            several => format!(
                "`{name}` takes {} arguments, `{}`, and {given}",
                several.len(),
                several.join("`, `")
            ),
        }
    }
}

/// The public function of that name at the root of the script; of a function's body, the body itself.
pub fn find(script: &File, name: &str, dialect: Dialect) -> Result<Entry, String> {
    if dialect == Dialect::FunctionBody {
        return Ok(Entry {
            name: name.to_owned(),
            hash: Hash::EMPTY,
            parameters: Vec::new(),
        });
    }
    let is_root = |item: &&Item| {
        item.kind == ItemKind::Function && item.parent.is_none() && item.name == name
    };
    match script.items.iter().find(is_root) {
        None => Err(format!("there is no function `{name}`")),
        Some(item) if !item.public => Err(format!(
            "`{name}` is not `pub`, so it cannot be called from outside"
        )),
        Some(item) => Ok(Entry {
            name: name.to_owned(),
            hash: [name].to_type_hash(),
            parameters: parameters(script, item),
        }),
    }
}

fn parameters(script: &File, function: &Item) -> Vec<String> {
    let list = script.tree.node(function.node).first_child(ParameterList);
    let parameters = list
        .into_iter()
        .flat_map(|list| list.children_of(Parameter));
    parameters
        .map(|parameter| {
            let name = parameter
                .descendants()
                .find(|node| node.kind() == IdentifierPattern)
                .unwrap_or(parameter);
            name.text(&script.text).trim().to_owned()
        })
        .collect()
}
