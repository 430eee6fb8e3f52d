"""Readers who asked for mail, and whom they follow: double opt-in, consent, preferences, leaving in one click."""
