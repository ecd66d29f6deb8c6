"""The sheet of a market day, a Friday at the outlet or a product fair: its goods, its money counted
by pieces, its venue.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from kwt_books.domain.accounts import BANK, CASH_BOX
from kwt_books.domain.documents.selling import MarketDay, MarketLine
from kwt_books.domain.values import UNIT
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.selling import Selling, Session
from kwt_books.reports.kinds import venue_name
from ui.kit.button import Button, on_keys
from ui.kit.card import Card, Icon, Note
from ui.kit.document_form import FRIDAY, last_friday
from ui.kit.field import TextField
from ui.kit.form import Form, usual_day
from ui.kit.goods_grid import GoodsGrid
from ui.kit.goods_row import Columns, CounterColumn, GoodsRow
from ui.kit.layout import (
    Elided,
    column,
    figures,
    fill,
    grid_layout,
    label,
    no_wider,
    row,
    rule,
)
from ui.kit.look import GUTTER, ICON_LARGE, ICON_SMALL, SHEET, UiContext
from ui.kit.more_goods import MoreGoods
from ui.kit.party import account_name
from ui.kit.picker import DenominationGrid
from ui.kit.popup import Completer
from ui.kit.scrolling import Shrinking, TwoCards
from ui.kit.till import MemoField, SaveBar, SellingForm, TillCard, opens_sheet
from ui.kit.words import quantity
from ui.kit.workspace import Workspace

# -- The money of a market day: cash by pieces, QRIS apart, the difference to the sales ----------


_LEAST_FIELD = 80
_MUCH = 10
"""A difference above this part of the sales, a tenth, is worth a second count."""


_SAID = 56
"""Height of two lines of the note about money, in pixels."""


class MoneyCard(TillCard):
    """The money received, in `till`; typing an amount of cash clears the pieces."""

    def __init__(self, form: Form, parent: QWidget) -> None:
        super().__init__(form, parent, proposes=False, space=4)
        t, ui = self.t, self.ui
        self._counted = 0
        self._heading()
        pieces = QWidget()
        self.upper = Shrinking(pieces, ui.theme.px(_LEAST_FIELD), self, margin=False)
        fill(self.body, (self.upper, 1), rule())
        self.denominations = DenominationGrid(ui)
        page = column((self.denominations, 1), parent=pieces)
        page.addStretch()
        self._titles: dict[str, Elided] = {}
        fill(self.body, self._fields(), rule())
        self._counted_text, self._due_text = figures(ui, "", "strong"), figures(ui, "", "strong")
        self.body.addLayout(self._line(t("Counted"), self._counted_text))
        self.body.addLayout(self._line(t("Should be"), self._due_text))
        self.note = Note(ui)
        self.note.setMinimumHeight(ui.theme.px(_SAID))
        fill(self.body, self.note, 4)
        self.buttons = SaveBar(form, self.till)
        self.body.addWidget(self.buttons)
        self.denominations.changed.connect(self._pieces_changed)
        self.till.cash.textEdited.connect(self._amount_typed)
        self.till.changed.connect(lambda: self.say(""))

    def _heading(self) -> None:
        self.body.setContentsMargins(16, 12, 16, 16)
        line = row(space=8)
        line.addWidget(label(self.t("Money received"), "card"))
        fill(line, ..., label(self.t("without the float"), "quiet"))
        self.body.addLayout(line)

    def _fields(self) -> QGridLayout:
        grid = grid_layout(across=8, down=4, wide=1)
        rows = (("cash", "money", self.till.cash), ("bank", "qr-code", self.till.bank))
        for place, (key, icon, field) in enumerate(rows):
            field.setProperty("scale", "small")
            field.setFixedWidth(self.ui.theme.px(124))
            field.installEventFilter(self)
            self._titles[key] = Elided("")
            grid.addWidget(Icon(self.ui, icon, "text2", ICON_LARGE), place, 0)
            grid.addWidget(self._titles[key], place, 1)
            grid.addWidget(field, place, 2)
        self._show_accounts()
        return grid

    def _show_accounts(self) -> None:
        """Names the accounts that aren't the usual ones."""
        till = self.till
        names = {each.code: account_name(self.ui, each) for each in till.accounts}
        shown = (
            ("cash", self.t("Cash counted"), till.cash_account, CASH_BOX),
            ("bank", self.t("QRIS"), till.bank_account, BANK),
        )
        for key, title, account, usual in shown:
            self._titles[key].setText(title if account == usual else names.get(account, account))

    def _line(self, title: str, figure: QLabel) -> QGridLayout:
        line = QGridLayout()
        line.addWidget(label(title), 0, 0)
        line.addWidget(figure, 0, 1)
        return line

    # -- pieces and amount -----------------------------------------------------------------

    def _pieces_changed(self) -> None:
        total = self.denominations.total
        if total:
            self.till.cash.put(total)
        elif self._counted:
            self.till.cash.put(None)
        self._counted = total

    def _amount_typed(self) -> None:
        self._counted = 0
        self.denominations.set_value({})

    def start(self) -> None:
        """Takes the keyboard, coming from the goods."""
        first = self.denominations.findChild(QLineEdit)
        (first or self.till.cash).setFocus(Qt.FocusReason.TabFocusReason)

    # -- the difference --------------------------------------------------------------------

    def set_due(self, amount: int, *, sold: bool) -> None:
        """Takes what the sales come to, in rupiah, and whether anything was sold."""
        self.till.set_due(amount)
        self.till.is_needed = sold
        self.show_difference()

    def say(self, text: str, tone: str = "") -> None:
        """Shows a message in the note, which keeps its place, so that no field moves."""
        self.said.setText(text)
        self.show_difference()

    def show_difference(self) -> None:
        """Shows what was counted, what the sales come to, and the difference, in rupiah."""
        self._show_accounts()
        formats, till = self.ui.formats, self.till
        self._counted_text.setText(formats.number(till.total) if till.is_filled else "–")
        self._due_text.setText(formats.number(till.due))
        text, tone, strong = self._words(till.total - till.due)
        if self.message:
            text, tone, strong = self.message, "error", ""
        self.note.say(text, tone, strong=strong)

    def _words(self, difference: int) -> tuple[str, str, str]:
        t, till = self.t, self.till
        if not till.is_filled:
            return t("Count the money to see whether it is right."), "", ""
        if not difference:
            return t("The money is what was sold."), "good", t("Exactly right.")
        amount = self.ui.formats.rupiah(abs(difference))
        strong = t("Cash is {amount} short.", amount=amount)
        if difference > 0:
            strong = t("Cash is {amount} over.", amount=amount)
        if abs(difference) * _MUCH > till.due:
            return t("Please count again."), "warn", strong
        return t("Recorded as a cash difference."), "warn", strong


