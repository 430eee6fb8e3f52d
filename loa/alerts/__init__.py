"""Saved searches that tell.

Empty in this release.
"""
