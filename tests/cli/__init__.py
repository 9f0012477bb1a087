"""What the command line promises, tested by running it."""
