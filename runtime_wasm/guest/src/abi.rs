//! The exports of the WebAssembly module: with `unsafe`, as only `blocks.rs` else, since the host hands over plain addresses.
//!
//! Natively nothing is exported: `free` is the name of somebody else there.
#![allow(unsafe_code)]

use std::alloc::{alloc as allocate, dealloc, GlobalAlloc, Layout};
use std::sync::Once;

use crate::memory::{Cell, CELL, OUT_OF_MEMORY, PANIC};
use crate::protocol::handle_message;

#[cfg(target_family = "wasm")]
static MEMORY: crate::blocks::Blocks = crate::blocks::Blocks::new();
#[cfg(not(target_family = "wasm"))]
static MEMORY: std::alloc::System = std::alloc::System;

/// An allocator that also tells the host when there was nothing left to give.
struct Flagging;

// SAFETY: every call goes to the allocator behind it unchanged; raising a flag allocates nothing.
unsafe impl GlobalAlloc for Flagging {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        flag_if_null(MEMORY.alloc(layout))
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        flag_if_null(MEMORY.alloc_zeroed(layout))
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        flag_if_null(MEMORY.realloc(block, layout, size))
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        MEMORY.dealloc(block, layout)
    }
}

#[global_allocator]
static ALLOCATOR: Flagging = Flagging;

fn flag_if_null(block: *mut u8) -> *mut u8 {
    if block.is_null() {
        CELL.raise(OUT_OF_MEMORY);
    }
    block
}

/// Its name is the version of this interface; it does nothing.
#[cfg_attr(target_family = "wasm", no_mangle)]
pub extern "C" fn runekiln_abi_1() {}

/// Gives `length` bytes, or null.
#[cfg_attr(target_family = "wasm", no_mangle)]
pub extern "C" fn alloc(length: u32) -> *mut u8 {
    // SAFETY: the layout is never of size zero.
    unsafe { allocate(buffer_layout(length)) }
}

/// Takes back a buffer that `alloc` gave or `call` returned.
///
/// # Safety
/// The buffer must have been given with this very length, and not been taken back yet.
#[cfg_attr(target_family = "wasm", no_mangle)]
pub unsafe extern "C" fn free(buffer: *mut u8, length: u32) {
    dealloc(buffer, buffer_layout(length));
}

/// Answers the request in a buffer; the address of the response is in the upper half, its length in the lower one.
///
/// # Safety
/// `buffer` must hold `length` bytes.
#[cfg_attr(target_family = "wasm", no_mangle)]
pub unsafe extern "C" fn call(buffer: *const u8, length: u32) -> u64 {
    tell_panics();
    let response = handle_message(std::slice::from_raw_parts(buffer, length as usize));
    let copy = alloc(response.len() as u32);
    if copy.is_null() {
        std::alloc::handle_alloc_error(buffer_layout(response.len() as u32));
    }
    std::ptr::copy_nonoverlapping(response.as_ptr(), copy, response.len());
    ((copy as usize as u64) << 32) | response.len() as u64
}

/// Where the cell lies.
#[cfg_attr(target_family = "wasm", no_mangle)]
pub extern "C" fn running_span() -> *const Cell {
    &CELL
}

fn buffer_layout(length: u32) -> Layout {
    Layout::array::<u8>(length.max(1) as usize).expect("no buffer is larger than the address space")
}

/// Puts the message of a panic where the host finds it; after that the instance is gone.
fn tell_panics() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        std::panic::set_hook(Box::new(|panic| {
            CELL.raise(PANIC);
            // Never freed: the host reads it after the trap.
            CELL.show_message(Box::leak(panic.to_string().into_boxed_str()));
        }));
    });
}
