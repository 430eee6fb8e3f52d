"""Readers who asked for mail: one row a wish (the portal's news, a section, a topic, an organization, a place), each with its own frequency and language, confirmed by a button in the mail.

Consent, preferences, leaving in one click, taking one's data away; and what the law asks of mail that advertises.
"""
