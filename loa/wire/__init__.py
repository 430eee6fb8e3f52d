"""The table of outlets and the worker that carries notices to them.

Expands each notice into one delivery per outlet, claims deliveries with a lease, retries alone, blocks nobody.
"""
