"""Golden texts of reports: `pytest tests/reports --refresh-golden` writes them anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--refresh-golden", action="store_true", help="Write the golden texts of reports anew."
    )


@pytest.fixture(autouse=True, scope="module")
def whole(whole_sentences: None) -> None:
    """Of reports too."""


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the one kept under that name, or keeps it from now on."""
    refresh = bool(request.config.getoption("refresh_golden", default=False))

    def compare(name: str, text: str) -> None:
        path = GOLDEN / f"{name}.txt"
        if refresh:
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.exists(), f"no {path.name} yet: see --refresh-golden"
        assert text == path.read_text(encoding="utf-8")

    return compare
