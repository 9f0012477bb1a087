//! Counts the instructions of Rune's virtual machine, and keeps the one that runs where a host can read it.
//!
//! Rune says `trace!(ip = ?self.ip, ?inst)` before each instruction of each machine, those of closures and futures
//! among them, to a crate of shims that by default makes nothing of it. This is that crate, and makes two stores of
//! it. Everything else that Rune tells is passed over, as in the original.
#![no_std]
#![forbid(unsafe_code)]

use core::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};

pub use rune_tracing_macros::{passthrough as instrument, passthrough as instrument_ast};

/// How far a run has come. A host finds the fields in this order, little-endian.
#[repr(C)]
pub struct Gauge {
    /// How many instructions may still be begun.
    left: AtomicU64,
    /// The instruction that runs.
    instruction: AtomicU32,
    /// 1 once there was none left to begin.
    is_spent: AtomicU32,
}

/// The one gauge of this process or Wasm instance. Machines of several threads share it, and miscount.
pub static GAUGE: Gauge = Gauge {
    left: AtomicU64::new(u64::MAX),
    instruction: AtomicU32::new(NONE),
    is_spent: AtomicU32::new(0),
};

/// Before the first instruction.
const NONE: u32 = u32::MAX;

impl Gauge {
    /// No instruction runs yet; what may be spent stays.
    pub fn rewind(&self) {
        self.instruction.store(NONE, Relaxed);
    }

    /// The instruction that runs, or ran last.
    pub fn instruction(&self) -> Option<u32> {
        Some(self.instruction.load(Relaxed)).filter(|instruction| *instruction != NONE)
    }

    /// How many instructions may still be begun.
    pub fn left(&self) -> u64 {
        self.left.load(Relaxed)
    }

    /// Begins an instruction, if there is one left.
    #[inline(always)]
    pub fn begin(&self, instruction: usize) {
        let left = self.left.load(Relaxed);
        if left == 0 {
            self.spent();
        }
        self.left.store(left.wrapping_sub(1), Relaxed);
        self.instruction.store(instruction as u32, Relaxed);
    }

    /// Ends the instance, the last instruction being told as the one that runs.
    #[cold]
    #[inline(never)]
    fn spent(&self) -> ! {
        self.is_spent.store(1, Relaxed);
        #[cfg(target_arch = "wasm32")]
        core::arch::wasm32::unreachable();
        #[cfg(not(target_arch = "wasm32"))]
        panic!("no instruction is left")
    }
}

#[macro_export]
#[doc(hidden)]
macro_rules! __trace {
    (ip = ?$ip:expr, ?inst) => {
        $crate::GAUGE.begin($ip)
    };
    ($($told:tt)*) => {
        ()
    };
}

#[macro_export]
#[doc(hidden)]
macro_rules! __nothing {
    ($($told:tt)*) => {
        ()
    };
}

#[macro_export]
#[doc(hidden)]
macro_rules! __no {
    ($($asked:tt)*) => {
        false
    };
}

pub use __no as enabled;
pub use __nothing as debug;
pub use __nothing as error;
pub use __nothing as info;
pub use __nothing as span;
pub use __nothing as warn;
pub use __trace as trace;
