//! Long scripts with mistakes all over: exactly those are found, wherever they are.

mod fixture;

use fixture::{facts, source};
use runekiln_guest::protocol::{Dialect, Severity};

/// Numbers that are random enough and the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1);
        (self.0 >> 33) as usize % limit
    }
}

/// Lines that are mistakes, and their codes.
const MISTAKES: [(&str, &str); 9] = [
    ("    absent_step(1);", "missing-item"),
    ("    let gone = absent_value;", "missing-local"),
    ("    total.await;", "await-outside-async"),
    ("    nonsense!(total);", "missing-macro"),
    ("    println!(\"{} {}\", total);", "format-arguments"),
    ("    break;", "break-outside-loop"),
    ("    1 = total;", "unsupported-assignment"),
    ("    let mut more = 1;", "mutable-variable"),
    ("    let = total;", "expected-pattern"),
];

/// A script of 40 functions with `count` mistakes, and the lines and codes that are to be found.
fn script(random: &mut Random, count: usize) -> (String, Vec<(usize, String)>) {
    let mut mistakes: Vec<Vec<usize>> = vec![Vec::new(); 40];
    for _ in 0..count {
        mistakes[random.below(40)].push(random.below(MISTAKES.len()));
    }
    let mut lines: Vec<String> = Vec::new();
    let mut expected = Vec::new();
    for (number, mistakes) in mistakes.iter().enumerate() {
        lines.push(format!(
            "/// Step {number}.\nconst LIMIT_{number} = {number};"
        ));
        let lines_so_far = |lines: &[String]| {
            lines
                .iter()
                .map(|line| line.matches('\n').count() + 1)
                .sum::<usize>()
        };
        lines.push(format!("pub fn step_{number}(a, b) {{"));
        lines.push("    let total = a + b;".to_owned());
        for mistake in mistakes {
            let (line, code) = MISTAKES[*mistake];
            expected.push((lines_so_far(&lines), code.to_owned()));
            lines.push(line.to_owned());
        }
        lines.push(format!(
            "    if total > LIMIT_{number} {{ println!(\"{{total}}\"); }}"
        ));
        lines.push("    match total { 1 => \"one\", _ => \"many\" }\n}\n".to_owned());
    }
    (lines.join("\n"), expected)
}

#[test]
fn every_mistake_is_found_and_nothing_else() {
    let mut random = Random(7);
    for count in [0, 1, 2, 5, 20, 60] {
        for _ in 0..4 {
            let (text, expected) = script(&mut random, count);
            let facts = facts(&[source("main.rn", &text)], Dialect::Module);
            let errors = facts[0]
                .problems
                .iter()
                .filter(|said| said.severity == Severity::Error);
            let found: Vec<(usize, String)> = errors
                .map(|said| {
                    let (start, _) = fixture::absolute(&facts[0], said);
                    (text[..start].matches('\n').count(), said.code.clone())
                })
                .collect();
            assert_eq!(found, expected, "in:\n{text}");
        }
    }
}