# -- A row of a market day: goods taken are sold, returned, spoiled or given as samples ----------


_FEW = 5 * UNIT


class MarketRow(GoodsRow):
    """Of taken, sold and returned two are typed; the third follows.

    Sold follows from returned, or the other way round: the one typed last stays. Where taken isn't
    typed, it is the sum of the others.
    """

    makes = MarketLine

    def sold(self) -> int:
        """How much is sold, in thousandths."""
        return self.number("sold")

    @property
    def _rest(self) -> int:
        return self.number("spoiled") + self.number("sampled")

    def settle(self) -> None:
        """Computes the number that follows from the two typed."""
        taken, sold, returned = (self.counters[key] for key in ("taken", "sold", "returned"))
        if not taken.is_own:
            self.compute("returned", 0)
            gone = sold.value() + returned.value() + self._rest
            if gone:
                self.compute("taken", gone)
            else:
                taken.set_value(0)
            return
        if sold.is_own and returned.is_own:
            self.give_up(min("sold", "returned", key=self.recent.index))
        if returned.is_own:
            self.compute("sold", taken.value() - returned.value() - self._rest)
        else:
            self.compute("returned", taken.value() - sold.value() - self._rest)

    def own_of(self, line: Mapping[str, object]) -> Collection[str]:
        """All numbers of a document but `returned`, which follows."""
        return line.keys() - {"returned"}

    def all_of(self, key: str) -> int:
        """What `*` fills in: the stock for taken, else what the other numbers leave of it."""
        if key == "taken" or not self.number("taken"):
            return self.good.on_hand
        others = {"sold", "returned", "spoiled", "sampled"} - {key}
        if key == "sold":
            others -= {"returned"}
        if key == "returned":
            others -= {"sold"}
        return max(0, self.number("taken") - sum(self.number(each) for each in others))

    def remark(self) -> tuple[str, str]:
        """That the store has too few, or that more are accounted for than were taken."""
        if (said := super().remark())[0]:
            return said
        t, quantity, good = self.ui.t, self.ui.formats.quantity, self.good
        taken, gone = self.number("taken"), self.sold() + self.number("returned") + self._rest
        left = good.on_hand - taken
        if left < 0:
            return self.too_few(taken)
        if gone > taken:
            return t(
                "{gone} {unit} accounted for, but only {taken} were taken.",
                gone=quantity(gone),
                taken=quantity(taken),
                unit=good.unit,
            ), "error"
        if taken and 0 < left <= _FEW:
            return t(
                "{left} {unit} of {item} are left in the store",
                left=quantity(left),
                unit=good.unit,
                item=good.name,
            ), "warn"
        return "", ""


