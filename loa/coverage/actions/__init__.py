"""The acts on coverage."""
