"""Background work: how the worker on this machine is woken.

Modules: wake (a local socket beside polling). Work itself is rows in the rooms it belongs to (deliveries, messages); a row may be worked on twice, and is the truth.
"""
