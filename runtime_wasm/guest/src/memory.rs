//! What the host can read after it stopped the guest: where it was, how it ended, what it had printed.

use std::sync::atomic::{AtomicU32, Ordering};

use rune_tracing::{Gauge, GAUGE};

/// The cell that the host reads. All its fields are little-endian `u32`, in this order.
#[repr(C)]
pub struct Cell {
    gauge: &'static Gauge,
    rows: AtomicU32,
    rows_length: AtomicU32,
    flags: AtomicU32,
    output: AtomicU32,
    output_length: AtomicU32,
    message: AtomicU32,
    message_length: AtomicU32,
}

/// What an instruction comes from: the number of its source, start, end. All zero if from nothing in particular.
pub type Row = [u32; 3];

/// Flags of the cell.
pub const OUT_OF_MEMORY: u32 = 1;
pub const PANIC: u32 = 2;
pub const OUTPUT_LIMIT: u32 = 4;

/// The one cell of this instance.
pub static CELL: Cell = Cell::new();

impl Cell {
    const fn new() -> Cell {
        Cell {
            gauge: &GAUGE,
            rows: AtomicU32::new(0),
            rows_length: AtomicU32::new(0),
            flags: AtomicU32::new(0),
            output: AtomicU32::new(0),
            output_length: AtomicU32::new(0),
            message: AtomicU32::new(0),
            message_length: AtomicU32::new(0),
        }
    }

    /// Forgets the last run.
    pub fn clear(&self) {
        self.gauge.rewind();
        self.flags.store(0, Ordering::Relaxed);
        self.show_rows(&[]);
        self.show_output(&[]);
        self.show_message("");
    }

    /// Points at where each instruction comes from, which must stay where it is until the next call of this.
    pub fn show_rows(&self, rows: &[Row]) {
        self.rows
            .store(rows.as_ptr() as usize as u32, Ordering::Relaxed);
        self.rows_length.store(rows.len() as u32, Ordering::Relaxed);
    }

    pub fn raise(&self, flag: u32) {
        self.flags.fetch_or(flag, Ordering::Relaxed);
    }

    /// Points at the output so far, which must stay where it is until the next call of this.
    pub fn show_output(&self, output: &[u8]) {
        self.output.store(address(output), Ordering::Relaxed);
        self.output_length
            .store(output.len() as u32, Ordering::Relaxed);
    }

    /// Points at the message of a panic, which must stay where it is.
    pub fn show_message(&self, message: &str) {
        self.message
            .store(address(message.as_bytes()), Ordering::Relaxed);
        self.message_length
            .store(message.len() as u32, Ordering::Relaxed);
    }
}

/// An address of the 32-bit memory; natively, where nobody reads it, its lower half.
fn address(bytes: &[u8]) -> u32 {
    bytes.as_ptr() as usize as u32
}
