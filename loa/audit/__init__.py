"""Who did what, in a hash-chained table.

Every act writes its record here in its own transaction, so a record and its effect stand or fall together.
"""
