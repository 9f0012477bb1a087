//! Crucible's types for Rune scripts.
