"""Plain functions that know nothing of us.

Modules: vietnamese (folding and sorting), html (cleaning and reading rich text), slugs, clock, dates (in words), tokens, covers (drawn pictures), cards and card_shelf (the picture that stands for a text, and where drawn ones are kept), fonts (whole ones, for drawing), markdown (clean markup as Markdown). Every other room may call them; they call nobody.
"""
