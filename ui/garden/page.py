"""Kebun & rumah bibit: seedlings as cards by stage, the beds, and the actions of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from kwt_books.domain.kind import Touch
from kwt_books.i18n.catalogue import noop
from kwt_books.i18n.formats import several
from kwt_books.queries.garden import Amount, Batch, Bed, Garden, ReadyLot, Stage, garden
from ui.kit.button import Button
from ui.kit.card import Badge, Card, Note, bare
from ui.kit.layout import (
    Elided,
    Reflow,
    column,
    figures,
    fill,
    grid_layout,
    label,
    row,
    rule,
)
from ui.kit.list import ListRow, ListTable, head_row
from ui.kit.look import GUTTER, ROW_TWO_LINES, UiContext, smooth
from ui.kit.page import Action, Page
from ui.kit.scrolling import Beside, Scrolling
from ui.kit.table import Cell
from ui.kit.words import days, quantity
from ui.kit.workspace import Workspace

# -- Plants, days and harvests in words ----------------------------------------------------------


def together(ui: UiContext, amounts: Iterable[Amount]) -> str:
    """Quantities by unit: `145 kg, 30 ikat`."""
    by_unit: defaultdict[str, int] = defaultdict(int)
    for amount in amounts:
        by_unit[amount.unit] += amount.quantity
    return ", ".join(quantity(ui, sum_, unit) for unit, sum_ in by_unit.items() if sum_)


def growth(ui: UiContext, batch: Batch, today: date) -> tuple[str, str]:
    """How far a batch is from planting, and its tone; both empty where the
    usual time isn't known.
    """
    t, age, usual = ui.t, batch.age(today), batch.usual
    if usual is None:
        return "", ""
    if age > usual.most:
        return t("Ready for planting after {days}", days=_span(ui, usual.least, usual.most)), "warn"
    if age >= usual.least:
        return t("Old enough for planting"), "good"
    if usual.least - age <= _SOON:
        return t("Ready for planting in {days}", days=days(ui, usual.least - age)), "warn"
    ready = date.fromordinal(batch.since.toordinal() + usual.least)
    return t("Ready for planting about {day}", day=ui.short_day(ready)), ""


_SOON = 3


def _span(ui: UiContext, least: int, most: int) -> str:
    if least == most:
        return days(ui, least)
    return ui.t("{least}–{most} days", least=least, most=most)


def went(ui: UiContext, lot: ReadyLot) -> str:
    """Where seedlings went: `Terjual 200, ditanam 60`; where they came from while none has gone."""
    t, number = ui.t, ui.formats.quantity
    parts = [
        t(msgid, quantity=number(gone))
        for msgid, gone in (
            (noop("Sold {quantity}"), lot.sold),
            (noop("planted {quantity}"), lot.planted),
            (noop("shared {quantity}"), lot.given),
        )
        if gone
    ]
    if parts:
        text = ", ".join(parts)
        return text[:1].upper() + text[1:]
    return lot.source or t("Nothing sold or planted yet")


def last_work(ui: UiContext, bed: Bed) -> str:
    """The last work on a bed: `Panen 26 Jun`, `Tanam 16 Jun`, `Belum panen`."""
    if bed.harvested is not None and (bed.planted is None or bed.harvested >= bed.planted):
        return ui.t("Harvest {day}", day=ui.short_day(bed.harvested))
    if bed.planted is not None:
        return ui.t("Planted {day}", day=ui.short_day(bed.planted))
    return ui.t("No harvest yet")


_LEAST_BEDS = 380


class BedsCard(Card):
    """The list of beds, with buttons for the chosen one."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(margins=0, space=0)
        self._workspace, self._ui, self._t = workspace, workspace.ui, workspace.ui.t
        self.setMinimumHeight(self._ui.theme.px(_LEAST_BEDS))
        t = self._t
        heading = row((Elided(t("Beds & yards"), "card"), 1), space=8, margins=(GUTTER, 8, 8, 8))
        self._may_tend = workspace.may("tending")
        if self._may_tend:
            add = Button(self._ui, t("Add"), "plus", kind="quiet")
            add.hint(t("A new bed begins with the first work on it"))
            heading.addWidget(add.when_clicked(self._add))
        self.table = ListTable(
            self._ui, head_row(t("Bed"), t("Harvested"), figures=(1,)), ROW_TWO_LINES
        )
        self.table.horizontalHeader().hide()
        self.table.setAccessibleName(t("Beds & yards"))
        self.table.chosen.connect(lambda _key: self._show_acts())
        self.table.opened.connect(partial(self._open, "harvest"))
        self._none = label(t("No beds yet"), "caption", wrap=True)
        self._none.setContentsMargins(GUTTER, 12, GUTTER, 12)
        fill(self.body, heading, rule(), (self.table, 1), self._none)
        self.body.addStretch(0)
        self.body.addWidget(rule())
        self._sums = self._make_sums()
        self._make_foot()

    def _make_sums(self) -> dict[str, tuple[QLabel, QLabel]]:
        grid = grid_layout(across=12, down=4, margins=(GUTTER, 10, GUTTER, 6), wide=0)
        made: dict[str, tuple[QLabel, QLabel]] = {}
        for place, name in enumerate(("harvest", "spoiled", "value")):
            title, figure = Elided("", "caption"), figures(self._ui, "", "strong")
            grid.addWidget(title, place, 0)
            grid.addWidget(figure, place, 1)
            made[name] = (title, figure)
        self.body.addLayout(grid)
        return made

    def _make_foot(self) -> None:
        t = self._t
        words = t("Pick a bed to tend, harvest or close it.")
        self.note = Note(self._ui, words)
        page = column(self.note, space=8, margins=(GUTTER, 6, GUTTER, GUTTER))
        line = row(space=8)
        self.buttons: dict[str, Button] = {}
        for kind, text in (
            ("harvest", t("Harvest")),
            ("tending", t("Tend")),
            ("planting_end", t("Close")),
        ):
            button = Button(self._ui, text, scale="small")
            button.when_clicked(partial(self._open_chosen, kind))
            self.buttons[kind] = button
            line.addWidget(button, 1)
        self.buttons["planting_end"].hint(t("Harvesting from this bed is over"))
        page.addLayout(line)
        self.body.addLayout(page)
        self._show_acts()

    # -- acting ----------------------------------------------------------------------------

    def _add(self) -> None:
        self._workspace.open_form("tending", where="new_bed")

    def _open(self, kind: str, bed: object) -> None:
        if self._workspace.may(kind):
            self._workspace.open_form(kind, bed=bed)

    def _open_chosen(self, kind: str) -> None:
        if self.table.key is not None:
            self._open(kind, self.table.key)

    def _show_acts(self) -> None:
        chosen = self.table.key is not None
        self.note.setVisible(not chosen and self._may_tend)
        for kind, button in self.buttons.items():
            button.setVisible(chosen and self._workspace.may(kind))

    # -- what the book says ----------------------------------------------------------------

    def show_garden(self, garden: Garden, month: str) -> None:
        """Shows the beds; `month` names the month of the harvests."""
        t = self._t
        self.table.show_rows([self._row(bed) for bed in garden.beds])
        self.table.setVisible(bool(garden.beds))
        self._none.setVisible(not garden.beds)
        self.note.setVisible(False)
        for name, title, text in (
            ("harvest", t("Harvest {month}", month=month), together(self._ui, garden.yields)),
            ("spoiled", t("Spoiled at harvest"), together(self._ui, garden.spoiled)),
            ("value", t("Cost still in the ground"), self._ui.formats.rupiah(garden.value)),
        ):
            self._sums[name][0].setText(title)
            self._sums[name][1].setText(text or "–")
        self._show_acts()

    def _row(self, bed: Bed) -> ListRow:
        given = together(self._ui, bed.yields)
        holds = ", ".join(bed.crops) or self._t("Nothing planted yet")
        return ListRow(
            bed.name,
            (
                Cell(bed.name, holds, bold=True),
                Cell(given or "–", last_work(self._ui, bed), bold=bool(given)),
            ),
        )


