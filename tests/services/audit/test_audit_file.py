"""Working papers and the audit's own file, on a book that stays as it is."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.audit import Thresholds
from kwt_books.domain.errors import BookError, InvalidDocument, RuleError, StorageError
from kwt_books.domain.sampling import Method, Plan
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import Report, Row, RowKind
from kwt_books.services.audit.file import (
    Answer,
    AuditFile,
    Count,
    Finding,
    Item,
    Records,
    SampleRecord,
    Threshold,
    Tick,
)
from kwt_books.services.audit.sampling import Asked
from tests.books import rows

JUNE = Parameters(month="2026-06")
PLAN = Plan(Method.MONETARY, "benih-1", 500_000)


@pytest.fixture
def book(books: Books, sample_path: Path, tmp_path: Path) -> Iterator[Book]:
    """The sample month alone in a folder, opened for audit."""
    path = tmp_path / "juni.kwt"
    shutil.copyfile(sample_path, path)
    book = books.open(path, read_only=True)
    yield book
    book.close()


def lines(report: Report) -> list[Row]:
    return [row for row in report.rows if row.kind is RowKind.LINE]


def text_of(books: Books, pack: Any) -> str:
    out = BytesIO()
    books.write(pack, "text", out)
    return out.getvalue().decode()


@pytest.mark.parametrize("first", [True, False])
def test_what_a_failing_disk_refuses_is_not_written_down(
    first: bool, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fails once the file bears its name."""
    if not first:
        book.audit.notebook.find("Kas kurang.")

    def fails_late(made: Path, path: Path) -> None:
        made.replace(path)
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as failing:
        failing.setattr("kwt_books.services.audit.file.take_place", fails_late)
        with pytest.raises(StorageError, match="cannot-write"):
            book.audit.notebook.find("Nota hilang.")
    book.audit.notebook.find("Paraf tidak ada.")
    found = [each.text for each in book.audit.notebook.read().findings]
    assert found == ([] if first else ["Kas kurang."]) + ["Paraf tidak ada."]


# -- populations ---------------------------------------------------------------------------


def test_payments_are_what_left_the_cash_accounts(book: Book) -> None:
    every = Plan(Method.RANDOM, "x", 0, size=1_000)
    report = book.audit.sample(every, Asked("payments"), JUNE, "id").reports[0]
    journal = book.report("cash-book", JUNE, "id")
    query = (
        "SELECT d.number, -sum(p.amount) FROM document d JOIN posting p"
        " ON p.document = d.sequence WHERE p.account IN ('1101', '1102', '1103', '1104')"
        " AND d.corrects IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM document c WHERE c.corrects = d.sequence)"
        " GROUP BY d.sequence HAVING sum(p.amount) < 0"
    )
    expected = {*book.read(rows, query)}
    assert {(row.code, row.cells[3]) for row in lines(report)} == expected
    assert report.figures["population_value"] == sum(amount for _, amount in expected)
    assert journal.head == report.head


def test_an_account_is_a_population_of_its_own(book: Book) -> None:
    every = Plan(Method.RANDOM, "x", 0, size=1_000)
    report = book.audit.sample(every, Asked("6101"), JUNE, "id").reports[0]
    assert [row.cells[3] for row in lines(report)] == [200_000]
    with pytest.raises(RuleError) as refused:
        book.audit.sample(every, Asked("9999"), JUNE, "id")
    assert refused.value.code == "unknown-account"


def test_a_sample_comes_in_every_format(books: Books, book: Book) -> None:
    for method in Method:
        plan = Plan(method, "benih", 400_000)
        pack = book.audit.sample(plan, Asked("all"), JUNE, "en")
        for format_ in ("pdf", "xlsx", "csv", "json"):
            out = BytesIO()
            books.write(pack, format_, out)
            assert out.getvalue()
        text = text_of(books, pack)
        assert "☐" in text
        assert "benih" in text
        assert "SHA-256" in text


# -- the audit's file ------------------------------------------------------------------------


def test_the_book_is_left_alone(book: Book) -> None:
    before = {each.name: each.read_bytes() for each in book.path.parent.iterdir()}
    book.audit.sample(PLAN, Asked(), JUNE, "id", keep="S1")
    book.audit.notebook.find("Kuitansi hilang")
    after = {each.name: each.read_bytes() for each in book.path.parent.iterdir()}
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() == {"juni.kwt-audit"}


