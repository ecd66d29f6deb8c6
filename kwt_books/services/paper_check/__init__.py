"""A paper printed at some time, held against the book as it is today."""

from kwt_books.services.paper_check.file import code_in
from kwt_books.services.paper_check.report import paper_report
from kwt_books.services.paper_check.state import State, Verdict, find_state

__all__ = ["State", "Verdict", "code_in", "find_state", "paper_report"]
