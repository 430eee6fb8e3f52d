"""One file a format: each reads a file into numbered values of the import format, or says why one cannot be read."""
