"""Konfirmasi: letters to those who can say it themselves, and what they answered."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from kwt_books.domain.month import last_day
from kwt_books.i18n.catalogue import noop
from ui.forms.confirmation_answer import AnswerDialog
from ui.forms.sale_parts.beside import Beside
from ui.pages.audit_letters import (
    AGREES,
    ALL_KINDS,
    DIFFERS,
    KIND_WORDS,
    UNANSWERED,
    Letter,
    Letters,
    read_letters,
)
from ui.pages.audit_room import AuditPart, AuditRoom
from ui.pages.document_writing import Make, PaperWriter, WritingStrip
from ui.pages.money_parts import signed
from ui.tokens import GUTTER, ROW_TWO_LINES
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.date_field import DateField
from ui.widgets.empty import EmptyState
from ui.widgets.label import column, label, row, rule
from ui.widgets.list_table import Cell, Heading, ListRow, ListTable
from ui.widgets.picker import Choice

_ASIDE, _LEAST = 380, 620
STATES = {
    DIFFERS: ("warning-circle-fill", "warn", noop("Answer differs")),
    AGREES: ("check-circle-fill", "good", noop("Answer agrees")),
    UNANSWERED: ("circle-dashed", "quiet", noop("No answer yet")),
}


class ConfirmPart(AuditPart):
    def __init__(self, room: AuditRoom) -> None:
        super().__init__(room)
        self.found: Letters | None = None
        self._own_day = False
        self.writer = PaperWriter(self.desk, self)
        self.body.addLayout(self._make_top())
        self.body.addWidget(self.state)
        self.body.addWidget(WritingStrip(self.kit, self.writer))
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState(
                self.kit,
                "envelope-simple",
                self.t("There is nobody to write to"),
                self.t("By the book nobody holds goods, owes anything or has savings that day."),
            )
        )
        self._stack.addWidget(
            Beside(self.kit, self._make_list(), self._make_letter(), _ASIDE, _LEAST)
        )
        self.body.addWidget(self._stack, 1)
        for keys, act in (("Ctrl+P", self.print_all), ("Ctrl+N", self.enter_answer)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- layout ----------------------------------------------------------------------------

    def _make_top(self) -> QHBoxLayout:
        t, kit = self.t, self.kit
        line = row(space=8)
        self.day = DateField(kit, last_day(self.desk.month), weekday=False)
        self.day.setFixedWidth(kit.theme.px(190))
        self.day.setAccessibleName(t("As it stood on"))
        self.day.changed.connect(self._day_chosen)
        kinds = [(ALL_KINDS, t("Whoever it concerns")), *((k, t(w)) for k, w in KIND_WORDS.items())]
        self.kind = Choice(kit, kinds)
        self.kind.setAccessibleName(t("Whom to write to"))
        self.kind.changed.connect(self.invalidate)
        self.state = label("", "caption", wrap=True)
        line.addWidget(label(t("As it stood on"), "label"))
        line.addWidget(self.day)
        line.addWidget(self.kind)
        line.addStretch(1)
        self.print_button = Button(kit, t("Print all letters"), "printer", kind="primary")
        self.print_button.hint(t("Print all letters"), "Ctrl+P").when_clicked(self.print_all)
        line.addWidget(self.print_button)
        self.list_button = Button(kit, t("List of answers"), "table")
        line.addWidget(self.list_button.when_clicked(self.save_answers))
        return line

    def _make_list(self) -> Card:
        t, card = self.t, Card(margins=0, space=0)
        headings = (
            Heading(t("No.")),
            Heading(t("To whom")),
            Heading(t("As the book has it"), figures=True),
            Heading(t("Difference"), figures=True),
            Heading(t("Answer")),
        )
        self.table = ListTable(self.kit, headings, ROW_TWO_LINES)
        self.table.stretch(1)
        self.table.setMinimumHeight(self.kit.theme.px(4 * ROW_TWO_LINES))
        self.table.chosen.connect(lambda _code: self._show_letter())
        self.table.opened.connect(lambda _code: self.enter_answer())
        card.body.addWidget(self.table, 1)
        return card

    def _make_letter(self) -> Card:
        t, kit, card = self.t, self.kit, Card(margins=0, space=0)
        words = column(space=2)
        words.setContentsMargins(GUTTER, 12, GUTTER, 12)
        self.name, self.about = label("", "card", wrap=True), label("", "caption", wrap=True)
        words.addWidget(self.name)
        words.addWidget(self.about)
        card.body.addLayout(words)
        card.body.addWidget(rule())
        headings = (
            Heading(t("What it is")),
            Heading(t("Book"), figures=True),
            Heading(t("Answer"), figures=True),
        )
        self.lines = ListTable(kit, headings)
        self.lines.set_tight(True)
        self.lines.setMinimumHeight(kit.theme.px(150))
        card.body.addWidget(self.lines, 1)
        self.remark = label("", "caption", wrap=True)
        self.remark.setContentsMargins(GUTTER, 8, GUTTER, 8)
        card.body.addWidget(self.remark)
        card.body.addWidget(rule())
        foot = row(space=8, margins=12)
        self.answer_button = Button(kit, t("Enter the answer"), "pencil-simple")
        hint = t("Enter the answer")
        foot.addWidget(self.answer_button.hint(hint, "Ctrl+N").when_clicked(self.enter_answer), 1)
        one = Button(kit, "", "printer").hint(t("Print this letter"))
        foot.addWidget(one.when_clicked(self.print_one))
        card.body.addLayout(foot)
        return card

    # -- what the book and the answers say -------------------------------------------------

    def follows_month(self) -> bool:
        return not self._own_day

    def _day_chosen(self) -> None:
        if self.day.value() is not None and self.day.value() != last_day(self.desk.month):
            self._own_day = True
        self.invalidate()

    def refresh(self) -> None:
        if not self._own_day and self.day.value() != last_day(self.desk.month):
            self.day.blockSignals(True)
            self.day.set_value(last_day(self.desk.month))
            self.day.blockSignals(False)
        day, kind, language = self.day.value(), self.kind.code(), self.kit.language
        if day is not None:
            self.ask(lambda book: read_letters(self.room.at(book), day, kind, language), self._show)

    def _show(self, found: Letters) -> None:
        self.found = found
        there = bool(found.letters)
        self._stack.setCurrentIndex(1 if there else 0)
        for button in (self.print_button, self.list_button):
            button.setEnabled(there)
        self.table.show_rows([self._row(each) for each in found.letters])
        if there and self.letter is None:
            self.table.select(0)
        self.state.setText(self._summary(found))
        self.state.setVisible(there)
        self._show_letter()

    def _summary(self, found: Letters) -> str:
        t, number = self.t, self.kit.formats.number
        back = found.counts[AGREES] + found.counts[DIFFERS]
        text = t(
            "{back} of {all} came back, {differing} with differences.",
            back=number(back), all=number(len(found.letters)),
            differing=number(found.counts[DIFFERS]),
        )  # fmt: skip
        if found.unnamed:
            amount = self.kit.formats.rupiah(found.unnamed)
            text += " " + t("{amount} stands without a name: nobody can confirm it.", amount=amount)
        return text

    def _row(self, letter: Letter) -> ListRow:
        icon, tone, words = STATES[letter.state]
        amount = self.kit.formats.number(letter.amount)
        difference = signed(self.kit, letter.difference) if letter.answer is not None else ""
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

    @property
    def letter(self) -> Letter | None:
        letters = self.found.letters if self.found is not None else ()
        return next((each for each in letters if each.code == self.table.key), None)

    def _show_letter(self) -> None:
        letter = self.letter
        if letter is None:
            return
        t, formats, answer = self.t, self.kit.formats, letter.answer
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
        self.remark.setText(answer.note if answer is not None else "")
        self.remark.setVisible(bool(self.remark.text()))

    # -- what the auditor does -------------------------------------------------------------

    def enter_answer(self) -> None:
        if self.letter is not None and self.found is not None:
            AnswerDialog(self.room, self.letter, self.found.day, self.window()).open()

    def print_all(self) -> None:
        if self.found is not None and self.found.letters:
            whole = self.found.listed
            title = self.t("Letters of confirmation")
            self._print(title, *self.found.letters, table=lambda _book: whole)

    def print_one(self) -> None:
        if self.letter is not None:
            self._print(f"{self.letter.number} {self.letter.name}", self.letter)

    def _print(self, title: str, *letters: Letter, table: Make | None = None) -> None:
        assert self.found is not None
        pack = self.found.papers(*letters)
        self.writer.open(title, lambda _book: pack, self, table=table)

    def save_answers(self) -> None:
        """The answers held against the book, as a file."""
        if self.found is None:
            return
        day, language = self.found.day, self.kit.language
        name = self.t("Answers {day}", day=day.isoformat())
        self.writer.save_as(
            lambda book: self.room.at(book).answers(day, language),
            ("xlsx", "pdf", "csv"),
            name,
            self,
        )
