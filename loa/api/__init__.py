"""Releases as data.

Empty in this release.
"""
