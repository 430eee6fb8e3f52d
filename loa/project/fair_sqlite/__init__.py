"""Django's SQLite engine with a busy handler that is fair to every writer, and connections that stay open."""
