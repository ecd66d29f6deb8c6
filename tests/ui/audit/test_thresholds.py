"""The limits of what is odd, and the auditor's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from kwt_books.domain.access import Person, Role
from kwt_books.domain.audit import Thresholds
from kwt_books.services.audit.file import audit_path
from tests.ui.audit.hand import Part, Settle
from ui.audit.exceptions import ExceptionsPart, ThresholdsPage
from ui.audit.page import AuditPage
from ui.kit.workspace import Destination, Workspace
from ui.settings.page import SettingsPage
from ui.shell.window import MainWindow


def limits(window: MainWindow, settle: Settle) -> ThresholdsPage:
    window.show_place(Destination("settings", "exceptions"))
    settle(window.workspace)
    assert isinstance(window.page, SettingsPage)
    found = window.page.findChild(ThresholdsPage)
    assert found is not None
    return found


def test_thresholds_are_a_persons_own_and_hold_everywhere(
    window: MainWindow,
    part: Part[ExceptionsPart],
    workspace: Workspace,
    settle: Settle,
    book_path: Path,
) -> None:
    before = book_path.read_bytes()
    page = limits(window, settle)
    assert page.read() == Thresholds()
    page.rows["cash_limit"].field.set_value(1_000_000)
    page.rows["loss_tolerance"].field.set_value(12_500)
    page.rows["unsettled_days"].field.set_value(30)
    page.save()
    settle(workspace)
    wanted = Thresholds(cash_limit=1_000_000, loss_tolerance=125, unsettled_days=30)
    assert workspace.preferences.of(book_path).thresholds(workspace.person.name) == wanted
    assert workspace.preferences.of(book_path).thresholds("Somebody else") == Thresholds()
    odd = part(window, "exceptions", ExceptionsPart)
    assert "3 ambang" in odd.period.text()
    assert any(rule.found for rule in odd.rules if rule.code == "much-cash")
    assert not audit_path(book_path).exists()
    assert book_path.read_bytes() == before


@pytest.mark.usefixtures("large_letters")
def test_no_word_of_the_tabs_is_cut_off_with_the_largest_letters(
    window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    limits(window, settle)
    assert isinstance(window.page, SettingsPage)
    tabs = window.page.tabs.findChildren(QAbstractButton)

    def whole() -> bool:
        shown = [each for each in tabs if each.isVisible()]
        return bool(shown) and all(each.width() >= each.sizeHint().width() for each in shown)

    qtbot.waitUntil(whole)


class TestAuditor:
    """The auditor's role: everything is looked at, nothing is recorded."""

    @pytest.fixture
    def person(self) -> Person:
        return Person("Dwi Hartati", Role.AUDITOR)

    def test_thresholds_are_kept_in_the_audits_own_file(
        self,
        window: MainWindow,
        part: Part[ExceptionsPart],
        workspace: Workspace,
        settle: Settle,
        book_path: Path,
    ) -> None:
        """What somebody else set on this computer, or under the auditor's name, is nothing."""
        lax = Thresholds(cash_limit=10**9)
        workspace.preferences.of(book_path).note_thresholds(workspace.person.name, lax)
        page = limits(window, settle)
        assert page.read() == Thresholds()
        for amount in (1_000_000, 3_000_000):
            page.rows["cash_limit"].field.set_value(amount)
            page.save()
            settle(workspace)
        kept = json.loads(audit_path(book_path).read_text(encoding="utf-8"))["thresholds"]
        assert [(each["name"], each["value"]) for each in kept] == [
            ("cash_limit", 1_000_000), ("cash_limit", 3_000_000),
        ]  # fmt: skip
        assert all(each["by"] and each["at"] for each in kept)
        odd = part(window, "exceptions", ExceptionsPart)
        assert "1 ambang" in odd.period.text()

    def test_every_part_is_shown_and_the_book_stays_as_it_is(
        self, window: MainWindow, workspace: Workspace, settle: Settle, book_path: Path
    ) -> None:
        before = book_path.read_bytes()
        assert isinstance(window.page, AuditPage)
        for name in window.page.tabs.names:
            window.show_place(Destination("audit", name))
            settle(workspace)
            assert window.page.part == name
        assert book_path.read_bytes() == before
