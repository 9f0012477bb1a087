//! Types of several modules with one name, as `json::Error` and `toml::Error` are.

use crate::table::TypeRow;

/// Has the functions of such a type that return it say so by its path: its name alone could be another's.
pub(crate) fn name_apart(types: &mut [TypeRow]) {
    let names: Vec<String> = types.iter().map(|row| row.name.clone()).collect();
    let is_shared = |name: &String| names.iter().filter(|other| *other == name).count() > 1;
    for row in types.iter_mut().filter(|row| is_shared(&row.name)) {
        let own = row.functions.iter_mut();
        own.filter(|function| function.returns == row.name)
            .for_each(|function| function.returns.clone_from(&row.path));
    }
}
