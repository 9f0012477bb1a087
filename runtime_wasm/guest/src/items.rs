//! The items of a file, read off its tree.
