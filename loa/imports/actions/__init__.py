"""The acts of bringing in."""
