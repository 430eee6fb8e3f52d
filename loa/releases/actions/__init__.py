"""The acts on releases; publish, correct and withdraw alone write the archive."""
