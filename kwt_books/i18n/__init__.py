"""Words, numbers and dates of the two languages. Knows nothing of books or screens."""
