"""IPTC Media Topics, and the sections of a portal that gather them."""
