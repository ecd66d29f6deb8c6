"""The words of the program in the language of the book.

A message is named by its English text; an error by its code, which is why the `errors` domain
alone needs an English catalogue too.
"""

from __future__ import annotations

from functools import cached_property
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from kwt_books.i18n.paths import locale_dir

DOMAINS = (
    "errors",
    "reports",
    "books",
    "papers",
    "audit",
    "cli",
    "ui",
    "ui_sales",
    "ui_garden",
    "ui_reports",
    "ui_audit",
    "ui_money",
    "ui_help",
    "ui_setup",
    "ui_computer",
)
LANGUAGES = ("id", "en")


def noop(msgid: str) -> str:
    """Mark a text for translation where it stands; it is translated where it is shown."""
    return msgid


class _Shown(dict[str, object]):
    """Parameters of a message. A missing one stays readable: an error must never hide another."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class Translator:
    """Looks a message up in every domain, first come first served; unknown ones come back as is."""

    def __init__(self, language: str, folder: Path | None = None) -> None:
        self.language = language
        self._folder = folder
        self._told: dict[str, str] = {}
        """What was asked before: a message of the last domain is looked for in all of them."""

    def __call__(self, msgid: str, **params: object) -> str:
        return fill(self.gettext(msgid), params)

    def gettext(self, msgid: str) -> str:
        told = self._told.get(msgid)
        if told is None:
            # The empty msgid is gettext's own header, never a message.
            told = self._told[msgid] = self._chain.gettext(msgid) if msgid else ""
        return told

    def ngettext(self, singular: str, plural: str, n: int, **params: object) -> str:
        """The form for `n`, which is also the parameter `{n}`."""
        return fill(self._chain.ngettext(singular, plural, n), {"n": n, **params})

    def knows(self, msgid: str) -> bool:
        """Whether the catalogue itself has this message."""
        return bool(msgid) and self.gettext(msgid) != msgid

    @cached_property
    def _chain(self) -> NullTranslations:
        # Read on first use: a command that prints no words should not pay for the catalogues.
        folder = self._folder or locale_dir()
        found = [t for domain in DOMAINS if (t := _load(domain, folder, self.language))]
        chain: NullTranslations = NullTranslations()
        for loaded in reversed(found):
            loaded.add_fallback(chain)
            chain = loaded
        return chain


def _load(domain: str, folder: Path, language: str) -> GNUTranslations | None:
    # A fresh object each time: gettext caches what it reads, and a fallback is added to ours.
    path = folder / language / "LC_MESSAGES" / f"{domain}.mo"
    try:
        with path.open("rb") as file:
            return GNUTranslations(file)
    except FileNotFoundError:
        return None


def fill(text: str, params: dict[str, object]) -> str:
    """`text` with its named placeholders filled; a text without parameters is left alone."""
    return text.format_map(_Shown(params)) if params else text
