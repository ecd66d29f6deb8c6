"""Nine public names in ten have a docstring, in every room."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests import ROOT

LEAST = 90
"""Percent of a room's public classes, functions and methods."""
ROOMS = (
    "kwt_books", "kwt_books/cli", "kwt_books/domain", "kwt_books/exporters", "kwt_books/i18n",
    "kwt_books/queries", "kwt_books/reports", "kwt_books/services", "kwt_books/store",
    "ui/audit", "ui/closing", "ui/diary", "ui/first_start", "ui/funds", "ui/garden", "ui/home",
    "ui/kit", "ui/kitchen", "ui/money", "ui/reports", "ui/selling", "ui/settings", "ui/shell",
    "ui/shops", "ui/stock",
)  # fmt: skip


def public_names(inside: ast.Module | ast.ClassDef) -> Iterator[ast.ClassDef | ast.FunctionDef]:
    """Those at the top of a file and of its public classes, but setters and names that Qt gave."""
    for node in inside.body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef) or node.name.startswith("_"):
            continue
        if isinstance(node, ast.ClassDef):
            yield node
            yield from public_names(node)
        elif node.name.islower() and not is_setter(node):
            yield node


def is_setter(node: ast.FunctionDef) -> bool:
    return any(
        isinstance(each, ast.Attribute) and each.attr == "setter" for each in node.decorator_list
    )


@pytest.mark.parametrize("room", ROOMS)
def test_public_names_say_what_they_give(room: str) -> None:
    told, silent = 0, list[str]()
    for path in sorted((ROOT / room).rglob("*.py")):
        for node in public_names(ast.parse(path.read_text(encoding="utf-8"))):
            if ast.get_docstring(node):
                told += 1
            else:
                silent.append(f"{path.relative_to(ROOT).as_posix()}:{node.lineno} {node.name}")
    assert told, f"{room} has no public names"
    assert told * 100 >= (told + len(silent)) * LEAST, "\n".join(silent)


def test_setters_and_names_of_qt_do_not_count() -> None:
    text = """
class Shown:
    @property
    def value(self): ...
    @value.setter
    def value(self, value): ...
    def sizeHint(self): ...
    def _own(self): ...
class _Hidden:
    def value(self): ...
def shown(): ...
"""
    assert [node.name for node in public_names(ast.parse(text))] == ["Shown", "value", "shown"]
