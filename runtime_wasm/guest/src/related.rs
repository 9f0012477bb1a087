//! The other places that the compiler names in an error, read off the error's debug form, where they are public.

use crate::tree::Span;

/// Another place: `source` is Rune's number, or none for the source of the error itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub source: Option<usize>,
    pub span: Span,
    pub message: &'static str,
}

/// Fields that hold a span of the error's own source, and what the place means.
const SPANS: &[(&str, &str)] = &[
    ("moved_at: ", "moved here"),
    ("existing: ", "the first one is here"),
    ("object: ", "in this object"),
    ("followed_span: ", "followed by this"),
    ("nested_span: ", "inside of this"),
    ("cause: ", "because of this"),
];

/// The places in the debug form of an error or warning.
pub fn places(kind: &str, details: &str) -> Vec<Place> {
    let mut places: Vec<Place> = locations(details)
        .map(|(source, span)| Place {
            source: Some(source),
            span,
            message: role(kind),
        })
        .collect();
    for (field, message) in SPANS {
        let found = details
            .find(field)
            .and_then(|at| span_at(&details[at + field.len()..]));
        places.extend(found.map(|span| Place {
            source: None,
            span,
            message,
        }));
    }
    places
}

/// The debug form of an error in a text that lies so many bytes further on than the compiler was told.
pub fn moved(details: &str, by: i64) -> String {
    let mut moved = details.to_owned();
    for (field, _) in SPANS {
        let Some(start) = moved.find(field).map(|at| at + field.len()) else {
            continue;
        };
        let is_outside = |character: char| !(character.is_ascii_digit() || character == ':');
        let length = moved[start..].find(is_outside);
        let end = length.map_or(moved.len(), |length| start + length);
        if let Some(span) = span_at(&moved[start..end]) {
            let [first, last] = [span.start, span.end].map(|offset| i64::from(offset) + by);
            moved.replace_range(start..end, &format!("{first}:{last}"));
        }
    }
    moved
}

fn role(kind: &str) -> &'static str {
    match kind {
        "AmbiguousItem" => "also defined here",
        "ImportCycle" => "imported here",
        _ => "defined here",
    }
}

/// Each `Location(source, start:end)` in the text.
fn locations(details: &str) -> impl Iterator<Item = (usize, Span)> + '_ {
    details.split("Location(").skip(1).filter_map(|rest| {
        let (source, rest) = rest.split_once(", ")?;
        Some((source.parse().ok()?, span_at(rest)?))
    })
}

/// A span written as `12:15` at the beginning of the text.
fn span_at(text: &str) -> Option<Span> {
    let (start, rest) = text.split_once(':')?;
    let digits = rest
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(rest.len());
    Some(Span::new(start.parse().ok()?, rest[..digits].parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_a_name_that_is_defined_twice() {
        let details = "Error { span: 0:14, kind: AmbiguousItem { item: a, locations: [(Location(0, 0:14), a), (Location(1, 15:29), a)] } }";
        let found = places("AmbiguousItem", details);
        assert_eq!(
            found
                .iter()
                .map(|place| (place.source, place.span))
                .collect::<Vec<_>>(),
            [(Some(0), Span::new(0, 14)), (Some(1), Span::new(15, 29))]
        );
    }

    #[test]
    fn places_move_with_the_text() {
        let details = "Error { span: 9:12, kind: NestedTest { nested_span: 20:27 } }";
        let expected = "Error { span: 9:12, kind: NestedTest { nested_span: 15:22 } }";
        assert_eq!(moved(details, -5), expected);
    }

    #[test]
    fn the_place_where_a_variable_was_moved() {
        let found = places(
            "VariableMoved",
            "Error { span: 43:44, kind: VariableMoved { moved_at: 32:41 } }",
        );
        assert_eq!(
            found,
            [Place {
                source: None,
                span: Span::new(32, 41),
                message: "moved here"
            }]
        );
    }
}
