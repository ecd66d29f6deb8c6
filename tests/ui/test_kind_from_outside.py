"""A kind of document that comes from outside is everywhere that kinds are: four files and a call.

`tests.ui.rental` holds it: its declaration, its command, its words and its form.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.access import Role, may_record
from kwt_books.domain.documents.registry import CODECS, encode_command, parse_command
from kwt_books.domain.errors import Issue, StreamError
from kwt_books.domain.kind import Form, Kind, named
from kwt_books.domain.kinds import KINDS, VOUCHER, forms, register
from kwt_books.i18n.catalogue import Translator
from kwt_books.i18n.formats import Formats
from kwt_books.reports.context import Parameters
from kwt_books.reports.diary import Sought, diary_page
from kwt_books.reports.papers import Receipt
from kwt_books.reports.story import story
from kwt_books.services.explain import explain
from kwt_books.services.slips import papers_of, slip
from tests.books import book_at
from tests.ui.diary.hand import page_of
from tests.ui.every_form import EveryForm, form_of
from tests.ui.rental import RENTAL
from tests.ui.rental.command import Rental
from tests.ui.sample_parts import lines_of
from tests.ui.test_corrections import Corrector
from tests.ui.windows import at_rest, window_over
from ui.kit.workspace import Workspace

BookOf = Callable[..., Book]
LET = {"kind": "rental", "date": "2026-07-01", "tool": "Traktor", "into": "1101", "amount": 75_000}
COMMAND = Rental(date=date(2026, 7, 1), tool="Traktor", into="1101", amount=75_000)


@pytest.fixture
def rental() -> Iterator[Kind]:
    register(RENTAL)
    yield RENTAL
    del KINDS[RENTAL.name]
    CODECS.pop(RENTAL.name, None)


@pytest.fixture
def book(rental: Kind, book_of: BookOf, sample_stream: Path) -> Book:
    """The sample month and, by its stream, a rental after it."""
    return book_of(*lines_of(sample_stream), LET)


@pytest.fixture
def number(book: Book) -> str:
    (line,) = book.read_in("id", diary_page, Sought(kinds=("rental",))).lines
    return line.number


def test_it_costs_four_files() -> None:
    files = [path for path in (Path(__file__).parent / "rental").iterdir() if path.is_file()]
    assert len(files) <= 4


def test_a_stream_brings_it_only_where_it_is_registered(
    books: Books, tmp_path: Path, sample_stream: Path
) -> None:
    with pytest.raises(StreamError) as error:
        book_at(books, tmp_path / "book.kwt", [*lines_of(sample_stream), LET])
    assert [(issue.code, issue.params["kind"]) for issue in error.value.issues] == [
        ("unknown-kind", "rental")
    ]
    assert list(tmp_path.glob("*.kwt")) == []


@pytest.mark.usefixtures("rental")
def test_the_registry_reads_and_writes_it() -> None:
    issues: list[Issue] = []
    assert parse_command(dict(LET), issues) == COMMAND
    assert encode_command(COMMAND) == LET
    assert parse_command({"kind": "rental", "date": "2026-07-01", "amount": -1}, issues) is None
    assert {issue.field for issue in issues} == {"amount", "tool", "into"}


def test_its_own_refusals_are_those_of_the_book(book: Book) -> None:
    issues = book.check(Rental(date=date(2026, 7, 1), tool="12", into="1101", amount=1))
    assert [issue.field for issue in issues] == ["tool"]


def test_the_diary_lists_it_and_a_search_finds_it(book: Book, number: str) -> None:
    (line,) = book.read_in("id", diary_page, Sought(kinds=("rental",))).lines
    assert (line.text, line.amount) == ("Traktor let for money", 75_000)
    for text in ("tools let", "let money", "traktor", "75.000"):
        assert number in [
            each.number for each in book.read_in("id", diary_page, Sought(text)).lines
        ], text


def test_its_story_is_told(book: Book, number: str) -> None:
    told = book.read_in("id", story, number)
    assert told.title == RENTAL.title
    assert "".join(each.text for each in told.told) == "Traktor was let for Rp75.000."
    assert {(each.code, each.amount) for each in told.postings} == {
        ("1101", 75_000),
        ("7102", -75_000),
    }
    assert told.correctable


def test_who_may_record_it(rental: Kind) -> None:
    assert [role for role in Role if may_record(role, rental.name)] == [Role.CHAIR]


@pytest.mark.usefixtures("rental")
def test_a_refusal_names_it() -> None:
    refused = Issue("", "not-permitted", {"role": "treasurer", "kind": "rental"})
    said = explain(refused, None, Translator("id"), Formats("id"))
    assert RENTAL.title in said


def test_its_papers(book: Book, number: str) -> None:
    assert book.read(papers_of, number) == (*RENTAL.papers, VOUCHER)
    (part,) = book.paper("id", slip, number).parts
    assert isinstance(part, Receipt)
    assert (part.amount, part.purpose) == (75_000, "Traktor let")
    out = io.BytesIO()
    Books.write(book.paper("id", slip, number), "pdf", out)
    assert out.getvalue().startswith(b"%PDF")


def test_exports_say_it(book: Book, number: str, books: Books, tmp_path: Path) -> None:
    written = {}
    for name in ("stream", "hledger", "beancount"):
        out = io.BytesIO()
        book.export(name, out)
        written[name] = out.getvalue().decode()
    line = json.loads(written["stream"].splitlines()[-1])
    assert {key: line[key] for key in LET} == LET
    assert f"2026-07-01 * ({number}) Traktor let for money" in written["hledger"]
    assert "    ; kind: rental" in written["hledger"]
    assert f'2026-07-01 * "Traktor let for money" ^{number}' in written["beancount"]
    assert '  kind: "rental"' in written["beancount"]
    again = books.open(book_at(books, tmp_path / "again.kwt", written["stream"].splitlines()))
    out = io.BytesIO()
    again.export("stream", out)
    again.close()
    assert out.getvalue().decode() == written["stream"], "what was written is read the same"


def test_verify_passes_over_it(book: Book, number: str) -> None:
    assert number
    assert [each.check for each in book.verify() if not each.passed] == []


def test_the_cash_flow_knows_where_its_money_belongs(book: Book) -> None:
    asked = Parameters(month="2026-07")
    report = book.report("cash-flow", asked, "id")
    amounts = {row.code: row.cells[0] for row in report.rows if row.code}
    assert amounts["from_customers"] == 75_000


# -- the desktop -------------------------------------------------------------------------------


@pytest.mark.usefixtures("rental")
def test_its_form_records_it_and_its_topic_is_that_of_help(
    workspace: Workspace, qtbot: QtBot
) -> None:
    every = EveryForm(workspace, qtbot)
    form = form_of(every.open("letting", {"tool": "Traktor", "amount": 75_000}))
    assert form is not None
    form.save()
    every.settle()
    found = []
    workspace.tasks.run(
        lambda book: book.read_in("id", diary_page, Sought(kinds=("rental",))), found.append
    )
    every.settle()
    assert [line.amount for line in found[0].lines] == [75_000]
    assert next(form.topic for form in forms() if form.name == "letting") == "cash#receive"


@pytest.mark.usefixtures("rental")
def test_perbaiki_undoes_it_and_opens_its_form_again(workspace: Workspace, qtbot: QtBot) -> None:
    corrector = Corrector(workspace, qtbot)
    assert corrector.undo(corrector.record(dict(LET))) is None
    dialog = corrector.every.window.form("letting")
    form = form_of(dialog) if dialog is not None else None
    assert form is not None
    again = encode_command(form.command())
    del again["id"]
    assert again == LET


@pytest.mark.usefixtures("rental")
def test_the_diary_offers_it_and_prints_its_paper(workspace: Workspace, qtbot: QtBot) -> None:
    window = window_over(workspace, qtbot, "journal")
    page = page_of(window)
    workspace.tasks.record(COMMAND, lambda recorded: page.open(recorded.number))
    workspace.show_month("2026-07")
    at_rest(workspace, qtbot)
    page.filter.kind.set_value("rental")
    at_rest(workspace, qtbot)
    assert page.filter.kind.currentText() == RENTAL.title
    assert [line.kind for line in page.model.lines] == ["rental"]
    qtbot.waitUntil(lambda: page.document.story is not None)
    titles = [text for text, _act, _icon in page.document.menu_actions()]
    assert any("Receipt of a rental" in text for text in titles)


# -- the kinds of the program -------------------------------------------------------------------


@pytest.mark.parametrize("kind", [*KINDS.values(), RENTAL], ids=lambda kind: kind.name)
def test_all_that_a_kind_names_is_there(kind: Kind) -> None:
    """Modules are named by text, so that no import says when one of them moves."""
    assert named(kind.command).kind == kind.name
    makers = [each.make for each in (*kind.papers, *kind.forms)]
    for path in filter(None, (kind.described, kind.narrative, *makers)):
        assert callable(named(path)), path


# -- what is refused ---------------------------------------------------------------------------


@pytest.mark.usefixtures("rental")
@pytest.mark.parametrize(
    "kind",
    [
        Kind(name="rental", command="x:X"),
        Kind(name="sale", command="x:X"),
        Kind(name="other", command="x:X", forms=(Form("letting", "x:x", "start"),)),
    ],
    ids=["twice", "a kind of the program", "a form of another"],
)
def test_a_name_that_is_taken_is_refused(kind: Kind) -> None:
    before = dict(KINDS)
    with pytest.raises(ValueError, match="already"):
        register(Kind(name="new", command="x:X"), kind)
    assert before == KINDS
