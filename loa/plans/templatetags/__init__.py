"""Tags that say what plans are called and what they cost."""
