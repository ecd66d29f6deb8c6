"""All rules that whatever is shown keeps, and that fields are called by what stands above them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from tests.ui.hearing import misnamed
from tests.ui.rules import flaws


def wrong_with(shown: QWidget, *but: str) -> list[str]:
    """What breaks a rule, but for what is said in these words."""
    found = [*flaws(shown), *misnamed(shown)]
    return [each for each in found if not any(words in each for words in but)]


def at_sizes(shown: QWidget, sizes: Sequence[tuple[int, int]], *but: str) -> dict[str, list[str]]:
    """What is wrong at each of these sizes; nothing where all is well."""
    found = {}
    for size in sizes:
        shown.resize(*size)
        shown.show()
        found[str(size)] = wrong_with(shown, *but)
    return {size: them for size, them in found.items() if them}
