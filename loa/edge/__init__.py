"""What stands at the server's front door: the counter of readers, and the one charset.

Modules: charset (reads every request as UTF-8), hits (counts views before Django and writes them in batches).
"""
