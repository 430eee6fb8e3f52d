"""Outgoing messages as rows with a cancel key, the sender, and suppression.

Nobody sends mail directly: an act queues a row, the worker hands it over, and a withdrawal cancels what has not left yet.
"""
