"""Going through a window: every place with its parts, every form empty and filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from kwt_books.book import Book
from kwt_books.domain.access import User
from kwt_books.domain.kinds import forms
from kwt_books.reports.diary import Sought, diary_page
from kwt_books.reports.story import story
from ui.kit.drafts import drafts_of
from ui.kit.page import TabbedPage
from ui.kit.workspace import Destination
from ui.shell.places import PLACES
from ui.shell.window import MainWindow

Line = dict[str, Any]
Shown = Iterator[tuple[str, QWidget]]

_NOT_GIVEN = {"kind", "id", "recorded"}
_KINDS = {"settlement": "consignment_settlement", "opening": "opening_balance"}
"""Forms whose documents are called otherwise."""
_OF_SETUP = {
    "item": {"code": "keripik-bayam"},
    "party": {"code": "siti"},
    "recipe": {"code": "resep-bayam"},
    "account": {"code": "1101"},
    "shop_debt": {"shop": "siti"},
    "programme": {"code": "p2l-2"},
}
_REFUSED = ("purchase", "payment", "grant", "item", "person", "production", "transfer")
"""Forms that can't be saved as they open: what is missing is then shown."""


class ScreenWalk:
    """`settle` waits until what is shown stands still; `lines` are documents to fill forms with."""

    def __init__(
        self, window: MainWindow, settle: Callable[[], None], lines: list[Line] | None = None
    ) -> None:
        self._window, self._settle = window, settle
        self._newest = {line["kind"]: line for line in lines or ()}
        self._seedlings = [
            line
            for line in lines or ()
            if line["kind"] == "sale" and line["lines"][0]["item"].startswith("bibit")
        ]

    def places(self, only: list[str]) -> Shown:
        for place in PLACES:
            if only and place not in only:
                continue
            self.show(place)
            page = self._window.page
            if not isinstance(page, TabbedPage):
                yield place, self._window
                continue
            for part in page.tabs.names:
                self.show(place, part)
                yield f"{place}-{part}", self._window

    def show(self, place: str, part: str = "") -> None:
        self._window.show_place(Destination(place, part))
        self._settle()

    def forms(self, only: list[str], *, filled: bool = True) -> Shown:
        """Each empty, then as it stands while a document of the demo is written down."""
        for name in [each.name for each in forms()]:
            if only and name not in only:
                continue
            if name != "correction":
                yield from self._form(f"form-{name}", name, {})
            if name in _REFUSED:
                yield from self._refused(name)
            given = self._given(name) if filled or name == "correction" else None
            if given is not None:
                yield from self._form(f"form-{name}-filled", name, given)

    def _form(self, title: str, name: str, given: Line) -> Shown:
        dialog = self._opened(name, given)
        yield title, dialog
        self._close(name, dialog)

    def _refused(self, name: str) -> Shown:
        dialog = self._opened(name, {})
        dialog.form.save()  # type: ignore[attr-defined]
        self._settle()
        yield f"form-{name}-refused", dialog
        self._close(name, dialog)

    def _opened(self, name: str, given: Line) -> QDialog:
        self._window.open_form(name, given)
        self._settle()
        dialog = self._window.form(name)
        assert dialog is not None
        return dialog

    def _close(self, name: str, dialog: QDialog) -> None:
        """Without leaving what was typed to the next one."""
        dialog.reject()
        self._settle()
        workspace = self._window.workspace
        drafts_of(workspace.folders.data, workspace.book).discard(name)

    # -- what forms are filled with --------------------------------------------------------

    def _given(self, name: str) -> Line | None:
        if name == "correction":
            return self._to_correct()
        if name == "person":
            return self._somebody()
        if name in _OF_SETUP:
            return dict(_OF_SETUP[name])
        if name == "seedling_sale":
            line = self._seedlings[-1] if self._seedlings else None
        else:
            line = self._newest.get(_KINDS.get(name, name))
        if line is None:
            return None
        return {key: value for key, value in line.items() if key not in _NOT_GIVEN}

    def _to_correct(self) -> Line | None:
        """The story of the newest payment."""
        language = self._window.workspace.ui.language

        def work(book: Book) -> object:
            found = book.read_in(language, diary_page, Sought(kinds=("payment",))).lines
            return book.read_in(language, story, found[0].number) if found else None

        told = self._asked(work)
        return None if told is None else {"story": told}

    def _somebody(self) -> Line | None:
        people: tuple[User, ...] = self._asked(lambda book: book.people.everyone())
        return {"person": people[0]} if people else None

    def _asked(self, work: Callable[[Book], Any]) -> Any:
        found: list[Any] = []
        self._window.workspace.tasks.run(work, found.append)
        self._settle()
        return found[0]
