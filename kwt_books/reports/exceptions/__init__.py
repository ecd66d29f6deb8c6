"""What looks odd: each rule with its reason, and what it found."""

from kwt_books.reports.exceptions.paper import exceptions_on_paper
from kwt_books.reports.exceptions.report import RULE_TITLES, exceptions

__all__ = ["RULE_TITLES", "exceptions", "exceptions_on_paper"]
