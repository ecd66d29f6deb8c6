"""Simpanan: savings that all members pay in on a day, or some take out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kwt_books.domain.documents.money import Savings, SavingsLine
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.assets import MemberSavings, members
from kwt_books.queries.money import Choices
from ui.kit.button import Button, Segment, on_keys
from ui.kit.composite import RowComposite
from ui.kit.document_form import MoneyForm, Remark, level
from ui.kit.field import FieldRow, MoneyField
from ui.kit.form import opens
from ui.kit.layout import Elided, column, figures, grid_layout, label, tabbed_before
from ui.kit.look import ENTER, UiContext, restyle
from ui.kit.picker import told_apart
from ui.kit.words import kinds_of_savings
from ui.kit.workspace import Given, Workspace

# -- The grid of members, with what each pays in or takes out ------------------------------------


_COLUMNS = 2


class MemberField(MoneyField):
    """A member's amount; ↑ and ↓ go from member to member."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if event.key() in ENTER:
            step = 1
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)


class _Member:
    """A member's name, her savings, and her field."""

    def __init__(self, ui: UiContext, known: MemberSavings) -> None:
        self._ui = ui
        self.name = Elided(known.name)
        self.held = figures(ui, "", "caption", "quiet")
        self.field = MemberField(ui, required=False)
        self.field.setProperty("scale", "small")
        self.field.setAccessibleName(known.name)
        self.learn(known)

    def learn(self, known: MemberSavings) -> None:
        """Takes what the book knows of her now."""
        self.known, ui = known, self._ui
        left = ui.t("left {day}", day=ui.short_day(known.left)) if known.left is not None else ""
        self.field.setPlaceholderText(left)


