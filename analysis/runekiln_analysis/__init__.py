"""What can be said about a Rune script: pure functions on immutable values."""
