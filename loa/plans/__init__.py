"""Plans, allowances and credits: what an organization may publish, and what it has published of it.

Money is not known here: what was paid for is granted under a key, and taken back under the same key.
"""
