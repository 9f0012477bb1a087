//! Scripts that are edited at random: after each edit, what is remembered and compiled in part is what a fresh check says.

mod fixture;
mod hosts;
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
    /// Paths that were looked for, where there is nothing.
    absent: Vec<String>,
    known: Option<(u64, Vec<FileFacts>)>,
    /// What these are the facts of.
    told: Vec<Source>,
    /// How many checks were answered by a difference.
    differences: usize,
    /// How many of these were foreseen.
    foreseen: usize,
    checks: usize,
}

impl Editor {
    fn new(texts: Vec<(String, String)>) -> Editor {
        Editor {
            texts,
            absent: Vec::new(),
            known: None,
            told: Vec::new(),
            differences: 0,
            foreseen: 0,
            checks: 0,
        }
    }

    /// Its texts, and what was looked for and is not there.
    fn sources(&self) -> Vec<Source> {
        let texts = self.texts.iter();
        let texts = texts.map(|(path, text)| source(path, text));
        let absent = self.absent.iter().map(|path| Source {
            path: path.clone(),
            text: None,
        });
        texts.chain(absent).collect()
    }

    /// Every other time by a look ahead, where there is one.
    fn recheck(&mut self) -> &[FileFacts] {
        self.checks += 1;
        if self.checks % 2 == 1 || !self.settle() {
            self.recheck_at_once();
        }
        self.told = self.sources();
        let known = self.known.as_ref();
        known.map_or(&[], |(_, facts)| facts.as_slice())
    }

    /// Foresees what an edit makes of the items, which has to be what comes to be known of them.
    fn settle(&mut self) -> bool {
        let Some((known, facts)) = self.known.clone() else {
            return false;
        };
        let Some(request) = self.edit_since(known) else {
            return false;
        };
        let path = request.path.clone();
        let Response::Foreseen { files: foreseen } = handle(Request::Foresee(request)) else {
            return false;
        };
        let response = handle(Request::Settle(SettleRequest { path }));
        let Response::Changed { revision, files } = response else {
            assert!(matches!(response, Response::Beyond));
            return false;
        };
        self.foreseen += 1;
        let [ahead] = foreseen.as_slice() else {
            panic!("one file is edited: {foreseen:?}")
        };
        let change = files.iter().find(|change| change.path == ahead.path);
        let change = change.expect("the file that was edited");
        let moved = (change.moved_from, change.moved_by);
        assert_eq!((ahead.moved_from, ahead.moved_by), moved);
        for item in &ahead.items {
            assert!(change.items.contains(item), "{item:?}\n{change:?}");
        }
        let mut facts = facts;
        for change in files {
            apply(&mut facts, change);
        }
        self.differences += 1;
        self.known = Some((revision, facts));
        true
    }

    /// How the one file that has changed has changed, if it is one.
    fn edit_since(&self, known: u64) -> Option<ForeseeRequest> {
        let sources = self.sources();
        let path = sources.first()?.path.clone();
        let paths = |sources: &[Source]| -> Vec<String> {
            sources.iter().map(|source| source.path.clone()).collect()
        };
        let pairs = self.told.iter().zip(&sources);
        let changed: Vec<_> = pairs
            .filter(|(before, after)| before.text != after.text)
            .collect();
        let [(before, after)] = changed.as_slice() else {
            return None;
        };
        let (old, new) = (before.text.as_ref()?, after.text.as_ref()?);
        let equal = |pairs: &mut dyn Iterator<Item = (&u8, &u8)>| {
            pairs.take_while(|(left, right)| left == right).count()
        };
        let start = equal(&mut old.iter().zip(new.iter()));
        let end = equal(&mut old[start..].iter().rev().zip(new[start..].iter().rev()));
        let request = ForeseeRequest {
            path,
            known,
            edited: after.path.clone(),
            span: [start as u32, (old.len() - end) as u32],
            text: new[start..new.len() - end].to_vec().into(),
        };
        (paths(&self.told) == paths(&sources)).then_some(request)
    }

    fn recheck_at_once(&mut self) {
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
                for change in files {
                    apply(&mut facts, change);
                }
                Some((revision, facts))
            }
            Response::NeedSources { needs } => {
                let wanted = needs.into_iter().flat_map(|need| need.candidates);
                let is_new = |path: &String| self.texts.iter().all(|(known, _)| known != path);
                self.absent.extend(wanted.filter(is_new));
                self.absent.sort();
                self.absent.dedup();
                return self.recheck_at_once();
            }
            other => panic!("not checked: {other:?}"),
        };
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

const EDITS: usize = 2500;
const EDITS_OF_A_SCRIPT: usize = 20;

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
fn edit(random: &mut Random, text: &str, snippets: &[&str]) -> String {
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
            text.insert_str(at, random.of(snippets));
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
    let scripts = scripts().into_iter();
    let scripts = scripts.map(|path| {
        let text = std::fs::read_to_string(&path).expect("a script");
        (path.display().to_string(), text)
    });
    let differences = edit_at_random(&scripts.collect::<Vec<_>>(), SNIPPETS, EDITS);
    assert!(differences * 6 > EDITS, "{differences} of {EDITS}");
}

