//! What a check costs grows with the text, not with the square of the mistakes in it. Compiles are counted, not timed.

mod fixture;

use fixture::{facts, source};
use runekiln_guest::compile::{counted, weight};
use runekiln_guest::protocol::{Dialect, Severity};

/// A line for each number.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(|number| line(number) + "\n").collect()
}

fn in_main(count: usize, line: impl Fn(usize) -> String) -> String {
    format!("pub fn main() {{\n{}}}\n", lines(count, line))
}

/// Checks the text; the compiler is started so often, and is given so many bytes in all.
fn check(text: &str) -> (usize, u64, u64) {
    let before = counted();
    let facts = facts(&[source("main.rn", text)], Dialect::Module);
    let after = counted();
    (
        facts[0].problems.len(),
        after.compiles - before.compiles,
        after.bytes - before.bytes,
    )
}

/// Makes a text with so many mistakes.
type Maker = fn(usize) -> String;

/// Texts with many mistakes.
const BROKEN: &[(&str, Maker)] = &[
    ("functions of one name", |count| {
        lines(count, |number| format!("pub fn sow() {{ {number} }}"))
    }),
    ("structs of one name", |count| {
        lines(count, |_| "struct Bed { rows }".to_owned())
    }),
    ("mistakes of syntax", |count| {
        lines(count, |number| {
            format!("pub fn sow_{number}() {{ let = 1; }}")
        })
    }),
    ("mistakes of syntax in one function", |count| {
        in_main(count, |_| "let = 1;".to_owned())
    }),
    ("missing names", |count| {
        lines(count, |number| {
            format!("pub fn sow_{number}() {{ absent() }}")
        })
    }),
    ("missing names in one function", |count| {
        in_main(count, |number| format!("absent_{number}();"))
    }),
    ("early mistakes", |count| {
        lines(count, |number| {
            format!("pub fn sow_{number}() {{ 1.await }}")
        })
    }),
    ("early mistakes outside of functions", |count| {
        lines(count, |number| {
            format!("pub fn sow_{number}() {{ {number} }}")
        }) + &"absent!();\n".repeat(count / 10)
    }),
    ("early mistakes in one function", |count| {
        in_main(count, |_| "println!(\"{} {}\", 1);".to_owned())
    }),
    ("broken constants", |count| {
        lines(count, |number| {
            format!("pub const BED_{number} = absent();")
        })
    }),
    ("a chain of broken constants", |count| {
        // Rune follows longer chains too deep for a test's stack.
        let count = count.min(100);
        lines(count, |number| {
            format!("pub const BED_{number} = BED_{} + 1;", number + 1)
        })
    }),
    ("missing imports", |count| {
        lines(count, |number| {
            format!("use absent_{number}::sow_{number};")
        })
    }),
    ("modules", |count| {
        lines(count, |number| {
            format!("pub mod bed_{number} {{ pub fn sow() {{ absent() }} }}")
        })
    }),
    ("modules in modules", |count| {
        let count = count.min(100);
        let open = lines(count, |number| {
            format!("pub mod bed_{number} {{ pub fn sow() {{ absent() }}")
        });
        open + &"}".repeat(count)
    }),
];

#[test]
fn a_text_without_mistakes_is_compiled_once() {
    let text = lines(100, |number| {
        format!("pub fn sow_{number}() {{ {number} }}")
    });
    let (problems, compiles, bytes) = check(&text);
    assert_eq!((problems, compiles, bytes), (0, 1, weight(&text) as u64));
}

#[test]
fn one_mistake_costs_one_more_compile_of_little_more_than_the_headers() {
    let mut text = lines(100, |number| {
        format!("pub fn sow_{number}() {{ {} }}", "dig(1); ".repeat(20))
    });
    text.push_str("fn dig(row) { absent(row) }");
    let before = counted();
    facts(&[source("main.rn", &text)], Dialect::Module);
    let after = counted();
    assert_eq!(after.compiles - before.compiles, 2);
}

#[test]
fn however_many_mistakes_there_are_the_compiler_sees_a_bounded_multiple_of_the_text() {
    for (name, text) in BROKEN {
        for count in [100, 1000] {
            let text = text(count);
            let (problems, compiles, bytes) = check(&text);
            let most = 17 * text.len() as u64 + (1 << 20);
            assert!(
                bytes <= most,
                "{count} {name}: {bytes} bytes in {compiles} compiles"
            );
            assert!(problems > 0, "{count} {name}");
        }
    }
}

#[test]
fn a_hundred_mistakes_are_all_found() {
    let fewer = [
        "a chain of broken constants",
        "early mistakes outside of functions",
    ];
    for (name, text) in BROKEN.iter().filter(|(name, _)| !fewer.contains(name)) {
        let (problems, ..) = check(&text(100));
        assert!(problems >= 99, "{name}: {problems}");
    }
}

#[test]
fn it_is_said_at_the_last_problem_when_there_may_be_more() {
    let said = |count| {
        let text = in_main(count, |number| format!("absent_{number}();"));
        let facts = facts(&[source("main.rn", &text)], Dialect::Module);
        let problems = &facts[0].problems;
        let last = problems.last().expect("a problem");
        let place = problems[problems.len() - 2].span == last.span;
        (problems.len(), last.code.clone(), last.severity, place)
    };
    assert_eq!(said(100).0, 100);
    assert_eq!(said(100).1, "missing-item");
    let (count, code, severity, is_at_last) = said(2000);
    assert!((40..2000).contains(&count), "{count}");
    assert_eq!((&*code, severity), ("too-many-problems", Severity::Info));
    assert!(is_at_last);
}
