"""Settings, addresses, the server's entry, the command line and the demonstration; imported by none.

Modules: settings, config (the environment read once), urls, health (signs of life), metrics (figures for Prometheus),
logs (lines to standard error) and sentry (faults told elsewhere), fair_sqlite (the engine that waits fairly), wsgi,
server (the supervisor), web (what it starts to answer requests), cli (the commands), doctor, sqlite and
sqlite_version (what is wrong with a set-up), frame (the context processor), translations, vocabulary, demonstration.
"""
