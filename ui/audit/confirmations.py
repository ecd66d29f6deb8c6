"""Konfirmasi: letters that ask debtors, creditors and keepers of goods to confirm the book's
figures, and what they answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from kwt_books.domain.values import last_day
from kwt_books.i18n.catalogue import noop
from kwt_books.reports.model import Report, Row, RowKind
from kwt_books.reports.packs import Pack
from kwt_books.services.audit.confirmations import KINDS
from kwt_books.services.audit.file import Answer
from kwt_books.services.audit.service import AuditService
from ui.audit.conclusion import AuditDialog
from ui.audit.room import AuditPart, AuditRoom
from ui.kit.button import Button, on_keys
from ui.kit.card import Card
from ui.kit.date_field import DateField
from ui.kit.field import MoneyField, NoteField, QuantityField
from ui.kit.layout import Folding, column, fill, holder, label, row, rule, show_text
from ui.kit.list import ListRow, ListTable, head_row
from ui.kit.list_page import ListPage, signed
from ui.kit.look import GUTTER, ROW_TWO_LINES
from ui.kit.picker import Choice
from ui.kit.printing import Make, PaperWriter, WritingStrip
from ui.kit.scrolling import TwoCards
from ui.kit.table import Cell

# -- Letters of confirmation as the screen shows them, with their answers ------------------------


UNANSWERED, AGREES, DIFFERS = "unanswered", "agrees", "differs"
KIND_WORDS = {
    "shop": noop("Shop"),
    "supplier": noop("Supplier"),
    "customer": noop("Customer"),
    "member": noop("Member"),
    "bank": noop("Bank"),
}
ALL_KINDS = "all"


@dataclass(frozen=True, slots=True)
class Goods:
    """How much of an item there is by the book, in thousandths."""

    item: str
    name: str
    unit: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. `number` is printed on it; `place` is its index among the pack's papers."""

    code: str
    number: str
    name: str
    place: int
    amount: int
    goods: tuple[Goods, ...] = ()
    state: str = UNANSWERED
    difference: int = 0
    answer: Answer | None = None

    @property
    def kind(self) -> str:
        """What is asked, the first part of the code."""
        return self.code.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Letters:
    """All letters of a day, and the papers they are printed from."""

    day: date
    letters: tuple[Letter, ...]
    pack: Pack
    unnamed: int = 0
    """Rupiah on these accounts that no party is named for; no letter can ask about them."""
    counts: dict[str, int] = field(default_factory=dict)
    """How many letters are in each state."""

    def papers(self, *letters: Letter) -> Pack:
        """The letters alone as a pack, without the list of them."""
        parts = self.pack.parts[1:]
        return replace(self.pack, parts=tuple(parts[each.place] for each in letters))

    @property
    def listed(self) -> Pack:
        """The list of letters alone as a pack."""
        return replace(self.pack, parts=self.pack.parts[:1])


def read_letters(workspace: AuditService, day: date, kind: str, language: str) -> Letters:
    """The letters of a day and kind with their answers; runs on the worker."""
    kinds = KINDS if kind == ALL_KINDS else (kind,)
    pack = workspace.confirmations(day, language, kinds)
    answered = workspace.answers(day, language, kinds).reports[0]
    newest = {each.letter: each for each in workspace.notebook.read().answers if each.day == day}
    states = dict(_states(answered))
    found = tuple(_letters(pack.reports[0], states, newest))
    counts = {
        state: sum(each.state == state for each in found) for state in (DIFFERS, AGREES, UNANSWERED)
    }
    known = sum(each.amount for each in found)
    listed = sum(_amount(each) for each in pack.reports[0].rows if not each.level)
    return Letters(day, found, pack, listed - known, counts)


def _amount(row: Row) -> int:
    value = row.cells[2] if len(row.cells) > 2 else None
    return value if isinstance(value, int) else 0


def _states(report: Report) -> Iterator[tuple[str, tuple[str, int]]]:
    """By letter, its state and difference in rupiah, from the report's sections."""
    sections = iter((DIFFERS, AGREES, UNANSWERED))
    state = UNANSWERED
    for each in report.rows:
        if each.kind is RowKind.SECTION:
            state = next(sections)
        elif each.code is not None and not each.level:
            difference = each.cells[5]
            yield each.code, (state, difference if isinstance(difference, int) else 0)


