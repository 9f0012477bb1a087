//! The words of a line of TOON: keys, headers of arrays, and values between delimiters.

use jaq_json::{Num, Val};

/// What a line, or a part of it, is read to; the error says what is wrong, without the line's number.
pub(crate) type Worded<T> = Result<T, String>;

/// What stands before the values of an array: `[2]`, `[2|]`, `[2]{name,litres}`.
#[derive(Debug, PartialEq)]
pub(crate) struct Header {
    pub(crate) length: usize,
    pub(crate) delimiter: char,
    /// The keys of the objects in it, each of which is a row.
    pub(crate) fields: Option<Vec<String>>,
}

/// A key with what belongs to it. `rest` is what stands behind the colon.
#[derive(Debug, PartialEq)]
pub(crate) struct Field<'t> {
    pub(crate) key: Option<String>,
    pub(crate) header: Option<Header>,
    pub(crate) rest: &'t str,
}

impl<'t> Field<'t> {
    /// Reads a key, a header or both, and the colon behind them; `None` if there is no colon outside of quotes.
    pub(crate) fn read(text: &'t str) -> Worded<Option<Self>> {
        if first_outside(text, ':').is_none() {
            return Ok(None);
        }
        let (key, after) = key(text)?;
        let (header, after) = match after.starts_with('[') {
            true => header(after).map(|(header, after)| (Some(header), after))?,
            false => (None, after),
        };
        let Some(rest) = after.strip_prefix(':') else {
            return Err(format!("expected `:` before `{after}`"));
        };
        Ok(Some(Field {
            key,
            header,
            rest: rest.trim(),
        }))
    }
}

/// The key that a text begins with, if any, and what follows.
fn key(text: &str) -> Worded<(Option<String>, &str)> {
    if text.starts_with('"') {
        let (key, after) = quoted(text)?;
        return Ok((Some(key), after));
    }
    let end = text.find([':', '[']).unwrap_or(text.len());
    let (key, after) = text.split_at(end);
    let key = Some(key.trim_end()).filter(|key| !key.is_empty());
    if key.is_none() && after.starts_with(':') {
        return Err("expected a key before `:`".to_owned());
    }
    Ok((key.map(str::to_owned), after))
}

fn header(text: &str) -> Worded<(Header, &str)> {
    let wrong =
        || format!("`{text}` begins like the length of an array, such as `[2]:`, and is none");
    let (inside, after) = text[1..].split_once(']').ok_or_else(wrong)?;
    let delimiter = inside.chars().last().filter(|last| "|\t".contains(*last));
    let length = delimiter.map_or(inside, |delimiter| inside.trim_end_matches(delimiter));
    let is_number = length.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || (length.len() > 1 && length.starts_with('0')) {
        return Err(wrong());
    }
    let delimiter = delimiter.unwrap_or(',');
    let (fields, after) = match after.strip_prefix('{') {
        Some(fields) => {
            let end = first_outside(fields, '}').ok_or_else(wrong)?;
            (
                Some(field_names(&fields[..end], delimiter)?),
                &fields[end + 1..],
            )
        }
        None => (None, after),
    };
    let header = Header {
        length: length.parse().map_err(|_| wrong())?,
        delimiter,
        fields,
    };
    Ok((header, after))
}

fn field_names(text: &str, delimiter: char) -> Worded<Vec<String>> {
    let mut names = Vec::new();
    for name in split(text, delimiter) {
        let name = match name.starts_with('"') {
            true => whole_quoted(name)?,
            false if name.is_empty() || name.contains([',', '|', '\t']) => {
                return Err(format!("`{name}` is no name of a field"));
            }
            false => name.to_owned(),
        };
        if names.contains(&name) {
            return Err(format!("the field `{name}` is named twice"));
        }
        names.push(name);
    }
    Ok(names)
}

/// The pieces between delimiters that are not in quotes, trimmed.
pub(crate) fn split(text: &str, delimiter: char) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(end) = first_outside(rest, delimiter) {
        pieces.push(rest[..end].trim());
        rest = &rest[end + delimiter.len_utf8()..];
    }
    pieces.push(rest.trim());
    pieces
}

/// Where a character stands first that is in no quotes.
pub(crate) fn first_outside(text: &str, wanted: char) -> Option<usize> {
    let (mut in_quotes, mut is_escaped) = (false, false);
    text.char_indices().find_map(|(at, character)| {
        if is_escaped {
            is_escaped = false;
            return None;
        }
        match character {
            '\\' if in_quotes => is_escaped = true,
            '"' => in_quotes = !in_quotes,
            _ => {}
        }
        (character == wanted && !in_quotes).then_some(at)
    })
}

/// A text, number, `true`, `false` or `null`.
pub(crate) fn primitive(token: &str) -> Worded<Val> {
    Ok(match token {
        "true" => Val::Bool(true),
        "false" => Val::Bool(false),
        "null" => Val::Null,
        _ if token.starts_with('"') => Val::utf8_str(whole_quoted(token)?),
        _ => number(token).unwrap_or_else(|| Val::utf8_str(token.to_owned())),
    })
}

/// A number as JSON has it; with zeros before it, it is a text.
fn number(token: &str) -> Option<Val> {
    let begins = |byte: &u8| byte.is_ascii_digit() || *byte == b'-';
    if !token.as_bytes().first().is_some_and(begins) {
        return None;
    }
    let number: serde_json::Number = serde_json::from_str(token).ok()?;
    let whole = number.as_i64().map(Num::from_integral);
    let whole = whole.or_else(|| number.as_u64().map(Num::from_integral));
    let number = whole.unwrap_or_else(|| Num::Float(number.as_f64().unwrap_or(f64::NAN)));
    Some(Val::Num(match number {
        Num::Float(0.0) => Num::Int(0),
        number => number,
    }))
}

fn whole_quoted(token: &str) -> Worded<String> {
    match quoted(token)? {
        (text, "") => Ok(text),
        (_, after) => Err(format!("`{after}` stands behind a closing quote")),
    }
}

/// The text in the quotes that `text` begins with, and what follows.
fn quoted(text: &str) -> Worded<(String, &str)> {
    let mut read = String::new();
    let mut characters = text.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Ok((read, &text[at + 1..])),
            '\\' => {
                let (_, escape) = characters.next().ok_or("the text ends behind a `\\`")?;
                read.push(match escape {
                    '"' | '\\' => escape,
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    'u' => {
                        let code = text.get(at + 2..at + 6).unwrap_or("");
                        characters.nth(3);
                        unicode(code)?
                    }
                    other => return Err(format!("there is no escape `\\{other}`")),
                });
            }
            other => read.push(other),
        }
    }
    Err("the text is not closed: expected `\"`".to_owned())
}

fn unicode(code: &str) -> Worded<char> {
    let is_hexadecimal = code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_hexdigit());
    let value = is_hexadecimal.then(|| u32::from_str_radix(code, 16).ok());
    let character = value.flatten().and_then(char::from_u32);
    character.ok_or_else(|| format!("`\\u{code}` is no character"))
}
