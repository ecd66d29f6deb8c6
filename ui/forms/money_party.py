"""Whom money goes to or comes from: someone known, or a new name that is set up on saving."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kwt_books.domain.documents.setup import Party
from kwt_books.queries.overview import SetupData
from ui.kit import Kit
from ui.widgets.picker import Picker

_OTHER_THAN_LETTERS = re.compile(r"[\W_]+")


class PartyPicker(Picker):
    """`new_name`: what was typed where nobody is called so. `role`: what such a one would be."""

    def __init__(self, kit: Kit, role: str, *, required: bool = False) -> None:
        super().__init__(kit, required=required)
        self.role = role
        self._waits = ""
        self._text = ""  # what stands in the field; the field itself goes before the form does
        self._codes: frozenset[str] = frozenset()
        self._edit.textChanged.connect(self._remember)
        self._edit.textEdited.connect(lambda _text: self.changed.emit())

    def learn(self, setup: SetupData, first: Iterable[str]) -> None:
        """Parties of the roles `first` come first, by name."""
        rank = {role: place for place, role in enumerate(first)}
        parties = sorted(
            setup.parties.values(),
            key=lambda each: (rank.get(each.role, len(rank)), each.name.casefold()),
        )
        self._codes = frozenset(setup.parties)
        typed = self.new_name or self._waits
        self.set_choices([(each.code, each.name) for each in parties])
        if typed:
            self.type_name(typed)

    @property
    def new_name(self) -> str:
        return " ".join(self._text.split()) if self.code() is None else ""

    def _remember(self, text: str) -> None:
        self._text = text

    def type_name(self, name: str) -> None:
        self._edit.setText(name)
        self._settle()
        self.changed.emit()

    def new_party(self) -> Party | None:
        """The one to be set up first; None where a known one was picked, or nobody."""
        name = self.new_name
        return Party(code=self._free_code(name), name=name, role=self.role) if name else None

    def _free_code(self, name: str) -> str:
        stem = _OTHER_THAN_LETTERS.sub("-", name.casefold()).strip("-")[:60] or self.role
        codes = [stem, *(f"{stem}-{number}" for number in range(2, len(self._codes) + 3))]
        return next(code for code in codes if code not in self._codes)

    # -- as an input -----------------------------------------------------------------------

    def problem(self) -> str:
        return "" if self.new_name else super().problem()

    def state(self) -> object:
        name = self.new_name
        return {"name": name} if name else super().state()

    def restore(self, state: object) -> None:
        match state:
            case {"name": str(name)}:
                self._waits = name
                self.type_name(name)
            case _:
                self._waits = ""
                super().restore(state)
