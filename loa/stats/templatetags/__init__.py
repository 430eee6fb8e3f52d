"""Words of the pages of numbers."""
