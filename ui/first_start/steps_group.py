"""The steps about the group: name and place, language and paper; officers and passwords; how profit
is shared; and the last one, with everything once more and the book's file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from kwt_books.domain.accounts import Account
from kwt_books.services.first_start import FirstEntries
from kwt_books.services.people import Newcomer
from ui.first_start.step import Step
from ui.kit.button import Button, Segment
from ui.kit.card import Card, Note
from ui.kit.date_field import DateField
from ui.kit.field import CheckField, MoneyField, PasswordField, TextField
from ui.kit.file_dialog import Use, ask_where
from ui.kit.folders import documents, free_path
from ui.kit.layout import Elided, clear, figures, fill, grid_layout, label, rule
from ui.kit.look import UiContext
from ui.kit.phrase import NewPhrase
from ui.kit.sharing import USUAL, SharingField, funds
from ui.kit.words import SUFFIX
from ui.settings.group import VILLAGES, Letterhead, Named, group_fields, half_said
from ui.settings.people import first_people, hard_to_guess


class GroupStep(Step):
    """The group's name and place, the language and the paper, with a page in small."""

    name = "group"
    language_chosen = Signal(str)

    def build(self) -> None:
        """Adds the fields and the page."""
        t, ui = self.t, self.ui
        self.language = self.ask(
            "language",
            t("Language"),
            Segment(ui, (("id", "Bahasa Indonesia"), ("en", "English")), ui.language),
            t("Of the screen and of the reports"),
        )
        texts = group_fields(ui)
        texts["name"][1].setPlaceholderText("KWT …")
        self.ask_text(texts, "name", t("Just as on the group's stamp or decree"))
        for path in ("village", "district", "city"):
            self.ask_text(texts, path)
        self.kind = self.ask("village_kind", t("Desa or kelurahan?"), Segment(ui, VILLAGES))
        self.paper = self.ask(
            "paper",
            t("Paper in the printer"),
            Segment(ui, (("F4", t("F4 (folio)")), ("A4", t("A4")))),
            t("It is written on the pack of paper"),
        )
        self.page = Letterhead(ui, 270)
        told = label(t("This is how it will be printed on every report"), "caption")
        fill(self.right, self.page, told)
        self.language.changed.connect(lambda: self.language_chosen.emit(self.language.value()))
        self.officers: Mapping[str, Any] = {}

    def show_officers(self, said: Mapping[str, Any]) -> None:
        """Takes the officers' names for the page in small."""
        self.officers = said
        self.recount()

    def recount(self) -> None:
        """Shows what was typed on the page in small."""
        self.page.show_names(Named.of({**self.officers, **self.values()}))

    def first_field(self) -> QWidget:
        """The group's name."""
        return self.question("name").field

    def summary(self) -> str:
        """The group's name."""
        return self.fields["name"].value() or ""


