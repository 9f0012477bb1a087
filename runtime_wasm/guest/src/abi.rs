//! The exports of the WebAssembly module: the host knows plain addresses. With `unsafe`, as only `blocks.rs` else, for the
//! allocator behind them.
//!
//! Natively nothing is exported: `alloc` and `call` may be the names of somebody else there.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout};
use std::cell::RefCell;
use std::ptr::null_mut;
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

/// The message that came last and the answer to it, which stays where it is until the next message comes.
struct Messages {
    request: Vec<u8>,
    response: Vec<u8>,
}

thread_local! {
    static MESSAGES: RefCell<Messages> = const {
        RefCell::new(Messages {
            request: Vec::new(),
            response: Vec::new(),
        })
    };
}

/// Its name is the version of this interface; it does nothing.
#[cfg_attr(target_family = "wasm", no_mangle)]
pub extern "C" fn runekiln_abi_2() {}

/// Where the host is to put a request of `length` bytes, or null. The last response is forgotten.
#[cfg_attr(target_family = "wasm", no_mangle)]
pub extern "C" fn alloc(length: u32) -> *mut u8 {
    MESSAGES.with_borrow_mut(|messages| {
        messages.response = Vec::new();
        messages.request = Vec::new();
        let length = length as usize;
        if messages.request.try_reserve_exact(length).is_err() {
            return null_mut();
        }
        messages.request.resize(length, 0);
        messages.request.as_mut_ptr()
    })
}

/// Answers the request; the address of the response is in the upper half, its length in the lower one.
#[cfg_attr(target_family = "wasm", no_mangle)]
pub extern "C" fn call() -> u64 {
    tell_panics();
    let request = MESSAGES.with_borrow_mut(|messages| std::mem::take(&mut messages.request));
    let response = handle_message(&request);
    let place = ((response.as_ptr() as usize as u64) << 32) | response.len() as u64;
    MESSAGES.with_borrow_mut(|messages| messages.response = response);
    place
}

/// Where the cell lies.
#[cfg_attr(target_family = "wasm", no_mangle)]
pub extern "C" fn running_span() -> *const Cell {
    &CELL
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