# -- Seedlings as cards in the column of their stage ---------------------------------------------


Act = tuple[str, Callable[[], object]]
"""A button's words and action."""
_HIGH = 4
_LEAST = 300


class Meter(QWidget):
    """A thin bar, filled from the left by `parts` of `whole`."""

    def __init__(self, ui: UiContext, parts: int, whole: int) -> None:
        super().__init__()
        self._ui, self._parts, self._whole = ui, max(0, min(parts, whole)), max(whole, 1)
        self.setFixedHeight(_HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._ui.theme, smooth(self)
        whole = QRectF(self.rect())
        for share, color in ((self._whole, "sunken"), (self._parts, "accent")):
            wide = whole.width() * share / self._whole
            theme.paint_round(painter, QRectF(0, 0, wide, whole.height()), color, 2)


class PlantCard(Card):
    """A crop with its age, figures, words and buttons."""

    def __init__(self, ui: UiContext, crop: str, name: str, badge: Badge) -> None:
        super().__init__(margins=12, space=4)
        self._ui = ui
        self.name = name
        self.setAccessibleName(f"{crop}, {name}, {badge.text}")
        fill(self.body, row((Elided(crop, "card"), 1), badge, space=8), Elided(name, "caption"), 2)

    def add_figure(self, title: str, figure: str) -> None:
        """Adds a figure with its title."""
        line = row((Elided(title, "caption"), 1), figures(self._ui, figure, "strong"), space=8)
        self.body.addLayout(line)

    def add_words(self, text: str, tone: str = "") -> None:
        """Adds words; empty ones add nothing."""
        if text:
            self.body.addWidget(label(text, "label" if tone else "caption", tone, wrap=True))

    def add_acts(self, acts: Sequence[Act]) -> None:
        """Adds a button for each action."""
        if not acts:
            return
        self.body.addSpacing(4)
        line = row(space=8)
        for text, act in acts:
            button = Button(self._ui, text, scale="small").when_clicked(act)
            button.setAccessibleDescription(self.name)
            line.addWidget(button, 1)
        self.body.addLayout(line)


def batch_card(ui: UiContext, batch: Batch, today: date, acts: Sequence[Act]) -> PlantCard:
    """The card of a batch that is growing."""
    t, age = ui.t, batch.age(today)
    words, tone = growth(ui, batch, today)
    badge = Badge(ui, days(ui, age), "good" if tone == "good" else "")
    card = PlantCard(ui, batch.crop, batch.name, badge)
    cost = ui.formats.rupiah(batch.unit_cost)
    if batch.stage(today) is Stage.SOWN:
        card.add_figure(t("Sown"), quantity(ui, batch.left, t("seeds")))
        card.add_figure(t("Cost per seed"), cost)
    else:
        card.add_figure(t("Alive"), quantity(ui, batch.left, batch.unit))
        if batch.dead:
            card.add_figure(t("Dead"), ui.formats.quantity(batch.dead))
        card.add_figure(t("Cost per plant"), cost)
    if batch.usual is not None:
        fill(card.body, 4, Meter(ui, age, batch.usual.least))
    card.add_words(words, tone)
    card.add_acts(acts)
    return card


def ready_card(ui: UiContext, lot: ReadyLot, today: date, acts: Sequence[Act]) -> PlantCard:
    """The card of seedlings that are ready for planting."""
    t = ui.t
    text = days(ui, max(0, (today - (lot.sown or lot.received)).days))
    badge = Badge(ui, t("grant") if lot.grant else text)
    card = PlantCard(ui, lot.crop, lot.lot, badge)
    left = quantity(ui, lot.left, lot.unit)
    if lot.left < lot.made:
        left = t(
            "{left} of {all}",
            left=ui.formats.quantity(lot.left),
            all=quantity(ui, lot.made, lot.unit),
        )
    card.add_figure(t("Left"), left)
    card.add_figure(t("Cost per plant"), ui.formats.rupiah(lot.unit_cost))
    card.add_words(went(ui, lot))
    card.add_acts(acts)
    return card


class StageColumn(Card):
    """The column of a stage: how many there are, and a card for each batch."""

    def __init__(self, ui: UiContext, title: str, words: str, empty: str) -> None:
        super().__init__(margins=0, space=0)
        self._ui, self._empty = ui, empty
        self.setProperty("sunken", True)
        self.setMinimumHeight(ui.theme.px(_LEAST))
        self._sum = figures(ui, "", "strong")
        line = row((Elided(title, "card"), 1), self._sum, space=8)
        head = column(line, Elided(words, "caption"), space=0, margins=(16, 12, 16, 8))
        self._area = Scrolling(bare())
        fill(self.body, head, (self._area, 1))
        self.cards: list[PlantCard] = []

    def show_cards(self, cards: Sequence[PlantCard], total: str) -> None:
        """Shows these cards; `total` is their number in words."""
        self.cards = list(cards)
        words = label("" if cards else self._empty, "caption", wrap=True)
        words.setContentsMargins(8, 0, 8, 0)
        self._area.show_parts(*(cards or (words,)), space=12, margins=(8, 4, 12, 8))
        self._sum.setText(total)


_VERBS = (
    ("sowing", noop("Sow"), "flower-lotus"),
    ("tending", noop("Tend"), "drop"),
    ("harvest", noop("Harvest"), "tote-simple"),
    ("seedlings_ready", noop("Ready for planting"), "check-circle"),
)
_PART, _BEDS, _SPACE = 236, 336, 12
"""Widths of a column, of the beds and between, in pixels at a text size of 100 percent."""


class GardenPage(Page):
    """The page of the garden."""

    shows = Touch.GOODS | Touch.PLANTS
    shown_kinds = frozenset({"item", "party"})

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self.body.setSpacing(12)
        self._verbs = QWidget()
        self._fill_verbs(row(parent=self._verbs, space=8))
        self.sown = StageColumn(
            self.ui,
            t("Sprouting"),
            t("New seeds, up to 10 days"),
            t("No new seeds. Press Sow when the next ones go into the soil."),
        )
        self.nursing = StageColumn(
            self.ui,
            t("Nursery"),
            t("In polybags, tended"),
            t("Batches move here once they are tended, or after ten days."),
        )
        self.ready = StageColumn(
            self.ui,
            t("Ready"),
            t("Can be sold or planted"),
            t("Seedlings that are ready, or were donated, appear here."),
        )
        self.beds = BedsCard(workspace)
        stages = Reflow(
            self.ui, (self.sown, self.nursing, self.ready), (3, 1), least=_PART, space=_SPACE
        )
        self._columns = Beside(self.ui, stages, self.beds, _BEDS, 3 * _PART + 2 * _SPACE)
        fill(self.body, self._verbs, (self._columns, 1))
        self.filled = (self._columns, self._verbs)
        self._invite()

    # -- layout ----------------------------------------------------------------------------

    def _fill_verbs(self, line: QHBoxLayout) -> None:
        self.verbs: dict[str, Button] = {}
        for kind, msgid, icon in _VERBS:
            button = Button(
                self.ui, self.t(msgid), icon, kind="primary" if kind == "sowing" else "default"
            ).when_clicked(partial(self._start, kind))
            button.only_where(self.workspace.may(kind))
            self.verbs[kind] = button
            line.addWidget(button)
        self._count = Elided("", "body")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._count, 1)

    def _invite(self) -> None:
        t = self.t
        text = t("Record what you sow and what you plant. Then the cost of every seedling and "
                 "every kilogram harvested is known.")  # fmt: skip
        sow = Action(t("Sow"), "flower-lotus", "sowing")
        bed = Action(t("Start a bed"), "", "tending", given={"where": "new_bed"})
        empty = self.invite("leaf", t("Nothing is growing yet"), text, sow, bed)
        if self.workspace.may("sowing"):
            empty.tell_keys(t("or press"), ("Alt", "8"), t("on any page"))

    def _start(self, kind: str) -> None:
        bed = self.beds.table.key
        given = {"bed": bed} if kind in ("harvest", "tending") and bed is not None else {}
        self.workspace.open_form(kind, **given)

    def show_part(self, part: str) -> None:
        """Selects a bed by its name."""
        self.beds.table.choose(part)

    # -- what the book says ----------------------------------------------------------------

    def refresh(self) -> None:
        """Asks for the month's garden."""
        month = self.workspace.month
        self.ask(lambda book: book.read(garden, month), self.show_garden)

    def show_garden(self, garden: Garden) -> None:
        """Shows the batches by stage, the seedlings ready and the beds."""
        self.show_filled(not garden.is_empty)
        stages: dict[Stage, list[Batch]] = {stage: [] for stage in Stage}
        for batch in garden.batches:
            stages[batch.stage(garden.today)].append(batch)
        for stage, shown in ((Stage.SOWN, self.sown), (Stage.NURSING, self.nursing)):
            batches = stages[stage]
            unit = self.t("seeds") if stage is Stage.SOWN else ""
            cards = [
                batch_card(self.ui, batch, garden.today, self._batch_acts(batch))
                for batch in batches
            ]
            shown.show_cards(cards, self._sum(batches, unit))
        self.ready.show_cards(
            [ready_card(self.ui, lot, garden.today, self._lot_acts(lot)) for lot in garden.ready],
            self._sum(garden.ready),
        )
        month = self.ui.formats.month_alone(self.workspace.month)
        self.beds.show_garden(garden, month)
        self._show_count(garden)

    def _sum(self, plants: Sequence[Batch | ReadyLot], unit: str = "") -> str:
        units = {each.unit for each in plants}
        common = unit or (units.pop() if len(units) == 1 else "")
        return quantity(self.ui, sum(each.left for each in plants), common) if plants else ""

    def _show_count(self, garden: Garden) -> None:
        groups = len(garden.batches) + len(garden.ready)
        plants = self.t.ngettext(
            "{count} seedling",
            "{count} seedlings",
            several(garden.plants),
            count=self.ui.formats.quantity(garden.plants),
        )
        self._count.setText(
            self.t.ngettext(
                "{plants} in {n} group", "{plants} in {n} groups", groups, plants=plants
            )
            if groups
            else ""
        )

    # -- actions of the cards --------------------------------------------------------------

    def _batch_acts(self, batch: Batch) -> list[Act]:
        t, name = self.t, batch.name
        return self._allowed(
            ("tending", (t("Tend"), partial(self.workspace.open_form, "tending", batch=name))),
            (
                "seedlings_ready",
                (t("Ready"), partial(self.workspace.open_form, "seedlings_ready", batch=name)),
            ),
        )

    def _lot_acts(self, lot: ReadyLot) -> list[Act]:
        t, seedlings = self.t, [{"item": lot.item}]
        plant = partial(self.workspace.open_form, "tending", seedlings=seedlings)
        return self._allowed(
            ("sale", (t("Sell"), partial(self.workspace.open_form, "seedling_sale"))),
            ("tending", (t("Plant"), plant)),
        )

    def _allowed(self, *acts: tuple[str, Act]) -> list[Act]:
        return [act for kind, act in acts if self.workspace.may(kind)]
