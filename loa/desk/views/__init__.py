"""The operator's pages; whoever is not on the desk finds nothing here."""
