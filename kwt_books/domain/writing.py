"""What of a text can be kept and seen."""

from __future__ import annotations

import unicodedata


def readable(text: str) -> bool:
    """Whether text holds no control character and nothing UTF-8 cannot carry."""
    return not any(
        unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in text
    )


def visible(text: str) -> bool:
    """Whether text holds more than spaces and signs without a shape, as a zero width space."""
    if text.isprintable():
        return bool(text) and not text.isspace()
    return any(char.isprintable() and not char.isspace() for char in text)
