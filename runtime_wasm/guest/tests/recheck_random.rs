//! Scripts that are edited at random: after each edit, what is remembered and compiled in part is what a fresh check says.

mod fixture;
mod parsing;

use std::path::{Path, PathBuf};

use fixture::{facts, source};
use runekiln_guest::handle::handle;
use runekiln_guest::protocol::*;

/// Numbers that are random enough and the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % limit.max(1)
    }

    fn of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }
}

/// An editor: the texts it has, and the facts it was told.
struct Editor {
    texts: Vec<(String, String)>,
    known: Option<(u64, Vec<FileFacts>)>,
    /// How many checks were answered by a difference.
    differences: usize,
}

impl Editor {
    fn new(texts: Vec<(String, String)>) -> Editor {
        Editor {
            texts,
            known: None,
            differences: 0,
        }
    }

    fn sources(&self) -> Vec<Source> {
        let texts = self.texts.iter();
        texts.map(|(path, text)| source(path, text)).collect()
    }

    fn recheck(&mut self) -> Option<&[FileFacts]> {
        let known = self.known.as_ref().map(|(revision, _)| *revision);
        let request = RecheckRequest {
            sources: self.sources(),
            dialect: Dialect::Module,
            known,
        };
        self.known = match handle(Request::Recheck(request)) {
            Response::Remembered { revision, files } => Some((revision, files)),
            Response::Changed { revision, files } => {
                self.differences += 1;
                let (_, mut facts) = self.known.take().expect("a difference from something");
                files
                    .into_iter()
                    .for_each(|change| apply(&mut facts, change));
                Some((revision, facts))
            }
            Response::NeedSources { .. } => None,
            other => panic!("not checked: {other:?}"),
        };
        self.known.as_ref().map(|(_, facts)| facts.as_slice())
    }
}

/// What the host does with a difference.
fn apply(facts: &mut [FileFacts], change: FileChange) {
    let file = facts.iter_mut().find(|file| file.path == change.path);
    let file = file.expect("a file that is known");
    for item in &mut file.items[change.moved_from as usize..] {
        for offset in &mut item.span {
            *offset = offset.wrapping_add_signed(change.moved_by);
        }
    }
    for item in change.items {
        file.items[item.number as usize] = item.facts;
    }
    file.problems = change.problems;
}

const SNIPPETS: &[&str] = &[
    "a",
    "b",
    "x",
    "_",
    "1",
    " ",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "`",
    "${",
    ";",
    ",",
    ".",
    ":",
    "::",
    "=",
    "!",
    "?",
    "|",
    "&",
    "/*",
    "*/",
    "//",
    "\n",
    "é",
    "🌱",
    "let ",
    "if ",
    "match ",
    "fn ",
    "pub ",
    "const ",
    "async ",
    "await",
    "return",
    "break;",
    "self",
    "mut ",
    "use ",
    "mod ",
    "#[",
    "struct S;",
    "-> i64",
    ": String",
    "\n    missing(1);\n",
    "\n    let n = absent;\n",
    "\n    n.await;\n",
    "\n    let mut m = 1;\n",
    "\n    nonsense!(1);\n",
    "// note\n",
    "\n/// Counts.\n",
    "\n\n",
    "println!(\"{}\", x)",
    "\n    break;\n",
    "\n    return 1\n",
];

