"""Backup, restore, upgrade: everything owned, kept whole."""
