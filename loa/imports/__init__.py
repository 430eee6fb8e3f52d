"""Bringing archives in.

Empty in this release.
"""
