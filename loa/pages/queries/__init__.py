"""What the public pages show, gathered from the record in few reads."""
