"""The acts of custody, one file each."""
