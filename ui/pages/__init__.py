"""One module a place of the sidebar."""
