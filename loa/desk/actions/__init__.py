"""Acts of the operator: each one file."""
