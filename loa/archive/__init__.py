"""The waist: the published record.

Entries, their numbered versions and the notices about them, append-only; and the release sheet, the one presentation of a release that pages, preview and moderation share. The writing side writes here and the reading side reads here; neither knows the other.
"""
