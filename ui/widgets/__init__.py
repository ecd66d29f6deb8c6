"""Reusable parts of pages and forms."""
