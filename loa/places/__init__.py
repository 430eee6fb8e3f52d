"""Dated administrative units under our own ids.

Official codes were used again in 2025, so a code is dated data and never a key.
"""
