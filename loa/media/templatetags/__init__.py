"""Tags that write pictures and videos into pages."""
