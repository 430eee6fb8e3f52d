"""The writing core: releases in hand, their states, and the acts on them.

A release is private until publish copies it into the archive. Only this room's acts write the archive.
"""
