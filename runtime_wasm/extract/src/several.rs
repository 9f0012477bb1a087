//! What is registered several times under one name is one to scripts.

use crate::table::FunctionRow;
use crate::undecided::Undecideds;

/// Makes one row of functions with one name and as many parameters: Rune tells them apart by what they are to make, as in
/// `collect::<Vec>()`, so that a call gives one or the other. Of others the first stays, and that is told.
pub fn one_of_each(rows: &mut Vec<FunctionRow>, undecided: &mut Undecideds) {
    let mut kept: Vec<FunctionRow> = Vec::new();
    for row in std::mem::take(rows) {
        match kept.iter_mut().find(|known| known.name == row.name) {
            None => kept.push(row),
            Some(known) if known.parameters.len() == row.parameters.len() => add(known, row),
            Some(_) => {
                let source = row.about.source.as_ref();
                let (path, line) = source.map_or(("", 0), |source| (&*source.path, source.line));
                let reason = format!("`{}` takes now so many arguments and now others", row.name);
                undecided.add(path, line, &reason);
            }
        }
    }
    *rows = kept;
}

fn add(known: &mut FunctionRow, row: FunctionRow) {
    if known.docs.is_empty() {
        known.docs = row.docs;
    }
    let mut is_known = known.returns.split(" | ").any(|part| part == row.returns);
    if known.returns == "any" || row.returns == "any" {
        (known.returns, is_known) = ("any".to_owned(), true);
    }
    if !is_known {
        known.returns = format!("{} | {}", known.returns, row.returns);
    }
    for (known, other) in known.parameters.iter_mut().zip(row.parameters) {
        if known.type_name != other.type_name {
            known.type_name = "any".to_owned();
        }
    }
}

/// The first of those with one name, of what cannot be told apart.
pub fn first_of_each<T>(rows: &mut Vec<T>, name: impl Fn(&T) -> &str) {
    let mut kept: Vec<T> = Vec::new();
    for row in std::mem::take(rows) {
        if kept.iter().all(|known| name(known) != name(&row)) {
            kept.push(row);
        }
    }
    *rows = kept;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::ParameterRow;

    fn row(name: &str, parameters: &[&str], returns: &str) -> FunctionRow {
        let parameter = |type_name: &&str| ParameterRow {
            name: "of".to_owned(),
            type_name: (*type_name).to_owned(),
        };
        FunctionRow {
            name: name.to_owned(),
            parameters: parameters.iter().map(parameter).collect(),
            returns: returns.to_owned(),
            ..FunctionRow::default()
        }
    }

    #[test]
    fn functions_of_one_name_give_one_or_the_other() {
        let mut undecided = Undecideds::default();
        let mut rows = vec![
            row("sum", &[], "u64"),
            row("sum", &[], "i64"),
            row("sum", &[], "u64"),
            row("push", &["i64"], "()"),
            row("push", &["String"], "()"),
            row("push", &[], "()"),
        ];
        one_of_each(&mut rows, &mut undecided);
        assert_eq!(
            rows,
            [row("sum", &[], "u64 | i64"), row("push", &["any"], "()")]
        );
        first_of_each(&mut rows, |_| "the same");
        assert_eq!(rows.len(), 1);
        let told: Vec<String> = undecided.sorted().iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [":0: `push` takes now so many arguments and now others"]
        );
    }
}
