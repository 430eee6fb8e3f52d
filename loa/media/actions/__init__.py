"""The acts on pictures."""
