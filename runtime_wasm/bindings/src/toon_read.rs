//! Reads TOON, a notation of JSON's values in lines: strictly, with two spaces a level, and without folded keys.

use jaq_json::{Map, Rc, Val};

use crate::plain::DEEPEST;
use crate::toon_words::{first_outside, primitive, split, Field, Header, Worded};

const INDENT: usize = 2;

/// The value of a document. The error names the line.
pub(crate) fn read(text: &str) -> Result<Val, String> {
    let mut reader = Reader {
        lines: lines(text)?,
        at: 0,
    };
    let value = reader
        .root()
        .and_then(|value| match reader.lines.get(reader.at) {
            Some(line) => Err(format!("`{}` belongs to nothing", line.text)),
            None => Ok(value),
        });
    value.map_err(|problem| {
        let last = reader.lines.len().saturating_sub(1);
        let number = reader
            .lines
            .get(reader.at.min(last))
            .map_or(1, |l| l.number);
        format!("line {number}: {problem}")
    })
}

/// A line that is not blank.
struct Line<'t> {
    number: usize,
    depth: usize,
    text: &'t str,
    /// Whether a blank line stands before it.
    is_apart: bool,
}

fn lines(text: &str) -> Result<Vec<Line<'_>>, String> {
    let mut lines = Vec::new();
    let mut is_apart = false;
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        if line.trim().is_empty() {
            is_apart = true;
            continue;
        }
        let trimmed = line.trim_start_matches(' ');
        let spaces = line.len() - trimmed.len();
        if trimmed.starts_with('\t') {
            return Err(format!("line {number}: indented with a tab: use spaces"));
        }
        if spaces % INDENT != 0 {
            return Err(format!(
                "line {number}: indented by {spaces} spaces: each level has {INDENT}"
            ));
        }
        lines.push(Line {
            number,
            depth: spaces / INDENT,
            text: trimmed.trim_end(),
            is_apart: std::mem::take(&mut is_apart),
        });
    }
    Ok(lines)
}

struct Reader<'t> {
    lines: Vec<Line<'t>>,
    at: usize,
}

impl<'t> Reader<'t> {
    fn root(&mut self) -> Worded<Val> {
        let Some(first) = self.lines.first() else {
            return Ok(Val::obj(Map::default()));
        };
        let (text, is_only) = (first.text, self.lines.len() == 1);
        if first.depth > 0 {
            return Err("the first line is indented".to_owned());
        }
        if is_only && text == "[]" {
            self.at += 1;
            return Ok(list(Vec::new()));
        }
        match Field::read(text)? {
            Some(Field {
                key: None,
                header: Some(header),
                rest,
            }) => {
                self.at += 1;
                self.array(&header, rest, 0)
            }
            None if is_only => {
                self.at += 1;
                primitive(text)
            }
            _ => self.object(0),
        }
    }

    /// The fields that stand at this depth.
    fn object(&mut self, depth: usize) -> Worded<Val> {
        if depth > DEEPEST {
            return Err(format!("nested deeper than {DEEPEST} levels"));
        }
        let mut fields = Map::default();
        while let Some(text) = self.line_at(depth)? {
            let Some(Field {
                key: Some(key),
                header,
                rest,
            }) = Field::read(text)?
            else {
                return Err(format!("expected `key: value`, found `{text}`"));
            };
            if fields.contains_key(&Val::utf8_str(key.clone())) {
                return Err(format!("the key `{key}` stands here twice"));
            }
            self.at += 1;
            let value = match header {
                Some(header) => self.array(&header, rest, depth)?,
                None => self.value(rest, depth)?,
            };
            fields.insert(Val::utf8_str(key), value);
        }
        Ok(Val::obj(fields))
    }

    /// What stands behind the colon of a key, or below it.
    fn value(&mut self, rest: &str, depth: usize) -> Worded<Val> {
        match rest {
            "" => self.object(depth + 1),
            "[]" => Ok(list(Vec::new())),
            rest => primitive(rest),
        }
    }

