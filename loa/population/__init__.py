"""The population ticker, from the figures of the United Nations."""
