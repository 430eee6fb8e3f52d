"""What stands at the server's front door: the counter of readers.

Modules: hits (counts views before Django and writes them in batches).
"""
