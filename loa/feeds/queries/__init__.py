"""What feeds and sitemaps tell of, read in few rows."""
