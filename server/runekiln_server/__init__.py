"""The fronts of Runekiln: the command line and the language server."""

# The distribution's version is read from here: asking its metadata would cost every start 25 ms.
__version__ = "0.1.0"
