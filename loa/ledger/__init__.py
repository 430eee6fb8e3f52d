"""The public Merkle log.

Empty in this release; versions already carry the salt and the canonical digest that a leaf will be made of.
"""
