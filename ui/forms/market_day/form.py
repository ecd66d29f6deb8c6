"""The sheet of a Friday at the outlet, or of a product fair."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kwt_books.domain.documents.selling import MarketDay, MarketLine
from kwt_books.queries.selling import Selling, Session
from ui.desk import Desk
from ui.forms.market_day.goods import MarketGoods
from ui.forms.market_day.money import MoneyCard
from ui.forms.money_parts import usual_day
from ui.forms.sale_parts.beside import TwoCards
from ui.forms.sale_parts.form import FRIDAY, last_friday
from ui.forms.sale_parts.selling import SellingForm
from ui.forms.sale_parts.venue import VenueField
from ui.tokens import GUTTER
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import column, row

OUTLET = "outlet-jumat"
"""How the Friday outlet is written in a book that has none yet."""
_ASIDE, _LEAST = 296, 500


class MarketDayForm(SellingForm):
    """`fair`: a product fair, whose venue is named, instead of the Friday outlet."""

    def __init__(
        self,
        desk: Desk,
        given: Mapping[str, object],
        *,
        fair: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        name = "fair" if fair else "market_day"
        super().__init__(desk, name, given, usual_day if fair else last_friday, parent)
        self.fair = fair
        self.venue = VenueField(self.kit, "" if fair else OUTLET)
        self._lay_out()
        self.add("lines", self.grid, self.grid)
        self.add("received", self.money.till, self.money)
        self.add("denominations", self.money.denominations)
        self.add("memo", self.goods.memo, self.goods.memo.row)
        self.grid.changed.connect(self._show_totals)
        self.grid.finished.connect(self.money.start)
        self.venue.changed.connect(self.show_day_remark)
        self.begin(**given)
        self.reload()

    # -- layout ----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.beside = TwoCards(self.kit, _ASIDE, _LEAST)
        self.body.addWidget(self.beside, 1)
        card = Card(margins=0, space=0)
        self.beside.add(card)
        card.body.addLayout(self._top())
        self.goods = MarketGoods(self, card)
        self.grid = self.goods.grid
        card.body.addWidget(self.goods, 1)
        self.money = MoneyCard(self, self.beside.ground)
        self.beside.add(self.money)
        self.beside.stacked.connect(self.grid.area.show_whole)
        self.beside.stacked.connect(self.money.upper.show_whole)

    def _top(self) -> QHBoxLayout:
        t, top = self.t, row(space=12)
        top.setContentsMargins(GUTTER, 12, GUTTER, 8)
        self.date_row = self.labelled("date", t("Date"), self.date)
        self.date_row.setMaximumWidth(self.kit.theme.px(184))
        venue_row = self.labelled("venue", t("Venue"), self.venue)
        venue_row.setMaximumWidth(self.kit.theme.px(280))
        copy = t("Copy the last one") if self.fair else t("Copy last Friday")
        self.copy = Button(self.kit, copy, "copy").hint(copy, "Ctrl+L")
        self.copy.when_clicked(self.copy_last)
        shortcut = QShortcut(QKeySequence("Ctrl+L"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.copy_last)
        top.addWidget(self.date_row, 3, Qt.AlignmentFlag.AlignTop)
        top.addWidget(venue_row, 4, Qt.AlignmentFlag.AlignTop)
        top.addStretch(1)
        beside = column()
        beside.addSpacing(self.date_row.title.sizeHint().height() + 4)
        beside.addWidget(self.copy)
        beside.addStretch(1)
        top.addLayout(beside)
        return top

    # -- what is known of the book ---------------------------------------------------------

    def learnt(self, known: Selling) -> None:
        self.money.till.accounts = known.setup.cash_accounts
        self.venue.learn(session.venue for session in known.sessions)
        self.goods.show_known(known, self._last())
        self.copy.setEnabled(self._last() is not None)
        self._propose_venue()
        self._show_totals()
        self.show_day_remark()

    def _propose_venue(self) -> None:
        """The outlet of the last Friday, once; a fair has no usual place."""
        if self.fair or self.is_again or self.venue.state() != self._blank["venue"]:
            return
        fridays = (each for each in self._sessions() if each.date.weekday() == FRIDAY)
        if (last := next(fridays, None)) is not None:
            self.venue.set_value(last.venue)
            self._blank["venue"] = self.venue.state()

    def _sessions(self) -> tuple[Session, ...]:
        return self.known.sessions if self.known is not None else ()

    def _last(self) -> Session | None:
        """The newest sheet of the same venue, else the newest of a Friday or a fair."""
        venue, found = self.venue.value(), None
        for session in self._sessions():
            if session.venue == venue:
                return session
            if found is None and (session.date.weekday() == FRIDAY) != self.fair:
                found = session
        return found

    def copy_last(self) -> None:
        """The goods of the last one, as many as were taken then, at the prices of then."""
        last = self._last()
        if last is not None:
            self.goods.copy(last)

    def day_remark(self) -> str:
        day, venue = self.date.value(), self.venue.value()
        there = next((s for s in self._sessions() if (s.date, s.venue) == (day, venue)), None)
        if there is not None:
            return self.t("Recorded already: {number}", number=there.number)
        return super().day_remark()

    # -- totals and saving -----------------------------------------------------------------

    def _show_totals(self) -> None:
        self.goods.show_totals()
        self.money.set_due(self.grid.amount, sold=bool(self.grid.total("sold")))

    def to_command(self) -> MarketDay:
        day, venue = self.date.value(), self.venue.value()
        assert day is not None
        lines = tuple(
            MarketLine(
                item=row.good.code,
                price=row.price.special,
                **{key: row.number(key) for key in row.counters},
            )
            for row in self.grid.filled
        )
        return MarketDay(
            id=self.command_id,
            date=day,
            venue=venue or "",
            lines=lines,
            received=self.money.till.received(),
            memo=self.goods.memo.value(),
        )
