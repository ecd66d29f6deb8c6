"""All the rules that whatever is shown keeps, looked at together once it is laid out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QWidget

from scripts.layout_faults import faults
from tests.ui.hearing import idle, misnamed, nameless, strays
from tests.ui.rules import broken

_TURNS = 4
"""Of events, until all is laid out."""


def wrong_with(shown: QWidget, *but: str) -> list[str]:
    """What breaks a rule, but for what is said in these words."""
    for _ in range(_TURNS):
        QApplication.processEvents()
    rules = broken, faults, nameless, idle, strays, misnamed
    found = [each for rule in rules for each in rule(shown)]
    return [each for each in found if not any(words in each for words in but)]


def at_sizes(shown: QWidget, sizes: Sequence[tuple[int, int]], *but: str) -> dict[str, list[str]]:
    """What is wrong at each of these sizes; nothing where all is well."""
    found = {}
    for size in sizes:
        shown.resize(*size)
        shown.show()
        found[str(size)] = wrong_with(shown, *but)
    return {size: them for size, them in found.items() if them}
