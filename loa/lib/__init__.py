"""Plain functions that know nothing of us.

Modules: vietnamese (folding and sorting), html (cleaning and reading rich text), slugs, clock, dates (in words), tokens, covers (drawn pictures), fonts (whole ones, for drawing). Every other room may call them; they call nobody.
"""