def _letters(
    report: Report, states: dict[str, tuple[str, int]], newest: dict[str, Answer]
) -> Iterator[Letter]:
    """The letters, made of the report's rows that have a code, each with the goods after it."""
    found: list[Letter] = []
    for each in report.rows:
        if each.code is not None and ":" in each.code and not each.level:
            number, _, name = each.label.partition(" ")
            state, difference = states.get(each.code, (UNANSWERED, 0))
            found.append(
                Letter(
                    each.code, number, name, len(found), _amount(each), (), state, difference,
                    newest.get(each.code),
                )
            )  # fmt: skip
        elif each.level and found and each.code is not None:
            quantity, unit = each.cells[:2]
            assert isinstance(quantity, int)
            goods = (*found[-1].goods, Goods(each.code, each.label, str(unit), quantity))
            found[-1] = replace(found[-1], goods=goods)
    yield from found


# -- The dialog of an answer ----------------------------------------------------------------------


class AnswerDialog(AuditDialog):
    """What came back on a letter. A field left empty counts as agreed: the slip didn't name it."""

    topic = "audit#confirm"

    def __init__(
        self, room: AuditRoom, letter: Letter, day: date, parent: QWidget | None = None
    ) -> None:
        t = room.workspace.ui.t
        title = t("Answer to {number} {name}", number=letter.number, name=letter.name)
        super().__init__(room, title, t("Note it"), parent)
        self._letter, self._day = letter, day
        ui, formats = self.ui, self.ui.formats
        told = label(
            t("As on the slip. Leave empty what it doesn't mention."), "caption", wrap=True
        )
        same = Button(ui, t("All as in the book"), "check").when_clicked(self.fill_as_book)
        self.across((told, 1), (same, 0), space=8)
        self.amount = self.field(
            "amount",
            t("Amount according to the answer"),
            MoneyField(ui, required=False, negative=True),
            t("According to the book {amount}", amount=formats.rupiah(letter.amount)),
        )
        self.goods: dict[str, QuantityField] = {}
        for each in letter.goods:
            hint = t(
                "According to the book {amount}",
                amount=f"{formats.quantity(each.quantity)} {each.unit}",
            )
            field = QuantityField(ui, unit=each.unit, required=False)
            self.goods[each.item] = self.field(f"goods.{each.item}", each.name, field, hint)
        self.note = self.field("note", t("Remark"), NoteField(ui, lines=2))
        self._show_newest()
        self.fit(letter.code, day)
        self.amount.setFocus()

    def _show_newest(self) -> None:
        answer = self._letter.answer
        if answer is None:
            return
        self.amount.set_value(answer.amount)
        self.note.set_value(answer.note)
        for count in answer.goods:
            if count.item in self.goods:
                self.goods[count.item].set_value(count.quantity)

    def fill_as_book(self) -> None:
        """Fills in the book's own figures, for an answer that agrees."""
        self.amount.set_value(self._letter.amount)
        for each in self._letter.goods:
            self.goods[each.item].set_value(each.quantity)

    def save(self) -> None:
        """Writes the answer down beside its letter."""
        counts = {item: field.value() for item, field in self.goods.items()}
        goods = {item: count for item, count in counts.items() if count is not None}
        amount, note = self.amount.value(), self.note.value() or ""
        code, day = self._letter.code, self._day
        self.write(
            lambda audit: audit.enter_answer(code, day, amount, goods, note),
            lambda _none: self.t("The answer is noted."),
        )


_ASIDE, _LEAST = 380, 620
STATES = {
    DIFFERS: ("warning-circle-fill", "warn", noop("Answer differs")),
    AGREES: ("check-circle-fill", "good", noop("Answer agrees")),
    UNANSWERED: ("circle-dashed", "quiet", noop("No answer yet")),
}


_ONE_LINE = 840
"""Width that day, choice and buttons need."""


