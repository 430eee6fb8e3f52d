"""The public pages readers see."""
