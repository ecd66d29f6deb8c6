"""Samples of a book's documents, drawn so that anybody can draw them again."""

from kwt_books.services.sampling.paper import Ticked, sample_report
from kwt_books.services.sampling.population import Asked, population

__all__ = ["Asked", "Ticked", "population", "sample_report"]
