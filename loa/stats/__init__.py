"""Honest numbers: views of entries by day, and what was done with them; bots left out, readers not known."""
