"""Finding entries, typed with or without Vietnamese marks.

Modules: words (letters to terms in every script), cutting (all the terms of a text), fields (what is indexed), record (what of the archive that is), tree
(the question in our own words), reading (what was typed as that tree), names (what limits, kinds and languages are
called), asking (the tree as Tantivy's queries, with weights), ladder (which hits are weighed at all), folder (generations
on disk and their swap), damage (what can be wrong with the files), opened (the current one as a process has it open),
engine (index, remove, search, rebuild and check), pen (the writer, kept in hand between batches), load (many entries at
once, from a process beside), counting (how many entries were found, and how they spread), synonyms (words of one
meaning), spelling (what was meant), suggesting (what is offered while typing), results (what a page shows), trying
(entries against many searches). Fed by its outlet on the wire.
"""
