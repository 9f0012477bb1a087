//! The name that was probably meant.

/// The candidate that is nearest to `name`, if it is near enough to be a slip of the fingers.
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = match name.chars().count() {
        0..=2 => return None,
        3..=7 => 1,
        8..=14 => 2,
        _ => 3,
    };
    let near = candidates
        .filter(|candidate| *candidate != name)
        .filter_map(|candidate| {
            let distance = distance(name, candidate, allowed)?;
            Some((distance, candidate))
        });
    near.min().map(|(_, candidate)| candidate)
}

/// How many characters must be inserted, left out, replaced or swapped with their neighbour; None if more than `allowed`.
fn distance(from: &str, to: &str, allowed: usize) -> Option<usize> {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    if from.len().abs_diff(to.len()) > allowed {
        return None;
    }
    // Three rows of the table of distances between beginnings: two above, one above, and this one.
    let mut above: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for (i, left) in from.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, right) in to.iter().enumerate() {
            let replaced = last[j] + usize::from(left != right);
            let mut best = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *left == to[j - 1] && from[i - 1] == *right {
                best = best.min(above[j - 1] + 1);
            }
            row.push(best);
        }
        above = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|distance| *distance <= allowed)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_found_and_other_names_are_not() {
        let names = ["phases", "callouts", "sow", "sort"];
        assert_eq!(nearest("phase", names.into_iter()), Some("phases"));
        assert_eq!(nearest("calluots", names.into_iter()), Some("callouts"));
        assert_eq!(nearest("harvest", names.into_iter()), None);
        assert_eq!(nearest("so", names.into_iter()), None);
    }
}
