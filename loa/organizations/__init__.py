"""Senders: organizations, their members and roles, and their newsroom profiles."""
