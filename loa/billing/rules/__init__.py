"""What an order's code is, which order a transfer pays, and what a statement says: questions without a database."""
