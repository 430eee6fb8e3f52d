"""The page store at the server's front door, and the buffer of hits.

Modules: hits (counts views before Django and writes them in batches), purge (what a change makes stale). The store of finished responses itself comes later; its purge already has its one name here.
"""
