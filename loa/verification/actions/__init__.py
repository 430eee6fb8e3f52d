"""What may be done here, one act a file."""
