"""Rules about what a host or Rune itself passes over in silence: one file for each family, pure functions all."""