class ConfirmPart(AuditPart, ListPage[Letter]):
    """The part with the letters of a day, their states, and printing them."""

    def __init__(self, room: AuditRoom) -> None:
        super().__init__(room)
        t = self.t
        self.letters: Letters | None = None
        self._own_day = False
        self.writer = PaperWriter(self.workspace, self)
        fill(self.body, self._make_top(), self.state, WritingStrip(self.ui, self.writer))
        beside = TwoCards(self.ui, _ASIDE, _LEAST)
        titles = t("No."), t("To whom"), t("According to the book"), t("Difference"), t("Answer")
        headings = head_row(*titles, figures=(2, 3))
        self.lay_out(headings, height=ROW_TWO_LINES, within=beside)
        self.foot.hide()
        self.table.stretch(1)
        self.table.setMinimumHeight(self.ui.theme.px(4 * ROW_TWO_LINES))
        beside.add(self._make_letter())
        text = t(
            "According to the book, nobody holds goods, owes anything or has savings on that day."
        )
        self.invite("envelope-simple", t("There is nobody to write to"), text)
        for keys, act in (("Ctrl+P", self.print_all), ("Ctrl+N", self.enter_answer)):
            on_keys(self, keys, act)

    # -- layout ----------------------------------------------------------------------------

    def _make_top(self) -> QWidget:
        t, ui = self.t, self.ui
        self.day = DateField(ui, last_day(self.workspace.month), weekday=False)
        self.day.setFixedWidth(ui.theme.px(190))
        self.day.setAccessibleName(t("As of"))
        self.day.changed.connect(self._day_chosen)
        kinds = [(ALL_KINDS, t("Anyone")), *((k, t(w)) for k, w in KIND_WORDS.items())]
        self.kind = Choice(ui, kinds)
        self.kind.setAccessibleName(t("Whom to write to"))
        self.kind.changed.connect(self.invalidate)
        self.state = label("", "caption", wrap=True)
        whom = row(label(t("As of"), "label"), self.day, self.kind, ..., space=8)
        self.print_button = (
            Button(ui, t("Print all letters"), "printer", kind="primary")
            .hint(t("Print all letters"), "Ctrl+P")
            .when_clicked(self.print_all)
        )
        self.list_button = Button(ui, t("List of answers"), "table")
        self.list_button.when_clicked(self.save_answers)
        return Folding(ui, holder(whom), self.print_button, self.list_button, least=_ONE_LINE)

    def _make_letter(self) -> Card:
        t, ui, card = self.t, self.ui, Card(margins=0, space=0)
        self.name, self.about = label("", "card", wrap=True), label("", "caption", wrap=True)
        words = column(self.name, self.about, space=2, margins=(GUTTER, 12, GUTTER, 12))
        fill(card.body, words, rule())
        headings = head_row(t("Item or balance"), t("Book"), t("Answer"), figures=(1, 2))
        self.lines = ListTable(ui, headings, tight=True)
        self.lines.setMinimumHeight(ui.theme.px(150))
        self.remark = label("", "caption", wrap=True)
        self.remark.setContentsMargins(GUTTER, 8, GUTTER, 8)
        self.answer_button = Button(ui, t("Enter the answer"), "pencil-simple")
        self.answer_button.hint(t("Enter the answer"), "Ctrl+N").when_clicked(self.enter_answer)
        one = Button(ui, "", "printer").hint(t("Print this letter")).when_clicked(self.print_one)
        foot = row((self.answer_button, 1), one, space=8, margins=12)
        fill(card.body, (self.lines, 1), self.remark, rule(), foot)
        return card

    # -- what the book and the answers say -------------------------------------------------

    def follows_month(self) -> bool:
        """Whether the letters are those of the month's last day: no other day was chosen."""
        return not self._own_day

    def _day_chosen(self) -> None:
        if self.day.value() is not None and self.day.value() != last_day(self.workspace.month):
            self._own_day = True
        self.invalidate()

    def refresh(self) -> None:
        if not self._own_day and self.day.value() != last_day(self.workspace.month):
            with QSignalBlocker(self.day):
                self.day.set_value(last_day(self.workspace.month))
        day, kind, language = self.day.value(), self.kind.value(), self.ui.language
        if day is not None:
            self.ask(lambda book: read_letters(self.room.at(book), day, kind, language), self._show)

    def _show(self, found: Letters) -> None:
        self.letters, there = found, bool(found.letters)
        for button in (self.print_button, self.list_button):
            button.setEnabled(there)
        self.state.setText(self._summary(found))
        self.state.setVisible(there)
        self.show_all(found.letters)

    def _summary(self, found: Letters) -> str:
        t, number = self.t, self.ui.formats.number
        back = found.counts[AGREES] + found.counts[DIFFERS]
        text = t(
            "{back} of {all} came back, {differing} with differences.",
            back=number(back), all=number(len(found.letters)),
            differing=number(found.counts[DIFFERS]),
        )  # fmt: skip
        if found.unnamed:
            amount = self.ui.formats.rupiah(found.unnamed)
            text += " " + t("{amount} has no name: nobody can confirm it.", amount=amount)
        return text

    def _row(self, letter: Letter) -> ListRow:
        icon, tone, words = STATES[letter.state]
        amount = self.ui.formats.number(letter.amount)
        difference = signed(self.ui, letter.difference) if letter.answer is not None else ""
        return ListRow(
            letter.code,
            (
                Cell(letter.number, tone="quiet"),
                Cell(letter.name, self.t(KIND_WORDS[letter.kind]), bold=True),
                Cell(amount),
                Cell(difference, tone="warn" if letter.difference else ""),
                Cell(self.t(words), icon=icon, tone=tone),
            ),
        )

    def open(self, _key: object) -> None:
        """Opens the dialog of the letter's answer."""
        self.enter_answer()

    def _show_chosen(self, letter: Letter | None) -> None:
        if letter is None:
            return
        t, formats, answer = self.t, self.ui.formats, letter.answer
        self.name.setText(f"{letter.number} {letter.name}")
        _icon, _tone, words = STATES[letter.state]
        self.about.setText(f"{t(KIND_WORDS[letter.kind])} · {t(words)}")
        theirs = formats.number(answer.amount) if answer and answer.amount is not None else ""
        tone = "warn" if letter.difference else ""
        amount = (
            Cell(t("Rupiah")),
            Cell(formats.number(letter.amount)),
            Cell(theirs, tone=tone, bold=bool(tone)),
        )
        counts = {each.item: each.quantity for each in answer.goods} if answer else {}
        rows = [ListRow("", amount)]
        for each in letter.goods:
            counted = counts.get(each.item)
            off = counted is not None and counted != each.quantity
            cells = (
                Cell(each.name),
                Cell(f"{formats.quantity(each.quantity)} {each.unit}"),
                Cell(
                    formats.quantity(counted) if counted is not None else "",
                    tone="warn" if off else "",
                    bold=off,
                ),
            )
            rows.append(ListRow(each.item, cells))
        self.lines.show_rows(rows)
        show_text(self.remark, answer.note if answer is not None else "")

    # -- what the auditor does -------------------------------------------------------------

    def enter_answer(self) -> None:
        """Opens the dialog of the selected letter's answer."""
        if self.chosen is not None and self.letters is not None:
            AnswerDialog(self.room, self.chosen, self.letters.day, self.window()).open()

    def print_all(self) -> None:
        """Shows all letters as they would be printed, the list of them as a table."""
        if self.letters is not None and self.letters.letters:
            whole = self.letters.listed
            title = self.t("Letters of confirmation")
            self._print(title, *self.letters.letters, table=lambda _book: whole)

    def print_one(self) -> None:
        """Shows the selected letter as it would be printed."""
        if self.chosen is not None:
            self._print(f"{self.chosen.number} {self.chosen.name}", self.chosen)

    def _print(self, title: str, *letters: Letter, table: Make | None = None) -> None:
        assert self.letters is not None
        pack = self.letters.papers(*letters)
        self.writer.open(title, lambda _book: pack, self, table=table)

    def save_answers(self) -> None:
        """Saves the answers compared with the book as a file."""
        if self.letters is None:
            return
        day, language = self.letters.day, self.ui.language
        name = self.t("Answers {day}", day=day.isoformat())
        self.writer.save_as(
            lambda book: self.room.at(book).answers(day, language),
            ("xlsx", "pdf", "csv"),
            name,
            self,
        )
