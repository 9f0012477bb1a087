"""Refactorings: changes of a text after which the script does what it did before, or has what it asked for."""