# -- The goods of a market day, with totals ------------------------------------------------------


class MarketGoods(QWidget):
    """The grid of goods, those that can be added, and the totals."""

    def __init__(self, form: Form, parent: QWidget) -> None:
        super().__init__(parent)
        self.form, self.ui, self.t = form, form.ui, form.t
        page = column(parent=self)
        self.grid = GoodsGrid(self.ui, self._columns(), MarketRow, self)
        self.more = MoreGoods(form.workspace, self.grid)
        fill(page, (self.grid, 1), rule())
        self.memo = MemoField(self.ui)
        self.more.line.insertWidget(1, self.memo.opener)
        page.addWidget(self._foot())

    def _columns(self) -> Columns:
        t = self.t
        all_of_it = t("* puts in all of it")
        return Columns(
            (
                CounterColumn("taken", t("Taken"), t("Taken along. {all}", all=all_of_it)),
                CounterColumn("sold", t("Sold"), t("Sold. {all}", all=all_of_it)),
                CounterColumn("returned", t("Back"), t("Taken home again. {all}", all=all_of_it)),
                CounterColumn("spoiled", t("Spoiled"), t("Spoiled on the way or at the stall")),
                CounterColumn("sampled", t("Sampled"), t("Given as tasters")),
            ),
            stock=t("On hand"),
            price=t("Price"),
            amount=t("Amount"),
        )

    def _foot(self) -> QFrame:
        foot = QFrame()
        hint = row(space=6)
        hint.addWidget(Icon(self.ui, "info", "text2", ICON_SMALL))
        text = self.t("Grey numbers are worked out for you. Type to change them.")
        hint.addWidget(label(text, "caption", wrap=True), 1)
        self._counts = Elided("", "caption")
        words: QVBoxLayout = column(hint, self._counts, self.memo.row, space=4)
        title = figures(self.ui, self.t("Total sales"), "caption")
        self._total = figures(self.ui, "", "figure")
        sums: QVBoxLayout = column(title, self._total, space=0)
        row((words, 1), sums, parent=foot, space=GUTTER, margins=(GUTTER, 10, GUTTER, 10))
        return foot

    # -- what is shown ---------------------------------------------------------------------

    def show_known(self, known: Selling, last: Session | None) -> None:
        """Shows the goods in stock; those of the last market day that are gone are named below."""
        self.grid.show_goods([good for good in known.goods if good.on_hand > 0], known.goods)
        of_last = {line.item for line in last.lines} if last is not None else set()
        self.more.show_goods(known.goods, of_last)

    def copy(self, last: Session) -> None:
        """Fills in what was taken last time, as far as it is in stock, at last time's prices."""
        for line in last.lines:
            if (row := self.grid.row(line.item)) is not None:
                row.counters["taken"].type_in(min(line.taken, row.good.on_hand))
                row.price.use(line.price)
        self.grid.focus_first()

    def show_totals(self) -> None:
        """Shows the quantities and the sales, in rupiah."""
        self._total.setText(self.ui.formats.rupiah(self.grid.amount))
        counts = [
            self.t(
                "Taken {taken} · sold {sold} · returned {returned}",
                taken=self._by_unit("taken"),
                sold=self._by_unit("sold"),
                returned=self._by_unit("returned"),
            )
        ]
        rare = {"spoiled": noop("spoiled {quantity}"), "sampled": noop("sampled {quantity}")}
        for key, text in rare.items():
            if any(each.number(key) for each in self.grid.rows.values()):
                counts.append(self.t(text, quantity=self._by_unit(key)))
        self._counts.setText(" · ".join(counts))

    def _by_unit(self, key: str) -> str:
        """The sum of a column, unit by unit: kilograms and packs are never added up."""
        sums: dict[str, int] = {}
        for each in self.grid.rows.values():
            if each.number(key):
                sums[each.good.unit] = sums.get(each.good.unit, 0) + each.number(key)
        texts = (quantity(self.ui, number, unit) for unit, number in sums.items())
        return " + ".join(texts) or self.ui.formats.quantity(0)


