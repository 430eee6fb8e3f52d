"""Reads of orders, money and papers; permission stands in the query."""
