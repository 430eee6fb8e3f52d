"""Leased work rows behind the django-tasks API, and schedules.

Modules: backend (enqueues a row in the act's own transaction), worker (claims rows with a lease, heartbeats, retries), schedule (what recurs), loop (the worker process's round). A job may run twice; the row is the truth.
"""