def test_ticks_stand_on_the_working_paper(book: Book) -> None:
    drawn = book.audit.sample(PLAN, Asked(), JUNE, "id", keep="S1").reports[0]
    notebook = book.audit.notebook
    first, second, third = (str(row.code) for row in lines(drawn)[:3])
    amounts = {str(row.code): row.cells[3] for row in lines(drawn)}
    notebook.tick("S1", first)
    notebook.tick("S1", second, "missing")
    notebook.tick("S1", third, "missing")
    notebook.tick("S1", third, "differs", audited=1_000, note="nota Rp1.000")
    paper = book.audit.working_paper("S1", "id").reports[0]
    marks = {str(row.code): row.cells[4:] for row in lines(paper)}
    assert marks[first][:3] == ("☑", "☑", "☑")
    assert marks[second][:2] == ("☐", "☐")
    assert marks[third][:2] == ("☑", "☐")
    assert "nota Rp1.000" in str(marks[third][3])
    assert [row.code for row in lines(paper)] == [row.code for row in lines(drawn)]
    assert paper.figures["errors"] == 2
    assert paper.figures["error_found"] == amounts[second] + amounts[third] - 1_000


def test_a_working_paper_is_of_the_days_of_its_sample(book: Book) -> None:
    days = Parameters(start=date(2026, 6, 5), end=date(2026, 6, 20))
    drawn = book.audit.sample(PLAN, Asked(), days, "id", keep="S1").reports[0]
    paper = book.audit.working_paper("S1", "id").reports[0]
    assert (paper.period, paper.parameters) == (drawn.period, drawn.parameters)
    assert paper.title == f"{drawn.title} S1"


@pytest.mark.parametrize(
    ("method", "by", "said"),
    [(Method.STRATIFIED, "kind", "Strata are by kind of document and sized by their value"),
     (Method.STRATIFIED, "month", "Strata are by month and"),
     (Method.RANDOM, "amount", "its remainder by {count} is a place in the list"),
     (Method.MONETARY, "amount", "its remainder by {interval} plus one")],
)  # fmt: skip
def test_how_it_is_drawn_again_stands_below(method: Method, by: str, said: str, book: Book) -> None:
    plan = Plan(method, "benih-1", 500_000)
    report = book.audit.sample(plan, Asked(by=by), JUNE, "en").reports[0]
    figures = {"count": report.figures["population"], "interval": report.figures["interval"]}
    text = said.format(**{name: f"{each:,}" for name, each in figures.items()})
    assert text in " ".join(report.closing)
    assert "the text benih-1:" in report.closing[-1]
    assert "Materiality Rp500,000, confidence 95%, no error expected." in report.closing


def test_a_sample_is_the_same_whoever_draws_it(book: Book, tmp_path: Path) -> None:
    kept = book.audit.sample(PLAN, Asked(), JUNE, "id", keep="S1").reports[0]
    again = book.audit.sample(PLAN, Asked(), JUNE, "en").reports[0]
    elsewhere = book.audit.with_file(tmp_path / "lain.kwt-audit")
    other = elsewhere.sample(PLAN, Asked(), JUNE, "id", keep="S1").reports[0]
    codes = [[row.code for row in lines(each)] for each in (kept, again, other)]
    assert codes[0] == codes[1] == codes[2]


def test_findings_reach_the_letter(books: Books, book: Book) -> None:
    book.audit.sample(PLAN, Asked(), JUNE, "id", keep="S1")
    notebook = book.audit.notebook
    notebook.find("Kuitansi hilang", "BKK-2606-0003", 48_000, "Minta salinan")
    finding = notebook.find("Kas tidak dihitung dua orang")
    notebook.reply(finding.number, "Mulai Juli dihitung berdua")
    notebook.conclude("Laporan menyajikan keadaan yang sebenarnya.")
    for language, heading in (("id", "TEMUAN"), ("en", "FINDINGS")):
        text = text_of(books, book.audit.letter(language))
        assert heading in text
        for said in ("Kuitansi hilang", "BKK-2606-0003", "Minta salinan", "dua orang",
                     "dihitung berdua", "sebenarnya", "benih-1"):  # fmt: skip
            assert said in " ".join(text.split())
    notebook.conclude("Baik.\n\nSelesai.")
    (report,) = book.audit.letter("id").reports
    (at,) = (n for n, row in enumerate(report.rows) if row.label == "Kesimpulan")
    assert report.rows[at].kind is RowKind.SECTION
    assert [(row.label, row.kind) for row in report.rows[at + 1 : at + 3]] == [
        ("Baik.", RowKind.NOTE), ("Selesai.", RowKind.NOTE),
    ]  # fmt: skip
    out = BytesIO()
    books.write(book.audit.letter("id"), "pdf", out)
    paper = " ".join(PdfReader(out).pages[-1].extract_text().split())
    by = book.person.name
    assert f"Pemeriksa, {by}" in paper
    assert "Pemeriksa:" not in paper
    assert "Bendahara" not in paper


