"""How Runekiln comes to know a script: the sandboxed Rune compiler and VM, hosted from Python."""
