//! Turns a text into a tree and the list of its syntax problems.
