"""Rules about what a host's loader passes over in silence: one file for each family, pure functions all."""
