"""All tests, fixtures and benchmarks; a package, so that they can share what draws and drives."""
