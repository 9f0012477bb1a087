//! Where type annotations stand, so that they can be blanked before the compiler sees the text.
