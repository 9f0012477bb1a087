//! Where type annotations stand, so that they can be blanked before the compiler sees the text, and the types in them.

use crate::items::comment_text;
use crate::parser::parse;
use crate::syntax::SyntaxKind::*;
use crate::tree::{NodeRef, Span, Tree};

/// Every range to blank so that Rune 0.14.2 reads the text: `: Type` and `-> Type`, signs included, in the order of the
/// text. Inside of macro calls they are found where the arguments are known to be expressions.
pub fn annotation_spans(tree: &Tree) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for node in tree.nodes() {
        let is_annotation = matches!(node.kind, TypeAnnotation | ReturnType);
        // A function type has a `->` of its own, inside of the annotation that it is part of.
        let is_inside = spans.last().is_some_and(|last| node.end <= last.end);
        if is_annotation && !is_inside {
            spans.push(Span::new(node.start, node.end));
        }
    }
    spans
}

/// A type that an annotation names, or a tag of a function's documentation.
pub struct StatedType {
    /// The words of its path, without type arguments.
    pub path: Vec<String>,
    /// Whether it begins with `::`.
    pub is_absolute: bool,
    /// Where its path stands.
    pub span: Span,
}

/// The types that are named in a file, also as arguments of others.
pub fn stated_types(tree: &Tree, text: &str) -> Vec<StatedType> {
    let mut found = named_types(tree, text);
    if text.contains("@param") || text.contains("@return") {
        let nodes = tree.root().descendants();
        for function in nodes.filter(|node| node.kind() == FunctionItem) {
            for comment in function.children_of(DocComment) {
                found.extend(tagged_types(comment, text));
            }
        }
    }
    found
}

fn named_types(tree: &Tree, text: &str) -> Vec<StatedType> {
    let nodes = tree.root().descendants();
    let paths = nodes.filter(|node| node.kind() == PathType);
    paths.filter_map(|path| stated(path, text)).collect()
}

fn stated(path: NodeRef<'_>, text: &str) -> Option<StatedType> {
    let parts = path.significant_children();
    let parts: Vec<NodeRef<'_>> = parts.take_while(|part| part.is_token()).collect();
    let (first, last) = (parts.first()?, parts.last()?);
    let words = parts.iter().filter(|part| part.kind() != ColonColon);
    Some(StatedType {
        path: words.map(|word| word.text(text).to_owned()).collect(),
        is_absolute: first.kind() == ColonColon,
        span: Span::new(first.span().start, last.span().end),
    })
}

/// The types in the lines `@param name: Type` and `@return Type` of a comment.
fn tagged_types(comment: NodeRef<'_>, text: &str) -> Vec<StatedType> {
    let whole = comment.text(text);
    let offset = |part: &str| (part.as_ptr() as usize - text.as_ptr() as usize) as u32;
    let types = comment_text(whole).lines().filter_map(tagged_type);
    let read = types.flat_map(|written| {
        const BEFORE: &str = "fn f(p:";
        let header = format!("{BEFORE}{written}) {{}}");
        let parsed = parse(&header);
        let types = if parsed.problems.is_empty() {
            named_types(&parsed.tree, &header)
        } else {
            Vec::new()
        };
        let place = offset(written);
        types.into_iter().map(move |mut stated| {
            let moved = |at: u32| at - BEFORE.len() as u32 + place;
            stated.span = Span::new(moved(stated.span.start), moved(stated.span.end));
            stated
        })
    });
    read.collect()
}

/// The type in a line of documentation, up to the hyphen or dash behind which a description stands.
fn tagged_type(line: &str) -> Option<&str> {
    let line = line.trim_start().strip_prefix('@')?;
    let (tag, rest) = line.split_once(char::is_whitespace)?;
    let written = match tag {
        "param" => {
            let (name, written) = rest.split_once(':')?;
            let is_name = !name.trim().contains(char::is_whitespace);
            is_name.then_some(written)?
        }
        "return" | "returns" => rest,
        _ => return None,
    };
    let is_dash = |part: &str| matches!(part, "-" | "\u{2013}" | "\u{2014}");
    let mut words = written.split(char::is_whitespace);
    let description = words.find(|word| is_dash(word));
    let end = description.map_or(written.len(), |dash| {
        dash.as_ptr() as usize - written.as_ptr() as usize
    });
    Some(&written[..end])
}
