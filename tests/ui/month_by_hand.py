"""The treasurer's whole month in the real window: each form where she finds it, key by key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.access import Recorded
from tests.ui.farm_hand import FarmHand
from tests.ui.money_hand import CTRL, Payload
from ui.closing.form import CLOSE, SHARE
from ui.closing.page import MonthClosePage
from ui.diary.correction import CorrectionForm
from ui.diary.page import JournalPage
from ui.home.verbs import VERBS
from ui.kit.form import Form
from ui.kit.goods_grid import GoodsGrid
from ui.kit.picker import FACES, Picker
from ui.kit.printing import PaperDialog
from ui.kit.till import MemoField
from ui.kit.worker import Change
from ui.selling.market_day import MarketDayForm
from ui.selling.page import FormPart
from ui.selling.sale import SaleForm
from ui.shell.places import PLACES
from ui.shell.window import MainWindow
from ui.shops.forms import ConsignmentForm, SettlementForm

ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton
CASH, BANK, OUTLET = "1101", "1103", "outlet-jumat"
_KEYS = {verb.name: Qt.Key(Qt.Key.Key_1 + place) for place, verb in enumerate(VERBS)}
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
_SAVE = {"consignment": Qt.Key.Key_P}
"""Kinds whose paper is signed at once; the others are saved with S."""


class Treasurer(FarmHand):
    """Keys go to where the keyboard is, clicks to what can be seen."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        super().__init__(window, qtbot)
        self._numbers: dict[str, str] = {}
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
        number = self.save(form, _SAVE.get(kind, Qt.Key.Key_S)).number
        if kind in _SAVE:
            self._put_papers_away()
        if number is not None and "id" in payload:
            self._numbers[str(payload["id"])] = number
        return number

    # -- eyes and fingers ------------------------------------------------------------------

    def here(self) -> QWidget:
        """Where the keyboard is."""
        self._come_forward()
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.window

    def _come_forward(self) -> None:
        """What a desktop does once a list or a dialog has gone, the offscreen one does not."""
        front = QApplication.activeModalWidget() or self.window
        if QApplication.activePopupWidget() is None and QApplication.activeWindow() is not front:
            front.activateWindow()
            self._bot.waitUntil(lambda: QApplication.activeWindow() is front)

    def point(self, widget: QWidget) -> None:
        """A click in the middle of what can be seen."""
        self._come_forward()
        self._bot.waitUntil(widget.isVisible)
        self._bot.mouseClick(widget, LEFT)

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
        """Clicked into, filled in, and on with Enter."""
        target = field.lineEdit() if isinstance(field, Picker) else field
        assert isinstance(target, QLineEdit)
        self.point(target)
        self.press(Qt.Key.Key_A, CTRL)
        if not text:
            self.press(Qt.Key.Key_Delete)
        self.type_on(text)

    def click(self, english: str, within: QWidget | None = None) -> None:
        """The button one sees with these words."""
        text = self.window.workspace.ui.t(english)
        buttons = (within or self.window).findChildren(QAbstractButton)
        shown = {text, text.replace("&", "&&")}  # where a word has an "and", no key is made of it
        seen = [each for each in buttons if each.text() in shown and each.isVisible()]
        assert seen, text
        self.point(seen[0])

    def go(self, place: str, tab: str = "") -> None:
        self.click(PLACES[place].title, self.window.sidebar)
        assert self.window.place == place
        self.settle()
        if tab:
            assert self.window.page is not None
            self.click(tab, self.window.page)
            self.settle()

    def save(self, form: Form, key: Qt.Key = Qt.Key.Key_S) -> Recorded:
        assert form.isVisible()
        found: list[Recorded] = []
        form.saved.connect(found.append)
        with self._bot.waitSignal(self.window.workspace.tasks.changed):
            if isinstance(form, CorrectionForm):
                self.click("Just undo it", form.window())
            else:
                self.press(key, CTRL)
        self.settle()
        (recorded,) = found
        return recorded

    # -- finding a form --------------------------------------------------------------------

    def open(self, name: str, **given: object) -> Any:
        """By its key, or by its button; the one that is open already comes first."""
        if self.window.form(name) is None:
            if name in _KEYS:
                self.press(_KEYS[name], ALT)
            else:
                place, tab, button = _BUTTONS[name]
                self.go(place, tab)
                assert self.window.page is not None
                self.click(button, self.window.page)
        return self._opened(name)

    def _by_name(self, payload: Payload) -> Form:
        kind = str(payload["kind"])
        form: Form = self.open(_FORMS.get(kind, kind))
        return form

    def _opened(self, name: str) -> Any:
        dialog = self.window.form(name)
        assert isinstance(dialog, QDialog)
        self._bot.waitUntil(dialog.isActiveWindow)
        self.settle()
        return dialog.form  # type: ignore[attr-defined]

    def _to_sheet(self, payload: Payload) -> Form:
        if payload["venue"] == OUTLET:
            self.press(_KEYS["market_day"], ALT)
            self.settle()
        else:
            self.go("sell", "Product Fair")
        return self._shown_form()

    def _to_seedlings(self, payload: Payload) -> Form:
        self.go("sell", "Seedlings")
        return self._shown_form()

    def _shown_form(self) -> Form:
        assert self.window.page is not None
        (part,) = (part for part in self.window.page.findChildren(FormPart) if part.isVisible())
        return part.form

    def _to_correction(self, payload: Payload) -> Form:
        """Found in the diary by its number, and undone with a key."""
        number = self._numbers[payload["of"]]
        self.go("journal")
        page = self.window.page
        assert isinstance(page, JournalPage)
        self.press(Qt.Key.Key_F, CTRL)
        self.write(number)
        self._bot.waitUntil(lambda: [line.number for line in page.model.lines] == [number])
        self.press(Qt.Key.Key_Return)

        def is_told() -> bool:
            story = page.document.story
            return story is not None and story.number == number

        self._bot.waitUntil(is_told)
        self.press(Qt.Key.Key_R, CTRL)
        form = self._opened("correction")
        assert isinstance(form, CorrectionForm)
        return form

    # -- selling ---------------------------------------------------------------------------

    def _counters(self, grid: GoodsGrid, lines: list[dict[str, Any]], *keys: str) -> None:
        """From number to number with Enter, past those that stay as they are."""
        wanted = {line["item"]: line for line in lines}
        assert set(wanted) <= set(grid.rows)
        first = next(iter(next(iter(grid.rows.values())).counters.values()))
        if self.here() is not first:
            self.point(first)
        for code, row in grid.rows.items():
            for key, counter in row.counters.items():
                assert self.here() is counter
                number = wanted.get(code, {}).get(key, 0) if key in keys else 0
                self.type_on(str(number) if number else "")

    def _memo(self, field: MemoField, payload: Payload) -> None:
        if "memo" in payload:
            if not field.isVisible():
                self.point(field.opener)
            self.type(field, payload["memo"])

    def _market_day(self, form: MarketDayForm, payload: Payload) -> None:
        self._counters(form.grid, payload["lines"], "taken", "sold", "spoiled", "sampled")
        received = payload["received"]
        self.type_on(*_pieces(received[CASH]))
        assert self.here() is form.money.till.cash
        self.type_on("", str(received.get(BANK, "")))
        self.day(form.date, payload["date"])
        if form.fair:
            self.type(form.venue, payload["venue"])
        self._memo(form.goods.memo, payload)

    def _sale(self, form: SaleForm, payload: Payload) -> None:
        self._counters(form.grid, payload["lines"], "qty")
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
        page = self.window.page
        assert isinstance(page, MonthClosePage)
        return page

    def _depreciate(self) -> str | None:
        page = self._close_page()
        button = page.list.rows["depreciation"].button
        assert button is not None
        with self._bot.waitSignal(self.window.workspace.tasks.changed) as told:
            self.point(button)
        self.settle()
        (change,) = told.args
        assert isinstance(change, Change)
        return change.number

    def _close_month(self, payload: Payload) -> str | None:
        form = self._close_page().form
        assert form is not None
        self.point(form.next_button)
        while form.step < SHARE:
            self.press(Qt.Key.Key_Return, CTRL)
        self.type(form.decision, payload["decision"])
        self.press(Qt.Key.Key_Return, CTRL)
        assert form.step == CLOSE
        number = self.save(form).number
        self._put_papers_away()
        return number

    def _put_papers_away(self) -> None:
        """What is to be printed comes by itself."""
        self._bot.waitUntil(lambda: any(self._papers()))
        for paper in self._papers():
            self._bot.keyClick(paper, Qt.Key.Key_Escape)

    def _papers(self) -> Iterator[PaperDialog]:
        for each in QApplication.topLevelWidgets():
            if isinstance(each, PaperDialog) and each.isVisible():
                yield each


def _pieces(amount: int) -> Iterator[str]:
    """Notes and coins, the large ones first, as they are written from field to field."""
    for face in FACES:
        pieces, amount = divmod(amount, face)
        yield str(pieces or "")
