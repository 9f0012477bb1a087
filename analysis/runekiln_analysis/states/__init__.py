"""State machines that a script builds: what is plain to see of them, as graphs."""
