"""The fronts of Runekiln: the command line and the language server."""
