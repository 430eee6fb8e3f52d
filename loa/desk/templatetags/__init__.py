"""Words for templates of the desk."""
