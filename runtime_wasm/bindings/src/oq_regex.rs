//! jq's `test`, `match`, `capture`, `scan`, `split`, `sub` and `gsub`, with the same expressions as the module `regex`.

use jaq_core::native::{bome, v, Filter};
use jaq_core::{Cv, RunPtr, ValXs};
use jaq_json::{Error, Map, Val};
use jaq_std::ValT;
use regex::{Captures, Regex, RegexBuilder};

use crate::oq_filter::Data;

/// What the definitions of the library are made with. Each takes an expression and flags.
pub(crate) fn filters() -> Vec<Filter<RunPtr<Data>>> {
    vec![
        ("matches", v(2), |cv| {
            searched(
                cv,
                Wanted {
                    between: false,
                    found: true,
                },
            )
        }),
        ("split_matches", v(2), |cv| {
            searched(
                cv,
                Wanted {
                    between: true,
                    found: true,
                },
            )
        }),
        ("split_", v(2), |cv| {
            searched(
                cv,
                Wanted {
                    between: true,
                    found: false,
                },
            )
        }),
    ]
}

/// What a search gives: what is found, what lies between, or both in their order.
#[derive(Clone, Copy)]
struct Wanted {
    between: bool,
    found: bool,
}

fn searched<'a>(mut cv: Cv<'a, Data>, wanted: Wanted) -> ValXs<'a, Val> {
    let flags = cv.0.pop_var();
    let pattern = cv.0.pop_var();
    bome(search(&cv.1, &pattern, &flags, wanted))
}

fn search(value: &Val, pattern: &Val, flags: &Val, wanted: Wanted) -> Result<Val, Error> {
    let (text, flags) = (text_of(value)?, text_of(flags)?);
    let regex = prepared(text_of(pattern)?, flags)?;
    let (is_global, skips_empty) = (flags.contains('g'), flags.contains('n'));
    let found = regex.captures_iter(text);
    let found = found.filter(|groups| !skips_empty || !groups[0].is_empty());
    let mut parts = Vec::new();
    let mut end = 0;
    for groups in found.take(if is_global { usize::MAX } else { 1 }) {
        let whole = groups.get_match();
        if wanted.between {
            parts.push(Val::utf8_str(text[end..whole.start()].to_owned()));
        }
        if wanted.found {
            parts.push(groups_value(&regex, text, &groups));
        }
        end = whole.end();
    }
    if wanted.between {
        parts.push(Val::utf8_str(text[end..].to_owned()));
    }
    Ok(parts.into_iter().collect())
}

fn text_of(value: &Val) -> Result<&str, Error> {
    let text = std::str::from_utf8(value.try_as_utf8_bytes()?);
    text.map_err(|_| Error::typ(value.clone(), "text in UTF-8"))
}

fn prepared(pattern: &str, flags: &str) -> Result<Regex, Error> {
    let mut builder = RegexBuilder::new(pattern);
    for flag in flags.chars() {
        match flag {
            'g' | 'n' => &mut builder,
            'i' => builder.case_insensitive(true),
            'x' => builder.ignore_whitespace(true),
            's' => builder.dot_matches_new_line(true),
            'l' => builder.swap_greed(true),
            'p' => builder.dot_matches_new_line(true).multi_line(true),
            other => return Err(Error::str(format_args!("there is no flag `{other}`"))),
        };
    }
    // The words of the module `regex`, which name the place.
    crate::Regex::new(pattern).map_err(Error::str)?;
    builder.build().map_err(Error::str)
}

/// The whole match and its groups, as `match` has them: offsets and lengths are characters.
fn groups_value(regex: &Regex, text: &str, groups: &Captures<'_>) -> Val {
    let group = |(index, name): (usize, Option<&str>)| {
        let found = groups.get(index);
        let offset = found.map_or(-1, |m| text[..m.start()].chars().count() as isize);
        let length = found.map_or(0, |m| m.as_str().chars().count() as isize);
        let string = found.map_or(Val::Null, |m| Val::utf8_str(m.as_str().to_owned()));
        let mut fields = vec![
            ("offset", Val::from(offset)),
            ("length", Val::from(length)),
            ("string", string),
        ];
        fields.extend(name.map(|name| ("name", Val::from(name.to_owned()))));
        let fields = fields.into_iter();
        let keyed = fields.map(|(key, value)| (Val::from(key.to_owned()), value));
        Val::obj(keyed.collect::<Map>())
    };
    regex.capture_names().enumerate().map(group).collect()
}
