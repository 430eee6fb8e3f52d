"""RSS, Atom and JSON Feed of every list, and the sitemaps."""
