//! What the inside of literals means.