    fn array(&mut self, header: &Header, rest: &'t str, depth: usize) -> Worded<Val> {
        let items = match (&header.fields, rest) {
            (Some(fields), "") => self.rows(header, fields, depth + 1)?,
            (Some(_), rest) => return Err(format!("expected rows below, found `{rest}`")),
            (None, "") => self.items(depth + 1)?,
            (None, rest) => {
                // The line of an array that is written in one is the one before.
                self.at -= 1;
                let tokens = split(rest, header.delimiter);
                let items = tokens
                    .into_iter()
                    .map(primitive)
                    .collect::<Worded<Vec<Val>>>()?;
                counted(&items, header)?;
                self.at += 1;
                items
            }
        };
        counted(&items, header)?;
        Ok(list(items))
    }

    fn rows(&mut self, header: &Header, fields: &[String], depth: usize) -> Worded<Vec<Val>> {
        let mut rows = Vec::new();
        while let Some(text) = self.line_at(depth)? {
            if !is_row(text, header.delimiter) {
                break;
            }
            self.not_apart()?;
            let tokens = split(text, header.delimiter);
            if tokens.len() != fields.len() {
                let (found, wanted) = (tokens.len(), fields.len());
                return Err(format!("expected {wanted} values in a row, found {found}"));
            }
            let mut row = Map::default();
            for (field, token) in fields.iter().zip(tokens) {
                row.insert(Val::utf8_str(field.clone()), primitive(token)?);
            }
            rows.push(Val::obj(row));
            self.at += 1;
        }
        Ok(rows)
    }

    fn items(&mut self, depth: usize) -> Worded<Vec<Val>> {
        if depth > DEEPEST {
            return Err(format!("nested deeper than {DEEPEST} levels"));
        }
        let mut items = Vec::new();
        while let Some(text) = self.line_at(depth)? {
            let Some(item) = text.strip_prefix('-') else {
                break;
            };
            self.not_apart()?;
            match (item.trim(), item.starts_with(' ')) {
                ("", _) => {
                    self.at += 1;
                    items.push(Val::obj(Map::default()));
                }
                (item, true) => items.push(self.item(item, depth)?),
                (_, false) => return Err(format!("expected `- ` and an item, found `{text}`")),
            }
        }
        Ok(items)
    }

    fn item(&mut self, text: &'t str, depth: usize) -> Worded<Val> {
        match Field::read(text)? {
            Some(Field {
                key: None,
                header: Some(header),
                rest,
            }) => {
                self.at += 1;
                self.array(&header, rest, depth)
            }
            Some(_) => {
                // The first field stands behind the hyphen as if it had a line of its own, one level in.
                let line = &mut self.lines[self.at];
                (line.depth, line.text) = (depth + 1, text);
                self.object(depth + 1)
            }
            None => {
                self.at += 1;
                primitive(text)
            }
        }
    }

    /// The present line if it stands at this depth; one that stands deeper is a mistake.
    fn line_at(&self, depth: usize) -> Worded<Option<&'t str>> {
        match self.lines.get(self.at) {
            Some(line) if line.depth > depth => Err("indented too far".to_owned()),
            Some(line) if line.depth == depth => Ok(Some(line.text)),
            _ => Ok(None),
        }
    }

    fn not_apart(&self) -> Worded<()> {
        match self.lines[self.at].is_apart {
            true => Err("a blank line stands in an array".to_owned()),
            false => Ok(()),
        }
    }
}

/// Whether a line below a header with fields is one of its rows, not a field that follows.
fn is_row(text: &str, delimiter: char) -> bool {
    match (first_outside(text, ':'), first_outside(text, delimiter)) {
        (Some(colon), Some(delimiter)) => delimiter < colon,
        (colon, _) => colon.is_none(),
    }
}

fn counted(items: &[Val], header: &Header) -> Worded<()> {
    match items.len() == header.length {
        true => Ok(()),
        false => Err(format!(
            "the array should have {} items, and has {}",
            header.length,
            items.len()
        )),
    }
}

fn list(items: Vec<Val>) -> Val {
    Val::Arr(Rc::new(items))
}
