"""The kinds of set-up entry by their name in the stream: all that a book's opening has to read.

They stand apart from `registry`, whose many kinds of document a start has no time to define.
"""

from __future__ import annotations

from kwt_books.domain.documents.base import Command
from kwt_books.domain.documents.codec import Codec
from kwt_books.domain.documents.people import PersonSetup
from kwt_books.domain.documents.setup import AccountSetup, Group, Item, Party, Recipe

SETUPS: tuple[type[Command], ...] = (Group, AccountSetup, Item, Party, Recipe, PersonSetup)

SETUP_CODECS: dict[str, Codec[Command]] = {each.kind: Codec(each) for each in SETUPS}
