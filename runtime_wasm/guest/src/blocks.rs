//! Gives small blocks of memory out of lists of free ones: a script's values come and go by the million.
//!
//! The system's allocator for WebAssembly looks for a hole that fits and joins it with its neighbours again. A list a
//! size is several times as fast, and what a list holds is only ever used for blocks of its size.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::ptr::null_mut;

/// Sizes are rounded up to multiples of this, which is also how blocks are aligned.
const STEP: usize = 16;
/// Larger blocks are the system's.
const LARGEST: usize = 512;
/// How much is taken from the system at a time.
const CHUNK: usize = 64 * 1024;

/// An allocator for one thread, which is all that WebAssembly without threads has.
pub struct Blocks {
    /// The first free block of each size; each holds the address of the next.
    free: [Cell<*mut u8>; LARGEST / STEP],
    /// What is left of the last chunk.
    rest: Cell<*mut u8>,
    rest_size: Cell<usize>,
}

// SAFETY: it is the allocator of a module without threads; natively it is only made by tests, each its own.
unsafe impl Sync for Blocks {}

impl Blocks {
    pub const fn new() -> Blocks {
        Blocks {
            free: [const { Cell::new(null_mut()) }; LARGEST / STEP],
            rest: Cell::new(null_mut()),
            rest_size: Cell::new(0),
        }
    }

    /// The list of the blocks for this layout; None if they are the system's.
    #[inline(always)]
    fn list(&self, layout: Layout) -> Option<&Cell<*mut u8>> {
        let is_small = layout.size() <= LARGEST && layout.align() <= STEP;
        is_small.then(|| &self.free[layout.size().saturating_sub(1) / STEP])
    }

    /// A block that no list had, of a multiple of `STEP`; null if the system has nothing left.
    #[cold]
    fn carve(&self, size: usize) -> *mut u8 {
        if self.rest_size.get() < size {
            let chunk = Layout::from_size_align(CHUNK, STEP).expect("this is a layout");
            // SAFETY: the layout is not of size zero.
            let rest = unsafe { System.alloc(chunk) };
            if rest.is_null() {
                return rest;
            }
            self.rest.set(rest);
            self.rest_size.set(CHUNK);
        }
        let block = self.rest.get();
        self.rest.set(block.wrapping_add(size));
        self.rest_size.set(self.rest_size.get() - size);
        block
    }
}

// SAFETY: a block is in the list of its size, or given out, never both; lists are chosen by the layout alone, which is
// the same when a block is given and when it is taken back.
unsafe impl GlobalAlloc for Blocks {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let Some(list) = self.list(layout) else {
            return System.alloc(layout);
        };
        let block = list.get();
        if block.is_null() {
            return self.carve(layout.size().max(1).next_multiple_of(STEP));
        }
        list.set(block.cast::<*mut u8>().read());
        block
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let Some(list) = self.list(layout) else {
            return System.dealloc(block, layout);
        };
        block.cast::<*mut u8>().write(list.get());
        list.set(block);
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if self.list(layout).is_none() {
            return System.alloc_zeroed(layout);
        }
        let block = self.alloc(layout);
        if !block.is_null() {
            block.write_bytes(0, layout.size());
        }
        block
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let wanted = Layout::from_size_align_unchecked(size, layout.align());
        match (self.list(layout), self.list(wanted)) {
            (None, None) => return System.realloc(block, layout, size),
            (Some(old), Some(new)) if std::ptr::eq(old, new) => return block,
            _ => {}
        }
        let moved = self.alloc(wanted);
        if !moved.is_null() {
            block.copy_to_nonoverlapping(moved, layout.size().min(size));
            self.dealloc(block, layout);
        }
        moved
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(size: usize, align: usize) -> Layout {
        Layout::from_size_align(size, align).unwrap()
    }

    #[test]
    fn blocks_are_aligned_and_apart() {
        let blocks = Blocks::new();
        let mut given: Vec<(usize, usize)> = Vec::new();
        for size in (1..2 * LARGEST).chain(1..2 * LARGEST) {
            for align in [1, 8, 64] {
                let block = unsafe { blocks.alloc(layout(size, align)) };
                assert_eq!(block as usize % align, 0, "{size} bytes");
                unsafe { block.write_bytes(0xff, size) };
                given.push((block as usize, size));
            }
        }
        given.sort_unstable();
        for pair in given.windows(2) {
            assert!(pair[0].0 + pair[0].1 <= pair[1].0, "{pair:x?}");
        }
    }

    #[test]
    fn what_is_taken_back_is_given_again() {
        let blocks = Blocks::new();
        unsafe {
            let block = blocks.alloc(layout(33, 8));
            blocks.dealloc(block, layout(33, 8));
            assert_eq!(blocks.alloc(layout(48, 8)), block);
            assert_ne!(blocks.alloc(layout(48, 8)), block);
        }
    }

    #[test]
    fn a_block_keeps_its_content_when_it_grows_and_shrinks() {
        let blocks = Blocks::new();
        unsafe {
            let mut block = blocks.alloc(layout(1, 1));
            block.write(7);
            let sizes = [1, 16, 17, LARGEST, LARGEST + 1, 10 * LARGEST, LARGEST, 3];
            for pair in sizes.windows(2) {
                block = blocks.realloc(block, layout(pair[0], 1), pair[1]);
                assert_eq!(block.read(), 7, "{pair:?}");
            }
        }
    }

    #[test]
    fn what_was_used_before_is_zeroed() {
        let blocks = Blocks::new();
        unsafe {
            let block = blocks.alloc(layout(40, 8));
            block.write_bytes(0xff, 40);
            blocks.dealloc(block, layout(40, 8));
            let again = blocks.alloc_zeroed(layout(40, 8));
            assert_eq!((again, *again.cast::<[u8; 40]>()), (block, [0; 40]));
        }
    }
}
