"""The places and forms of each room; every form opened as someone would open it, and what is found
in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kwt_books.domain.kinds import forms
from kwt_books.reports.story import Story, story
from tests.conftest import DATA
from tests.ui.sample_parts import lines_of
from tests.ui.windows import at_rest, window_over
from ui.first_start.steps_goods import GoodsGrid
from ui.kit.field import NoteField, NumberField, TextField
from ui.kit.form import Form
from ui.kit.picker import DenominationGrid
from ui.kit.workspace import Workspace
from ui.shell.places import PLACES

Edit = QLineEdit | QPlainTextEdit
DAY = "2026-07-01"
WORDS = ("\N{HOT PEPPER}\N{HOT PEPPER}", "x" * 500, "y" * 5000, "satu\ndua\ttiga")
BAD = ("abc", "0", "-5", "1000000000000000", "9" * 26, "30-02", *WORDS)
CORRECTABLE = "BKM-2606-0012"
STEPPED = {"opening", "take_sheets", "acts", "bank_list"}
"""Asked for in steps or read from files, each with a test of its own."""
_TURNS = 8
"""Until all is laid out: a part tells what it is in of its size, one level a turn."""
_OF_THE_RECORDING = ("kind", "id", "recorded")
_OWN: dict[str, dict[str, object]] = {
    "sale": {"date": DAY, "lines": [{"item": "keripik-pare", "qty": 1}]},
    "consignment": {"date": DAY, "shop": "siti", "lines": [{"item": "keripik-pare", "qty": 1}]},
    "asset_acquisition": {
        "date": DAY, "code": "RAK-1", "name": "Rak", "account": "1203", "cost": 250_000,
        "life_months": 48, "paid_from": "1101",
    },
    "dues": {
        "date": DAY, "account": "1104",
        "lines": [{"party": "siti", "months": ["2026-06", "2026-07"], "amount": 20_000}],
    },
    "register": {
        "book": "guests", "date": DAY, "name": "Rina Anggraini", "purpose": "Melihat kebun",
    },
    "bank_reconciliation": {"date": DAY, "account": "1103", "statement": 5},
    "item": {"code": "keripik-bayam"},
    "account": {},
    "party": {"code": "siti"},
    "recipe": {"code": "resep-pare"},
    "programme": {},
    "budget": {},
    "group": {},
}  # fmt: skip
_NAMES: dict[str, object] = {"batch": "SM-0701", "lot": "L-0701"}
"""Names that the sample month has used up."""


def _rooms() -> dict[str, tuple[list[str], list[str]]]:
    """The places and the forms of each room, by its name."""
    found: defaultdict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for place in PLACES.values():
        found[place.page.partition(".")[0]][0].append(place.name)
    for form in forms():
        found[form.make.split(".")[1]][1].append(form.name)
    return found


ROOMS = _rooms()


def given_for(name: str) -> dict[str, object]:
    """What the sample month has of the kind, on a day that is open."""
    if name in _OWN:
        return _OWN[name]
    lines = lines_of(DATA / "juni-2026.jsonl")
    found = next((line for line in lines if line["kind"] == name), {})
    given = {key: value for key, value in found.items() if key not in _OF_THE_RECORDING}
    if "date" in given:
        given["date"] = DAY
    fresh = {key: value for key, value in _NAMES.items() if key in given and name != "tending"}
    return given | fresh


class EveryForm:
    """A window over the sample month; `open` brings a form forward."""

    def __init__(self, workspace: Workspace, qtbot: QtBot) -> None:
        self.workspace, self._bot = workspace, qtbot
        workspace.show_month(DAY[:7])
        self.window = window_over(workspace, qtbot)

    def settle(self) -> None:
        at_rest(self.workspace, self._bot)
        for _ in range(_TURNS):
            QApplication.processEvents()

    def open(self, name: str, given: dict[str, object] | None = None) -> QDialog:
        wanted = self._of_correction() if name == "correction" else given or {}
        self.workspace.form_wanted.emit(name, wanted)
        self.settle()
        dialog = self.window.form(name)
        assert dialog is not None, name
        return dialog

    def _of_correction(self) -> dict[str, object]:
        found: list[Story] = []
        self.workspace.tasks.run(lambda book: book.read_in("id", story, CORRECTABLE), found.append)
        self.settle()
        return {"story": found[0]}


def form_of(dialog: QDialog) -> Form | None:
    """None: a dialog that is no `Form`, as those of `STEPPED`."""
    found = getattr(dialog, "form", None)
    return found if isinstance(found, Form) else None


def edits(widget: QWidget) -> Iterator[Edit]:
    """Where one can type now, in the order they were made."""
    found: list[Edit] = [*widget.findChildren(QLineEdit), *widget.findChildren(QPlainTextEdit)]
    for each in found:
        if each.isVisible() and each.isEnabled() and not each.isReadOnly():
            yield each


def name_of(edit: Edit) -> str:
    """The part of a spin box goes by the name of the whole."""
    owner = edit.parentWidget()
    return owner.accessibleName() if isinstance(owner, QAbstractSpinBox) else edit.accessibleName()


def places(widget: QWidget) -> list[int]:
    """Which of `edits`: of fields of one name, as lines have them, the first and the last, a
    blank one. Pieces of money are all alike, and so are prices of the usual goods.
    """
    seen: dict[str, list[int]] = {}
    for place, edit in enumerate(edits(widget)):
        owner = edit.parentWidget()
        alike = isinstance(owner, DenominationGrid | GoodsGrid)
        seen.setdefault(type(owner).__name__ if alike else name_of(edit), []).append(place)
    return sorted({place for each in seen.values() for place in (each[0], each[-1])})


def nonsense_for(edit: Edit, place: int, *, long: bool) -> tuple[str, ...]:
    """What is typed into the field at this place. A field of words takes figures for words.

    In the short form every third of it, beginning elsewhere in each field.
    """
    words = isinstance(edit, TextField | NoteField) and not isinstance(edit, NumberField)
    nonsense = WORDS if words else BAD
    return nonsense if long else nonsense[place % 3 :: 3]


def text_of(edit: Edit) -> str:
    return edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()


def paste(edit: Edit, text: str) -> None:
    """Instead of all that stands there."""
    edit.setFocus()
    edit.selectAll()
    QApplication.clipboard().setText(text)
    edit.paste()


def said(widget: QWidget) -> list[str]:
    """What is told to be wrong, wherever it stands."""
    return [
        each.text()
        for each in widget.findChildren(QLabel)
        if each.isVisible() and each.text() and _is_wrong(each)
    ]


def _is_wrong(each: QWidget) -> bool:
    owner = each.parentWidget()
    return "error" in (each.property("tone"), owner.property("tone") if owner else "")