/// A host, of which the profile `core` has little.
const STUB: &str = r##"//! crate: garden
#[prelude] #[profile("tools")] pub struct Note { pub text: String }
pub mod wood { #[profile("tools")] pub struct Frame { pub size: f64 } pub fn saw() -> (); }
"##;

/// Annotations of types that the profile lacks, and that the script or an import calls so itself.
const ANNOTATED: &str = r##"use garden::wood;
struct Plank { note: Note }
/// Reads.
/// @param a: Note - which
pub fn main(a, frame: wood::Frame) -> Vec<Note> {
    let x: Note = a;
    let plank: Plank = Plank { note: x };
    [inner::main(plank, |y: Frame| y), frame, wood::saw()]
}
mod inner {
    pub struct Note;
    pub fn main(a: Note, b: Frame) { let c: Note = a; [b, c] }
}
pub fn last(a) {
    let b: garden::wood::Frame = a;
    use garden::wood::Frame as Board;
    |c: Board| [b, c]
}
impl Plank { fn note(self, x: Note) -> Note { let n: Self = self; n.note = x; n } }
"##;

const TYPES: &[&str] = &[
    ": Note",
    " -> Frame ",
    ": wood::Frame",
    "\n    let n: Note = 1;\n",
    "\n/// @param a: Frame\n",
    "\nstruct Note;\n",
    "\nuse garden::wood::*;\n",
    "Note",
    "Frame",
    "x",
    " ",
    "}",
    "// note\n",
];

#[test]
fn after_any_edits_the_same_types_of_other_profiles_are_told() {
    let script = ("annotated".to_owned(), ANNOTATED.to_owned());
    hosts::with_host(&[("garden.rni", STUB)], "core", || {
        let said = facts(&[source("main.rn", ANNOTATED)], Dialect::Module);
        let codes = said[0].problems.iter().map(|said| said.code.as_str());
        let told = codes.filter(|code| *code == "unavailable-in-profile");
        assert_eq!(told.count(), 12);
        let differences = edit_at_random(&[script], TYPES, EDITS / 2);
        // Half of the script is headers and items, whose edits are looked at as a whole.
        assert!(differences * 12 > EDITS / 2, "{differences} of {EDITS} / 2");
    });
}

/// Edits one script after the other, and compares each time. Tells how many checks were answered by a difference.
fn edit_at_random(scripts: &[(String, String)], snippets: &[&str], limit: usize) -> usize {
    let mut random = Random(11);
    let (mut edits, mut differences, mut foreseen) = (0, 0, 0);
    while edits < limit {
        let (name, original) = &scripts[random.below(scripts.len())];
        let mut editor = Editor::new(vec![("main.rn".to_owned(), original.clone())]);
        editor.recheck();
        let mut texts = vec![original.clone()];
        for _ in 0..EDITS_OF_A_SCRIPT {
            if random.below(4) == 0 && texts.len() > 1 {
                texts.pop();
            } else {
                let next = edit(&mut random, texts.last().expect("a text"), snippets);
                texts.push(next);
            }
            editor.texts[0].1.clone_from(texts.last().expect("a text"));
            edits += 1;
            let found = editor.recheck().to_vec();
            let expected = facts(&editor.sources(), Dialect::Module);
            let text = &editor.texts[0].1;
            assert!(
                found == expected,
                "{name}\n{}\n{text}",
                described(&found, &expected)
            );
        }
        differences += editor.differences;
        foreseen += editor.foreseen;
    }
    assert!(foreseen > 10, "{foreseen} of {differences}");
    differences
}

/// What the one has and the other has not.
fn described(found: &[FileFacts], expected: &[FileFacts]) -> String {
    let mut lines = Vec::new();
    for (found, expected) in found.iter().zip(expected) {
        let only = |one: &FileFacts, other: &FileFacts| {
            let problems = one
                .problems
                .iter()
                .filter(|said| !other.problems.contains(said));
            problems.map(|said| format!("{said:?}")).collect::<Vec<_>>()
        };
        lines.extend(
            only(found, expected)
                .into_iter()
                .map(|said| format!("too much: {said}")),
        );
        lines.extend(
            only(expected, found)
                .into_iter()
                .map(|said| format!("missing: {said}")),
        );
        let items = found.items.iter().zip(&expected.items);
        for (found, expected) in items.filter(|(found, expected)| found != expected) {
            lines.push(format!(
                "item {} {:?} is {:?}",
                found.name, found.span, expected.span
            ));
        }
    }
    lines.join("\n")
}

/// Pairs of texts, `before` and `after` an edit, at each of which a step once said something else than the whole.
#[test]
fn what_once_went_wrong_goes_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/rechecks");
    let pairs = parsing::files(folder, ".json");
    assert!(pairs.len() >= 15, "only {} pairs", pairs.len());
    for (path, pair) in pairs {
        let pair: serde_json::Value = serde_json::from_str(&pair).expect("JSON");
        let mut editor = Editor::new(Vec::new());
        for moment in ["before", "after"] {
            let texts = pair[moment].as_object().expect("texts by path");
            let texts = texts
                .iter()
                .map(|(path, text)| (path.clone(), text.as_str().expect("a text").to_owned()));
            editor.texts = texts.collect();
            editor.texts.sort_by_key(|(path, _)| path != "main.rn");
            let found = editor.recheck().to_vec();
            let expected = facts(&editor.sources(), Dialect::Module);
            let same = found == expected;
            assert!(
                same,
                "{} {moment}\n{}",
                path.display(),
                described(&found, &expected)
            );
        }
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
        let found = editor.recheck().to_vec();
        assert_eq!(found, facts(&editor.sources(), Dialect::Module));
    }
}
