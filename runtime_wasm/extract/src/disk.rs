//! Files on a disk: the only place in this library that reads them.

use crate::files::Files;

/// The files of this machine.
pub fn on_disk() -> Files<'static> {
    Files::new(|path| std::fs::read_to_string(path).map_err(|error| error.to_string()))
}
