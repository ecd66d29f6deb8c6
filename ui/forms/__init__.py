"""One module a kind of document to fill in."""
