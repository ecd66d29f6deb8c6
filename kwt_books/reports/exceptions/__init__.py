"""What looks odd: each rule with its reason, and what it found."""

from kwt_books.reports.exceptions.paper import exceptions_on_paper
from kwt_books.reports.exceptions.report import exceptions

__all__ = ["exceptions", "exceptions_on_paper"]
