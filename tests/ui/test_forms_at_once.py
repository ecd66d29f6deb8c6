"""Each room's forms over a book that answers at once: what they take from a document and a draft,
how they stand, and what they say where nothing is set up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import unescape
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.book import Book
from kwt_books.domain.documents.registry import encode_command
from kwt_books.domain.kind import named
from kwt_books.domain.kinds import KINDS, form_named, form_of
from kwt_books.reports.story import Story, story
from tests.ui.all_rules import flashes, wrong_with
from tests.ui.every_form import CORRECTABLE, ROOMS, given_for
from tests.ui.hearing import goes_back
from tests.ui.rules import cut_off
from tests.ui.sample_parts import command_of
from tests.ui.test_corrections import DAY, DOCUMENTS
from tests.ui.windows import LAPTOP, let_go, said
from ui.kit.document_form import DocumentForm, MoneyForm
from ui.kit.field import FieldRow, MoneyField
from ui.kit.form import FormDialog
from ui.kit.picker import Picker
from ui.kit.workspace import Workspace

WITHOUT_FIELD = ("id", "memo", "ref")
"""Keys that a form keeps of a document though it may have no field for them."""
_ROOM: dict[type[QWidget], int] = {Picker: 198, MoneyField: 116}
"""Pixels that a name of goods or of a person needs, and an amount of hundreds of millions."""


Desks = Callable[[Book], Workspace]


@pytest.fixture
def desk(prompt_desk: Desks, read_book: Book, around: QWidget) -> Workspace:
    """Over the sample month, below a window as large as a laptop's screen lets it be."""
    return below(around, prompt_desk(read_book))


def below(window: QWidget, desk: Workspace) -> Workspace:
    window.resize(*LAPTOP)
    desk.window = window
    return desk


def opened(desk: Workspace, name: str, given: Mapping[str, object]) -> Any:
    """The dialog of a form."""
    form = form_named(name)
    assert form is not None
    return named(form.make)(desk, given if name != "correction" else to_correct(desk))


def to_correct(desk: Workspace) -> dict[str, object]:
    language, found = desk.ui.language, list[Story]()
    desk.tasks.run(lambda book: book.read_in(language, story, CORRECTABLE), found.append)
    return {"story": found[0]}


def said_by(form: Any) -> dict[str, Any]:
    """Its command, without what it may have no field for."""
    found = encode_command(form.command())
    return {key: value for key, value in found.items() if key not in WITHOUT_FIELD}


