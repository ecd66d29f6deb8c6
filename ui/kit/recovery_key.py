"""A key, shown once, to be printed or written down: of passwords, or of an encrypted book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kwt_books.i18n.catalogue import noop
from kwt_books.reports.context import Context
from kwt_books.reports.model import Report
from kwt_books.reports.recovery import book_key_sheet, recovery_sheet
from ui.kit.button import Button
from ui.kit.card import Icon, Note
from ui.kit.dialog import Dialog, dialog_head
from ui.kit.field import CheckField
from ui.kit.layout import column, figures, fill, label, row
from ui.kit.look import GUTTER, UiContext
from ui.kit.scrolling import fixed_page
from ui.kit.worker import Tasks

_KEY_WIDTH = 520
_LINE = 5
"""Groups of a key in a line."""


@dataclass(frozen=True, slots=True)
class KeyKind:
    """What a key is called and good for, in English, and the sheet that bears it."""

    title: str
    about: str
    sheet: Callable[[Context, str], Report]


OF_PASSWORDS = KeyKind(
    noop("Recovery key"),
    noop("Anyone who forgets a password can make a new one with it. It is shown only now."),
    recovery_sheet,
)
OF_THE_BOOK = KeyKind(
    noop("Key of the book"),
    noop("It opens the book and its backups when the passphrase has been forgotten."),
    book_key_sheet,
)  # fmt: skip


def in_lines(key: str) -> str:
    """A key of many groups in lines of five."""
    groups = key.split("-")
    lines = (groups[at : at + _LINE] for at in range(0, len(groups), _LINE))
    return "\n".join("-".join(each) for each in lines)


class KeyCard(QFrame):
    """The key in large letters, and the button that prints its sheet."""

    def __init__(self, ui: UiContext, key: str, print_out: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("drop")
        self.key = figures(ui, in_lines(key), "title")
        self.key.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line = row(Icon(ui, "key", "accent_text", 26), (self.key, 1), space=12)
        self.print_button = Button(ui, ui.t("Print the key"), "printer")
        out = row(self.print_button.when_clicked(print_out), ...)
        column(line, out, parent=self, margins=16, space=12)


class KeyDialog(Dialog):
    """Shows the key; it closes only once its box, that the key is kept, is ticked."""

    def __init__(
        self,
        ui: UiContext,
        key: str,
        print_out: Callable[[], object],
        parent: QWidget | None = None,
        kind: KeyKind = OF_PASSWORDS,
    ) -> None:
        t = ui.t
        super().__init__(ui, t(kind.title), parent, "recovery_key")
        page: QVBoxLayout = column(margins=GUTTER, space=12)
        whole = fixed_page(self, ui.theme.px(_KEY_WIDTH), margins=0, space=0)
        fill(whole, dialog_head(ui, "key", t("Keep this key")), (page, 1))
        page.addWidget(label(t(kind.about), wrap=True))
        page.addWidget(KeyCard(ui, key, print_out))
        page.addWidget(Note(ui, t("Keep the sheet in a locked place, away from the computer.")))
        self.kept = CheckField(t("I have printed it or written it down"))
        page.addWidget(self.kept)
        self.done_button = Button(ui, t("Done"), kind="primary", scale="large")
        self.done_button.setEnabled(False)
        self.done_button.when_clicked(self.accept)
        self.kept.toggled.connect(self.done_button.setEnabled)
        page.addLayout(row(..., self.done_button, space=8))

    def reject(self) -> None:
        """Closes only where the box is ticked: Esc must not lose the key."""
        if self.kept.isChecked():
            super().reject()


def show_key(
    ui: UiContext, tasks: Tasks, key: str, parent: QWidget, kind: KeyKind = OF_PASSWORDS
) -> KeyDialog:
    """Opens the dialog; its sheet is printed from the book that `tasks` owns."""
    from ui.kit.printing import PaperDialog, pdf_of

    language = ui.language

    def print_out() -> None:
        tasks.run(
            lambda book: pdf_of(book.paper(language, kind.sheet, key)),
            lambda pdf: PaperDialog(ui, ui.t(kind.title), pdf, dialog).open(),
            key="recovery-paper",
            owner=dialog,
        )

    dialog = KeyDialog(ui, key, print_out, parent, kind)
    dialog.open()
    return dialog
