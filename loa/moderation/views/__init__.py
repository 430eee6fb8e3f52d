"""The queue of releases and reports; whoever is not on the desk finds nothing here."""
