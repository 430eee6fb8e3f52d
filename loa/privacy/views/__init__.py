"""Doors of requests: public ones, and the operator's register."""
