"""Plain functions that know nothing of us.

Modules: vietnamese (folding and sorting), html (cleaning and reading rich text), slugs, clock, dates (in words), calendar (events for calendars of others), languages (those a text may be written in), reading (how long it takes), tokens, covers (drawn pictures), cards and card_shelf (the picture that stands for a text, and where drawn ones are kept), quotes (as blocks of a text), fonts (whole ones, for drawing), markdown (clean markup as Markdown), pdf and pdf_maker (sets a document in a limited process), pdf_tree (clean markup as plain values for it), pdf_shelf (where set ones are kept), diff (what changed, in words). Every other room may call them; they call nobody.
"""
