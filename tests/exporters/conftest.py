"""What all tests of papers and files share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True, scope="module")
def whole(whole_sentences: None) -> None:
    """No paper lacks what a sentence is filled with."""
