"""A new book, asked for step by step: nothing typed is lost, and all of it is recorded at once."""