# -- The venue: one from before, or a new one ----------------------------------------------------


class VenueField(TextField):
    """A venue: `Outlet Jumat` for `outlet-jumat`; one from before keeps its spelling."""

    def __init__(self, ui: UiContext, venue: str = "") -> None:
        super().__init__(ui, required=True, placeholder=ui.t("Where was it?"))
        self._known: dict[str, str] = {}
        self._found: Completer | None = None
        opened = QAction(ui.theme.icon("caret-down", "text2"), ui.t("Venues so far"), self)
        opened.triggered.connect(self.open_choices)
        self.addAction(opened, QLineEdit.ActionPosition.TrailingPosition)
        self.learn([venue] if venue else [])
        self.set_value(venue)

    def learn(self, venues: Iterable[str]) -> None:
        """Offers venues from before, the latest first."""
        for venue in venues:
            self._known.setdefault(venue_name(venue).casefold(), venue)
        if self._found is not None:
            self._found.setModel(self._names())

    def _names(self) -> QStringListModel:
        return QStringListModel([venue_name(venue) for venue in self._known.values()], self)

    def _choices(self) -> Completer:
        """The list of venues, made once it is needed: it is a window of its own."""
        if self._found is None:
            self._found = Completer(self._names(), self)
            self.setCompleter(self._found)
        return self._found

    def value(self) -> str | None:
        """The venue as documents have it, None where it is empty."""
        typed = super().value()
        return self._known.get(typed.casefold(), typed) if typed else None

    def set_value(self, value: object) -> None:
        """Fills in a venue in words."""
        super().set_value(venue_name(value) if isinstance(value, str) and value else "")

    def open_choices(self) -> None:
        """Opens the list of venues."""
        choices = self._choices()
        choices.setCompletionPrefix("")
        choices.complete()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self._choices()  # first: Qt listens to a field's list from when it gets the keyboard
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Down and not self._choices().choices.isVisible():
            self.open_choices()
            return
        super().keyPressEvent(event)


# -- The form of a market day --------------------------------------------------------------------


