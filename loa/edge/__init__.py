"""What stands at the server's front door: the store of finished pages, the counter of readers, and the one charset.

Modules: door (answers public pages from memory, lets the rest in), spellings (what a request is known by), etags (a page
as it is sent, and whether a reader has it already), gate (the places there are with Django), answers (what an application
says by WSGI), store (pages bounded in bytes), shelf (pages one web worker made, for the others), generations (what makes them stale, in every
process at once), sharing (the same between machines), cdn (the same told to one in front), encodings (of their bytes),
charset (reads every request as UTF-8), bodies (takes in what readers send), hits (counts views and writes them in
batches), events (what pages tell of their reading), kept (what every page begins with, in memory). Other rooms know
`actions.purge`, `actions.tell_cdn` and `kept` alone.
"""
