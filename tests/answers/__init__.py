"""What the server answers, to every request at every place: without an error, soon, and the same after any edits."""
