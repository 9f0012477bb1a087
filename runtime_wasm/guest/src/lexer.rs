//! Cuts a text into tokens, the way that Rune does, and never gives up.
