"""The doors of this room; those of readers work without a cookie, and no GET changes anything."""
