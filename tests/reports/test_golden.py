"""Every report of the sample month as text, in both languages, to be read by a person; and what an
audit of it writes on paper.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.audit import Thresholds
from kwt_books.domain.sampling import Method, Plan
from kwt_books.reports.context import Parameters
from kwt_books.reports.packs import Pack
from kwt_books.reports.registry import KINDS
from kwt_books.services.audit.sampling import Asked
from tests.books import column

from .conftest import GOLDEN

ASKED: dict[str, Parameters] = {
    "stock-card": Parameters(month="2026-06", item="keripik-bayam"),
    "document": Parameters(number="BKK-2606-0001"),
}
"""What a report can't do without, or says most about the month with."""
MONTH = Parameters(month="2026-06")
SECOND = (
    "programme", "member-shares", "savings-card", "savings-grid", "dues", "budget", "notes",
    "bank-reconciliation", "equity-changes", "cash-flow", "progress",
)  # fmt: skip
"""Those of which the sample month says little or nothing."""
AUDIT = ("sample", "working-paper", "confirmations", "answers", "findings", "paper")
DAY = date(2026, 6, 30)
PLAN = Plan(Method.MONETARY, "benih-1", 500_000)
PLAN_OF_STRATA = Plan(Method.STRATIFIED, "benih-1", 500_000)
HEAD = "7f3a91c20d4e" + "0" * 52
"""In place of the real one: what is sealed is not what is read here."""


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", KINDS)
def test_the_sample_month_reads_as_it_did(
    name: str, language: str, sample_book: Book, golden: Callable[[str, str], None]
) -> None:
    pack = sample_book.pack(name, ASKED.get(name, MONTH), language)
    (report,) = pack.reports
    assert {len(row.cells) for row in report.rows} <= {0, len(report.columns)}
    golden(f"{name}.{language}", as_text(pack))


@pytest.mark.parametrize("name", SECOND)
def test_a_month_of_the_second_edition_reads_as_it_did(
    name: str, second_book: Book, golden: Callable[[str, str], None]
) -> None:
    golden(f"{name}.edisi-2", as_text(second_book.pack(name, Parameters(month="2027-01"), "id")))


@pytest.mark.parametrize("name", AUDIT)
def test_an_audit_s_papers_read_as_they_did(
    name: str, books: Books, sample_path: Path, tmp_path: Path, golden: Callable[[str, str], None]
) -> None:
    """Of the sample month as it stood after its seventieth entry, and as it stands."""
    shutil.copyfile(sample_path, path := tmp_path / "juni.kwt")
    with closing(books.open(path, read_only=True)) as book:
        desk = book.audit
        drawn = desk.sample(PLAN, Asked(), MONTH, "id", keep="S1").reports[0]
        wrong, lost = (str(row.code) for row in drawn.rows[:2])
        desk.notebook.tick("S1", wrong, "differs", audited=1_000, note="nota Rp1.000")
        desk.notebook.tick("S1", lost, "missing")
        desk.enter_answer("shop:joko", DAY, amount=60_000, goods={"keripik-bayam": 1_000})
        desk.enter_answer("shop:siti", DAY, amount=0, note="cocok")
        desk.notebook.set_thresholds(Thresholds(round_to=100_000))
        number = desk.notebook.find("Kuitansi hilang", wrong, 48_000, "Minta salinan").number
        desk.notebook.reply(number, "Sudah diminta")
        desk.notebook.find("Kas tidak dihitung dua orang")
        desk.notebook.conclude("Laporan menyajikan keadaan yang sebenarnya.")
        sequence = "SELECT hash FROM document WHERE sequence = 70"
        made: dict[str, Callable[[], Pack]] = {
            "sample": lambda: desk.sample(PLAN_OF_STRATA, Asked("all", "kind"), MONTH, "id"),
            "working-paper": lambda: desk.working_paper("S1", "id"),
            "confirmations": lambda: desk.confirmations(DAY, "id"),
            "answers": lambda: desk.answers(DAY, "id"),
            "findings": lambda: desk.letter("id"),
            "paper": lambda: desk.paper(book.read(column, sequence)[0][:12], "id"),
        }
        pack = made[name]()
    golden(f"audit-{name}.id", as_text(pack))


def as_text(pack: Pack) -> str:
    report, *_ = pack.reports
    out = BytesIO()
    Books.write(replace(pack, parts=(replace(report, head=HEAD),)), "text", out)
    return out.getvalue().decode()


def test_no_golden_text_outlives_its_report() -> None:
    kept = {path.name.split(".")[0] for path in GOLDEN.glob("*.txt")}
    assert kept <= {*KINDS, *(f"audit-{each}" for each in AUDIT)}
