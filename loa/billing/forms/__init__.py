"""Forms of billing; what things cost is never among their fields."""