def test_an_audit_without_anything_written_is_a_letter_too(books: Books, book: Book) -> None:
    assert "Tidak ada temuan" in text_of(books, book.audit.letter("id"))
    assert not list(book.path.parent.glob("*.kwt-audit"))


def test_what_was_written_is_read_again(book: Book) -> None:
    book.audit.sample(PLAN, Asked(), JUNE, "id", keep="S1")
    notebook = book.audit.notebook
    document = notebook.sample("S1").items[0].document
    notebook.tick("S1", document, "differs", audited=0, note="é ✓")
    notebook.find("Temuan")
    notebook.enter("shop:siti", date(2026, 6, 30), amount=-5, goods={"keripik-bayam": 1_500})
    notebook.conclude("Selesai")
    records = notebook.read()
    assert records == book.audit.notebook.read()
    assert records.ticks[0].audited == 0
    assert records.ticks[0].note == "é ✓"
    assert records.answers[0].amount == -5
    assert records.answers[0].goods[0].quantity == 1_500
    assert records.conclusion is not None
    assert records.samples[0].drawn().plan == PLAN


def test_thresholds_are_kept_each_with_who_set_it(book: Book) -> None:
    notebook = book.audit.notebook
    wanted = Thresholds(round_to=100_000, cash_limit=3_000_000)
    notebook.set_thresholds(wanted)
    notebook.set_thresholds(wanted)
    made = notebook.read().thresholds
    assert {(each.name, each.value) for each in made} == {
        ("round_to", 100_000), ("cash_limit", 3_000_000),
    }  # fmt: skip
    assert all(each.by and each.at for each in made)
    assert book.audit.notebook.read().held_thresholds == wanted
    notebook.set_thresholds(Thresholds(round_to=100_000))
    assert len(notebook.read().thresholds) == 3, "each change can be seen"
    assert notebook.read().held_thresholds == Thresholds(round_to=100_000)


# -- refusals --------------------------------------------------------------------------------


def refused(call: Any) -> str:
    with pytest.raises(BookError) as found:
        call()
    return found.value.code


