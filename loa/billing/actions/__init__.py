"""The acts on orders, money and papers.

Locks are taken in one order everywhere: orders, then transfers, then the counter of invoices, then what `plans` and
`audit` lock themselves. An act that turned it round could wait for one that waits for it.
"""
