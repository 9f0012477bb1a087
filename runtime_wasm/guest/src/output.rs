//! What scripts print: kept in a buffer that the host can read at any time, up to a limit.

use std::cell::RefCell;
use std::fmt::Write;

use rune::runtime::{InstAddress, Memory, Output as Out, VmResult};
use rune::{vm_try, ContextError, Module};

use crate::memory::{CELL, OUTPUT_LIMIT};

struct Buffer {
    bytes: Vec<u8>,
    limit: usize,
    full: bool,
}

thread_local! {
    static BUFFER: RefCell<Buffer> = const { RefCell::new(Buffer { bytes: Vec::new(), limit: 0, full: false }) };
}

/// Empties the buffer; from now on it takes `limit` bytes.
pub fn start(limit: u64) {
    BUFFER.with_borrow_mut(|buffer| {
        *buffer = Buffer {
            bytes: Vec::new(),
            limit: usize::try_from(limit).unwrap_or(usize::MAX),
            full: false,
        };
    });
}

/// What has been printed, and whether more was wanted than the limit allows. The buffer is empty then.
pub fn finish() -> (String, bool) {
    BUFFER.with_borrow_mut(|buffer| {
        CELL.show_output(&[]);
        let bytes = std::mem::take(&mut buffer.bytes);
        (String::from_utf8_lossy(&bytes).into_owned(), buffer.full)
    })
}

/// The functions behind `print!`, `println!` and `dbg!`.
pub fn module() -> Result<Module, ContextError> {
    let mut module = Module::with_crate_item("std", ["io"])?;
    module.function("print", |text: &str| print(text)).build()?;
    module.function("println", print_line).build()?;
    module.raw_function("dbg", debug).build()?;
    Ok(module)
}

fn print_line(text: &str) -> VmResult<()> {
    vm_try!(print(text));
    print("\n")
}

fn print(text: &str) -> VmResult<()> {
    let written = BUFFER.with_borrow_mut(|buffer| {
        let room = buffer.limit - buffer.bytes.len();
        let taken = (0..=room.min(text.len()))
            .rev()
            .find(|&end| text.is_char_boundary(end))
            .unwrap_or(0);
        buffer.bytes.extend_from_slice(&text.as_bytes()[..taken]);
        buffer.full |= taken < text.len();
        CELL.show_output(&buffer.bytes);
        !buffer.full
    });
    if written {
        return VmResult::Ok(());
    }
    CELL.raise(OUTPUT_LIMIT);
    VmResult::panic("more output than allowed")
}

fn debug(memory: &mut dyn Memory, address: InstAddress, count: usize, out: Out) -> VmResult<()> {
    let mut text = String::new();
    for value in vm_try!(memory.slice_at(address, count)) {
        // Writing to a String cannot fail; what fails is the value's own debug form.
        if writeln!(text, "{value:?}").is_err() {
            return VmResult::panic("this value cannot be shown");
        }
    }
    vm_try!(print(&text));
    vm_try!(out.store(memory, ()));
    VmResult::Ok(())
}