def test_what_makes_no_sense_is_refused(book: Book) -> None:
    book.audit.sample(PLAN, Asked(), JUNE, "id", keep="S1")
    notebook = book.audit.notebook
    document = notebook.sample("S1").items[0].document
    again = lambda: book.audit.sample(PLAN, Asked(), JUNE, "id", keep="S1")  # noqa: E731
    assert refused(again) == "sample-exists"
    assert refused(lambda: notebook.tick("S2", document)) == "unknown-sample"
    assert refused(lambda: notebook.tick("S1", "BKM-9999-0001")) == "not-in-sample"
    assert refused(lambda: notebook.tick("S1", document, "maybe")) == "not-a-choice"
    assert refused(lambda: notebook.find(" ")) == "empty-text"
    assert refused(lambda: notebook.reply(7, "x")) == "unknown-finding"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (lambda notebook: notebook.find("x" * 4_001), "text-too-long"),
        (lambda notebook: notebook.find("Kuitansi \v hilang"), "unreadable-text"),
        (lambda notebook: notebook.find("Kuitansi", amount=-1), "negative"),
        (lambda notebook: notebook.find("Kuitansi", document=" BKK-2606-0001"), "spaces-around"),
        (lambda notebook: notebook.reply(1, "x" * 4_001), "text-too-long"),
        (lambda notebook: notebook.conclude("x" * 4_001), "text-too-long"),
        (lambda notebook: notebook.enter("shop:siti", date(1999, 1, 1)), "bad-date"),
        (lambda notebook: notebook.enter("shop:siti", date(2026, 6, 30), 10**16), "too-large"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(book: Book, written: Any, code: str) -> None:
    notebook = book.audit.notebook
    notebook.find("Kas tidak dihitung dua orang")
    before = notebook.read()
    assert refused(lambda: written(notebook)) == code
    assert notebook.read() == before


def test_a_sample_whose_name_could_not_be_read_again_is_not_kept(book: Book) -> None:
    keep = lambda: book.audit.sample(PLAN, Asked(), JUNE, "id", keep=" S1")  # noqa: E731
    assert refused(keep) == "spaces-around"
    assert book.audit.notebook.read().samples == ()


AT = "2026-06-30T10:00:00+07:00"
SAMPLE = SampleRecord(
    name="S1", method=Method.RANDOM, of="all", by="amount", start=date(2026, 6, 1),
    end=date(2026, 6, 30), seed="x", materiality=0, confidence=95, count=1, value=1,
    head="0" * 64, items=(), at=AT, drawn_by="Ani",
)  # fmt: skip
ITEM = Item(document="BKM-2606-0001", amount=1)


def sampled(**said: Any) -> dict[str, Any]:
    return {"samples": (replace(SAMPLE, **said),)}


def listed(**said: Any) -> dict[str, Any]:
    return sampled(items=(replace(ITEM, **said),))


def ticked(**said: Any) -> dict[str, Any]:
    tick = Tick(sample="S1", document="BKM-2606-0001", outcome="agrees", at=AT, by="Ani")
    return {"ticks": (replace(tick, **said),)}


def found(**said: Any) -> dict[str, Any]:
    return {"findings": (replace(Finding(number=1, text="x", at=AT, by="Ani"), **said),)}


def counted(**said: Any) -> dict[str, Any]:
    goods = (replace(Count(item="keripik", quantity=0), **said),)
    return {"answers": (Answer(letter="a", day=date(2026, 6, 30), goods=goods, at=AT, by="Ani"),)}


def limited(**said: Any) -> dict[str, Any]:
    return {"thresholds": (replace(Threshold(name="round_to", value=0, at=AT, by="A"), **said),)}


@pytest.mark.parametrize(
    ("made", "key", "least", "most"),
    [
        (sampled, "materiality", 0, None), (sampled, "confidence", 1, 99),
        (sampled, "size", 0, None), (sampled, "count", 1, None), (sampled, "value", 1, 10**18),
        (sampled, "interval", 0, 10**18), (sampled, "first", 0, 10**18),
        (listed, "amount", 1, None), (listed, "hits", 1, None), (ticked, "audited", 0, None),
        (found, "number", 1, 9_999), (found, "amount", 0, None), (counted, "quantity", 0, 10**15),
        (limited, "value", 0, 10**12),
    ],
)  # fmt: skip
def test_figures_of_the_file_keep_their_bounds(
    made: Callable[..., dict[str, Any]], key: str, least: int, most: int | None, tmp_path: Path
) -> None:
    """What the file takes it reads again; one less or one more it refuses."""
    file = AuditFile(tmp_path / "x.kwt-audit", "1" * 64)
    for value in (least, *([most] if most is not None else ())):
        records = Records(format=1, book="1" * 64, **made(**{key: value}))
        file.write(records)
        assert file.read() == records
    for value in (least - 1, *([most + 1] if most is not None else ())):
        with pytest.raises(InvalidDocument):
            file.write(Records(format=1, book="1" * 64, **made(**{key: value})))


@pytest.mark.parametrize(("made", "key"), [(sampled, "seed"), (ticked, "by"), (found, "by")])
def test_names_in_the_file_have_two_hundred_signs_at_most(
    made: Callable[..., dict[str, Any]], key: str, tmp_path: Path
) -> None:
    file = AuditFile(tmp_path / "x.kwt-audit", "1" * 64)
    file.write(Records(format=1, book="1" * 64, **made(**{key: "x" * 200})))
    with pytest.raises(InvalidDocument):
        file.write(Records(format=1, book="1" * 64, **made(**{key: "x" * 201})))


def test_what_an_audit_does_not_say_is_read_as_nothing(tmp_path: Path) -> None:
    """A file that leaves out what may be left out: each is one hit, and of no stratum."""
    file = AuditFile(tmp_path / "x.kwt-audit", "1" * 64)
    file.write(Records(format=1, book="1" * 64, **listed()))
    (sample,) = file.read().samples
    assert (sample.size, sample.interval, sample.first) == (0, 0, 0)
    assert [(each.hits, each.stratum) for each in sample.items] == [(1, "")]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"format": 2}', '{"format": 1}', '{"format": 1.0, "book": "x"}', "{}"]
)
def test_a_file_that_is_none_is_refused_and_left(book: Book, text: str) -> None:
    path = book.path.with_name("juni.kwt-audit")
    path.write_text(text, encoding="utf-8")
    assert refused(lambda: book.audit.notebook.find("x")) == "bad-audit-file"
    assert path.read_text("utf-8") == text


