//! The name that was probably meant.

/// The candidate that is nearest to `name`, if it is near enough to be a slip of the fingers.
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = match name.chars().count() {
        0..=2 => return None,
        3..=7 => 1,
        8..=14 => 2,
        _ => 3,
    };
    let mut slips = Slips::of(name, allowed);
    let near = candidates
        .filter(|candidate| *candidate != name)
        .filter_map(|candidate| Some((slips.distance(candidate)?, candidate)));
    near.min().map(|(_, candidate)| candidate)
}

/// So many heaps the letters are counted in.
const HEAPS: usize = 32;

/// What is needed to compare one name with thousands of others at each keystroke.
struct Slips {
    from: Vec<char>,
    letters: [i32; HEAPS],
    allowed: usize,
    to: Vec<char>,
    /// Three rows of the table of distances between beginnings: two above, one above, and this one.
    rows: [Vec<usize>; 3],
}

impl Slips {
    fn of(name: &str, allowed: usize) -> Slips {
        let mut letters = [0; HEAPS];
        for letter in name.chars() {
            letters[heap(letter)] += 1;
        }
        Slips {
            from: name.chars().collect(),
            letters,
            allowed,
            to: Vec::new(),
            rows: [const { Vec::new() }; 3],
        }
    }

    /// How many characters must be inserted, left out, replaced or swapped with their neighbour; None if more than allowed.
    fn distance(&mut self, to: &str) -> Option<usize> {
        self.has_like_letters(to).then_some(())?;
        self.to.clear();
        self.to.extend(to.chars());
        let [above, last, row] = &mut self.rows;
        last.clear();
        last.extend(0..=self.to.len());
        for (i, left) in self.from.iter().enumerate() {
            row.clear();
            row.push(i + 1);
            for (j, right) in self.to.iter().enumerate() {
                let replaced = last[j] + usize::from(left != right);
                let mut best = replaced.min(last[j + 1] + 1).min(row[j] + 1);
                if i > 0 && j > 0 && *left == self.to[j - 1] && self.from[i - 1] == *right {
                    best = best.min(above[j - 1] + 1);
                }
                row.push(best);
            }
            std::mem::swap(above, last);
            std::mem::swap(last, row);
        }
        last.last()
            .copied()
            .filter(|distance| *distance <= self.allowed)
    }

    /// Whether the letters, in whatever order, differ by so few that the names can: a slip puts one in or out, or both.
    fn has_like_letters(&self, to: &str) -> bool {
        let mut letters = self.letters;
        for letter in to.chars() {
            letters[heap(letter)] -= 1;
        }
        let different: i32 = letters.iter().map(|count| count.abs()).sum();
        different as usize <= 2 * self.allowed
    }
}

fn heap(letter: char) -> usize {
    letter as usize % HEAPS
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

    #[test]
    fn each_kind_of_slip_counts_as_one() {
        let slips = ["water", "wter", "wqater", "wqter", "awter", "wataer"];
        for slip in &slips[1..] {
            assert_eq!(nearest(slip, slips[..1].iter().copied()), Some("water"));
        }
        assert_eq!(nearest("wqqter", slips[..1].iter().copied()), None);
        assert_eq!(nearest("gieß", ["gieß_", "gie"].into_iter()), Some("gie"));
    }
}
