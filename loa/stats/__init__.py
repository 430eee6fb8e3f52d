"""Honest numbers: views of entries by day, bots left out."""
