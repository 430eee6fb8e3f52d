"""Pictures and files and their renditions.

Modules: decode (named formats, pixel limits, credit kept, place removed), store (where bytes lie), door (serves files with ETag, Range and nosniff). The owner of a file is an opaque key; the callers guard it.
"""
