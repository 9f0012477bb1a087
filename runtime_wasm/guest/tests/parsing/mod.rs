//! What the tests of the parser share: parsing, drawing trees on a line, and marking problems in the text.
#![allow(dead_code)]

use runekiln_guest::parser::{parse_as, Dialect, Parse};
use runekiln_guest::syntax::SyntaxKind;
use runekiln_guest::tree::NodeRef;
use std::path::PathBuf;

mod upstream_crate;
#[allow(unused_imports)] // Not every test looks at Rune's own scripts.
pub use upstream_crate::upstream;

/// Parses `text` after a check that the tree is whole: its tokens are the text, and nodes lie in their parents.
pub fn parse_whole(text: &str, dialect: Dialect) -> Parse {
    let parse = parse_as(text, dialect);
    let tokens: String = parse
        .tree
        .root()
        .tokens()
        .map(|token| token.text(text))
        .collect();
    assert_eq!(tokens, text, "the tokens of the tree are not the text");
    for node in parse.tree.root().descendants() {
        assert!(
            node.children().all(|child| within(child, node)),
            "a child lies outside of its parent in {text:?}"
        );
    }
    for problem in &parse.problems {
        assert!(
            text.get(problem.span.start as usize..problem.span.end as usize)
                .is_some(),
            "{problem:?} in {text:?}"
        );
    }
    parse
}

fn within(child: NodeRef<'_>, node: NodeRef<'_>) -> bool {
    node.span().start <= child.span().start && child.span().end <= node.span().end
}

/// The statements of a function body, each on a line: nodes in parentheses, tokens as their text.
pub fn statements(text: &str) -> String {
    outline(text, Dialect::FunctionBody)
}

/// The items of a file, in the same manner.
pub fn items(text: &str) -> String {
    outline(text, Dialect::Module)
}

fn outline(text: &str, dialect: Dialect) -> String {
    let parse = parse_whole(text, dialect);
    assert_eq!(parse.problems, [], "problems in {text:?}");
    let lines: Vec<String> = parse
        .tree
        .root()
        .significant_children()
        .map(|child| node(child, text))
        .collect();
    lines.join("\n")
}

/// A node with its name; one that merely wraps a single token is that token.
fn node(of: NodeRef<'_>, text: &str) -> String {
    let children: Vec<NodeRef<'_>> = of.significant_children().collect();
    match children.as_slice() {
        [] => of.text(text).to_string(),
        [only] if only.is_token() && is_wrapper(of.kind()) => only.text(text).to_string(),
        _ => {
            let parts: Vec<String> = children.iter().map(|child| node(*child, text)).collect();
            format!("({:?} {})", of.kind(), parts.join(" "))
        }
    }
}

fn is_wrapper(kind: SyntaxKind) -> bool {
    use SyntaxKind::*;
    matches!(
        kind,
        Name | Path
            | PathExpression
            | LiteralExpression
            | IdentifierPattern
            | LiteralPattern
            | PathType
    )
}

/// Checks the problems of a file. Below each line, comments mark its problems: `//^^^ code`.
pub fn check_problems(marked: &str) {
    check_problems_of(marked, Dialect::Module);
}

/// The same for the body of a function.
pub fn check_problems_of(marked: &str, dialect: Dialect) {
    let is_text = |line: &&str| !line.trim_start().starts_with("//^");
    let text: Vec<&str> = marked.split('\n').filter(is_text).collect();
    assert_eq!(mark_problems(&text.join("\n"), dialect), marked);
}

/// The text with its problems marked.
pub fn mark_problems(text: &str, dialect: Dialect) -> String {
    let parse = parse_whole(text, dialect);
    let mut marked = String::new();
    let mut line_start = 0;
    for line in text.split('\n') {
        let line_end = line_start + line.len();
        marked.push_str(line);
        for problem in &parse.problems {
            let (start, end) = (problem.span.start as usize, problem.span.end as usize);
            if (line_start..=line_end).contains(&start) {
                let before = text[line_start..start].chars().count().saturating_sub(2);
                let length = text[start..end.min(line_end)].chars().count().max(1);
                marked.push_str(&format!(
                    "\n{}//{} {}",
                    " ".repeat(before),
                    "^".repeat(length),
                    problem.code
                ));
            }
        }
        marked.push('\n');
        line_start = line_end + 1;
    }
    marked.pop();
    marked
}

/// The files below `folder` whose names end with `suffix`, and their texts, in a stable order.
pub fn files(folder: PathBuf, suffix: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(suffix) {
                let text = std::fs::read_to_string(&path).expect("the file can be read");
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// A generator of numbers that are random enough and the same each time.
pub struct Random(pub u64);

impl Random {
    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

/// A block of Rune code in a doc comment: what stands in it, and behind `rune` in its fence.
#[derive(Debug, Clone, Default)]
pub struct Example {
    pub script: String,
    pub flags: String,
}

/// The blocks of Rune code in the doc comments of a Rust file. A few have no end but that of their comment, and macros
/// make some lines of others: `#[doc = concat!("a", $n)]`, where the name of a type comes in.
pub fn documented_scripts(rust: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut current: Option<Example> = None;
    for line in rust.lines().map(str::trim_start) {
        match (line.strip_prefix("///").map(str::trim_start), &mut current) {
            (Some(comment), None) if comment.starts_with("```rune") => {
                let flags = comment.trim_start_matches("```rune");
                current = Some(Example {
                    script: String::new(),
                    flags: flags.trim_start_matches(',').to_owned(),
                })
            }
            (Some(comment), Some(_)) if comment.starts_with("```") => {
                examples.extend(current.take())
            }
            // As in Rust's documentation, what stands behind `# ` is not shown.
            (Some(comment), Some(example)) => {
                let shown = comment.strip_prefix("# ").unwrap_or(comment);
                example.script.push_str(&format!("{shown}\n"));
            }
            (None, Some(example)) if line.starts_with("#[doc") => example
                .script
                .push_str(&format!("{}\n", concatenated(line))),
            (None, Some(_)) if line.starts_with("$(") => {}
            _ => examples.extend(current.take()),
        }
    }
    examples
}

/// The strings of a `concat!`, with `i64` between them.
fn concatenated(line: &str) -> String {
    let mut strings = Vec::new();
    let mut rest = line;
    while let Some((value, after)) = rest
        .find('"')
        .and_then(|quote| string_literal(&rest[quote..]))
    {
        strings.push(value);
        rest = after;
    }
    strings.join("i64")
}

/// The value of the string literal that `text` starts with, and what follows it.
pub fn string_literal(text: &str) -> Option<(String, &str)> {
    if let Some(raw) = text.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let (value, rest) = raw[hashes..]
            .strip_prefix('"')?
            .split_once(&format!("\"{}", "#".repeat(hashes)))?;
        return Some((value.to_string(), rest));
    }
    let inside = text.strip_prefix('"')?;
    let mut value = String::new();
    let mut characters = inside.char_indices();
    while let Some((place, character)) = characters.next() {
        match character {
            '"' => return Some((value, &inside[place + 1..])),
            '\\' => match characters.next()?.1 {
                'n' => value.push('\n'),
                escaped => value.push(escaped),
            },
            _ => value.push(character),
        }
    }
    None
}