def documents_of(room: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The form and the keys of each kind of document that the room's forms make."""
    for line in DOCUMENTS.values():
        form = form_of(line["kind"])
        assert form is not None
        if form.name in ROOMS[room][1] and "programme" not in line:
            yield form.name, {"date": DAY, **line}


@pytest.mark.parametrize("room", [room for room in ROOMS if [*documents_of(room)]])
def test_what_a_document_said_is_filled_in_kept_and_cleared(room: str, desk: Workspace) -> None:
    for name, line in documents_of(room):
        given = {key: value for key, value in line.items() if key != "kind"}
        form = opened(desk, name, given).form
        wanted = encode_command(command_of(line))
        assert encode_command(form.command()) == {**wanted, "id": form.command_id}
        again = opened(desk, name, {}).form
        blank, kept = again.state(), form.state()
        again.restore(kept)
        assert again.state() == kept, "a draft is all that was filled in"
        assert said_by(again) == said_by(form)
        again.start_anew()
        assert again.state() == blank, name


WITH_FORMS = [room for room in ROOMS if ROOMS[room][1]]


@pytest.mark.parametrize("room", WITH_FORMS)
def test_forms_keep_the_rules(room: str, desk: Workspace, qtbot: QtBot) -> None:
    with flashes() as shown:
        found = {
            f"{name} {bool(given)}": wrong_about(opened(desk, name, given), qtbot)
            for name in ROOMS[room][1]
            for given in ({}, given_for(name))
        }
    found["windows of their own"] = shown
    assert not {where: them for where, them in found.items() if them}


@pytest.mark.parametrize("room", [room for room in WITH_FORMS if room != "diary"])
def test_forms_keep_the_rules_where_nothing_is_set_up(
    room: str, prompt_desk: Desks, new_book: Book, around: QWidget, qtbot: QtBot
) -> None:
    desk = below(around, prompt_desk(new_book))
    found = {name: wrong_about(opened(desk, name, {}), qtbot) for name in ROOMS[room][1]}
    assert not {where: them for where, them in found.items() if them}


def wrong_about(dialog: QDialog, qtbot: QtBot) -> list[str]:
    """The rules that a form breaks once it stands."""
    qtbot.addWidget(dialog)
    dialog.show()
    let_go()
    form = getattr(dialog, "form", dialog)
    found = [
        *wrong_with(dialog), *goes_back(form), *missing(form), *uneven(form), *narrow(dialog),
        *printed(dialog), *proven(dialog), *untold(form), *cut_off(dialog),
    ]  # fmt: skip
    dialog.close()
    return found


def missing(form: Any) -> list[str]:
    """Fields that stand nowhere."""
    fields: dict[str, Any] = getattr(form, "fields", {})
    return [
        f"{path} stands nowhere"
        for path, field in fields.items()
        if isinstance(field, QWidget) and not form.isAncestorOf(field)
    ]


def untold(form: object) -> list[str]:
    """What lines of money come to is shown."""
    if not isinstance(form, MoneyForm) or "lines" not in form.fields or not form.total():
        return []
    told = form.ui.formats.rupiah(form.total())
    return [] if any(told in each for each in said(form)) else [f"{told} in all is not told"]


def uneven(form: QWidget) -> list[str]:
    """Fields beside each other of which one hangs, and buttons that are not level with a field."""
    rows = [each for each in form.findChildren(FieldRow) if each.isVisible()]
    tops = {each: each.mapTo(form, QPoint()).y() for each in rows if not each.title.isHidden()}
    found = [
        f"{one.title.text()} hangs beside {other.title.text()}"
        for one in tops
        for other in tops
        if tops[other] < tops[one] < tops[other] + other.height() // 2
    ]
    for blank in form.findChildren(QLabel):
        if blank.isVisible() and blank.text() == " ":  # above what `level` puts beside fields
            top = blank.mapTo(form, QPoint()).y()
            if not any(abs(top - each) <= 1 for each in tops.values()):
                found.append("a button is not level with a field")
    return found


def narrow(dialog: QDialog) -> list[str]:
    """Fields in which what is usually filled in can't be read whole."""
    return [
        f"{each.accessibleName()} has {each.width()} pixels of {least}"
        for kind, least in _ROOM.items() if isinstance(dialog, FormDialog)
        for each in dialog.form.findChildren(kind)
        if each.isVisible() and each.width() < least
    ]  # fmt: skip


def printed(dialog: QDialog) -> list[str]:
    """What moves money, and what has a paper of its own, is printed as it is saved."""
    if not isinstance(dialog, FormDialog) or not isinstance(dialog.form, DocumentForm):
        return []
    prints = isinstance(dialog.form, MoneyForm) or bool(KINDS[dialog.form.makes.kind].papers)
    first = dialog.print_button if prints else dialog.save_button
    right = dialog.print_button.isHidden() != prints and first.property("kind") == "primary"
    return [] if right else ["the wrong button is the first"]


OWN = {"savings", "dues", "cash_count", "bank_reconciliation"}
"""Forms of money of which the group itself writes the paper."""


def proven(dialog: QDialog) -> list[str]:
    """A photo of the receipt is asked for where somebody else wrote one."""
    form = getattr(dialog, "form", None)
    if not isinstance(form, MoneyForm) or (form.photo is None) == (form.makes.kind in OWN):
        return []
    return ["a receipt that nobody wrote" if form.photo else "no room for the receipt"]


FIRST = {
    "garden": {
        "sowing": "No seedlings are set up yet. Set them up under Settings, Goods & prices.",
        "harvest": "No produce is set up yet. Set it up under Settings, Goods & prices.",
    },
    "kitchen": {
        "production":
            "No finished goods are set up yet. Set them up under Settings, Goods & prices.",
    },
    "money": {"savings": "No members are set up yet."},
}  # fmt: skip
"""What has to be set up before a form can be filled in, by room and form."""


@pytest.mark.parametrize("room", FIRST)
def test_a_form_says_what_has_to_be_set_up_first(
    room: str, prompt_desk: Desks, new_book: Book, read_book: Book, qtbot: QtBot
) -> None:
    for book, lacks in ((new_book, True), (read_book, False)):
        desk = prompt_desk(book)
        for name, words in FIRST[room].items():
            dialog = opened(desk, name, {})
            qtbot.addWidget(dialog)
            told = [
                unescape(each.text())
                for each in dialog.findChildren(QLabel)
                if each.isVisibleTo(dialog)
            ]
            assert any(desk.ui.t(words) in each for each in told) == lacks, name
