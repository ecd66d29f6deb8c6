"""From when on something looks odd: each rule's thresholds, explained, for whoever is here."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from itertools import groupby

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget
from shiboken6 import isValid

from kwt_books.domain.audit import LIMITS, Thresholds, Unit
from kwt_books.i18n.catalogue import noop
from kwt_books.reports.exceptions import RULE_TITLES
from kwt_books.reports.exceptions.thresholds import TITLES, worded
from ui.desk import Desk
from ui.pages.audit_room import AuditRoom
from ui.pages.base import Page
from ui.sight import sight_of, written_down
from ui.tasks import Change
from ui.tokens import GUTTER, SETTINGS
from ui.widgets.button import Button
from ui.widgets.card import Card, Note, bare, scrolled
from ui.widgets.count_field import CountField
from ui.widgets.field import FieldRow, MoneyField, NumberField, QuantityField
from ui.widgets.label import column, label, no_wider, row, rule

_FIELDS, _WORDS = 320, 560
_FIRST = 100
"""The words take what there is, up to `_WORDS`, before the space at the right gets any."""
_PER_TENTH = 100
"""Thousandths of a percent in a tenth of one."""
UNITS = {Unit.DAYS: noop("days"), Unit.MONTHS: noop("months"), Unit.PERCENT: "%"}
WHY = {
    "backdated": noop("A document written long after its day is asked about."),
    "odd-hours": noop(
        "Nobody keeps books at night. Entries that were taken in together, by an import, bear no"
        " hour of their own."
    ),
    "counts": noop("Cash or goods counted, and the book said so much more or less."),
    "receipts": noop("Payments from this amount on need a photo of their receipt."),
    "round": noop("What things cost is seldom a round sum."),
    "stamps": noop("By law receipts of more than Rp5,000,000 bear a duty stamp (meterai)."),
    "much-cash": noop("Money that lies in a house for long belongs in the bank."),
    "under-cost": noop("Goods sold for less than they cost."),
    "yields": noop(
        "A production that brought much more or less than the same product did in the months"
        " before."
    ),
    "losses": noop("Goods spoiled and seedlings lost; up to this it is never odd."),
    "shops": noop("Shops with goods or debts that have not settled for so long."),
    "digits": noop("With fewer documents their first digits say nothing."),
}
"""What the thresholds of a rule are for."""


class OddLimitsPage(Page):
    """An auditor's go into the audit's own file, everybody else's stay on this computer."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.room = AuditRoom(desk, self)
        self.rows: dict[str, FieldRow] = {}
        self.where = Note(self.kit, "", icon="info")
        card = Card(margins=0, space=0)
        card.body.addWidget(self._scrolled(), 1)
        card.body.addWidget(rule())
        card.body.addLayout(self._buttons())
        self.body.addLayout(no_wider(card, self.kit.theme.px(SETTINGS)), 1)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)
        desk.sight_changed.connect(self.invalidate)

    # -- layout ----------------------------------------------------------------------------

    def _scrolled(self) -> QScrollArea:
        ground = bare()
        page = column(ground, margins=GUTTER, space=12)
        page.addWidget(self.where)
        for code, names in groupby(LIMITS, lambda name: LIMITS[name].rule):
            page.addLayout(self._rule(code, list(names)))
            page.addWidget(rule(thin=True))
        page.addStretch(1)
        return scrolled(ground)

    def _rule(self, code: str, names: list[str]) -> QHBoxLayout:
        line = row(space=32)
        told = QWidget()
        told.setMaximumWidth(self.kit.theme.px(_WORDS))
        words = column(told, space=2)
        words.addWidget(label(self.t(RULE_TITLES[code]), "card"))
        words.addWidget(label(self.t(WHY[code]), "caption", wrap=True))
        words.addStretch(1)
        line.addWidget(told, _FIRST)
        fields = column(space=8)
        for name in names:
            usual = worded(name, getattr(Thresholds(), name), self.t, self.kit.formats)
            hint = self.t("usually {value}", value=usual)
            made = FieldRow(self.kit, self.t(TITLES[name]), self._field(name), hint)
            made.setFixedWidth(self.kit.theme.px(_FIELDS))
            made.field.installEventFilter(self)
            self.rows[name] = made
            fields.addWidget(made)
        line.addLayout(fields)
        line.addStretch(1)
        return line

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """What is wrong is said once one leaves the field."""
        if event.type() == QEvent.Type.FocusOut and isValid(self):
            for name in [each for each, made in self.rows.items() if made.field is watched]:
                self._check(name)
        return False

    def _field(self, name: str) -> NumberField:
        limit, kit = LIMITS[name], self.kit
        if limit.unit is Unit.RUPIAH:
            return MoneyField(kit)
        unit = self.t(UNITS.get(limit.unit, ""))
        if limit.unit in (Unit.PERCENT, Unit.QUANTITY):
            return QuantityField(kit, unit=unit)
        return CountField(kit, unit=unit, most=limit.most)

    def _buttons(self) -> QHBoxLayout:
        line = row(space=8)
        line.setContentsMargins(GUTTER, 12, GUTTER, 12)
        usual = Button(self.kit, self.t("Back to the usual ones"), "arrow-counter-clockwise")
        line.addWidget(usual.when_clicked(partial(self.fill, Thresholds())))
        line.addStretch(1)
        self.save_button = Button(self.kit, self.t("Save"), kind="primary", scale="large")
        self.save_button.hint(self.t("Save"), "Ctrl+S").when_clicked(self.save)
        line.addWidget(self.save_button)
        return line

    def follows_month(self) -> bool:
        return False

    def concerns(self, change: Change) -> bool:
        return False

    # -- what holds ------------------------------------------------------------------------

    def refresh(self) -> None:
        if written_down(self.desk):
            text = self.t(
                "They are kept in the audit's own file, {file}. Reports say which of them are not"
                " the usual ones.",
                file=self.room.file.name,
            )
        else:
            text = self.t(
                "They hold for {name} on this computer alone; an auditor's are kept in the audit's"
                " own file. Reports say which of them are not the usual ones.",
                name=self.desk.person.name,
            )
        self.where.say(text)
        self.ask(sight_of(self.desk), self.fill)

    def fill(self, thresholds: Thresholds) -> None:
        for name, value in asdict(thresholds).items():
            made = self.rows[name]
            made.say("")
            field = made.field
            assert isinstance(field, NumberField)
            field.set_number(value * _scale(name))

    def read(self) -> Thresholds | None:
        """What the fields say; nothing where one of them says something senseless."""
        wrong = [name for name in self.rows if not self._check(name)]
        if wrong:
            self.rows[wrong[0]].field.setFocus()
            return None
        return Thresholds().with_values({name: self._value(name) for name in self.rows})

    def _value(self, name: str) -> int:
        field = self.rows[name].field
        assert isinstance(field, NumberField)
        return (field.number() or 0) // _scale(name)

    def _check(self, name: str) -> bool:
        """Says beside the field what is wrong with it; whether nothing is."""
        made, limit = self.rows[name], LIMITS[name]
        assert isinstance(made.field, NumberField)
        problem = made.field.problem()
        if not problem and not limit.least <= self._value(name) <= limit.most:
            least, most = (
                worded(name, each, self.t, self.kit.formats) for each in (limit.least, limit.most)
            )
            problem = self.t("From {least} to {most}", least=least, most=most)
        made.say(problem, "error")
        return not problem

    def save(self) -> None:
        wanted = self.read()
        if wanted is None:
            return
        if written_down(self.desk):
            self.room.write(lambda audit: audit.notebook.set_thresholds(wanted), self._saved)
            return
        self.desk.preferences.note_thresholds(self.desk.book, self.desk.person.name, wanted)
        self._saved()

    def _saved(self, _none: None = None) -> None:
        self.desk.say(self.t("The thresholds are kept."))
        self.desk.sight_changed.emit()


def _scale(name: str) -> int:
    """A field counts rupiah or thousandths, a threshold in its own unit."""
    unit = LIMITS[name].unit
    if unit in (Unit.RUPIAH, Unit.QUANTITY):
        return 1
    return _PER_TENTH if unit is Unit.PERCENT else 1_000
