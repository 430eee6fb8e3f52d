"""Acts on people: each one file."""
