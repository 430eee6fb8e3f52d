"""Base templates, components, tokens.css, fonts and template tags; no tables.

Modules: language (the language of a page, from its address), styles (sheets that import others, sent as one file), folding (templates made shorter when they are read).

The base template draws a frame (sections, ticker, newsletter box) that the project's context processor fills. One stylesheet per component; every colour, size and space is a token.
"""
