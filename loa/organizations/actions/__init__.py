"""The acts on organizations."""
