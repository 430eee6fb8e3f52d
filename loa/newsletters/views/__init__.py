"""The doors: the desk where issues are made, their previews and sending, and the archive readers see."""
