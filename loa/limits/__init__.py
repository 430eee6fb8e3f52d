"""Throttles, kept as rows on one machine.

A door asks whether a key has been used too often in a window; the answer and the count are one statement.
"""
