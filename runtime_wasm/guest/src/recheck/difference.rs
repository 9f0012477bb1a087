//! What two texts differ in.

use std::ops::Range;

/// So many bytes are compared at once.
const BLOCK: usize = 64 * WORD;
const WORD: usize = size_of::<u64>();

/// The one part in which a text differs from another, as small as that can be said of one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Its range in the text before.
    pub before: Range<usize>,
    /// Its range in the text after.
    pub after: Range<usize>,
}

/// What is different; None if nothing is.
pub fn difference(before: &[u8], after: &[u8]) -> Option<Difference> {
    let start = common_start(before, after);
    if start == before.len() && start == after.len() {
        return None;
    }
    let end = common_end(&before[start..], &after[start..]);
    Some(Difference {
        before: start..before.len() - end,
        after: start..after.len() - end,
    })
}

fn common_start(left: &[u8], right: &[u8]) -> usize {
    let blocks = left.chunks_exact(BLOCK).zip(right.chunks_exact(BLOCK));
    let start = blocks
        .take_while(|(left, right)| are_equal(left, right))
        .count()
        * BLOCK;
    let rest = left[start..].iter().zip(&right[start..]);
    start + rest.take_while(|(left, right)| left == right).count()
}

fn common_end(left: &[u8], right: &[u8]) -> usize {
    let blocks = left.rchunks_exact(BLOCK).zip(right.rchunks_exact(BLOCK));
    let end = blocks
        .take_while(|(left, right)| are_equal(left, right))
        .count()
        * BLOCK;
    let left = left[..left.len() - end].iter().rev();
    let rest = left.zip(right[..right.len() - end].iter().rev());
    end + rest.take_while(|(left, right)| left == right).count()
}

/// Whether blocks are equal. WebAssembly's own comparison goes byte by byte, and takes eight times as long.
fn are_equal(left: &[u8], right: &[u8]) -> bool {
    let words = left.chunks_exact(WORD).zip(right.chunks_exact(WORD));
    words.fold(0, |differing, (left, right)| {
        differing | (word(left) ^ word(right))
    }) == 0
}

fn word(bytes: &[u8]) -> u64 {
    bytes.try_into().map_or(0, u64::from_ne_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differs(before: &str, after: &str) -> Option<(Range<usize>, Range<usize>)> {
        difference(before.as_bytes(), after.as_bytes()).map(|found| (found.before, found.after))
    }

    #[test]
    fn equal_texts_do_not_differ() {
        assert_eq!(differs("let a = 1;", "let a = 1;"), None);
    }

    #[test]
    fn a_letter_that_is_typed_changed_or_removed() {
        assert_eq!(differs("let a", "let ab"), Some((5..5, 5..6)));
        assert_eq!(differs("let a", "let b"), Some((4..5, 4..5)));
        assert_eq!(differs("let a", "et a"), Some((0..1, 0..0)));
        assert_eq!(differs("aa", "aaa"), Some((2..2, 2..3)));
    }

    #[test]
    fn long_texts_are_compared_in_blocks_and_then_byte_by_byte() {
        let before = "0123456789".repeat(400);
        let mut after = before.clone();
        after.replace_range(1234..1236, "xyz");
        assert_eq!(differs(&before, &after), Some((1234..1236, 1234..1237)));
    }
}
