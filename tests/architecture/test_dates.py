"""A date is written in three forms, by `Formats` alone (`kwt_books/i18n/formats.py`)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_type_hints

from kwt_books.i18n.formats import Formats

ROOT = Path(__file__).parents[2]
IN_WORDS, SHORT, IN_FIGURES = {"day", "weekday_day"}, {"short_day"}, {"numeric_day", "day_month"}
_NAMES = {
    "kwt_books/queries/kitchen.py",
    "kwt_books/services/first_start.py",
    "kwt_books/services/intake/taking.py",
    "kwt_books/services/kept_backups.py",
    "ui/kit/errors.py",
    "ui/shell/self_check.py",
}
"""Where a day is a part of a lot's or file's name, or of a text for programs."""


_MAY_BE = re.compile(r"strftime|ctime|day_month|short_day|:[^\n]*%")
"""What stands in every file that writes a date in its own way, and in few others."""


def sources() -> Iterator[tuple[str, ast.AST]]:
    for room in ("kwt_books", "ui"):
        for path in (ROOT / room).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            if _MAY_BE.search(text):
                yield path.relative_to(ROOT).as_posix(), ast.parse(text)


def test_there_are_three_forms() -> None:
    """A new one belongs to one of them, or takes its place."""
    forms = {
        name
        for name, each in vars(Formats).items()
        if callable(each) and not name.startswith("_")
        if get_type_hints(each).get("day") is date
    }
    assert forms - {"weekday"} == IN_WORDS | SHORT | IN_FIGURES


def test_nobody_else_writes_dates() -> None:
    """Neither by patterns nor by months' names; and each form stays where it belongs: short ones
    on the screen, those without a year on paper.
    """
    found = []
    for name, tree in sources():
        for node in ast.walk(tree):
            called = node.attr if isinstance(node, ast.Attribute) else ""
            by_hand = called in ("strftime", "ctime") or _is_pattern(node)
            misplaced = (called == "day_month" and not name.startswith("kwt_books/exporters/")) or (
                called == "short_day" and not name.startswith("ui/")
            )
            if (by_hand and name not in _NAMES) or misplaced:
                found.append(f"{name}:{node.lineno} {called}")  # type: ignore[attr-defined]
    found = [each for each in found if not each.startswith("kwt_books/i18n/")]
    assert found == []


def _is_pattern(node: ast.AST) -> bool:
    """Whether a value within a text is written by a pattern such as `%d.%m.`."""
    spec = node.format_spec if isinstance(node, ast.FormattedValue) else None
    parts = spec.values if isinstance(spec, ast.JoinedStr) else []
    return any(isinstance(each, ast.Constant) and "%" in str(each.value) for each in parts)
