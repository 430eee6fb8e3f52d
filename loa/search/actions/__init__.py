"""What is done to the index."""
