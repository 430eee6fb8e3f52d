"""Template tags of the release sheet."""
