"""Pemeriksaan in the real window: the book checked, papers, oddities, samples, letters."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from kwt_books.app import Book, Books
from kwt_books.domain.access import Role
from kwt_books.domain.audit import Thresholds
from kwt_books.domain.chain import short_code
from kwt_books.domain.documents.cash import Transfer
from kwt_books.domain.recording import Person
from kwt_books.reports.context import Parameters
from kwt_books.services.audit import audit_path
from kwt_books.services.integrity.outcome import CHECKS
from kwt_books.services.paper_check import Verdict
from kwt_books.services.sampling.paper import AGREES, DIFFERS, MISSING
from tests.services.forging import tampered
from ui.desk import Desk, Destination
from ui.forms.confirmation_answer import AnswerDialog
from ui.forms.finding import FindingDialog, ReplyDialog
from ui.forms.finding_dialog import AuditDialog
from ui.forms.sampling import SamplingDialog
from ui.help import HelpDialog
from ui.help_topics import PLACES
from ui.long_work import LongWork
from ui.main_window import MainWindow
from ui.pages.audit import AuditPage
from ui.pages.audit_confirm import ConfirmPart
from ui.pages.audit_digits import Share
from ui.pages.audit_letters import UNANSWERED
from ui.pages.audit_odd import DIGITS, OddPart
from ui.pages.audit_paper import PaperPart
from ui.pages.audit_room import AuditPart
from ui.pages.audit_sample import SamplePart
from ui.pages.audit_verify import MEANS, VerifyPart
from ui.pages.audit_wrap import WrapPart
from ui.pages.document_writing import PaperWriter
from ui.pages.journal import JournalPage
from ui.pages.settings import SettingsPage
from ui.pages.settings_odd import OddLimitsPage
from ui.papers import PaperDialog
from ui.theme import Mode, Theme
from ui.tokens import TEXT_SIZES
from ui.widgets.button import Button
from ui.widgets.dialog import MessageDialog
from ui.widgets.list_table import ListTable

P = TypeVar("P", bound=AuditPart)
D = TypeVar("D", bound=QDialog)
Settle = Callable[[Desk], None]
LATER = Transfer(
    id="after-the-paper", date=date(2026, 7, 1), source="1101", to="1103", amount=25_000
)


@pytest.fixture
def window_of(qtbot: QtBot, settle: Settle) -> Callable[[Desk], MainWindow]:
    """The window over a desk, with Pemeriksaan in front."""

    def make(desk: Desk) -> MainWindow:
        made = MainWindow(desk, QIcon())
        qtbot.addWidget(made)
        desk.learn_setup()
        made.resize(1366, 688)
        made.show_place(Destination("audit"))
        with qtbot.waitActive(made):
            made.show()
        settle(desk)
        return made

    return make


@pytest.fixture
def window(desk: Desk, window_of: Callable[[Desk], MainWindow]) -> MainWindow:
    return window_of(desk)


@pytest.fixture
def part(settle: Settle) -> Callable[[MainWindow, str, type[P]], P]:
    def show(window: MainWindow, name: str, kind: type[P]) -> P:
        window.show_place(Destination("audit", name))
        settle(window.desk)
        assert isinstance(window.page, AuditPage)
        found = window.page._made[name]
        assert isinstance(found, kind)
        assert found.isVisible()
        return found

    return show


Part = Callable[[MainWindow, str, type[P]], P]


@pytest.fixture(autouse=True)
def closed_dialogs() -> Iterator[None]:
    yield
    for each in QApplication.topLevelWidgets():
        if isinstance(each, QDialog) and each.isVisible():
            each.close()


def opened(kind: type[D]) -> D:
    shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind)]
    assert len(shown) == 1
    return shown[0]


def texts(table: ListTable, column: int) -> list[str]:
    model = table.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def head_of(books: Books, path: Path) -> str:
    book = books.open(path, read_only=True)
    try:
        return book.pack("trial-balance", Parameters(), "id").imprint.head
    finally:
        book.close()


def record(desk: Desk, settle: Settle) -> None:
    desk.tasks.record(LATER, lambda _found: None)
    settle(desk)


# -- the book ------------------------------------------------------------------------------


def test_every_check_is_explained() -> None:
    assert list(MEANS) == list(CHECKS)


def test_a_good_book_passes_every_check(
    window: MainWindow, part: Part[VerifyPart], qtbot: QtBot, desk: Desk, settle: Settle,
    books: Books, book_path: Path,
) -> None:  # fmt: skip
    page = part(window, "verify", VerifyPart)
    assert set(texts(page.table, 2)) == {page.t("Not checked yet")}
    qtbot.keyClick(page, Qt.Key.Key_F5)
    settle(desk)
    assert page.checked is not None
    assert [each.passed for each in page.checked.outcomes] == [True] * len(CHECKS)
    assert set(texts(page.table, 2)) == {page.t("In order")}
    assert page.note.property("tone") == "good"
    assert short_code(head_of(books, book_path)) in page.note.text
    assert not page.show_button.isVisible()


def test_a_changed_amount_is_named_and_shown(
    book_path: Path, tmp_path: Path, desk_for: Callable[[Path], Desk], settle: Settle,
    window_of: Callable[[Desk], MainWindow], part: Part[VerifyPart], qtbot: QtBot,
) -> None:  # fmt: skip
    bad = tampered(
        book_path,
        tmp_path / "bad.kwt",
        "UPDATE posting SET amount = amount + 1 WHERE document ="
        " (SELECT sequence FROM document WHERE number = 'BKK-2606-0002')",
    )
    desk = desk_for(bad)
    window = window_of(desk)
    page = part(window, "verify", VerifyPart)
    page.run_button.click()
    settle(desk)
    assert page.first_bad is not None
    assert page.first_bad.number == "BKK-2606-0002"
    assert page.note.property("tone") == "error"
    assert "BKK-2606-0002" in page.note.text
    failed = len(page.failures)
    assert texts(page.table, 2)[: failed + 1] == [page.t("WRONG")] * failed + [page.t("In order")]
    place = next(i for i, each in enumerate(page.failures) if each.number)
    where = page.table.visualRect(page.table.model().index(place, 0)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.waitUntil(lambda: isinstance(window.page, JournalPage))
    journal = window.page
    assert isinstance(journal, JournalPage)
    qtbot.waitUntil(lambda: journal.document.story is not None)
    assert journal.document.story is not None
    assert journal.document.story.number == "BKK-2606-0002"


def test_a_check_can_be_stopped(
    window: MainWindow, part: Part[VerifyPart], desk: Desk, settle: Settle
) -> None:
    page = part(window, "verify", VerifyPart)
    page.run()
    page.stop()
    settle(desk)
    assert page.checked is None
    assert page.run_button.isEnabled()
    assert not page.progress.isVisible()


def test_what_was_found_is_forgotten_when_something_is_recorded(
    window: MainWindow, part: Part[VerifyPart], desk: Desk, settle: Settle
) -> None:
    page = part(window, "verify", VerifyPart)
    page.run()
    settle(desk)
    record(desk, settle)
    assert page.checked is None
    assert page.note.property("tone") == "warn"


# -- paper against book --------------------------------------------------------------------


def test_a_paper_printed_before_is_found_with_its_figures_then_and_now(
    window: MainWindow, part: Part[PaperPart], desk: Desk, settle: Settle, books: Books,
    book_path: Path, qtbot: QtBot,
) -> None:  # fmt: skip
    code = f"KWT:{short_code(head_of(books, book_path))}"
    page = part(window, "paper", PaperPart)
    qtbot.keyClicks(page.code, code)
    qtbot.keyClick(page.code, Qt.Key.Key_Return)
    settle(desk)
    assert page.compared is not None
    assert page.compared.verdict is Verdict.CONTAINED
    assert all(row.cells[4] == 0 for row in page.compared.figures)
    assert page.compared.since == ()
    record(desk, settle)
    page.step_month(1)
    settle(desk)
    assert [row.cells[3] for row in page.compared.since] == [LATER.amount]
    changed = {row.code: row.cells[4] for row in page.compared.figures if row.cells[4]}
    assert changed == {"1101": -LATER.amount, "1103": LATER.amount}
    assert page.note.property("tone") == "good"
    page.since.select(0)
    qtbot.keyClick(page.since, Qt.Key.Key_Return)
    assert window.place == "journal"


def test_figures_of_another_month(
    window: MainWindow, part: Part[PaperPart], desk: Desk, settle: Settle, books: Books,
    book_path: Path,
) -> None:  # fmt: skip
    page = part(window, "paper", PaperPart)
    page.code.setText(head_of(books, book_path)[:12])
    page.look_up()
    settle(desk)
    assert page.compared is not None
    assert page.compared.month == "2026-06"
    page.step_month(1)
    settle(desk)
    assert page.compared.month == "2026-07"


def test_a_papers_file_tells_its_code(
    window: MainWindow, part: Part[PaperPart], desk: Desk, settle: Settle, books: Books,
    book_path: Path, tmp_path: Path,
) -> None:  # fmt: skip
    book = books.open(book_path, read_only=True)
    paper = tmp_path / "neraca.pdf"
    books.write(book.pack("position", Parameters(month="2026-06"), "id"), "pdf", paper)
    book.close()
    page = part(window, "paper", PaperPart)
    page.open_file(paper)
    settle(desk)
    assert page.compared is not None
    assert page.compared.verdict is Verdict.CONTAINED


def test_a_paper_of_no_state_of_the_book(
    window: MainWindow, part: Part[PaperPart], desk: Desk, settle: Settle
) -> None:
    page = part(window, "paper", PaperPart)
    page.code.setText("1234-5678-9ABC")
    page.look_up()
    settle(desk)
    assert page.compared is not None
    assert page.compared.verdict is Verdict.UNKNOWN
    assert page.note.property("tone") == "error"
    assert not page.figures.isVisible()


def test_what_is_no_code_is_said_beside_the_field(
    window: MainWindow, part: Part[PaperPart], desk: Desk, settle: Settle
) -> None:
    page = part(window, "paper", PaperPart)
    page.code.setText("neraca juni")
    page.look_up()
    settle(desk)
    assert page.compared is None
    assert "neraca juni" in page.code_row.message


# -- what looks odd ------------------------------------------------------------------------


def test_oddities_are_those_of_the_report_rule_by_rule(
    window: MainWindow, part: Part[OddPart], desk: Desk, sample_book: Book, qtbot: QtBot
) -> None:
    page = part(window, "odd", OddPart)
    report = sample_book.report("exceptions", Parameters(month="2026-06"), "id")
    shown = {rule.code: len(rule.found) for rule in page.rules if rule.code != DIGITS}
    assert shown == report.figures
    assert all(rule.why for rule in page.rules)
    asked = next(rule for rule in page.rules if any(each.document for each in rule.found))
    page.list.choose(asked.code)
    assert page.title.text() == asked.title
    place = next(i for i, each in enumerate(asked.found) if each.document)
    page.table.select(place)
    page.new_finding()
    dialog = opened(FindingDialog)
    odd = asked.found[place]
    assert (dialog.text.value(), dialog.document.value()) == (odd.text, odd.document)
    dialog.reject()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert window.place == "journal"


def test_the_whole_book_is_asked(
    window: MainWindow, part: Part[OddPart], desk: Desk, settle: Settle
) -> None:
    desk.show_month("2026-05")
    page = part(window, "odd", OddPart)
    assert not any(rule.found for rule in page.rules)
    page.span.choose("book")
    settle(desk)
    assert any(rule.found for rule in page.rules)


def test_first_digits_are_drawn_and_told(
    window: MainWindow, part: Part[OddPart], qtbot: QtBot
) -> None:
    page = part(window, "odd", OddPart)
    shares = (Share("1", 90, 300, 301), Share("2", 90, 300, 176))
    page.chart.show_shares("digits", shares)
    assert [each.odd for each in shares] == [False, True]
    page._stack.setCurrentIndex(2)
    page.chart.setFocus()
    qtbot.keyClick(page.chart, Qt.Key.Key_Right)
    assert page.chart.selected == 0
    assert "30,0%" in page.chart.describe(0)
    assert "30,1%" in page.chart.accessibleDescription()


# -- samples -------------------------------------------------------------------------------


def draw(page: SamplePart, settle: Settle, seed: str = "juni") -> None:
    page.new_sample()
    dialog = opened(SamplingDialog)
    dialog.of.choose("all")
    dialog.method.choose("random")
    dialog.count.set_whole(4)
    dialog.seed.set_value(seed)
    dialog.try_save()
    settle(page.desk)


def test_a_sample_says_what_it_comes_to_before_it_is_drawn(
    window: MainWindow, part: Part[SamplePart], desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    page = part(window, "sample", SamplePart)
    page.new_sample()
    dialog = opened(SamplingDialog)
    dialog.count.set_whole(3)
    qtbot.waitUntil(lambda: "3" in dialog.said.text())
    dialog.start.set_value(date(2026, 1, 1))
    dialog.end.set_value(date(2026, 1, 31))
    qtbot.waitUntil(lambda: dialog.said.property("tone") == "error")
    dialog.try_save()
    settle(desk)
    assert dialog.isVisible()
    assert not dialog.problem.isHidden()
    assert page.shown.record is None


def test_the_same_seed_draws_the_same_documents(
    window: MainWindow, part: Part[SamplePart], settle: Settle
) -> None:
    page = part(window, "sample", SamplePart)
    draw(page, settle)
    first = texts(page.table, 0)
    assert len(first) == 4
    draw(page, settle)
    assert page.shown.record is not None
    assert page.shown.record.name == "S-02"
    assert texts(page.table, 0) == first
    draw(page, settle, seed="another")
    assert texts(page.table, 0) != first


def test_ticks_are_kept_and_the_book_is_not_touched(
    window: MainWindow, part: Part[SamplePart], desk: Desk, settle: Settle, qtbot: QtBot,
    book_path: Path, desk_for: Callable[[Path], Desk], window_of: Callable[[Desk], MainWindow],
) -> None:  # fmt: skip
    page = part(window, "sample", SamplePart)
    before = book_path.read_bytes()
    draw(page, settle)
    numbers = texts(page.table, 0)
    with qtbot.waitActive(window):
        window.activateWindow()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    settle(desk)
    assert page.table.key == numbers[1]
    page.panel.buttons[DIFFERS].click()
    assert page.panel.audited_row.message == page.t("What does the paper say?")
    page.panel.audited.set_number(1_000)
    page.panel.buttons[DIFFERS].click()
    settle(desk)
    page.panel.buttons[MISSING].click()
    settle(desk)
    assert book_path.read_bytes() == before

    again = part(window_of(desk_for(book_path)), "sample", SamplePart)
    ticks = again.shown.ticks or {}
    assert {number: ticks[number].outcome for number in numbers[:3]} == {
        numbers[0]: AGREES, numbers[1]: DIFFERS, numbers[2]: MISSING,
    }  # fmt: skip
    assert ticks[numbers[1]].audited == 1_000
    assert texts(again.table, 3)[3] == again.t("Not looked at")


def test_a_finding_comes_with_its_document(
    window: MainWindow, part: Part[SamplePart], desk: Desk, settle: Settle
) -> None:
    page = part(window, "sample", SamplePart)
    draw(page, settle)
    page.tick(MISSING, None, "nota hilang")
    settle(desk)
    page.table.select(0)
    page.new_finding()
    dialog = opened(FindingDialog)
    number = texts(page.table, 0)[0]
    assert dialog.document.value() == number
    dialog.try_save()
    settle(desk)
    finding = json.loads(page.room.file.read_text(encoding="utf-8"))["findings"][0]
    assert (finding["document"], finding["text"]) == (number, "nota hilang")
    assert finding["amount"] == page.panel.difference()


def kept_table(
    paper: PaperDialog, writer: PaperWriter, desk: Desk, settle: Settle, folder: Path
) -> list[str]:
    """The lines of the table that the window of a paper keeps."""
    out = folder / "tabel.csv"
    with pytest.MonkeyPatch.context() as patched:
        chosen = (str(out), "")
        patched.setattr(
            "ui.pages.document_writing.QFileDialog.getSaveFileName", lambda *_a, **_k: chosen
        )
        paper.table.click()
    settle(desk)
    paper.close()
    assert not writer.busy
    return out.read_text(encoding="utf-8").splitlines()[1:]


def test_the_working_paper_can_be_seen(
    window: MainWindow, part: Part[SamplePart], desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    page = part(window, "sample", SamplePart)
    draw(page, settle)
    page.show_paper()
    settle(desk)
    paper = opened(PaperDialog)
    assert paper.windowTitle().endswith("S-01")
    assert kept_table(paper, page.writer, desk, settle, tmp_path)


def test_where_nothing_may_be_written_another_place_is_offered(
    window: MainWindow, part: Part[SamplePart], desk: Desk, settle: Settle, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    page = part(window, "sample", SamplePart)
    page.room.use(tmp_path / "gone" / "juni.kwt-audit")
    draw(page, settle)
    other = tmp_path / "mine"
    chosen = (str(other), "")
    monkeypatch.setattr("ui.pages.audit_room.QFileDialog.getSaveFileName", lambda *_a, **_k: chosen)
    buttons = opened(MessageDialog).findChildren(Button)
    next(each for each in buttons if each.property("kind") == "primary").click()
    settle(desk)
    assert page.room.file == other.with_suffix(".kwt-audit")
    assert page.room.file.exists()
    assert page.shown.record is not None


# -- letters of confirmation ---------------------------------------------------------------


def test_an_answer_that_differs_is_listed(
    window: MainWindow, part: Part[ConfirmPart], desk: Desk, settle: Settle
) -> None:
    page = part(window, "confirm", ConfirmPart)
    assert page.found is not None
    assert {each.state for each in page.found.letters} == {UNANSWERED}
    shop = next(each for each in page.found.letters if each.goods)
    page.table.choose(shop.code)
    page.enter_answer()
    dialog = opened(AnswerDialog)
    dialog.fill_as_book()
    goods = shop.goods[0]
    dialog.goods[goods.item].set_number(goods.quantity + 1_000)
    dialog.amount.set_number(shop.amount + 7_000)
    dialog.try_save()
    settle(desk)
    answered = page.letter
    assert answered is not None
    assert (answered.code, answered.state) == (shop.code, DIFFERS)
    assert answered.difference == 7_000
    assert page.kit.formats.number(shop.amount + 7_000) in texts(page.lines, 2)
    page.enter_answer()
    again = opened(AnswerDialog)
    again.fill_as_book()
    again.try_save()
    settle(desk)
    assert page.letter is not None
    assert page.letter.state == AGREES


def test_letters_are_of_those_asked_and_each_is_a_paper(
    window: MainWindow, part: Part[ConfirmPart], desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    page = part(window, "confirm", ConfirmPart)
    page.kind.choose("member")
    settle(desk)
    assert page.found is not None
    assert {each.kind for each in page.found.letters} == {"member"}
    last = page.found.letters[-1]
    paper = page.found.papers(last).parts[0]
    assert paper.addressee == last.name  # type: ignore[union-attr]
    page.print_one()
    settle(desk)
    letter = opened(PaperDialog)
    assert letter.windowTitle().startswith("K-")
    assert not hasattr(letter, "table"), "a letter is no table"
    letter.close()
    page.print_all()
    settle(desk)
    whole = "\n".join(kept_table(opened(PaperDialog), page.writer, desk, settle, tmp_path))
    assert all(each.name in whole for each in page.found.letters)


def test_nobody_to_write_to(
    window: MainWindow, part: Part[ConfirmPart], desk: Desk, settle: Settle
) -> None:
    page = part(window, "confirm", ConfirmPart)
    desk.show_month("2026-01")
    settle(desk)
    assert page.found is not None
    assert page.found.letters == ()
    assert not page.print_button.isEnabled()
    assert not page.table.isVisible()


# -- what it comes to ----------------------------------------------------------------------


def test_findings_answers_and_conclusion_are_kept(
    window: MainWindow, part: Part[WrapPart], desk: Desk, settle: Settle
) -> None:
    page = part(window, "wrap", WrapPart)
    page.new_finding()
    empty = opened(FindingDialog)
    empty.try_save()
    assert empty.isVisible()
    empty.text.restore("Kas belum dihitung bersama")
    empty.try_save()
    settle(desk)
    page.reply()
    reply = opened(ReplyDialog)
    reply.answer.restore("Mulai bulan depan dihitung berdua")
    reply.try_save()
    settle(desk)
    page.conclusion.restore("Wajar")
    page.keep_button.click()
    settle(desk)
    assert page.records is not None
    assert [each.answer for each in page.records.findings] == ["Mulai bulan depan dihitung berdua"]
    assert page.records.conclusion is not None
    assert page.records.conclusion.text == "Wajar"
    page.show_letter()
    settle(desk)
    paper = opened(PaperDialog)
    assert paper.windowTitle() == page.t("Letter of findings")
    assert paper.table.isEnabled()


def test_what_is_left_before_it_is_written_down_is_written_all_the_same(
    window: MainWindow, part: Part[WrapPart], desk: Desk, settle: Settle
) -> None:
    page = part(window, "wrap", WrapPart)
    page.new_finding()
    dialog = opened(FindingDialog)
    dialog.text.restore("Kas belum dihitung bersama")
    desk.tasks.hold()
    dialog.try_save()
    dialog.reject()
    delete(dialog)
    desk.tasks.go_on()
    settle(desk)
    assert page.records is not None
    assert [each.text for each in page.records.findings] == ["Kas belum dihitung bersama"]


def test_tab_leads_from_field_to_button_and_back(
    window: MainWindow, part: Part[WrapPart], qtbot: QtBot
) -> None:
    part(window, "wrap", WrapPart).new_finding()
    dialog = opened(FindingDialog)
    dialog.text.setFocus()
    seen: list[QWidget | None] = []
    while dialog.text not in seen:
        here = dialog.focusWidget()
        assert here is not None
        qtbot.keyClick(here, Qt.Key.Key_Tab)
        seen.append(dialog.focusWidget())
    fields = [dialog.document, dialog.amount, dialog.advice]
    assert seen[:3] == fields
    assert all(isinstance(each, Button) for each in seen[3:-1])


def test_where_nothing_can_be_written_the_dialog_can_be_saved_again(
    window: MainWindow, part: Part[WrapPart], desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    page = part(window, "wrap", WrapPart)
    page.room.use(tmp_path / "gone" / "x.kwt-audit")
    settle(desk)
    page.new_finding()
    dialog = opened(FindingDialog)
    dialog.text.restore("Kas belum dihitung bersama")
    dialog.try_save()
    settle(desk)
    opened(MessageDialog).reject()
    assert dialog.save_button.isEnabled()
    assert dialog.problem.text


def test_leaving_while_the_book_is_checked_is_no_mistake(
    window: MainWindow, part: Part[VerifyPart], desk: Desk, settle: Settle
) -> None:
    """The window is built anew in another language, say."""
    page = part(window, "verify", VerifyPart)
    desk.tasks.hold()
    page.run()
    delete(page)
    desk.tasks.go_on()
    settle(desk)


def test_the_pack_is_written(
    window: MainWindow, part: Part[WrapPart], desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    page = part(window, "wrap", WrapPart)
    out = tmp_path / "paket.zip"
    page.save_pack(out)
    qtbot.waitUntil(lambda: not desk.tasks.busy, timeout=60_000)
    with ZipFile(out) as archive:
        assert "check_book.py" in archive.namelist()


def test_another_copy_is_laid_beside_the_book(
    window: MainWindow, part: Part[WrapPart], desk: Desk, settle: Settle, book_path: Path,
    tmp_path: Path,
) -> None:  # fmt: skip
    copy = tmp_path / "cadangan.kwt"
    shutil.copyfile(book_path, copy)
    page = part(window, "wrap", WrapPart)
    page.compare(copy)
    settle(desk)
    assert page.comparison is not None
    assert page.compared.property("tone") == "good"
    page.show_comparison()
    settle(desk)
    assert kept_table(opened(PaperDialog), page.writer, desk, settle, tmp_path)
    bad = tampered(
        book_path, tmp_path / "bad.kwt", "UPDATE document SET recorded_by = 'X' WHERE sequence = 40"
    )
    page.compare(bad)
    settle(desk)
    assert page.compared.property("tone") == "error"


def test_the_file_chosen_is_remembered(
    window: MainWindow, part: Part[WrapPart], desk: Desk, settle: Settle, tmp_path: Path,
    desk_for: Callable[[Path], Desk], window_of: Callable[[Desk], MainWindow], book_path: Path,
) -> None:  # fmt: skip
    mine = tmp_path / "mine.kwt-audit"
    part(window, "wrap", WrapPart).room.use(mine)
    again = part(window_of(desk_for(book_path)), "wrap", WrapPart)
    assert again.room.file == mine
    assert mine.name in again.file.text()


def test_laying_books_side_by_side_can_be_cancelled(
    window: MainWindow, part: Part[WrapPart], desk: Desk, settle: Settle, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, book_path: Path,
) -> None:  # fmt: skip
    monkeypatch.setattr("kwt_books.services.compare.walk._EACH", 1)
    copy = tmp_path / "cadangan.kwt"
    shutil.copyfile(book_path, copy)
    page = part(window, "wrap", WrapPart)
    page.compare(copy)
    opened(LongWork).reject()
    settle(desk)
    assert page.comparison is None
    assert not page.compared.isVisible()


@pytest.mark.parametrize(
    ("kind", "section"),
    [(FindingDialog, "wrap"), (ReplyDialog, "wrap"), (SamplingDialog, "sample"),
     (AnswerDialog, "confirm")],
)  # fmt: skip
def test_each_dialog_knows_its_section_of_the_guide(kind: type[AuditDialog], section: str) -> None:
    assert kind.topic == PLACES[f"audit/{section}"]


def test_f1_opens_the_guide_from_a_dialog(
    window: MainWindow, part: Part[WrapPart], qtbot: QtBot
) -> None:
    part(window, "wrap", WrapPart).new_finding()
    dialog = opened(FindingDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    found = dialog.findChild(HelpDialog)
    assert isinstance(found, HelpDialog)
    assert found.topic == "audit#wrap"


# -- thresholds ----------------------------------------------------------------------------


def limits(window: MainWindow, settle: Settle) -> OddLimitsPage:
    window.show_place(Destination("settings", "odd"))
    settle(window.desk)
    assert isinstance(window.page, SettingsPage)
    found = window.page._made["odd"]
    assert isinstance(found, OddLimitsPage)
    return found


def test_thresholds_are_a_persons_own_and_hold_everywhere(
    window: MainWindow, part: Part[OddPart], desk: Desk, settle: Settle, book_path: Path
) -> None:
    before = book_path.read_bytes()
    page = limits(window, settle)
    assert page.read() == Thresholds()
    page.rows["cash_limit"].field.set_number(1_000_000)
    page.rows["loss_tolerance"].field.set_number(12_500)
    page.rows["unsettled_days"].field.set_number(30_000)
    page.save()
    settle(desk)
    wanted = Thresholds(cash_limit=1_000_000, loss_tolerance=125, unsettled_days=30)
    assert desk.preferences.thresholds(book_path, desk.person.name) == wanted
    assert desk.preferences.thresholds(book_path, "Somebody else") == Thresholds()
    odd = part(window, "odd", OddPart)
    assert "3 ambang" in odd.period.text()
    assert any(rule.found for rule in odd.rules if rule.code == "much-cash")
    assert not audit_path(book_path).exists()
    assert book_path.read_bytes() == before


def test_no_word_of_the_tabs_is_cut_off_with_the_largest_letters(
    desk: Desk, theme: Theme, window_of: Callable[[Desk], MainWindow], settle: Settle, qtbot: QtBot
) -> None:
    theme.use(Mode.LIGHT, TEXT_SIZES[-1])
    try:
        window = window_of(desk)
        limits(window, settle)
        assert isinstance(window.page, SettingsPage)
        tabs = window.page.tabs.findChildren(QAbstractButton)

        def whole() -> bool:
            shown = [each for each in tabs if each.isVisible()]
            return bool(shown) and all(each.width() >= each.sizeHint().width() for each in shown)

        qtbot.waitUntil(whole)
    finally:
        theme.use(Mode.LIGHT, 100)


def test_senseless_thresholds_are_not_kept(
    window: MainWindow, desk: Desk, settle: Settle, book_path: Path
) -> None:
    page = limits(window, settle)
    page.rows["day_begins"].field.set_number(13_000)
    page.rows["receipt_from"].field.set_number(None)
    page.save()
    settle(desk)
    assert page.rows["day_begins"].message
    assert page.rows["receipt_from"].message
    assert desk.preferences.thresholds(book_path, desk.person.name) == Thresholds()
    page.fill(Thresholds())
    assert page.read() == Thresholds()


class TestAuditor:
    """The auditor's role: everything is looked at, nothing is recorded."""

    @pytest.fixture
    def person(self) -> Person:
        return Person("Dwi Hartati", Role.AUDITOR)

    def test_thresholds_are_kept_in_the_audits_own_file(
        self, window: MainWindow, part: Part[OddPart], desk: Desk, settle: Settle, book_path: Path
    ) -> None:
        """What somebody else set on this computer, or under the auditor's name, is nothing."""
        lax = Thresholds(cash_limit=10**9)
        desk.preferences.note_thresholds(book_path, desk.person.name, lax)
        page = limits(window, settle)
        assert page.read() == Thresholds()
        for amount in (1_000_000, 3_000_000):
            page.rows["cash_limit"].field.set_number(amount)
            page.save()
            settle(desk)
        kept = json.loads(audit_path(book_path).read_text(encoding="utf-8"))["thresholds"]
        assert [(each["name"], each["value"]) for each in kept] == [
            ("cash_limit", 1_000_000), ("cash_limit", 3_000_000),
        ]  # fmt: skip
        assert all(each["by"] and each["at"] for each in kept)
        odd = part(window, "odd", OddPart)
        assert "1 ambang" in odd.period.text()

    def test_every_part_is_shown_and_the_book_stays_as_it_is(
        self, window: MainWindow, desk: Desk, settle: Settle, book_path: Path
    ) -> None:
        before = book_path.read_bytes()
        assert isinstance(window.page, AuditPage)
        for name in window.page.tabs.names:
            window.show_place(Destination("audit", name))
            settle(desk)
            assert window.page.part == name
        assert book_path.read_bytes() == before
