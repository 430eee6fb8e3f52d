"""Loa: a newswire anyone can run."""
