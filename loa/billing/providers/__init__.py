"""Who tells us that money came: one file a provider, each with the same three names (`reading.Provider`)."""
