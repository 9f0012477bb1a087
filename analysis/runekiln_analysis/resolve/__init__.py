"""What each name in a script means, as Rune's compiler decides it."""
