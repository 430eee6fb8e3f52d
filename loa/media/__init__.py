"""Pictures and files and their renditions.

Modules: decode (hands a picture to a limited process), decoder (that process: named formats, pixel limits, place removed), marks (creator, credit, licence in XMP and IIM), film (what a video or captions file is), players (videos at a provider's), store (where bytes lie), door (serves files with ETag, Range and nosniff, public ones to all). The owner of a file is an opaque key; who uses it is written down here, and how much its owner may keep.
"""
