"""A sample to be drawn: what from, how, how sure, and by which seed."""

from __future__ import annotations

import secrets
from collections.abc import Collection

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kwt_books.domain.month import first_day, last_day
from kwt_books.domain.sampling import FACTORS, Method, Plan
from kwt_books.i18n.catalogue import noop
from kwt_books.reports.context import Parameters
from kwt_books.reports.pack import Pack
from kwt_books.services.sampling import Asked
from kwt_books.services.sampling.population import ALL, PAYMENTS, RECEIPTS
from ui.forms.finding_dialog import AuditDialog
from ui.forms.money_words import account_name
from ui.pages.audit_room import AuditRoom
from ui.tasks import Job
from ui.widgets.button import Button
from ui.widgets.count_field import CountField
from ui.widgets.date_field import DateField
from ui.widgets.field import FieldRow, MoneyField, TextField
from ui.widgets.label import column, label, row, set_tone
from ui.widgets.picker import Choice, Picker

_WAITS = 250  # milliseconds after the last key, then it is said how many would be drawn
METHODS = {
    Method.MONETARY: noop("Monetary units"),
    Method.RANDOM: noop("Simple random"),
    Method.STRATIFIED: noop("Stratified"),
}
MEANS = {
    Method.MONETARY: noop("The larger an amount, the likelier it is drawn."),
    Method.RANDOM: noop("Every document is as likely as any other."),
    Method.STRATIFIED: noop("Some of every stratum."),
}
OF = {
    PAYMENTS: noop("Payments: what went out"),
    RECEIPTS: noop("Receipts: what came in"),
    ALL: noop("All documents"),
}
STRATA = {
    "amount": noop("By size of the amount"),
    "kind": noop("By kind of document"),
    "month": noop("By month"),
}
_CONFIDENCE = 95


