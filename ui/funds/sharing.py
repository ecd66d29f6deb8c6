"""Bagi SHU: the yearly meeting shares what is left of the profit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kwt_books.domain.accounts import APPROPRIATED, SURPLUS_PAYABLE, is_fund
from kwt_books.domain.documents.memorial import Appropriation, AppropriationLine
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.funds import surplus_on
from kwt_books.queries.money import Choices
from ui.kit.document_form import MoneyForm, Remark
from ui.kit.field import MoneyField, TextField
from ui.kit.form import opens
from ui.kit.lines import LineField, Lines
from ui.kit.look import UiContext
from ui.kit.party import account_name
from ui.kit.picker import Picker
from ui.kit.workspace import Given, Workspace


class ShareLines(Lines):
    """A fund or the members' share, how much, and whose it is."""

    def __init__(self, ui: UiContext) -> None:
        t, told = ui.t, ui.t("for a member's share; optional")
        fields = (
            LineField("account", t("Goes to"), lambda: Picker(ui), 6),
            LineField("amount", t("Amount"), lambda: MoneyField(ui), 3),
            LineField("party", t("Member"), lambda: Picker(ui, required=False), 5, told),
        )
        super().__init__(ui, fields, AppropriationLine)


class AppropriationForm(MoneyForm):
    """The form of the yearly meeting's sharing of profit."""

    makes = Appropriation

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "appropriation", given)
        t = self.t
        self._asked: date | None = None
        self._left: int | None = None
        self.decision = TextField(self.ui, required=True, placeholder="BA-01/RAT/I/2027")
        decision = self.labelled(
            "decision", t("Decision number"), self.decision, t("As written in the minutes")
        )
        self.across((self.day_field(), 1), (decision, 1))
        self.rows = self.lines("lines", ShareLines(self.ui))
        self.add_total()
        self.notes_here()
        self.words_fields()
        self.date.changed.connect(self._ask_left)
        self.finish()

    def _ask_left(self) -> None:
        """Asks how much profit is left to be shared on the day."""
        day = self.date.value()
        if day is not None and day != self._asked:
            self._asked = day
            self.ask_book(lambda book: book.read(surplus_on, day), self._show_left, key="left")

    def _show_left(self, left: int) -> None:
        self._left = left
        self.show_remarks()

    def remarks(self) -> Iterator[Remark]:
        """What is left to be shared, before and after this."""
        if self._left is None or self._asked is None:
            return
        rupiah, total = self.ui.formats.rupiah, self.total()
        strong = self.t(
            "On {day}, {left} is left to share.",
            day=self.ui.formats.day(self._asked),
            left=rupiah(max(0, self._left)),
        )
        if total > max(0, self._left):
            over = rupiah(total - max(0, self._left))
            yield Remark(strong, self.t("That is {over} more.", over=over), "warn")
        else:
            yield Remark(strong, self.t("After this: {rest}.", rest=rupiah(self._left - total)))

    def learnt(self, known: Choices) -> None:
        """Fills the pickers from the book, and asks what is left."""
        self._asked = None
        self._ask_left()
        setup = known.setup
        shares = setup.group.shares if setup.group is not None else {}
        goals = [
            each
            for each in setup.accounts.values()
            if each.code in APPROPRIATED or is_fund(each.code, shares)
        ]
        goals.sort(key=lambda each: (each.code != SURPLUS_PAYABLE, each.code))
        people = sorted(
            setup.parties.values(),
            key=lambda each: (each.role != "member", each.name.casefold()),
        )
        self.rows.offer("account", [(each.code, account_name(self.ui, each)) for each in goals])
        self.rows.offer("party", [(each.code, each.name) for each in people])


make_appropriation = opens(AppropriationForm, noop("Share profit of the year"), width=820)