/// One edit of a text, as somebody types or moves things about.
fn edit(random: &mut Random, text: &str) -> String {
    let mut text = text.to_owned();
    let place = |random: &mut Random, text: &str| {
        let mut at = random.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    match random.below(10) {
        0..=3 => {
            let mut at = place(random, &text);
            if random.below(3) == 0 {
                at = text[..at].rfind('\n').map_or(0, |line| line + 1);
            }
            text.insert_str(at, random.of(SNIPPETS));
        }
        4 | 5 => {
            let at = place(random, &text);
            if let Some(character) = text[at..].chars().next() {
                text.replace_range(at..at + character.len_utf8(), "");
            }
        }
        6 => {
            // One word in the place of another.
            let words: Vec<&str> = text
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .collect();
            let (old, new) = (random.of(&words).to_owned(), random.of(&words).to_owned());
            let at = place(random, &text);
            if let Some(found) = text[at..].find(&old).filter(|_| !old.is_empty()) {
                text.replace_range(at + found..at + found + old.len(), &new);
            }
        }
        _ => {
            let mut lines: Vec<&str> = text.split('\n').collect();
            let (one, other) = (random.below(lines.len()), random.below(lines.len()));
            match random.below(3) {
                0 => {
                    lines.remove(one);
                }
                1 => lines.insert(one, lines[other]),
                _ => lines.swap(one, other),
            }
            text = lines.join("\n");
        }
    }
    text
}

fn scripts() -> Vec<PathBuf> {
    let kiln =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/kilns/garden/.crucible/scripts");
    let mut found: Vec<PathBuf> = below(&kiln);
    found.extend(below(&parsing::upstream().join("tests")));
    found.sort();
    found
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .filter(|path| path.extension().is_some_and(|suffix| suffix == "rn"))
        .collect()
}

#[test]
fn after_any_edits_the_facts_are_those_of_a_fresh_check() {
    let seconds = std::env::var("RUNEKILN_FUZZ_SECONDS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(5);
    let seed = std::env::var("RUNEKILN_FUZZ_SEED")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(11);
    println!("seed {seed}");
    let end = std::time::Instant::now() + std::time::Duration::from_secs(seconds);
    let mut random = Random(seed);
    let (mut edits, mut differences, mut failures) = (0, 0, 0);
    let scripts = scripts();
    while std::time::Instant::now() < end {
        let path = &scripts[random.below(scripts.len())];
        let original = std::fs::read_to_string(path).expect("a script");
        let mut editor = Editor::new(vec![("main.rn".to_owned(), original.clone())]);
        editor.recheck();
        let mut before = vec![original.clone()];
        for _ in 0..20 {
            let text = before.last().expect("a text").clone();
            let after = if random.below(4) == 0 && before.len() > 1 {
                before.pop();
                before.last().expect("a text").clone()
            } else {
                edit(&mut random, &text)
            };
            editor.texts[0].1.clone_from(&after);
            before.push(after);
            edits += 1;
            let was = editor.differences;
            let Some(found) = editor.recheck().map(<[FileFacts]>::to_vec) else {
                continue;
            };
            let expected = facts(&editor.sources(), Dialect::Module);
            if found != expected {
                failures += 1;
                let is_difference = editor.differences > was;
                eprintln!("=== {} (difference: {is_difference})", path.display());
                if let Ok(folder) = std::env::var("RUNEKILN_FUZZ_OUT") {
                    std::fs::write(format!("{folder}/{failures}-before.rn"), &text).unwrap();
                    std::fs::write(format!("{folder}/{failures}-after.rn"), &editor.texts[0].1)
                        .unwrap();
                }
                describe(&found, &expected);
                assert!(failures < 8, "too many differences");
                editor.known = None;
            }
        }
        differences += editor.differences;
    }
    println!("{edits} edits, {differences} answered by a difference");
    assert_eq!(failures, 0);
    assert!(differences * 6 > edits, "{differences} of {edits}");
}

fn describe(found: &[FileFacts], expected: &[FileFacts]) {
    for (found, expected) in found.iter().zip(expected) {
        for problem in &found.problems {
            if !expected.problems.contains(problem) {
                eprintln!("  too much: {problem:?}");
            }
        }
        for problem in &expected.problems {
            if !found.problems.contains(problem) {
                eprintln!("  missing:  {problem:?}");
            }
        }
        for (found, expected) in found.items.iter().zip(&expected.items) {
            if found != expected {
                eprintln!(
                    "  item {} {:?} differs from {} {:?}",
                    found.name, found.span, expected.name, expected.span
                );
            }
        }
    }
}

#[test]
fn replay() {
    let Ok(path) = std::env::var("RUNEKILN_FUZZ_IN") else {
        return;
    };
    let pair: Vec<std::collections::BTreeMap<String, String>> =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let files = |texts: &std::collections::BTreeMap<String, String>| -> Vec<(String, String)> {
        let mut files: Vec<_> = texts.iter().map(|(a, b)| (a.clone(), b.clone())).collect();
        files.sort_by_key(|(path, _)| path != "/soak/main.rn");
        files
    };
    let mut editor = Editor::new(files(&pair[0]));
    for texts in &pair {
        editor.texts = files(texts);
        let mut sources = editor.sources();
        loop {
            let known = editor.known.as_ref().map(|(revision, _)| *revision);
            match handle(Request::Recheck(RecheckRequest {
                sources: sources.clone(),
                dialect: Dialect::Module,
                known,
            })) {
                Response::NeedSources { needs } => {
                    for path in needs.iter().flat_map(|need| &need.candidates) {
                        if sources.iter().all(|source| source.path != *path) {
                            sources.push(Source {
                                path: path.clone(),
                                text: None,
                            });
                        }
                    }
                }
                Response::Remembered { revision, files } => {
                    println!("whole");
                    editor.known = Some((revision, files));
                    break;
                }
                Response::Changed { revision, files } => {
                    println!("difference");
                    let (_, mut facts) = editor.known.take().unwrap();
                    files
                        .into_iter()
                        .for_each(|change| apply(&mut facts, change));
                    editor.known = Some((revision, facts));
                    break;
                }
                other => panic!("{other:?}"),
            }
        }
        let found = &editor.known.as_ref().unwrap().1;
        for file in found {
            println!(
                "{} {:?}",
                file.path,
                file.problems
                    .iter()
                    .map(|p| (&p.code, &p.message, p.item, p.span))
                    .collect::<Vec<_>>()
            );
        }
        describe(found, &facts(&sources, Dialect::Module));
    }
}

#[test]
fn a_comment_without_an_end_reaches_into_the_next_functions() {
    let script = "pub fn first() {\n    let n = 1;\n    n\n}\npub fn second() { absent() }\n";
    let mut editor = Editor::new(vec![("main.rn".to_owned(), script.to_owned())]);
    editor.recheck();
    let open = script.replace("n = 1;", "n = 1; /* x");
    let edited_behind = open.replace("absent()", "let = 1;");
    for edited in [open, edited_behind, script.to_owned()] {
        editor.texts[0].1 = edited;
        let found = editor.recheck().map(<[FileFacts]>::to_vec);
        let expected = facts(&editor.sources(), Dialect::Module);
        assert_eq!(found, Some(expected));
    }
}
