"""The acts on requests."""
