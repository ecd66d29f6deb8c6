"""The dialogs that stand over the places of a window, each as it opens there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from screen_walk import ScreenWalk, Shown

from kwt_books.domain.chain import short_code
from kwt_books.domain.errors import InvalidDocument, Issue, RuleError, StorageError
from kwt_books.domain.posting import STORE
from kwt_books.domain.values import Month
from kwt_books.services.statements import monthly_pack
from ui.audit.conclusion import FindingDialog, ReplyDialog
from ui.audit.confirmations import AnswerDialog
from ui.audit.page import AuditPage
from ui.audit.sample import SamplingDialog
from ui.diary.document import AttachedPart, PhotoDialog
from ui.kit.calendar import CalendarPopup, MonthPopup
from ui.kit.date_field import DateField
from ui.kit.dialog import MessageDialog
from ui.kit.printing import PaperDialog
from ui.kit.workspace import LongWork
from ui.kitchen.page import LabelDialog
from ui.settings.about import AboutBox, show_about
from ui.settings.encryption import EncryptionCard, PhraseDialog
from ui.shell.help import HelpDialog
from ui.shell.window import MainWindow

D = TypeVar("D", bound=QWidget)
_REFUSALS = {
    "refused": RuleError(
        "insufficient-stock", item="keripik-bayam", place=STORE, available=2000, wanted=3000
    ),
    "damaged": StorageError("damaged"),
    "issues": InvalidDocument(
        (
            Issue("date", "month-closed", {"month": "2026-10", "closed": "2026-10"}),
            Issue("text", "empty-text"),
        )
    ),
}


class DialogWalk:
    """`photo`: a document with a photo beside it."""

    def __init__(
        self, window: MainWindow, walk: ScreenWalk, settle: Callable[[], None], photo: str
    ) -> None:
        self._window, self._walk, self._settle, self._photo = window, walk, settle, photo

    def everything(self) -> Shown:
        yield from self._document()
        yield from self._papers()
        yield from self._audit()
        yield from self._messages()
        yield from self._encryption()
        yield from self._small()
        yield from self._help()

    # -- documents and papers --------------------------------------------------------------

    def _document(self) -> Shown:
        self._walk.show("journal", self._photo)
        yield "document-photo", self._window
        for part in self._window.findChildren(AttachedPart):
            for button in part.findChildren(QPushButton):
                if button.isVisible() and button.text().strip().endswith(".png"):
                    button.click()
        yield from self._dialog("document-photo-large", PhotoDialog)

    def _papers(self) -> Shown:
        self._window.print_voucher(self._photo)
        yield from self._dialog("paper-voucher", PaperDialog)
        for part in ("profit-and-loss", "position", "general-ledger"):
            self._walk.show("reports", part)
            self._settle()
            yield f"reports-{part}", self._window
        self._walk.show("kitchen", "made")
        self._press("Labels")
        yield from self._dialog("dialog-labels", LabelDialog)

    # -- the auditor's ---------------------------------------------------------------------

    def _audit(self) -> Shown:
        self._walk.show("audit", "verify")
        self._press("Check now")
        yield "audit-verify-done", self._window
        for part, words, name, kind in (
            ("sample", "New sample", "dialog-sampling", SamplingDialog),
            ("wrap", "New finding", "dialog-finding", FindingDialog),
            ("wrap", "Group's answer", "dialog-reply", ReplyDialog),
            ("confirm", "Enter the answer", "dialog-confirmation", AnswerDialog),
        ):
            self._walk.show("audit", part)
            self._press(words)
            yield from self._dialog(name, kind)
        self._walk.show("audit", "paper")
        assert isinstance(self._window.page, AuditPage)
        yield from self._paper_check()

    def _paper_check(self) -> Shown:
        from ui.audit.paper import PaperPart

        found: list[str] = []
        language = self._window.workspace.ui.language
        self._window.workspace.tasks.run(
            lambda book: short_code(
                book.read_in(language, monthly_pack, Month("2026-10")).imprint.head
            ),
            found.append,
        )
        self._settle()
        part = self._window.findChild(PaperPart)
        assert part is not None
        part.code.setText(found[0])
        part.look_up()
        self._settle()
        yield "audit-paper-found", self._window

    # -- messages --------------------------------------------------------------------------

    def _messages(self) -> Shown:
        self._walk.show("home")
        problems = self._window.workspace.problems
        for name, error in _REFUSALS.items():
            problems.show(error)
            yield from self._dialog(f"message-{name}", MessageDialog)
        problems.show_bug(ValueError("example"))
        yield from self._dialog("message-bug", MessageDialog)
        t = self._window.workspace.ui.t
        work = LongWork(
            self._window.workspace, t("The backup is being checked and copied"), 100, self._window
        )
        work.bar.setValue(400)
        work.open()
        yield from self._dialog("dialog-long-work", LongWork)
        self._window.workspace.say(
            t("Paste it into the group's chat."), strong=t("Summary copied.")
        )
        self._settle()
        yield "toast", self._window

    def _encryption(self) -> Shown:
        self._walk.show("settings", "backup")
        (card,) = self._window.findChildren(EncryptionCard)
        card.ask()
        self._settle()
        assert isinstance(card.dialog, PhraseDialog)
        card.dialog.save()
        yield from self._dialog("dialog-phrase-refused", PhraseDialog)
        card.ask_to_decrypt()
        yield from self._dialog("message-decrypt", MessageDialog)

    def _small(self) -> Shown:
        self._window.header.month.click()
        yield from self._popup("popup-month", MonthPopup)
        self._window.header.person.click()
        self._settle()
        menu = QApplication.activePopupWidget()
        if menu is not None:
            yield "popup-menu", menu
            menu.close()
        self._window.open_form("transfer", {})
        self._settle()
        dialog = self._window.form("transfer")
        assert dialog is not None
        dialog.findChildren(DateField)[0].open_calendar()
        yield from self._popup("popup-calendar", CalendarPopup)
        dialog.reject()
        self._settle()
        yield from self._about()

    def _about(self) -> Shown:
        workspace = self._window.workspace
        for name, side in (("about", "computer"), ("about-parts", "parts")):
            box = show_about(self._window, workspace.ui, workspace.folders)
            box.side.choose(side)
            yield from self._dialog(name, AboutBox)

    def _help(self) -> Shown:
        self._walk.show("shops")
        self._window.show_help()
        yield from self._dialog("help-page", HelpDialog)
        self._window.show_help("glossary")
        yield from self._dialog("help-glossary", HelpDialog)

    # -- finding what opened ---------------------------------------------------------------

    def _press(self, text: str) -> None:
        """The button of the page that says so (in English)."""
        wanted = self._window.workspace.ui.t(text)
        assert self._window.page is not None
        for each in self._window.page.findChildren(QPushButton):
            if each.isVisible() and each.text().strip() == wanted:
                each.click()
                break
        self._settle()

    def _dialog(self, name: str, kind: type[D]) -> Iterator[tuple[str, QWidget]]:
        self._settle()
        for each in QApplication.topLevelWidgets():
            if isinstance(each, kind) and each.isVisible():
                yield name, each
                each.reject() if isinstance(each, QDialog) else each.close()
                self._settle()
                return
        print(f"{name} did not open")

    def _popup(self, name: str, kind: type[D]) -> Iterator[tuple[str, QWidget]]:
        yield from self._dialog(name, kind)
