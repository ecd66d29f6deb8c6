"""The words of the program in the language of the book.

A message is named by its English text; an error by its code, which is why English has a catalogue
too. `scripts/translations.py` makes the one file that is read here of many catalogues.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
from functools import cached_property
from gettext import NullTranslations, translation
from pathlib import Path

# -- Where the files that travel with the program lie, and what the program is called ------------


COMMAND = "kwt-books"
"""The program as it is installed."""
CALLED = "KWT_BOOKS_CALLED"
"""The environment's variable in which a program that starts this one says how it was called."""
_PACKAGE = Path(__file__).resolve().parents[1]


def resources_dir() -> Path:
    """The folder of fonts, icons and translations: in the frozen program, beside the modules
    of an installed one, else in the source tree."""
    if frozen := getattr(sys, "_MEIPASS", None):
        return Path(frozen) / "resources"
    return (_PACKAGE.parent if is_checkout() else _PACKAGE) / "resources"


def is_checkout() -> bool:
    """Whether the modules are those of a source tree, where they lie beside their resources."""
    return not (_PACKAGE / "resources").is_dir()


def program_name() -> str:
    """What one types to give the program a command, as it was typed to start it."""
    if hasattr(sys, "frozen") or Path(sys.argv[0]).stem == COMMAND:
        return COMMAND
    if called := os.environ.get(CALLED):
        return called
    typed = sys.orig_argv[: len(sys.orig_argv) - len(sys.argv) + 1]
    return shlex.join(typed) if os.name == "posix" else " ".join(typed)


def locale_dir() -> Path:
    """The folder of the catalogues."""
    return resources_dir() / "locale"


DOMAIN = "kwt_books"
LANGUAGES = ("id", "en")


def noop(msgid: str) -> str:
    """Mark a text for translation where it stands; it is translated where it is shown."""
    return msgid


def noop_plural(one: str, many: str) -> tuple[str, str]:
    """Mark the words for one and for several, to be counted where they are shown (`ngettext`)."""
    return one, many


class _Shown(dict[str, object]):
    """Parameters of a message. A missing one stays readable: an error must never hide another."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class Translator:
    """Messages in one language. Unknown ones come back as they are."""

    def __init__(self, language: str, folder: Path | None = None) -> None:
        self.language = language
        self._folder = folder

    def __call__(self, msgid: str, **params: object) -> str:
        return fill(self.gettext(msgid), params)

    def gettext(self, msgid: str) -> str:
        """The message in the translator's language; as it is where it is unknown."""
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
    if not params:
        return text
    try:
        return text.format_map(params)
    except KeyError:
        return text.format_map(_Shown(params))


# -- Amounts in words (terbilang), for receipts, minutes and the closing of a book ---------------


# num2words says "satu juta satu ribu"; Indonesian says "satu juta seribu". "Dua puluh satu ribu"
# stays: only a lone one before "ribu" becomes "se-".
_LONE_THOUSAND = re.compile(r"\b(juta|miliar|triliun|kuadriliun) satu ribu\b")


def in_words(number: int, language: str = "id") -> str:
    """`number` in lowercase words, up to 10^15: `seribu seratus`."""
    from num2words import num2words

    text = " ".join(str(num2words(abs(number), lang=language)).split()).lower()
    if language == "id":
        text = _LONE_THOUSAND.sub(r"\1 seribu", text)
    if number < 0:
        text = f"minus {text}"
    return text


def rupiah_in_words(amount: int, language: str = "id") -> str:
    """`seratus delapan puluh ribu rupiah`."""
    return f"{in_words(amount, language)} rupiah"


def capitalised(text: str) -> str:
    """First letter large, the rest as it is: how a receipt begins its words."""
    return text[:1].upper() + text[1:]
