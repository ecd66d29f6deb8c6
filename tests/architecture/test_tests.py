"""Tests look at what everybody may look at: no private attribute of anything."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests import ROOT

PUBLIC_ALL_THE_SAME = {"_replace", "_exit", "_fields", "_asdict", "_iterdump"}
"""Names of the standard library that begin so, lest they be taken for something else."""


def private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in PUBLIC_ALL_THE_SAME


def looked_at(file: Path) -> Iterator[str]:
    """Private names of others that a file of tests uses, each with its line."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and private(node.attr):
            own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            if not own:
                yield f"{node.lineno}: {node.attr}"
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.lineno}: {each.name}" for each in node.names if private(each.name))
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "setattr":
            named = [each.value for each in node.args[:2] if isinstance(each, ast.Constant)]
            last = (str(each).rpartition(".")[2] for each in named)
            calls = (name for name in last if private(name) and name.islower())  # not a limit
            yield from (f"{node.lineno}: {name}" for name in calls)


def test_no_private_name_of_another_is_read() -> None:
    files = sorted((ROOT / "tests").rglob("*.py"))
    assert len(files) > 100
    found = {str(file.relative_to(ROOT)): list(looked_at(file)) for file in files}
    assert {file: names for file, names in found.items() if names} == {}
