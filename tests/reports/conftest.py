"""Golden texts of reports: `pytest tests/reports --refresh-golden` writes them anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kwt_books.i18n import catalogue

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--refresh-golden", action="store_true", help="Write the golden texts of reports anew."
    )


@pytest.fixture(autouse=True, scope="package")
def whole_sentences() -> Iterator[None]:
    """A sentence that lacks what it is filled with fails the test of a report that says it; people
    would be shown the name of what is missing.
    """
    fill = catalogue.fill

    def strict(text: str, params: dict[str, object]) -> str:
        text.format_map(params)  # raises KeyError
        return fill(text, params)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(catalogue, "fill", strict)
        yield


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
