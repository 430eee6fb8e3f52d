"""Outgoing mail as rows: single messages, mailings of one text to many, the sender, and suppression.

Modules: splice (renders once, fills each recipient's slots). Nobody sends mail directly: an act queues a row, the
worker hands it over, and a withdrawal cancels what has not left yet. Every recipient is a row that is settled or not.
"""
