"""The acts on plans, terms and credits."""