class MemberGrid(RowComposite):
    """Amounts by member as an input, which shows its own messages (`lines.3.amount`)."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui)
        self.by_member: dict[str, _Member] = {}
        self._waiting: Mapping[str, int | str] = {}
        self._grid = grid_layout(across=8, down=4)
        column(self._grid, self.message, parent=self, space=4)

    def learn(self, members: Sequence[MemberSavings]) -> None:
        """Shows these members, down the first column, then the second."""
        names = told_apart((each.party, each.name) for each in members)
        members = [replace(each, name=names[each.party]) for each in members]
        if self.by_member:
            for each in members:
                if each.party in self.by_member:
                    self.by_member[each.party].learn(each)
            return
        long = -(-len(members) // _COLUMNS)
        self._add_headings(min(_COLUMNS, len(members)))
        for place, known in enumerate(members):
            made = self.by_member[known.party] = _Member(self._ui, known)
            self.watch(made.field)
            made.field.moved.connect(lambda step, at=place: self._move(at, step))
            across, down = divmod(place, max(1, long))
            for cell, widget in enumerate((made.name, made.held, made.field)):
                self._grid.addWidget(widget, down + 1, across * 4 + cell)
        self._put_in_tab_order()
        for across in range(_COLUMNS):
            self._grid.setColumnStretch(across * 4, 3)
            self._grid.setColumnStretch(across * 4 + 2, 3)
            if across:
                self._grid.setColumnMinimumWidth(across * 4 - 1, self._ui.theme.px(8))
        self._fill(self._waiting)

    def _put_in_tab_order(self) -> None:
        """Puts the fields in their place in the order of Tab, for they are made late."""
        before = tabbed_before(self)
        for each in self.by_member.values():
            if before is not None:
                QWidget.setTabOrder(before, each.field)
            before = each.field

    def _add_headings(self, columns: int) -> None:
        t = self._ui.t
        for across in range(columns):
            for cell, text in enumerate((t("Member"), t("Saved so far"), t("Amount"))):
                made = label(text, "label")
                if cell:
                    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self._grid.addWidget(made, 0, across * 4 + cell)

    def show_held(self, kind: str) -> None:
        """Shows what each member has of a kind of savings."""
        for each in self.by_member.values():
            each.held.setText(self._ui.formats.number(each.known.held.get(kind, 0)))

    @property
    def members(self) -> list[MemberSavings]:
        """The members shown."""
        return [each.known for each in self.by_member.values()]

    def value(self) -> dict[str, int]:
        """Rupiah by member, without those at 0 or blank."""
        found = {code: each.field.value() or 0 for code, each in self.by_member.items()}
        return {code: amount for code, amount in found.items() if amount}

    def set_amounts(self, amounts: Mapping[str, int]) -> None:
        """Fills in amounts by member; others are cleared."""
        for code, each in self.by_member.items():
            each.field.set_value(amounts.get(code) or None)

    def fill_all(self, amount: int | None, day: date | None = None) -> None:
        """Fills in one amount for all; given a day, those who had left by then keep theirs."""
        of_left = {
            code: each.field.value() or 0
            for code, each in self.by_member.items()
            if day is not None and each.known.has_left(day)
        }
        self.set_amounts({**dict.fromkeys(self.by_member, amount or 0), **of_left})

    def _move(self, at: int, step: int) -> None:
        fields = [each.field for each in self.by_member.values()]
        if 0 <= at + step < len(fields):
            fields[at + step].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.focusNextPrevChild(step > 0)

    # -- as an input -----------------------------------------------------------------------

    def problem(self) -> str:
        """What is wrong, in words: an amount, or none filled in; empty where nothing is."""
        wrong = (each.field.problem() for each in self.by_member.values())
        if said := next(filter(None, wrong), ""):
            return said
        return "" if self.value() else self._ui.t("Fill in at least one member")

    def state(self) -> object:
        """What a draft keeps: the amounts by member, and texts that are none."""
        if not self.by_member:
            return dict(self._waiting)
        kept = {code: each.field.state() for code, each in self.by_member.items()}
        return {code: each for code, each in kept.items() if each != ""}

    def set_value(self, value: Any) -> None:
        """Fills in what `state` gave, or lines of a document."""
        found: dict[str, int | str] = {}
        if isinstance(value, dict):
            found = {
                str(code): each if isinstance(each, int) else str(each)
                for code, each in value.items()
            }
        elif isinstance(value, list | tuple):
            found = {str(line["party"]): abs(line["amount"]) for line in value}
        self._waiting = found
        self._fill(found)
        self.changed.emit()

    def _fill(self, found: Mapping[str, int | str]) -> None:
        for code, each in self.by_member.items():
            each.field.set_value(found.get(code, ""))

    # -- as what shows its own messages ----------------------------------------------------

    @property
    def field(self) -> QWidget:
        """What gets the keyboard: the first amount that something is said about, else the first."""
        wrong = (
            each.field
            for code, each in self.by_member.items()
            if code == self.marked or each.field.problem()
        )
        first = next(iter(self.by_member.values()), None)
        return next(wrong, None) or (first.field if first is not None else self)

    def said_rows(self) -> list[tuple[str, str]]:
        """The members with an amount: code and name."""
        return [(code, self.by_member[code].known.name) for code in self.value()]

    def mark(self, key: str | None, tone: str = "error") -> None:
        """Marks the amount of the member with this code; None unmarks all."""
        for code, each in self.by_member.items():
            if key in (None, code):
                restyle(each.field, tone=tone if key else "")


IN, OUT = "in", "out"
_FILL = "F2"


class SavingsForm(MoneyForm):
    """Simpanan: savings paid in or taken out (STREAM.md, `savings`)."""

    makes = Savings
    also = staticmethod(members)

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "savings", _turned(given))
        t, ui = self.t, self.ui
        self._add_what()
        self._add_same()
        self.grid = self.lines("lines", MemberGrid(ui))
        self.nobody = label(t("No members are set up yet."), "caption", wrap=True)
        self.nobody.hide()
        self.body.addWidget(self.nobody)
        self.notes_here()  # above the names it would push them away from under the mouse
        self.memo_and_total()
        self.type.changed.connect(self._type_changed)
        self.finish(receipt=False)

    def _add_what(self) -> None:
        """Adds the day, the kind of savings, and whether they are paid in or taken out."""
        t, ui = self.t, self.ui
        self.type = Segment(ui, kinds_of_savings(t))
        self.way = Segment(ui, ((IN, t("Paid in")), (OUT, t("Taken out"))))
        self.add("way", self.way)
        kinds_told = t(
            "Mandatory: every month. Voluntary: at any time. Principal: once, on joining."
        )
        self.across(
            (self.day_field(), 4),
            (self.labelled("type", t("Savings"), self.type, kinds_told), 5),
            (FieldRow(ui, t("Deposit or withdrawal"), self.way), 4),
        )

    def _add_same(self) -> None:
        """Adds the amount that a button fills in for all."""
        t, ui = self.t, self.ui
        self.account, account_row = self.cash_field("account", t("Cash account"))
        self.same = MoneyField(ui, required=False)
        self.fill_button = Button(ui, t("Fill in for everyone"), "users-three")
        self.fill_button.hint(t("The same amount for every member"), _FILL)
        self.fill_button.when_clicked(self.fill_all)
        self.across(
            (account_row, 4),
            (
                self.labelled(
                    "same", t("The same for all"), self.same, t("F2 fills it in for every name")
                ),
                3,
            ),
            (level(self.fill_button), 0),
        )
        on_keys(self, _FILL, self.fill_all)

    # -- what is known of the book ---------------------------------------------------------

    def learnt(self, known: Choices) -> None:
        """Offers the members."""
        self.grid.learn(self.found)
        self.nobody.setVisible(not self.found)
        self._type_changed()

    def _type_changed(self) -> None:
        kind = self.type.current
        self.grid.show_held(kind)
        if not self.same.text():
            self.same.setPlaceholderText(self._usual(kind))

    def _usual(self, kind: str) -> str:
        """The amount that most members paid in last time, as text."""
        amounts = [each.last[kind] for each in self.grid.members if each.last.get(kind, 0) > 0]
        usual = max(set(amounts), key=amounts.count) if amounts else None
        return self.ui.formats.number(usual) if usual is not None else ""

    def fill_all(self) -> None:
        """Fills in, for all, the amount typed, else the usual one. Who has left pays in no more."""
        if not self.same.text() and self.same.placeholderText():
            self.same.setText(self.same.placeholderText())
        if self.same.problem() or self.same.value() is None:
            self.same.setFocus()
            return
        day = self.date.value()
        self.grid.fill_all(self.same.value(), None if self.takes_out else day or self.ui.today)

    # -- remarks ---------------------------------------------------------------------------

    @property
    def takes_out(self) -> bool:
        """Whether savings are taken out."""
        return self.way.current == OUT

    def total(self) -> int:
        """The sum in rupiah."""
        return sum(self.grid.value().values())

    def remarks(self) -> Iterator[Remark]:
        """That cash does not suffice, that a member takes out more than she has, or that one pays
        in who has left.
        """
        if not self.takes_out:
            yield from self._paying_in_after_leaving()
            return
        yield from self.below_zero(self.account.value(), self.total())
        kind, amounts = self.type.current, self.grid.value()
        for each in self.grid.members:
            held = each.held.get(kind, 0)
            if amounts.get(each.party, 0) > held:
                yield Remark(
                    self.t("{name} takes out more than she has.", name=each.name),
                    self.t("In the book: {amount}.", amount=self.ui.formats.rupiah(held)),
                    "warn",
                )

    def _paying_in_after_leaving(self) -> Iterator[Remark]:
        amounts, day = self.grid.value(), self.date.value() or self.ui.today
        for each in self.grid.members:
            if each.party in amounts and each.left is not None and each.has_left(day):
                left = self.ui.formats.day(each.left)
                said = self.t("{name} left the group on {day}.", name=each.name, day=left)
                yield Remark(said, tone="warn")

    def derived(self) -> dict[str, Any]:
        """The lines; amounts taken out are below zero."""
        sign = -1 if self.takes_out else 1
        amounts = self.grid.value().items()
        return {"lines": tuple(SavingsLine(party=each, amount=sign * n) for each, n in amounts)}


def _turned(given: Given) -> Given:
    """A document's lines; amounts below zero mean that they were taken out."""
    lines = given.get("lines")
    if isinstance(lines, list | tuple) and lines and all(each["amount"] < 0 for each in lines):
        return {**given, "way": OUT}
    return given


make_savings = opens(SavingsForm, noop("Members' savings"), width=860)
