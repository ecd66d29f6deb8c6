"""The treasurer's whole month in the real window, document by document, whatever her hand has.

What a hand does (reach a field, push a button, choose from a list) is in `two_hands`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.access import Recorded
from tests.ui.farm_hand import FarmHand
from tests.ui.money_hand import CTRL, Payload
from ui.closing.form import CLOSE, SHARE, MonthCloseForm
from ui.closing.page import MonthClosePage
from ui.diary.correction import CorrectionForm
from ui.diary.page import JournalPage
from ui.home.verbs import VERBS
from ui.kit.form import Form, FormDialog
from ui.kit.goods_grid import GoodsGrid
from ui.kit.picker import FACES, Picker
from ui.kit.printing import PaperDialog
from ui.kit.till import MemoField, SaveBar, SaveButtons
from ui.kit.worker import Change
from ui.selling.market_day import MarketDayForm
from ui.selling.page import FormPart
from ui.selling.sale import SaleForm
from ui.shell.window import MainWindow
from ui.shops.forms import ConsignmentForm, SettlementForm

ALT = Qt.KeyboardModifier.AltModifier
CASH, BANK, OUTLET = "1101", "1103", "outlet-jumat"
KEYS = {verb.name: Qt.Key(Qt.Key.Key_1 + place) for place, verb in enumerate(VERBS)}
_TITLES = {verb.name: verb.title for verb in VERBS}
_BUTTONS = {
    "receipt": ("cash", "Money", "Receive money"),
    "transfer": ("cash", "Money", "Move money"),
    "cash_count": ("cash", "Money", "Count the cash"),
    "savings": ("cash", "Savings", "Savings paid in"),
    "grant": ("cash", "Grants", "Grant received"),
    "tending": ("garden", "", "Tend"),
    "seedlings_ready": ("garden", "", "Ready for planting"),
}
"""Place, tab and button, in English, of forms that have no key of their own."""
_FORMS = {"consignment_settlement": "settlement"}
_PRINTED = ("consignment",)
"""Kinds whose paper is signed at once."""


class Treasurer(FarmHand):
    """Keys go to where the keyboard is, clicks to what can be seen."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        super().__init__(window, qtbot)
        self._numbers: dict[str, str] = {}
        self._left: set[str] = set()
        """Forms that were left once without recording."""
        more: dict[str, Callable[[Any, Payload], None]] = {
            "market_day": self._market_day,
            "sale": self._sale,
            "consignment": self._consignment,
            "consignment_settlement": self._settlement,
            "correction": self._correction,
        }
        self._fill.update(more)
        self._finders: dict[str, Callable[[Payload], Form]] = {
            "market_day": self._to_sheet,
            "sale": self._to_seedlings,
            "correction": self._to_correction,
        }

    def enter(self, payload: Payload) -> str | None:
        """One document, from finding its form to its number."""
        kind = str(payload["kind"])
        if kind == "depreciation":
            return self._depreciate()
        if kind == "month_close":
            return self._close_month(payload)
        form = self._finders.get(kind, self._by_name)(payload)
        self.fill(form, payload)
        number = self.save(form, prints=kind in _PRINTED).number
        if number is not None and "id" in payload:
            self._numbers[str(payload["id"])] = number
        return number

    # -- what a hand does, each in its own way ---------------------------------------------

    def reach(self, field: QWidget) -> None:
        """Brings the keyboard to a field."""
        raise NotImplementedError

    def push(self, button: QAbstractButton) -> None:
        """Presses a button, in the way of a hand that is fast."""
        raise NotImplementedError

    def go(self, place: str, tab: str = "") -> None:
        """To a place of the sidebar, and a tab of it, by its title in English."""
        raise NotImplementedError

    def verb(self, name: str, title: str) -> None:
        """Opens what Beranda offers."""
        raise NotImplementedError

    def leave(self) -> None:
        """Closes the dialog in front without recording."""
        raise NotImplementedError

    def record(self, buttons: dict[bool, QAbstractButton], *, prints: bool) -> bool:
        """Records the form in front; its buttons by whether they print. Whether a paper comes."""
        raise NotImplementedError

    def advance(self, form: MonthCloseForm) -> None:
        """To the next step of the close."""
        raise NotImplementedError

    def to_search(self) -> None:
        """Brings the keyboard to the search of the page."""
        raise NotImplementedError

    def take_first(self, page: JournalPage) -> None:
        """Chooses the first document that the diary shows."""
        raise NotImplementedError

    def correct(self, page: JournalPage) -> None:
        """Opens Perbaiki of the document that the diary shows."""
        raise NotImplementedError

    # -- eyes and fingers ------------------------------------------------------------------

    @property
    def page(self) -> Any:
        assert self.window.page is not None
        return self.window.page

    def here(self) -> QWidget:
        """Where the keyboard is."""
        self.come_forward()
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.window

    def come_forward(self) -> None:
        """What a desktop does once a list or a dialog has gone, the offscreen one does not."""
        front = QApplication.activeModalWidget() or self.window
        if QApplication.activePopupWidget() is None and QApplication.activeWindow() is not front:
            front.activateWindow()
            self._bot.waitUntil(lambda: QApplication.activeWindow() is front)

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        self._bot.keyClick(self.here(), key, modifier)

    def write(self, text: str) -> None:
        for sign in text:
            self._bot.keyClicks(self.here(), sign)

    def type_on(self, *texts: str) -> None:
        """Each text into the field in hand, and Enter."""
        for text in texts:
            self.write(text)
            self.press(Qt.Key.Key_Return)

    def type(self, field: QWidget, text: str) -> None:
        """Gone to, filled in, and on with Enter."""
        target = field.lineEdit() if isinstance(field, Picker) else field
        assert isinstance(target, QLineEdit)
        self.reach(target)
        self.press(Qt.Key.Key_A, CTRL)
        if not text:
            self.press(Qt.Key.Key_Delete)
        self.type_on(text)

    def button(self, english: str, within: QWidget) -> QAbstractButton:
        """The button one sees with these words."""
        text = self.window.workspace.ui.t(english)
        shown = {text, text.replace("&", "&&")}  # where a word has an "and", no key is made of it
        buttons = within.findChildren(QAbstractButton)
        seen = [each for each in buttons if each.text() in shown and each.isVisible()]
        assert seen, text
        return seen[0]

    def save(self, form: Form, *, prints: bool = False) -> Recorded:
        """Saved once, however often the button or the key was struck."""
        assert form.isVisible()
        found: list[Recorded] = []
        form.saved.connect(found.append)
        with self._bot.waitSignal(self.window.workspace.tasks.changed):
            if isinstance(form, CorrectionForm):
                self.push(self.button("Just undo it", form.window()))
                prints = False
            else:
                prints = self.record(_buttons_of(form), prints=prints)
        self.settle()
        if prints or isinstance(form, MonthCloseForm):
            self._put_papers_away()
        (recorded,) = found
        return recorded

    # -- finding a form --------------------------------------------------------------------

    def open(self, name: str, **given: object) -> Any:
        """By its key or its button; the first time left at once, and opened again."""
        if self.window.form(name) is None:
            self._start(name)
            if name not in self._left:
                self._left.add(name)
                self._opened(name)
                self.leave()
                self._bot.waitUntil(lambda: self.window.form(name) is None)
                self._start(name)
        return self._opened(name)

    def _start(self, name: str) -> None:
        if name in KEYS:
            self.verb(name, _TITLES[name])
            return
        place, tab, button = _BUTTONS[name]
        self.go(place, tab)
        self.push(self.button(button, self.page))

    def _by_name(self, payload: Payload) -> Form:
        kind = str(payload["kind"])
        form: Form = self.open(_FORMS.get(kind, kind))
        return form

    def _opened(self, name: str) -> Any:
        self._bot.waitUntil(lambda: self.window.form(name) is not None)
        dialog = self.window.form(name)
        assert isinstance(dialog, QDialog)
        self.come_forward()
        self.settle()
        return dialog.form  # type: ignore[attr-defined]

    def _to_sheet(self, payload: Payload) -> Form:
        if payload["venue"] == OUTLET:
            self.verb("market_day", _TITLES["market_day"])
            self.settle()
        else:
            self.go("sell", "Product fair")
        return self._shown_form()

    def _to_seedlings(self, payload: Payload) -> Form:
        self.go("sell", "Seedlings")
        return self._shown_form()

    def _shown_form(self) -> Form:
        (part,) = (part for part in self.page.findChildren(FormPart) if part.isVisible())
        form: Form = part.form
        return form

    def _elsewhere_and_back(self, form: Form) -> None:
        """What is half filled in on a page waits there meanwhile; tried once of each page."""
        place = self.window.place
        if form.name in self._left:
            return
        self._left.add(form.name)
        self.go("cash")
        self.go(place)
        self.settle()
        assert form.isVisible()

    def _to_correction(self, payload: Payload) -> Form:
        """Found in the diary by its number."""
        number = self._numbers[payload["of"]]
        self.go("journal")
        page = self.page
        assert isinstance(page, JournalPage)
        self.to_search()
        self.write(number)
        self._bot.waitUntil(lambda: [line.number for line in page.model.lines] == [number])
        self.take_first(page)

        def is_told() -> bool:
            story = page.document.story
            return story is not None and story.number == number

        self._bot.waitUntil(is_told)
        self.correct(page)
        self._opened("correction")
        self.leave()
        self._bot.waitUntil(lambda: self.window.form("correction") is None)
        self.correct(page)
        form = self._opened("correction")
        assert isinstance(form, CorrectionForm)
        return form

    # -- selling ---------------------------------------------------------------------------

    def _counters(self, grid: GoodsGrid, lines: list[dict[str, Any]], *keys: str) -> None:
        """From number to number with Enter, past those that stay as they are."""
        self.settle()
        wanted = {line["item"]: line for line in lines}
        assert set(wanted) <= {good.code for good in grid.goods}
        first = next(iter(next(iter(grid.rows.values())).counters.values()))
        self.reach(first)
        for good in grid.goods:
            row = grid.row(good.code)
            assert row is not None
            for key, counter in row.counters.items():
                assert self.here() is counter
                number = wanted.get(good.code, {}).get(key, 0) if key in keys else 0
                self.type_on(str(number) if number else "")

    def _memo(self, field: MemoField, payload: Payload) -> None:
        if "memo" in payload:
            if not field.isVisible():
                self.push(field.opener)
            self.type(field, payload["memo"])

    def _market_day(self, form: MarketDayForm, payload: Payload) -> None:
        self._counters(form.grid, payload["lines"], "taken", "sold", "spoiled", "sampled")
        self._elsewhere_and_back(form)
        received = payload["received"]
        self.reach(form.money.denominations.findChildren(QLineEdit)[0])
        self.type_on(*_pieces(received[CASH]))
        assert self.here() is form.money.till.cash
        self.type_on("", str(received.get(BANK, "")))
        self.day(form.date, payload["date"])
        if form.fair:
            self.type(form.venue, payload["venue"])
        self._memo(form.goods.memo, payload)

    def _sale(self, form: SaleForm, payload: Payload) -> None:
        self._counters(form.grid, payload["lines"], "qty")
        self._elsewhere_and_back(form)
        self.day(form.date, payload["date"])
        assert form.payment.till.value() == payload["received"], "proposed"
        self._memo(form.memo, payload)

    def _consignment(self, form: ConsignmentForm, payload: Payload) -> None:
        self.pick(form.shop, payload["shop"])
        self.day(form.date, payload["date"])
        self._counters(form.grid, payload["lines"], "qty")

    def _settlement(self, form: SettlementForm, payload: Payload) -> None:
        self.pick(form.shop, payload["shop"])
        self.day(form.date, payload["date"])
        self._counters(form.grid, payload["lines"], "sold", "returned", "spoiled")
        for line in payload["lines"]:
            self.type(form.grid.rows[line["item"]].price, str(line["price"]))
        self.type(form.till.cash, str(payload.get("received", {}).get(CASH, 0)))
        self._memo(form.memo, payload)

    # -- putting right, and the month's end ------------------------------------------------

    def _correction(self, form: CorrectionForm, payload: Payload) -> None:
        self.type(form.reason, payload["reason"])
        self.day(form.date, payload["date"])

    def _close_page(self) -> MonthClosePage:
        self.go("close")
        page = self.page
        assert isinstance(page, MonthClosePage)
        return page

    def _depreciate(self) -> str | None:
        page = self._close_page()
        button = page.list.rows["depreciation"].button
        assert button is not None
        with self._bot.waitSignal(self.window.workspace.tasks.changed) as told:
            self.push(button)
        self.settle()
        (change,) = told.args
        assert isinstance(change, Change)
        return change.number

    def _close_month(self, payload: Payload) -> str | None:
        form = self._close_page().form
        assert form is not None
        while form.step < SHARE:
            self.advance(form)
        self.type(form.decision, payload["decision"])
        while form.step < CLOSE:
            self.advance(form)
        return self.save(form).number

    def _put_papers_away(self) -> None:
        """What is to be printed comes by itself."""
        self._bot.waitUntil(lambda: any(self._papers()))
        while any(self._papers()):
            self.leave()

    def _papers(self) -> Iterator[PaperDialog]:
        for each in QApplication.topLevelWidgets():
            if isinstance(each, PaperDialog) and each.isVisible():
                yield each


def _buttons_of(form: Form) -> dict[bool, QAbstractButton]:
    """What saves a form, by whether it prints too."""
    window = form.window()
    if isinstance(window, FormDialog):
        both = {False: window.save_button, True: window.print_button}
        return {prints: each for prints, each in both.items() if each.isVisible()}
    if isinstance(form, MonthCloseForm):
        return {False: form.close_button}
    if bars := form.findChildren(SaveBar):
        return {True: bars[0].print_button}
    (buttons,) = form.findChildren(SaveButtons)
    return {False: buttons.alone, True: buttons.both}


def _pieces(amount: int) -> Iterator[str]:
    """Notes and coins, the large ones first, as they are written from field to field."""
    for face in FACES:
        pieces, amount = divmod(amount, face)
        yield str(pieces or "")
