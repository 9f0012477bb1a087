"""What is inferred of scripts, and what their runs say of it."""
