"""Readers who asked for mail: double opt-in, consent, preferences, leaving in one click."""
