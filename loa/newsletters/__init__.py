"""Digests: one durable row a recipient, sent at the frequency each reader chose."""
