"""Honest numbers: views of entries by hour and day, and what was done with them; bots left out, readers not known."""
