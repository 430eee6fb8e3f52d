"""The acts of the desk."""
