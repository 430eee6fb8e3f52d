"""The acts on the record; only the acts of releases call them."""
