//! Native functions that call themselves through a script, or through the values that a value holds, need the native
//! stack, whose end ends the process. They are counted here, and refuse in time.

use std::cell::Cell;
use std::thread::LocalKey;

type Counter = Cell<usize>;

thread_local! {
    static MACHINES: Counter = const { Cell::new(0) };
    static SHOWN: Counter = const { Cell::new(0) };
}

/// How many machines may be fired within one another: half of what a stack of 1 MB holds in an unoptimised build.
pub(crate) const MOST_MACHINES: usize = 32;

/// How many values of the host are shown within one another.
const MOST_SHOWN: usize = 4;

/// One level; it is left when this is dropped.
pub(crate) struct Level(&'static LocalKey<Counter>);

/// A machine is fired; None if that would be too deep.
pub(crate) fn machine() -> Option<Level> {
    enter(&MACHINES, MOST_MACHINES)
}

/// A value that a value of the host holds is shown; None if that would be too deep, as it is when they hold each other.
pub(crate) fn shown() -> Option<Level> {
    enter(&SHOWN, MOST_SHOWN)
}

fn enter(counter: &'static LocalKey<Counter>, most: usize) -> Option<Level> {
    let depth = counter.get();
    if depth >= most {
        return None;
    }
    counter.set(depth + 1);
    Some(Level(counter))
}

impl Drop for Level {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}
