"""Finding entries, typed with or without Vietnamese marks.

Modules: fields (what is indexed and how it is folded), tree (the query in our own words),
asking (the tree as Tantivy's queries, with weights), folder (generations on disk and their
swap), engine (index, remove, search, rebuild and check), results (what a page shows). Fed by
its outlet on the wire.
"""
