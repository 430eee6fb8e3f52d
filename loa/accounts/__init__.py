"""People, sign-in and what they agreed to.

Sign-up, confirmation, sign-in and reset are django-allauth's; this room adds the person, the terms they accepted, and mail that goes out through rows.
"""
