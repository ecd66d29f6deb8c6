"""What others are asked to confirm, and how their answers compare with the book."""

from kwt_books.services.confirmations.answers import (
    Compared,
    answer_sentences,
    answers_report,
    compare_answers,
)
from kwt_books.services.confirmations.letters import KINDS, Letter, letters, unnamed
from kwt_books.services.confirmations.papers import letters_report, papers_of

__all__ = [
    "KINDS",
    "Compared",
    "Letter",
    "answer_sentences",
    "answers_report",
    "compare_answers",
    "letters",
    "letters_report",
    "papers_of",
    "unnamed",
]
