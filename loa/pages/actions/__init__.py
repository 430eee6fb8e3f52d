"""What the worker does for public pages."""
