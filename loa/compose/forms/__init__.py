"""The forms of the writing desk; a draft may be saved with anything missing."""