OUTLET = "outlet-jumat"
"""The venue of the Friday outlet in a book that has none yet."""
_ASIDE, _LEAST = 296, 500


class MarketDayForm(SellingForm):
    """A market day (STREAM.md, `market_day`): the Friday outlet, or with `fair` a product fair,
    whose venue is typed.
    """

    makes = MarketDay
    is_the_page = True

    def __init__(
        self,
        workspace: Workspace,
        given: Mapping[str, object],
        *,
        fair: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        name = "fair" if fair else "market_day"
        super().__init__(workspace, name, given, usual_day if fair else last_friday, parent)
        self.fair = fair
        self.venue = VenueField(self.ui, "" if fair else OUTLET)
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
        self.beside = TwoCards(self.ui, _ASIDE, _LEAST)
        self.body.addLayout(no_wider(self.beside, self.ui.theme.px(SHEET)), 1)
        card = Card(margins=0, space=0)
        self.beside.add(card)
        card.body.addLayout(self._top())  # first also in the order of Tab
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
        self.date_row.setMaximumWidth(self.ui.theme.px(264))
        venue_row = self.labelled("venue", t("Venue"), self.venue)
        venue_row.setMaximumWidth(self.ui.theme.px(280))
        copy = t("Copy the last one") if self.fair else t("Copy last Friday")
        self.copy = Button(self.ui, copy, "copy").hint(copy, "Ctrl+L").when_clicked(self.copy_last)
        on_keys(self, "Ctrl+L", self.copy_last)
        top.addWidget(self.date_row, 4, Qt.AlignmentFlag.AlignTop)
        top.addWidget(venue_row, 4, Qt.AlignmentFlag.AlignTop)
        fill(top, ..., column(label("", "label"), self.copy, ..., space=4))  # as high as a field
        return top

    # -- what is known of the book ---------------------------------------------------------

    def learnt(self, known: Selling) -> None:
        """Shows goods, venues and cash accounts."""
        self.money.till.accounts = known.setup.cash_accounts
        self.venue.learn(session.venue for session in known.sessions)
        self.goods.show_known(known, self._last())
        self.copy.setEnabled(self._last() is not None)
        self._propose_venue()
        self._show_totals()
        self.show_day_remark()

    def _propose_venue(self) -> None:
        """Fills in the last Friday's venue, once; a fair has no usual venue."""
        if self.fair or self.is_again or self.venue.state() != self._blank["venue"]:
            return
        fridays = (each for each in self._sessions() if each.date.weekday() == FRIDAY)
        if (last := next(fridays, None)) is not None:
            self.venue.set_value(last.venue)
            self._blank["venue"] = self.venue.state()

    def _sessions(self) -> tuple[Session, ...]:
        return self.known.sessions if self.known is not None else ()

    def _last(self) -> Session | None:
        """The newest market day at the same venue, else the newest of a Friday or fair."""
        venue, found = self.venue.value(), None
        for session in self._sessions():
            if session.venue == venue:
                return session
            if found is None and (session.date.weekday() == FRIDAY) != self.fair:
                found = session
        return found

    def copy_last(self) -> None:
        """Fills in what was taken last time, as far as it is in stock, at last time's prices."""
        last = self._last()
        if last is not None:
            self.goods.copy(last)

    def day_remark(self) -> str:
        """That a market day at that venue is recorded already."""
        day, venue = self.date.value(), self.venue.value()
        there = next((s for s in self._sessions() if (s.date, s.venue) == (day, venue)), None)
        if there is not None:
            return self.t("Recorded already: {number}", number=there.number)
        return super().day_remark()

    # -- totals and saving -----------------------------------------------------------------

    def _show_totals(self) -> None:
        self.goods.show_totals()
        self.money.set_due(self.grid.amount, sold=bool(self.grid.total("sold")))


make_market_day = opens_sheet(MarketDayForm, noop("Market day"))
