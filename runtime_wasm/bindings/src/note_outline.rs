//! The structure of a note's Markdown: blocks, list items, quotations, and what is no text.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// What a note consists of. All ranges count from the start of its file.
#[derive(Default)]
pub(crate) struct Outline {
    /// What is inside of nothing, in order.
    pub(crate) blocks: Vec<Found>,
    /// Quotations that are not inside of another, in order.
    pub(crate) quotes: Vec<Range<usize>>,
    /// The first paragraphs of list items with their marks, and whether they are quoted; in order.
    pub(crate) items: Vec<(Range<usize>, bool)>,
    /// Code, HTML, formulas and the places that links lead to: what looks like a tag there is none. In order.
    pub(crate) opaque: Vec<Range<usize>>,
}

/// A block as it stands in the text, with what is known of its kind.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) kind: &'static str,
    pub(crate) range: Range<usize>,
    /// What headings, code and formulas say, without marks.
    pub(crate) text: String,
    pub(crate) level: u8,
    pub(crate) id: Option<String>,
    pub(crate) language: String,
    pub(crate) is_ordered: bool,
    pub(crate) items: usize,
    pub(crate) rows: usize,
    pub(crate) headers: Vec<String>,
    /// Whether a paragraph has formulas, and whether it has anything else.
    has_formula: bool,
    has_words: bool,
}

/// The outline of `text[start..]`.
pub(crate) fn outline(text: &str, start: usize) -> Outline {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH;
    let parser = Parser::new_ext(&text[start..], options);
    let shifted = |range: Range<usize>| range.start + start..range.end + start;
    let mut reader = Reader::default();
    let definitions = parser.reference_definitions().iter();
    let definitions = definitions.map(|(_, definition)| shifted(definition.span.clone()));
    reader.outline.opaque.extend(definitions);
    for (event, range) in parser.into_offset_iter() {
        reader.read(event, shifted(range));
    }
    let mut outline = reader.outline;
    outline.items.sort_by_key(|(range, _)| range.start);
    outline.opaque.sort_by_key(|range| range.start);
    outline
}

/// What is open while the events come in.
#[derive(Default)]
struct Reader {
    outline: Outline,
    depth: usize,
    quotations: usize,
    items: Vec<Item>,
    /// The ends of what is shown of each open link so far.
    links: Vec<usize>,
    in_head: bool,
}

struct Item {
    range: Range<usize>,
    /// Whether its first paragraph is over.
    closed: bool,
}

impl Reader {
    fn read(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => {
                self.start(tag, range);
                self.depth += 1;
            }
            Event::End(end) => {
                self.depth -= 1;
                self.end(end, range);
            }
            Event::Rule => {
                if self.depth == 0 {
                    self.push("horizontal_rule", range);
                }
                self.close_item();
            }
            event => self.inline(&event, range),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if self.depth == 0 {
            self.start_block(&tag, range.clone());
        }
        match tag {
            Tag::Link { .. } | Tag::Image { .. } => {
                self.shown(range.start);
                self.links.push(range.start);
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Paragraph => {}
            Tag::Item => {
                if let (Some(list), 1) = (self.outline.blocks.last_mut(), self.depth) {
                    list.items += 1;
                }
                self.items.push(Item {
                    range: range.start..range.start,
                    closed: false,
                });
            }
            Tag::BlockQuote(_) => {
                self.close_item();
                if self.quotations == 0 {
                    self.outline.quotes.push(range);
                }
                self.quotations += 1;
            }
            Tag::CodeBlock(_) | Tag::HtmlBlock => {
                self.close_item();
                self.outline.opaque.push(range);
            }
            Tag::TableHead => self.in_head = self.depth == 1,
            Tag::TableRow | Tag::TableCell => self.start_part(&tag),
            _ => self.close_item(),
        }
    }

    fn start_block(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        let kind = match tag {
            Tag::Heading { .. } => "heading",
            Tag::CodeBlock(_) => "code",
            Tag::List(_) => "list",
            Tag::BlockQuote(_) => "blockquote",
            Tag::Table(_) => "table",
            Tag::HtmlBlock => "html",
            Tag::FootnoteDefinition(_) => "footnote",
            _ => "paragraph",
        };
        let block = self.push(kind, range);
        match tag {
            Tag::Heading { level, id, .. } => {
                block.level = *level as u8;
                block.id = id.as_ref().map(ToString::to_string);
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                let language = info.split([' ', '\t', ',']).next();
                block.language = language.unwrap_or_default().to_owned();
            }
            Tag::List(first) => block.is_ordered = first.is_some(),
            _ => {}
        }
    }

    /// A row of a table, or a cell of its head.
    fn start_part(&mut self, tag: &Tag<'_>) {
        let Some(table) = self.outline.blocks.last_mut() else {
            return;
        };
        match tag {
            Tag::TableRow if self.depth == 1 => table.rows += 1,
            Tag::TableCell if self.in_head => table.headers.push(String::new()),
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd, range: Range<usize>) {
        match end {
            TagEnd::BlockQuote(_) => self.quotations -= 1,
            TagEnd::Paragraph => self.close_item(),
            TagEnd::Item => {
                let quoted = self.quotations > 0;
                let item = self.items.pop().map(|item| (item.range, quoted));
                self.outline.items.extend(item);
            }
            TagEnd::Link | TagEnd::Image => {
                // Behind what is shown of a link stands where it leads to.
                if let Some(end) = self.links.pop() {
                    self.outline.opaque.push(end..range.end);
                }
                self.shown(range.end);
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.shown(range.end),
            TagEnd::TableHead => self.in_head = false,
            _ => {}
        }
    }

    fn inline(&mut self, event: &Event<'_>, range: Range<usize>) {
        self.shown(range.end);
        let is_opaque = matches!(
            event,
            Event::Code(_)
                | Event::InlineMath(_)
                | Event::DisplayMath(_)
                | Event::Html(_)
                | Event::InlineHtml(_)
                | Event::FootnoteReference(_)
        );
        if is_opaque {
            self.outline.opaque.push(range);
        }
        let in_head = self.in_head;
        let Some(block) = self.outline.blocks.last_mut() else {
            return;
        };
        let said = match event {
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) => &**text,
            Event::DisplayMath(text) => {
                block.has_formula = true;
                block.text.push_str(text.trim());
                return;
            }
            Event::SoftBreak | Event::HardBreak => " ",
            _ => "",
        };
        block.has_words |= !said.trim().is_empty();
        if matches!(block.kind, "heading" | "code") {
            block.text.push_str(said);
        }
        if let Some(cell) = block.headers.last_mut().filter(|_| in_head) {
            cell.push_str(said);
        }
    }

    fn push(&mut self, kind: &'static str, range: Range<usize>) -> &mut Found {
        self.outline.blocks.push(Found {
            kind,
            range,
            ..Found::default()
        });
        let last = self.outline.blocks.len() - 1;
        &mut self.outline.blocks[last]
    }

    /// Something of a paragraph ends here.
    fn shown(&mut self, end: usize) {
        if let Some(item) = self.items.last_mut().filter(|item| !item.closed) {
            item.range.end = item.range.end.max(end);
        }
        if let Some(link) = self.links.last_mut() {
            *link = end.max(*link);
        }
    }

    fn close_item(&mut self) {
        if let Some(item) = self.items.last_mut() {
            item.closed = true;
        }
    }
}

impl Found {
    /// Whether it is a paragraph of nothing but formulas.
    pub(crate) fn is_formula(&self) -> bool {
        self.kind == "paragraph" && self.has_formula && !self.has_words
    }
}
