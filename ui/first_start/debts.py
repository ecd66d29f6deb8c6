"""Lines of who owes the group, and of whom the group still has to pay."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QListView

from kwt_books.domain.documents.setup import Party
from kwt_books.services.first_answers import Partner
from ui.first_start.rows import OptionalLines
from ui.forms.lines import Line, LineField
from ui.kit import Kit
from ui.widgets.field import MoneyField, TextField
from ui.widgets.picker import Choice

SUPPLIER = "supplier"


class _Names:
    """Names the book knows already, offered while one types."""

    def __init__(self, kit: Kit) -> None:
        self._kit, self._model = kit, QStringListModel()
        self._roles: dict[str, str] = {}

    def know(self, parties: Iterable[Party]) -> None:
        found = sorted(parties, key=lambda each: each.name.casefold())
        self._roles = {each.name.casefold(): each.role for each in found}
        self._model.setStringList([each.name for each in found])

    def role(self, name: str | None) -> str | None:
        return self._roles.get((name or "").casefold())

    def field(self) -> TextField:
        made = TextField(self._kit, required=True)
        completer = QCompleter(self._model, made)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = QListView()
        popup.setObjectName("choices")
        completer.setPopup(popup)
        made.setCompleter(completer)
        return made


class OwingLines(OptionalLines):
    """Shops, buyers and members with what they still owe the group."""

    def __init__(self, kit: Kit) -> None:
        t, self._names = kit.t, _Names(kit)
        roles = [("shop", t("Shop")), ("customer", t("Buyer")), ("member", t("Member"))]
        self._roles = frozenset(role for role, _ in roles)
        fields = (
            LineField("name", t("Name"), self._names.field, 4),
            LineField("role", t("Who it is"), lambda: Choice(kit, roles), 3),
            LineField("owed", t("Still owes"), lambda: MoneyField(kit), 3),
        )
        super().__init__(kit, fields)

    def know(self, parties: Iterable[Party]) -> None:
        self._names.know(each for each in parties if each.role in self._roles)

    def _append(self) -> Line:
        line = super()._append()
        line.fields["name"].changed.connect(partial(self._follow, line))
        return line

    def _follow(self, line: Line) -> None:
        """Whoever the book knows is what the book says."""
        role = self._names.role(line.fields["name"].value())
        if role is not None:
            line.fields["role"].choose(role)

    @property
    def partners(self) -> list[Partner]:
        return [
            Partner(
                line.fields["name"].value() or "",
                line.fields["role"].code(),
                line.fields["owed"].number() or 0,
            )
            for line in self.filled
        ]


class OwedLines(OptionalLines):
    """Shops and people that the group has not paid yet."""

    def __init__(self, kit: Kit) -> None:
        t, self._names = kit.t, _Names(kit)
        fields = (
            LineField("name", t("Shop or market"), self._names.field, 4),
            LineField("owed", t("Still to be paid"), lambda: MoneyField(kit), 3),
        )
        super().__init__(kit, fields)

    def know(self, parties: Iterable[Party]) -> None:
        self._names.know(each for each in parties if each.role == SUPPLIER)

    @property
    def partners(self) -> list[Partner]:
        return [
            Partner(line.fields["name"].value() or "", SUPPLIER, line.fields["owed"].number() or 0)
            for line in self.filled
        ]
