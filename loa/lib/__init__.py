"""Plain functions that know nothing of us.

Modules: vietnamese (folding and sorting), html (cleaning and reading rich text), slugs, clock, tokens, safe_fetch (guarded requests to the outside), covers (drawn pictures), pictures of numbers and dates in words. Every other room may call them; they call nobody.
"""