def sealed(found: dict[str, Any]) -> str:
    """A file that says this, under its right seal."""
    said = {key: each for key, each in found.items() if key != "seal"}
    plain = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return json.dumps(said | {"seal": sha256(plain.encode("utf-8")).hexdigest()})


def test_lists_that_are_said_to_be_empty_are_so(tmp_path: Path) -> None:
    path = tmp_path / "x.kwt-audit"
    file = AuditFile(path, "1" * 64)
    file.write(Records(format=1, book="1" * 64, **sampled(), **counted()))
    found = json.loads(path.read_text("utf-8"))
    found["samples"][0]["items"] = found["answers"][0]["goods"] = []
    path.write_text(sealed(found | {"ticks": [], "findings": [], "thresholds": []}), "utf-8")
    records = file.read()
    assert (records.samples[0].items, records.answers[0].goods) == ((), ())
    assert (records.ticks, records.findings, records.thresholds) == ((), (), ())
    path.write_text(sealed({"format": 1, "book": "1" * 64, "samples": [], "answers": []}), "utf-8")
    assert file.read() == Records(format=1, book="1" * 64)


def test_a_file_of_a_later_program_is_refused(book: Book) -> None:
    """Its seal is right, and its form another: it may hold what would be lost here."""
    book.audit.notebook.find("Kas kurang.")
    path = book.path.with_name("juni.kwt-audit")
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["format"] == 1
    for form in (0, 2):
        path.write_text(sealed(found | {"format": form}), encoding="utf-8")
        assert refused(lambda: book.audit.notebook.find("x")) == "bad-audit-file"


def unsealed(found: dict[str, Any]) -> None:
    del found["seal"]


def another_word(found: dict[str, Any]) -> None:
    found["findings"][0]["text"] = "Tidak ada temuan"


def without_it(found: dict[str, Any]) -> None:
    found["findings"] = []


@pytest.mark.parametrize("change", [unsealed, another_word, without_it])
def test_a_file_that_was_changed_outside_of_the_program_is_refused(book: Book, change: Any) -> None:
    book.audit.notebook.find("Kas kurang")
    path = book.path.with_name("juni.kwt-audit")
    found = json.loads(path.read_text("utf-8"))
    change(found)
    text = json.dumps(found, ensure_ascii=False, indent=1)
    path.write_text(text, encoding="utf-8")
    assert refused(book.audit.notebook.read) == "audit-file-changed"
    assert refused(lambda: book.audit.notebook.find("x")) == "audit-file-changed"
    assert path.read_text("utf-8") == text


def test_a_file_that_was_only_laid_out_anew_is_read(book: Book) -> None:
    notebook = book.audit.notebook
    notebook.find("Kas kurang “dua” rupiah")
    path = book.path.with_name("juni.kwt-audit")
    before = notebook.read()
    path.write_text(
        json.dumps(json.loads(path.read_text("utf-8")), sort_keys=True), encoding="utf-8"
    )
    assert notebook.read() == before


def test_the_file_of_another_book_is_refused(book: Book) -> None:
    book.audit.notebook.find("x")
    path = book.path.with_name("juni.kwt-audit")
    other = json.loads(path.read_text("utf-8")) | {"book": "0" * 63 + "1"}
    path.write_text(json.dumps(other), encoding="utf-8")
    assert refused(book.audit.notebook.read) == "audit-of-another-book"


def test_a_folder_that_takes_nothing_is_said(book: Book, tmp_path: Path) -> None:
    desk = book.audit.with_file(tmp_path / "no-such-folder" / "x.kwt-audit")
    with pytest.raises(StorageError) as found:
        desk.notebook.find("x")
    assert found.value.code == "cannot-write"
