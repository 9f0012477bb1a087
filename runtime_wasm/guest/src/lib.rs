//! The sandboxed side of Runekiln.
