"""Feeds of every list in three formats, and the sitemaps; the GUID is the permanent address."""
