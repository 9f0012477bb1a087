//! Tells the host where a run is: scripts are run with calls in them that say which statement comes next.

use std::cell::RefCell;

use rune::runtime::{InstAddress, Memory, Output, VmResult};
use rune::{vm_try, ContextError, Module};

use crate::blank::is_expression;
use crate::memory::CELL;
use crate::syntax::SyntaxKind::*;
use crate::tree::{NodeRef, Span, Tree};

/// The crate whose function `at` the calls call. A script that has the word anywhere is run as it is.
const CRATE: &str = "__runekiln";

/// The statements of a run by their numbers: file and span in the original text.
type Places = Vec<(u32, Span)>;

thread_local! {
    static PLACES: RefCell<Places> = const { RefCell::new(Vec::new()) };
}

/// The native functions that instrumented scripts call.
pub fn module() -> Result<Module, ContextError> {
    let mut module = Module::with_crate(CRATE)?;
    module.raw_function("at", at).build()?;
    Ok(module)
}

fn at(memory: &mut dyn Memory, address: InstAddress, count: usize, out: Output) -> VmResult<()> {
    let number = vm_try!(memory.slice_at(address, count))
        .first()
        .and_then(|value| value.as_signed().ok());
    PLACES.with_borrow(|places| {
        if let Some((file, span)) = number.and_then(|number| places.get(number as usize)) {
            CELL.at(*file, span.start, span.end);
        }
    });
    vm_try!(out.store(memory, ()));
    VmResult::Ok(())
}

/// From now on numbers mean these places.
pub fn start(places: Places) {
    PLACES.replace(places);
}

/// A text with calls in it, and the way back.
pub struct Instrumented {
    pub text: String,
    /// What was put in: offset in the original text, number of bytes. In the order of the text.
    inserted: Vec<(u32, u32)>,
}

impl Instrumented {
    /// The text without any calls.
    pub fn plain(text: &str) -> Instrumented {
        Instrumented {
            text: text.to_owned(),
            inserted: Vec::new(),
        }
    }

    /// The span of the original text that a span of this text comes from.
    pub fn original(&self, span: Span) -> Span {
        Span::new(
            self.original_offset(span.start),
            self.original_offset(span.end),
        )
    }

    fn original_offset(&self, offset: u32) -> u32 {
        let mut shift = 0;
        for &(at, length) in &self.inserted {
            if offset < at + shift {
                break;
            }
            if offset < at + shift + length {
                return at;
            }
            shift += length;
        }
        offset - shift
    }
}

/// Puts the calls into the text of file number `file`, of which `text` is what the compiler is to see.
pub fn instrument(tree: &Tree, text: &str, file: u32, places: &mut Places) -> Instrumented {
    if text.contains(CRATE) {
        return Instrumented::plain(text);
    }
    let mut instrumenter = Instrumenter {
        file,
        places,
        inserted: Vec::new(),
    };
    instrumenter.visit(tree.root());
    instrumenter.apply(text)
}

struct Instrumenter<'p> {
    file: u32,
    places: &'p mut Places,
    inserted: Vec<(u32, String)>,
}

impl Instrumenter<'_> {
    fn visit(&mut self, root: NodeRef<'_>) {
        let mut skip_to = 0;
        for node in root.descendants() {
            if node.index() < skip_to {
                continue;
            }
            if is_computed_while_compiling(node) {
                skip_to = node.index() + node.descendants().count();
                continue;
            }
            match node.kind() {
                LoopExpression | WhileExpression | ForExpression => self.head(node),
                Block | FunctionBodyFile => self.statements(node),
                ClosureExpression => self.closure(node),
                _ => {}
            }
        }
    }

    /// Before each statement of a block.
    fn statements(&mut self, block: NodeRef<'_>) {
        for child in block.significant_children() {
            let is_statement = matches!(child.kind(), LetStatement | ExpressionStatement)
                || is_expression(child.kind());
            if is_statement {
                self.say(child.span().start, header(child));
            }
        }
    }

    /// At the beginning of a loop's body, if it has no statements of its own that would say where the run is.
    fn head(&mut self, node: NodeRef<'_>) {
        let body = node.children_of(Block).last();
        let is_empty =
            |body: &NodeRef<'_>| body.significant_children().all(|child| child.is_token());
        if let Some(body) = body.filter(is_empty) {
            self.say(body.span().start + 1, header(node));
        }
    }

    /// Around the body of a closure that is no block of its own.
    fn closure(&mut self, closure: NodeRef<'_>) {
        let body = closure
            .significant_children()
            .last()
            .filter(|body| is_expression(body.kind()));
        let Some(body) = body.filter(|body| !starts_with_brace(*body)) else {
            return;
        };
        self.inserted.push((body.span().start, "{".to_owned()));
        self.say(body.span().start, body.span());
        self.inserted.push((body.span().end, "}".to_owned()));
    }

    fn say(&mut self, offset: u32, span: Span) {
        let number = self.places.len();
        self.places.push((self.file, span));
        self.inserted
            .push((offset, format!("{CRATE}::at({number});")));
    }

    fn apply(mut self, text: &str) -> Instrumented {
        self.inserted.sort_by_key(|(offset, _)| *offset);
        let mut instrumented = String::with_capacity(text.len() * 2);
        let mut end = 0;
        for (offset, insertion) in &self.inserted {
            instrumented.push_str(&text[end..*offset as usize]);
            instrumented.push_str(insertion);
            end = *offset as usize;
        }
        instrumented.push_str(&text[end..]);
        let inserted = self
            .inserted
            .iter()
            .map(|(offset, insertion)| (*offset, insertion.len() as u32))
            .collect();
        Instrumented {
            text: instrumented,
            inserted,
        }
    }
}

/// Whether native functions cannot be called in there.
fn is_computed_while_compiling(node: NodeRef<'_>) -> bool {
    match node.kind() {
        ConstItem => true,
        FunctionItem => node
            .children()
            .take_while(|child| child.kind() != FnKeyword)
            .any(|child| child.kind() == ConstKeyword),
        BlockExpression => node
            .children()
            .take_while(|child| child.kind() != Block)
            .any(|child| child.kind() == ConstKeyword),
        // Its arguments are text to it.
        MacroCall => node.first_child(MacroArguments).is_none(),
        _ => false,
    }
}

fn starts_with_brace(body: NodeRef<'_>) -> bool {
    body.kind() == BlockExpression
        && body
            .first_child(Block)
            .is_some_and(|block| block.span().start == body.span().start)
}

/// The statement up to its first block: what is shown of a loop or an `if`.
fn header(statement: NodeRef<'_>) -> Span {
    let span = statement.span();
    let body = statement
        .descendants()
        .find(|node| matches!(node.kind(), Block | MatchArmList | SelectArmList));
    let end = body.map_or(span.end, |body| body.span().start);
    let previous = statement
        .tokens()
        .take_while(|token| token.span().start < end)
        .filter(|token| !token.kind().is_trivia())
        .last();
    Span::new(
        span.start,
        previous.map_or(span.end, |token| token.span().end),
    )
}
