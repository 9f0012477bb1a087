//! From what the checker knows of a file to what the host is told of it.

use serde_bytes::ByteBuf;

use crate::files::File;
use crate::items::{encode_item, Item};
use crate::protocol::{FileFacts, ItemFacts, Problem};

/// The facts of a file, its problems in the order of the text.
pub fn facts(file: &File) -> FileFacts {
    with_items(file, |item| item_facts(file, item))
}

/// The facts of a file whose items have no trees.
pub fn outline(file: &File) -> FileFacts {
    with_items(file, |item| facts_of_item(item, Vec::new()))
}

fn with_items(file: &File, facts: impl FnMut(&Item) -> ItemFacts) -> FileFacts {
    FileFacts {
        path: file.path.clone(),
        items: file.items.iter().map(facts).collect(),
        problems: problem_facts(&file.problems, &file.items),
    }
}

/// Problems with absolute spans, as the host is told of them.
pub fn problem_facts(problems: &[Problem], items: &[Item]) -> Vec<Problem> {
    let mut problems = problems.to_vec();
    problems.sort_by_key(|problem| (problem.span, problem.severity));
    for problem in &mut problems {
        make_relative(problem, items);
    }
    problems
}

/// The facts of one item of a file.
pub fn item_facts(file: &File, item: &Item) -> ItemFacts {
    facts_of_item(item, encode_item(&file.tree, item))
}

/// The facts of an item with its encoded tree.
pub fn facts_of_item(item: &Item, tree: Vec<u8>) -> ItemFacts {
    let start = item.span.start;
    ItemFacts {
        kind: item.kind.name().to_owned(),
        name: item.name.clone(),
        span: [start, item.span.end],
        name_span: [item.name_span.start, item.name_span.end],
        parent: item.parent.map(|parent| parent as u32),
        public: item.public,
        docs: item.docs.clone(),
        hash: item.hash,
        tree: ByteBuf::from(tree),
    }
}

/// Makes the span relative to the innermost item that it is in, so that it stays true when the item only moves.
fn make_relative(problem: &mut Problem, items: &[Item]) {
    let [start, end] = problem.span;
    // Items are in the order of the text, so the last one that contains the place is the innermost.
    let begun = items.partition_point(|item| item.span.start <= start);
    let mut around = begun.checked_sub(1);
    while let Some(index) = around.filter(|&index| items[index].span.end < end) {
        around = items[index].parent;
    }
    if let Some(index) = around {
        let base = items[index].span.start;
        problem.item = Some(index as u32);
        problem.span = [start - base, end - base];
    }
}
