"""Digests that make themselves, and issues that editors make: drawn from one sheet as mail and page, a row a recipient."""
