"""Random edits for as long as one likes: what is known by steps must be what is known at once."""
