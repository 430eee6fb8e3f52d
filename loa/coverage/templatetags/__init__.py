"""Words for templates of coverage."""
