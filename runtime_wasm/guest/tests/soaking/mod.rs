//! What the tests over random texts share: rounds with a seed each, and scripts edited at random.
#![allow(dead_code)]

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use runekiln_guest::parser::{parse_as, Dialect};
use runekiln_guest::syntax::SyntaxKind::{self, *};
use runekiln_guest::tree::Span;

use crate::parsing::Random;

/// The seed to begin with, which is that of the first round.
const SEED: &str = "RUNEKILN_SOAK_SEED";
/// How long to go on at least, in seconds.
const SECONDS: &str = "RUNEKILN_SOAK_SECONDS";

/// Calls `round` with numbers of `count` seeds that are the same each time, and of some that are not.
///
/// The environment can name the seed to begin with instead, and how long to go on. If a round fails, its seed is told.
pub fn rounds(name: &str, count: u64, mut round: impl FnMut(&mut Random)) {
    let given = number(SEED);
    let same = if given.is_some() { 0 } else { count };
    let seeds = (0..same).chain(given.unwrap_or_else(fresh)..);
    let end = Instant::now() + Duration::from_secs(number(SECONDS).unwrap_or(0));
    for (done, seed) in (0..).zip(seeds) {
        if done >= count + count / 4 && Instant::now() >= end {
            println!("soak: {name}: {done} rounds");
            return;
        }
        let _told = ToldIfItFails { name, seed };
        round(&mut seeded(seed));
    }
}

struct ToldIfItFails<'a> {
    name: &'a str,
    seed: u64,
}

impl Drop for ToldIfItFails<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("soak: {} failed with {SEED}={}", self.name, self.seed);
        }
    }
}

fn number(variable: &str) -> Option<u64> {
    let value = std::env::var(variable).ok()?;
    Some(value.parse().expect("a number"))
}

fn fresh() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.expect("a clock").subsec_nanos().into()
}

/// Seeds beside each other give numbers that have nothing to do with each other.
fn seeded(seed: u64) -> Random {
    Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31))
}

const PIECES: [&str; 44] = [
    "{", "}", "(", ")", "[", "]", "\"", "`", "${", "'", "b'", "r#\"", ";", ",", "|", "=", ".", ":",
    "::", "->", "=>", "..", "#", "#{", "#[", "\\", "/*", "*/", "//", "///", "\n", "\r\n", "\r",
    "\u{feff}", "é", "🦀", "\0", "1", "0x", "fn ", "let ", "if ", "match ", "mod m;",
];

/// The text after up to `most` edits as people and their tools make them, with pieces of `other` among them.
pub fn edited(text: &str, other: &str, most: usize, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..1 + random.below(most) {
        edit(&mut text, other, random);
    }
    text
}

fn edit(text: &mut String, other: &str, random: &mut Random) {
    match random.below(10) {
        0 => {
            let place = place(text, random);
            text.insert_str(place, PIECES[random.below(PIECES.len())]);
        }
        1 => {
            let start = place(text, random);
            let end = boundary(text, start + 1 + random.below(6));
            text.replace_range(start..end, "");
        }
        2 => {
            let cut = place(text, random);
            text.truncate(cut);
        }
        3 => move_one(text, &lines(text), random),
        4 => move_one(text, &tokens(text), random),
        5 => move_one(text, &nodes(text, is_big), random),
        6 => remove_one(text, &tokens(text), random),
        7 => remove_one(text, &nodes(text, is_big), random),
        8 => bring_in(text, other, &tokens(other), &tokens(text), random),
        _ => bring_in(
            text,
            other,
            &nodes(other, is_big),
            &nodes(text, is_big),
            random,
        ),
    }
}

/// Copies a piece of the text to where another one begins, or over that.
fn move_one(text: &mut String, pieces: &[Span], random: &mut Random) {
    let copy = text.clone();
    bring_in(text, &copy, pieces, pieces, random);
}

fn bring_in(text: &mut String, other: &str, pieces: &[Span], places: &[Span], random: &mut Random) {
    let (Some(piece), Some(place)) = (chosen(pieces, random), chosen(places, random)) else {
        return;
    };
    let end = if random.below(2) == 0 {
        place.start
    } else {
        place.end
    };
    text.replace_range(place.start as usize..end as usize, piece.of(other));
}

fn remove_one(text: &mut String, pieces: &[Span], random: &mut Random) {
    if let Some(piece) = chosen(pieces, random) {
        text.replace_range(piece.start as usize..piece.end as usize, "");
    }
}

pub fn chosen(pieces: &[Span], random: &mut Random) -> Option<Span> {
    pieces.get(random.below(pieces.len())).copied()
}

fn place(text: &str, random: &mut Random) -> usize {
    boundary(text, random.below(text.len() + 1))
}

fn boundary(text: &str, near: usize) -> usize {
    let mut places = (0..=near.min(text.len())).rev();
    let place = places.find(|place| text.is_char_boundary(*place));
    place.unwrap_or(0)
}

fn lines(text: &str) -> Vec<Span> {
    let mut start = 0;
    let spans = text.split_inclusive('\n').map(|line| {
        let span = Span::new(start, start + line.len() as u32);
        start = span.end;
        span
    });
    spans.collect()
}

fn tokens(text: &str) -> Vec<Span> {
    nodes(text, |kind| kind.is_token() && !kind.is_trivia())
}

/// Items, statements, expressions and their lists.
fn is_big(kind: SyntaxKind) -> bool {
    kind > FunctionBodyFile && kind != Error
}

pub fn nodes(text: &str, wanted: impl Fn(SyntaxKind) -> bool) -> Vec<Span> {
    let tree = parse_as(text, Dialect::Module).tree;
    let nodes = tree.nodes().iter().filter(|node| wanted(node.kind));
    nodes.map(|node| Span::new(node.start, node.end)).collect()
}
