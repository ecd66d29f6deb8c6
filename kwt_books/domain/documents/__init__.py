"""Every kind of entry a book can hold."""
