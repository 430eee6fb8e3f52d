"""The acts on an inbox."""
