"""Outgoing mail as rows: single messages, mailings of one text to many, the sender, and suppression.

Modules: splice (renders once, fills each recipient's slots), sender (rounds of leasing, a last look, handing over and
settling), journal (what a sender did, before the database knows), receivers (domains left alone for a while), worker.
Nobody sends mail directly: an act queues a row, the sender hands it over, and a withdrawal cancels what has not left
yet. Every recipient is a row that is settled or not.
"""
