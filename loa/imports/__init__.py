"""Bringing archives in: releases that were published elsewhere come with their dates, views, pictures and addresses.

A provider reads one format (JSON Lines, WordPress exports, feeds) into the values of the import format; forms read these
values; the act puts them on the record in batches. Every text has a key that is alike each time, so that a run that was
cut off is run again and nothing doubles.
"""
