"""Rules over what names mean and how 0.14.2 reads them, held against the real compiler and its virtual machine."""
