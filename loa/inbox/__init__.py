"""What happened to a person at the desk: a row an event, written in the act's own transaction.

Every act that tells somebody calls `actions.tell`; the person chooses per kind whether a mail comes too. What concerns
who may speak for an organization always comes by mail.
"""
