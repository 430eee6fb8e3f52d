"""Pushing entries to other systems.

Empty in this release.
"""
