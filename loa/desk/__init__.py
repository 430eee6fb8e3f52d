"""The operator's pages: sections, static pages, about block, staff, pinned story, organizations."""
