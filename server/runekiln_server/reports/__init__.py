"""Problems and errors as people and programs want to read them: one format, one file."""
