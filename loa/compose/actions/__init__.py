"""Acts of the writing desk that no other room has."""