class OfficersStep(Step):
    """Chair, treasurer, the institution above the group, the extension officer, passwords."""

    name = "officers"

    def build(self) -> None:
        """Adds the fields."""
        t, ui = self.t, self.ui
        texts = group_fields(ui)
        for path, hint in (
            ("chair", t("Signs every report")),
            ("treasurer", t("Keeps this book")),
            ("umbrella.name", t("Who guides this group; leave empty if nobody does")),
            ("umbrella.coordinator", t("Signs below the officers")),
            ("extension_officer.name", t("From the agriculture office; optional")),
            ("extension_officer.nip", t("Of the officer above, who need not have one")),
        ):
            self.ask_text(texts, path, hint)
        self.right.addWidget(self._passwords())
        self._show_passwords()

    def _passwords(self) -> Card:
        t, ui = self.t, self.ui
        card = Card(t("Passwords"), space=10)
        self.use = Segment(ui, (("no", t("Without")), ("yes", t("With passwords"))))
        self.use.setAccessibleName(t("Passwords"))
        card.body.addWidget(self.use)
        self.add("passwords", self.use)
        self._about = label("", "caption", wrap=True)
        card.body.addWidget(self._about)
        self.chair_password = PasswordField(ui, new=True)
        self.treasurer_password = PasswordField(ui, new=True)
        self._rows = []
        hard = hard_to_guess(t)
        for path, title, field in (
            ("chair_password", t("Password of the chair"), self.chair_password),
            ("treasurer_password", t("Password of the treasurer"), self.treasurer_password),
        ):
            made = self.labelled(path, title, field, hard)
            card.body.addWidget(made)
            self._rows.append(made)
        self.use.changed.connect(self._show_passwords)
        return card

    @property
    def uses_passwords(self) -> bool:
        """Whether passwords are wanted."""
        return self.use.value() == "yes"

    def _show_passwords(self) -> None:
        t, wanted = self.t, self.uses_passwords
        for made, field in zip(
            self._rows, (self.chair_password, self.treasurer_password), strict=True
        ):
            made.setVisible(wanted)
            field.required = wanted
        self._about.setText(
            t("Each of the two signs in with their own; at the end a recovery key is shown.")
            if wanted
            else t("Enough if one person keeps the book. Passwords can be added later.")
        )

    def problems(self) -> list[tuple[str, str]]:
        """A NIP without its officer; one name for both people with passwords."""
        found = [(path, self.t("Fill this in")) for path in half_said(self.values())]
        if self.uses_passwords and len({name.casefold() for name in self._names()}) == 1:
            found.append(("treasurer", self.t("With passwords, the names must differ")))
        return found

    # -- what was answered -----------------------------------------------------------------

    @property
    def people(self) -> list[Newcomer]:
        """Chair and treasurer with their passwords; empty where none are wanted."""
        return first_people(self.values()) if self.uses_passwords else []

    def _names(self) -> list[str]:
        """The names of chair and treasurer."""
        return [self.fields[path].value() or "" for path in ("chair", "treasurer")]

    def summary(self) -> str:
        """The names of chair and treasurer."""
        return ", ".join(filter(None, self._names()))


class SharingStep(Step):
    """The funds' percents, the decision, and what the funds have already. A group that has not
    decided yet fills shares in at each close.
    """

    name = "sharing"

    def __init__(
        self, ui: UiContext, title: str, about: str, accounts: Mapping[str, Account]
    ) -> None:
        self._accounts = accounts
        super().__init__(ui, title, about)

    def build(self) -> None:
        """Adds the fields."""
        t, ui = self.t, self.ui
        offered = funds(ui, self._accounts, ())
        self.whether = self.ask(
            "whether",
            t("Has the group decided?"),
            Segment(ui, (("yes", t("Decided")), ("no", t("Not yet")))),
            t("Shares are then filled in at each close, or later under Settings."),
        )
        self.decision = self.ask(
            "allocation.decision",
            t("Decision number"),
            TextField(ui, required=True, placeholder="BA-01/KWT/I/2026"),
            t("As on the minutes; if there is no number, say which meeting it was"),
        )
        self.date = self.ask(
            "allocation.date",
            t("Decided on"),
            DateField(ui, past=True),
            t("The day of the meeting"),
            width=340,
        )
        self._card = card = Card(space=8)
        self.shares = SharingField(ui, offered)
        self.shares.set_value(USUAL)
        self.add_lines("allocation.shares", self.shares)
        card.body.addWidget(self.shares)
        self.left.addWidget(card)
        self.whether.changed.connect(self._show_decided)
        held = Card(t("What the funds hold now"), space=10)
        held.body.addWidget(label(t("From the shares of earlier months, if any"), "caption"))
        self.held: dict[str, MoneyField] = {}
        for fund in offered:
            field = self.held[fund.code] = MoneyField(ui, required=False)
            held.body.addWidget(self.labelled(f"held.{fund.code}", fund.name, field))
        self.right.addWidget(held)

    def first_field(self) -> QWidget | None:
        """The decision's number; nothing where there is none yet."""
        return self.decision if self.decided else None

    @property
    def decided(self) -> bool:
        """Whether the group has decided how profit is shared."""
        return self.whether.value() == "yes"

    def _show_decided(self) -> None:
        self._card.setVisible(self.decided)
        for path in ("allocation.decision", "allocation.date"):
            self.question(path).setVisible(self.decided)
        self.decision.required = self.date.required = self.decided
        if not self.decided:
            self.shares.set_value(USUAL)  # what is out of sight must not stand in the way

    @property
    def balances(self) -> dict[str, int]:
        """What the funds have already, in rupiah by account."""
        return {code: field.value() or 0 for code, field in self.held.items()}

    def summary(self) -> str:
        """The decision's number, or that there is none yet."""
        return (self.decision.value() or "") if self.decided else self.t("Not yet")


