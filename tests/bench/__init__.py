"""Measurements of Runekiln beside the native Rune language server, from outside, as an editor sees them."""
