"""Whom money goes to or comes from: someone known, or a new name that is set up on saving."""

from __future__ import annotations

from collections.abc import Iterable

from kwt_books.domain.documents.setup import Party
from kwt_books.domain.errors import InvalidDocument
from kwt_books.domain.suggested import code_for
from kwt_books.queries.overview import SetupData
from kwt_books.services.explain import explain
from kwt_books.services.recorder import normal
from ui.kit import Kit
from ui.widgets.picker import Picker


class PartyPicker(Picker):
    """`new_name`: what was typed where nobody is called so. `role`: what such a one would be."""

    def __init__(self, kit: Kit, role: str, *, required: bool = False) -> None:
        super().__init__(kit, required=required)
        self.role = role
        self._waits = ""
        self._codes: frozenset[str] = frozenset()

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
        typed = " ".join(self._text.split()) if self.code() is None else ""
        return "" if typed.casefold() in self._shared else typed

    def type_name(self, name: str) -> None:
        self._edit.setText(name)
        self._settle()
        self.changed.emit()

    def party_code(self) -> str | None:
        """As a document names it: of the one who was picked, or who is to be set up."""
        made = self.new_party()
        return made.code if made is not None else self.code()

    def new_party(self) -> Party | None:
        """The one to be set up first; None where a known one was picked, or nobody."""
        name = self.new_name
        return Party(code=code_for(name, self._codes), name=name, role=self.role) if name else None

    # -- as an input -----------------------------------------------------------------------

    def problem(self) -> str:
        made = self.new_party()
        if made is None:
            return super().problem()
        try:
            normal(made)
        except InvalidDocument as refused:
            return explain(refused.issues[0], None, self._kit.t, self._kit.formats)
        return ""

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
