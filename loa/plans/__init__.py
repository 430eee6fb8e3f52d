"""Plans, allowances, credits and invoices.

Empty in this release: the price list is a page the operator edits.
"""
