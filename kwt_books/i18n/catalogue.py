"""The words of the program in the language of the book.

A message is named by its English text; an error by its code, which is why English has a catalogue
too. `scripts/translations.py` makes the one file that is read here of many catalogues.
"""

from __future__ import annotations

from functools import cached_property
from gettext import NullTranslations, translation
from pathlib import Path

from kwt_books.i18n.paths import locale_dir

DOMAIN = "kwt_books"
LANGUAGES = ("id", "en")


def noop(msgid: str) -> str:
    """Mark a text for translation where it stands; it is translated where it is shown."""
    return msgid


class _Shown(dict[str, object]):
    """Parameters of a message. A missing one stays readable: an error must never hide another."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class Translator:
    """Unknown messages come back as they are."""

    def __init__(self, language: str, folder: Path | None = None) -> None:
        self.language = language
        self._folder = folder

    def __call__(self, msgid: str, **params: object) -> str:
        return fill(self.gettext(msgid), params)

    def gettext(self, msgid: str) -> str:
        # The empty msgid is gettext's own header, never a message.
        return self._catalogue.gettext(msgid) if msgid else ""

    def ngettext(self, singular: str, plural: str, n: int, **params: object) -> str:
        """The form for `n`, which is also the parameter `{n}`."""
        return fill(self._catalogue.ngettext(singular, plural, n), {"n": n, **params})

    def knows(self, msgid: str) -> bool:
        """Whether the catalogue itself has this message."""
        return bool(msgid) and self.gettext(msgid) != msgid

    @cached_property
    def _catalogue(self) -> NullTranslations:
        # Read on first use: a command that prints no words should not pay for it.
        folder = self._folder or locale_dir()
        return translation(DOMAIN, folder, [self.language], fallback=True)


def fill(text: str, params: dict[str, object]) -> str:
    """`text` with its named placeholders filled; a text without parameters is left alone."""
    return text.format_map(_Shown(params)) if params else text
