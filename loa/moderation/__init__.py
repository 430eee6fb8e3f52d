"""The queue: what waits for a person, and the acts of that person.

take_in decides whether a release goes straight out; reports from readers arrive here too.
"""