class SamplingDialog(AuditDialog):
    """Says while one types how many documents it comes to; keeps the sample when it is drawn."""

    topic = "audit#sample"

    def __init__(
        self, room: AuditRoom, taken: Collection[str], parent: QWidget | None = None
    ) -> None:
        t = room.desk.kit.t
        super().__init__(room.desk, t("New sample"), t("Draw the sample"), parent)
        self._room, self.drawn = room, ""
        self._job: Job[Pack] | None = None
        self._make_fields(_free_name(taken))
        self.said = label("", "strong", wrap=True)
        self.fields.addWidget(self.said)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAITS)
        self._timer.timeout.connect(self._foresee)
        for each in self._watched():
            each.changed.connect(self._timer.start)  # type: ignore[attr-defined]
        self.method.changed.connect(self._show_strata)
        self._show_strata()
        self.fit()
        self.materiality.setFocus()
        self._foresee()

    # -- fields ----------------------------------------------------------------------------

    def _make_fields(self, name: str) -> None:
        t, kit, desk = self.t, self.kit, self.desk
        accounts = desk.setup.accounts.values() if desk.setup is not None else ()
        names = [(code, t(text)) for code, text in OF.items()]
        names += [(each.code, f"{each.code} {account_name(kit, each)}") for each in accounts]
        self.of = Picker(kit, names)
        self.of.choose(PAYMENTS)
        self.method = Choice(kit, [(str(each), t(text)) for each, text in METHODS.items()])
        self.method_row = self.labelled(t("Method"), self.method)
        self._pair(self.labelled(t("Sample from"), self.of), self.method_row)
        self.by = Choice(kit, [(each, t(text)) for each, text in STRATA.items()])
        self.by_row = self.labelled(t("Strata"), self.by)
        self.fields.addWidget(self.by_row)
        self.start = DateField(kit, first_day(desk.month), weekday=False)
        self.end = DateField(kit, last_day(desk.month), weekday=False)
        self._pair(
            self.labelled(t("First day"), self.start), self.labelled(t("Last day"), self.end)
        )
        self.materiality = MoneyField(kit, required=False)
        hint = t("The error that must not go unseen")
        sure = [(str(each), f"{each}%") for each in sorted(FACTORS, reverse=True)]
        self.confidence = Choice(kit, sure, str(_CONFIDENCE))
        self._pair(
            self.labelled(t("Materiality"), self.materiality, hint),
            self.labelled(t("Confidence"), self.confidence),
        )
        self.count = CountField(kit, unit=t("documents"), required=False, most=5_000)
        self.name = TextField(kit, required=True)
        self.name.set_value(name)
        hint = t("Instead of materiality, if you know how many")
        self._pair(
            self.labelled(t("Number of documents"), self.count, hint),
            self.labelled(t("Name of the sample"), self.name),
        )
        self._make_seed()

    def _make_seed(self) -> None:
        t, kit = self.t, self.kit
        self.seed = TextField(kit, required=True)
        self.seed.set_value(secrets.token_hex(4))
        hint = t("Whoever enters the same seed draws the same sample.")
        holder = QWidget()
        holder.setObjectName("bare")
        line = row(holder, space=8)
        line.addWidget(self.labelled(t("Seed"), self.seed, hint), 1)
        again = Button(kit, t("Another seed"), "shuffle")
        again.when_clicked(lambda: self.seed.set_value(secrets.token_hex(4)))
        beside = column()
        beside.addSpacing(kit.theme.px(20))
        beside.addWidget(again)
        beside.addStretch(1)
        line.addLayout(beside)
        self.fields.addWidget(holder)

    def _pair(self, *rows: FieldRow) -> None:
        line: QHBoxLayout = row(space=12)
        for each in rows:
            line.addWidget(each, 1)
        self.fields.addLayout(line)

    def _watched(self) -> tuple[QWidget, ...]:
        return (
            self.of, self.method, self.by, self.start, self.end, self.materiality,
            self.confidence, self.count, self.seed,
        )  # fmt: skip

    def _show_strata(self) -> None:
        method = Method(self.method.code())
        self.by_row.setVisible(method is Method.STRATIFIED)
        self.method_row.set_hint(self.t(MEANS[method]))

    # -- what it comes to ------------------------------------------------------------------

    def _plan(self) -> tuple[Plan, Asked, Parameters]:
        plan = Plan(
            Method(self.method.code()),
            self.seed.value() or "",
            max(self.materiality.number() or 0, 0),
            int(self.confidence.code()),
            max(self.count.whole() or 0, 0),
        )
        asked = Asked(self.of.code() or PAYMENTS, self.by.code())
        return plan, asked, Parameters(start=self.start.value(), end=self.end.value())

    def _foresee(self) -> None:
        if self._job is not None:
            self._job.cancel()
        plan, asked, days = self._plan()
        if not plan.materiality and not plan.size:
            text = self.t("Fill in materiality, or how many documents to look at.")
            self._say(text, "")
            return
        language = self.kit.language
        self._job = self.desk.tasks.run(
            lambda book: book.audit.sample(plan, asked, days, language),
            self._foreseen,
            lambda error: self._say(self.desk.explain(error), "error"),
            key=(id(self), "sample"),
            owner=self,
        )

    def _foreseen(self, pack: Pack) -> None:
        found, formats = pack.reports[0], self.kit.formats
        value = next((row_.cells[3] for row_ in found.rows if row_.code == "total"), 0)
        text = self.t(
            "{drawn} of {count} documents would be drawn: {amount} of {value}.",
            drawn=formats.number(found.figures["drawn"]),
            count=formats.number(found.figures["population"]),
            amount=formats.rupiah(value if isinstance(value, int) else 0),
            value=formats.rupiah(found.figures["population_value"]),
        )
        self._say(text, "good")

    def _say(self, text: str, tone: str) -> None:
        self.said.setText(text)
        set_tone(self.said, tone)

    # -- drawing ---------------------------------------------------------------------------

    def save(self) -> None:
        plan, asked, days = self._plan()
        name, language = self.name.value() or "", self.kit.language

        def saved(_pack: Pack) -> None:
            self.drawn = name
            self.accept()

        self._room.write(
            lambda desk: desk.sample(plan, asked, days, language, name),
            saved,
            self.refused,
            owner=self,
        )


def _free_name(taken: Collection[str]) -> str:
    """`S-01`, `S-02`… as in the working papers."""
    number = 1
    while f"S-{number:02}" in taken:
        number += 1
    return f"S-{number:02}"
