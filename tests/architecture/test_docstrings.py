"""Public names say what they give: how many have a docstring, room by room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
FLOORS = {
    "kwt_books/app.py": 90,
    "kwt_books/book.py": 90,
    "kwt_books/cli": 90,
    "kwt_books/domain": 90,
    "kwt_books/exporters": 90,
    "kwt_books/i18n": 90,
    "kwt_books/services": 90,
    "kwt_books/store": 90,
}
"""The least percent of public classes, functions and methods with a docstring."""


def modules(room: str) -> Iterator[tuple[Path, ast.Module]]:
    path = ROOT / room
    for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
        yield file, ast.parse(file.read_text(encoding="utf-8"))


def public(body: list[ast.stmt]) -> Iterator[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    """Definitions without a leading underscore, within public classes too."""
    for each in body:
        if isinstance(each, DEFINITIONS) and not each.name.startswith("_"):
            yield each
            if isinstance(each, ast.ClassDef):
                yield from public(each.body)


@pytest.mark.parametrize(("room", "floor"), FLOORS.items())
def test_public_names_have_docstrings(room: str, floor: int) -> None:
    names = [
        (f"{file.relative_to(ROOT).as_posix()}:{each.lineno} {each.name}", ast.get_docstring(each))
        for file, module in modules(room)
        for each in public(module.body)
    ]
    bare = [name for name, docstring in names if docstring is None]
    assert names, room
    assert 100 * (len(names) - len(bare)) >= floor * len(names), bare


@pytest.mark.parametrize("room", FLOORS)
def test_modules_have_docstrings(room: str) -> None:
    bare = [file.as_posix() for file, module in modules(room) if module.body
            and ast.get_docstring(module) is None]  # fmt: skip
    assert not bare
