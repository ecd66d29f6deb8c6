"""Seedlings as cards in the column of their stage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kwt_books.queries.garden_batches import Batch, ReadyLot, Stage
from ui.goods_words import days, quantity
from ui.kit import Kit
from ui.pages.nursery_words import growth, went
from ui.widgets.button import Button
from ui.widgets.card import Badge, Card, bare, scrolled
from ui.widgets.label import Elided, column, figures, label, row

Act = tuple[str, Callable[[], object]]
"""What a button says and does."""
_HIGH = 4
_COLUMN, _LEAST = 236, 300


class Meter(QWidget):
    """A thin bar, filled from the left; `parts` of `whole`."""

    def __init__(self, kit: Kit, parts: int, whole: int) -> None:
        super().__init__()
        self._kit, self._parts, self._whole = kit, max(0, min(parts, whole)), max(whole, 1)
        self.setFixedHeight(_HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._kit.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        for share, color in ((self._whole, "sunken"), (self._parts, "accent")):
            painter.setBrush(theme.color(color))
            wide = whole.width() * share / self._whole
            painter.drawRoundedRect(QRectF(0, 0, wide, whole.height()), 2, 2)


class PlantCard(Card):
    """A crop with its age, some figures, what is to be said of it, and what can be done."""

    def __init__(self, kit: Kit, crop: str, name: str, badge: Badge) -> None:
        super().__init__(margins=12, space=4)
        self._kit = kit
        self.name = name
        self.setAccessibleName(f"{crop}, {name}, {badge.text}")
        heading = row(space=8)
        heading.addWidget(Elided(crop, "card"), 1)
        heading.addWidget(badge)
        self.body.addLayout(heading)
        self.body.addWidget(Elided(name, "caption"))
        self.body.addSpacing(2)

    def add_figure(self, title: str, figure: str) -> None:
        line = row(space=8)
        line.addWidget(Elided(title, "caption"), 1)
        line.addWidget(figures(self._kit, figure, "strong"))
        self.body.addLayout(line)

    def add_words(self, text: str, tone: str = "") -> None:
        if text:
            self.body.addWidget(label(text, "label" if tone else "caption", tone, wrap=True))

    def add_acts(self, acts: Sequence[Act]) -> None:
        if not acts:
            return
        self.body.addSpacing(4)
        line = row(space=8)
        for text, act in acts:
            button = Button(self._kit, text, scale="small").when_clicked(act)
            button.setAccessibleDescription(self.name)
            line.addWidget(button, 1)
        self.body.addLayout(line)


def batch_card(kit: Kit, batch: Batch, today: date, acts: Sequence[Act]) -> PlantCard:
    t, age = kit.t, batch.age(today)
    words, tone = growth(kit, batch, today)
    badge = Badge(kit, days(kit, age), "good" if tone == "good" else "")
    card = PlantCard(kit, batch.crop, batch.name, badge)
    cost = kit.formats.rupiah(batch.unit_cost)
    if batch.stage(today) is Stage.SOWN:
        card.add_figure(t("Sown"), quantity(kit, batch.left, t("seeds")))
        card.add_figure(t("Cost a seed"), cost)
    else:
        card.add_figure(t("Alive"), quantity(kit, batch.left, batch.unit))
        if batch.dead:
            card.add_figure(t("Dead"), kit.formats.quantity(batch.dead))
        card.add_figure(t("Cost a plant"), cost)
    if batch.usual is not None:
        card.body.addSpacing(4)
        card.body.addWidget(Meter(kit, age, batch.usual.least))
    card.add_words(words, tone)
    card.add_acts(acts)
    return card


def ready_card(kit: Kit, lot: ReadyLot, today: date, acts: Sequence[Act]) -> PlantCard:
    t = kit.t
    text = days(kit, max(0, (today - (lot.sown or lot.received)).days))
    badge = Badge(kit, t("grant") if lot.grant else text)
    card = PlantCard(kit, lot.crop, lot.lot, badge)
    left = quantity(kit, lot.left, lot.unit)
    if lot.left < lot.made:
        left = t(
            "{left} of {all}",
            left=kit.formats.quantity(lot.left),
            all=quantity(kit, lot.made, lot.unit),
        )
    card.add_figure(t("Left"), left)
    card.add_figure(t("Cost a plant"), kit.formats.rupiah(lot.unit_cost))
    card.add_words(went(kit, lot))
    card.add_acts(acts)
    return card


class StageColumn(Card):
    """One stage: how many there are in it, and a card for each batch."""

    def __init__(self, kit: Kit, title: str, words: str, empty: str) -> None:
        super().__init__(margins=0, space=0)
        self._kit, self._empty = kit, empty
        self.setProperty("sunken", True)
        self.setMinimumHeight(kit.theme.px(_LEAST))
        head = column(space=0)
        head.setContentsMargins(16, 12, 16, 8)
        line = row(space=8)
        line.addWidget(Elided(title, "card"), 1)
        self._sum = figures(kit, "", "strong")
        line.addWidget(self._sum)
        head.addLayout(line)
        head.addWidget(Elided(words, "caption"))
        self.body.addLayout(head)
        self._area = scrolled(bare())
        self.body.addWidget(self._area, 1)
        self.cards: list[PlantCard] = []

    def show_cards(self, cards: Sequence[PlantCard], total: str) -> None:
        ground = bare()
        page = column(ground, space=12)
        page.setContentsMargins(8, 4, 8, 8)
        self.cards = list(cards)
        for card in cards:
            page.addWidget(card)
        if not cards:
            words = label(self._empty, "caption", wrap=True)
            words.setContentsMargins(8, 0, 8, 0)
            page.addWidget(words)
        page.addStretch(1)
        self._area.setWidget(ground)
        self._sum.setText(total)
