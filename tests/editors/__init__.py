"""Editors, opened for real on the sample kiln."""
