"""What is worth a second look before a release goes: a check a file, all of them named in `table`."""