class FinishStep(Step):
    """The answers once more, what the group owns, and the place of the book's file."""

    name = "finish"

    def build(self) -> None:
        """Adds the list of answers, the group's equity and the file."""
        t, ui = self.t, self.ui
        card = Card(space=10)
        self._grid = grid_layout(across=24, down=8, wide=1)
        self._worth = QGridLayout()
        self._worth.addWidget(label(t("Net worth of the group"), "strong"), 0, 0)
        self._surplus = figures(ui, "", "title")
        self._worth.addWidget(self._surplus, 0, 1)
        self._why = label("", "caption", wrap=True)
        fill(card.body, self._grid, rule(), self._worth, self._why)
        self.left.addWidget(card)
        self.refused = Note(ui, "", "error")
        self.refused.hide()
        self.left.insertWidget(0, self.refused)
        self.right.addWidget(self._file_card())
        self.right.addWidget(self._phrase_card())
        self.path = Path()
        self._chosen = False

    def _file_card(self) -> Card:
        t, card = self.t, Card(self.t("The book's file"), space=6)
        self._file, self._folder = Elided("", "strong"), Elided("", "caption")
        fill(card.body, self._file, self._folder, 4)
        other = Button(self.ui, t("Another place"), "folder-open")
        card.body.addWidget(other.when_clicked(self.choose), 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _phrase_card(self) -> Card:
        t, card = self.t, Card(self.t("Encryption"), space=6)
        self.encrypts = CheckField(t("Encrypt the book with a passphrase"))
        about = t(
            "Whoever steals the computer or finds a backup can't read anything. Nobody can open "
            "the book without the phrase and without the key that is shown at the end."
        )
        fill(card.body, self.encrypts, label(about, "caption", wrap=True))
        self.phrase = NewPhrase(self.ui)
        self.phrase.hide()
        self.encrypts.toggled.connect(self.phrase.setVisible)
        card.body.addWidget(self.phrase)
        return card

    # -- the file --------------------------------------------------------------------------

    def suggest(self, group: str) -> None:
        """Suggests a file in the documents folder under the group's name, unless one was chosen."""
        if not self._chosen:
            self._show_path(free_path(documents(), group))

    def choose(self) -> None:
        """Asks for the book's file."""
        pattern = self.t("Books (*{suffix})", suffix=SUFFIX)
        title = self.t("The book's file")
        offered = self.path.with_suffix("")
        if path := ask_where(self, title, offered, [(SUFFIX, pattern)], Use.BOOK):
            self.take(path)

    def take(self, path: Path) -> None:
        """Takes another file for the book."""
        self._chosen = True
        self._show_path(path)

    def _show_path(self, path: Path) -> None:
        self.path = path
        self._file.setText(path.name)
        self._folder.setText(str(path.parent))

    # -- what it comes to ------------------------------------------------------------------

    def show_entries(self, lines: list[tuple[str, str]], entries: FirstEntries) -> None:
        """Shows `lines`, titles with what was answered, and what the entries come to."""
        clear(self._grid)
        for place, (title, said) in enumerate(lines):
            self._grid.addWidget(label(title, "caption"), place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label(said or "–", "strong", wrap=True), place, 1)
        t, surplus = self.t, entries.surplus
        self._surplus.setText(self.ui.formats.rupiah(surplus))
        self._why.setText(
            t(
                "Everything there is, less debts, savings, grants and funds. It is recorded as "
                "the surplus of earlier years.")
            if surplus >= 0
            else t(
                "There is less than debts, savings, grants and funds add up to. Check whether "
                "something was forgotten; otherwise it is recorded as a loss of earlier years.")
        )  # fmt: skip

    def refuse(self, text: str) -> None:
        """Shows the book's error above everything; an empty text hides it."""
        self.refused.say(text, "error")
        self.refused.setVisible(bool(text))
