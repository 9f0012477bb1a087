"""What names mean: examples of each form, and the compiler's own word for all that Rune's tests are written in."""
