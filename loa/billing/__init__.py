"""Orders, payments and invoices: what an organization bought, the money that came for it, and the papers.

An order has a short checksummed code; a bank transfer is matched to it by that code; every đồng is a row in a ledger
that only grows; invoices are numbered without gaps. `providers/` read what banks tell us, one interface for all.
"""
