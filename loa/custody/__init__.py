"""Backup, restore, upgrade, export: everything owned, kept whole, and taken along."""
