from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from kwt_books.cli.options import option_of
from kwt_books.domain.chain import short_code
from kwt_books.reports.context import Parameters
from kwt_books.reports.registry import KINDS

from .conftest import Run

JUNE = ("trial-balance", "--month", "2026-06")


def test_text_is_what_comes_unless_asked_otherwise(run: Run, june: Path) -> None:
    done = run("report", june, *JUNE)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == "KWT Sukawangi Sejahtera"


def test_figures_of_the_sample_as_json(run: Run, june: Path, expected: dict[str, Any]) -> None:
    done = run("report", june, *JUNE, "--before-closing", "--as", "json")
    found = json.loads(done.stdout)
    lines = {row["code"]: row["cells"][3] for row in found["rows"] if row["kind"] == "line"}
    wanted = expected["trial_balance_before_close"]
    assert {code: amount for code, amount in lines.items() if amount} == {
        code: amount for code, amount in wanted.items() if amount
    }
    assert found["parameters"]["month"] == "2026-06"
    assert len(found["head"]) == 64


def test_every_format_in_a_file(run: Run, june: Path, tmp_path: Path) -> None:
    for format_ in ("text", "json", "csv", "xlsx", "pdf"):
        out = tmp_path / f"laporan.{format_}"
        done = run("report", june, *JUNE, "--as", format_, "--out", out)
        assert (done.exit_code, done.stderr) == (0, "")
        assert str(out) in done.stdout
    seal = short_code(json.loads((tmp_path / "laporan.json").read_text(encoding="utf-8"))["head"])
    assert seal in (tmp_path / "laporan.text").read_text(encoding="utf-8")
    assert seal in PdfReader(tmp_path / "laporan.pdf").pages[0].extract_text()
    assert load_workbook(tmp_path / "laporan.xlsx").properties.keywords == seal
    with (tmp_path / "laporan.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file, delimiter=";"))[:1] == ["Kode"]


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.PDF", b"%PDF"),
        ("a.xlsx", b"PK"),
        ("a.json", b"{"),
        ("a.csv", b"\xef"),
        ("laporan", b"KWT"),
    ],
)
def test_the_files_name_says_the_format(
    run: Run, june: Path, tmp_path: Path, name: str, begins: bytes
) -> None:
    assert run("report", june, *JUNE, "--out", tmp_path / name).exit_code == 0
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_an_ending_of_no_format_is_refused_unless_the_format_is_said(
    run: Run, june: Path, tmp_path: Path
) -> None:
    out = tmp_path / "laporan.docx"
    refused = run("report", june, *JUNE, "--out", out)
    assert refused.exit_code == 2
    assert ".docx" in refused.stderr
    assert not out.exists()
    assert run("report", june, *JUNE, "--out", out, "--as", "text").exit_code == 0


@pytest.mark.parametrize("format_", ["xlsx", "pdf"])
def test_what_no_screen_shows_goes_into_a_pipe(run: Run, june: Path, format_: str) -> None:
    done = run("report", june, *JUNE, "--as", format_)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout_bytes[:2] in (b"PK", b"%P")


def test_a_screen_is_spared_them(run: Run, june: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kwt_books.cli.reading.on_a_screen", lambda: True)
    done = run("report", june, *JUNE, "--as", "pdf")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--out" in done.stderr
    assert run("report", june, *JUNE, "--as", "json").exit_code == 0


def test_language_and_paper(run: Run, june: Path, english: Path, tmp_path: Path) -> None:
    assert "Treasurer's cash" in run("report", june, *JUNE, "--language", "en").stdout
    assert "Treasurer's cash" in run("report", english, *JUNE).stdout
    assert "Kas Tunai" in run("report", english, *JUNE, "--language=id").stdout
    out = tmp_path / "a4.pdf"
    run("report", june, *JUNE, "--paper", "a4", "--out", out)
    assert round(float(PdfReader(out).pages[0].mediabox.height) / 72 * 25.4) == 297


def test_thresholds_are_given_as_people_write_them(run: Run, june: Path) -> None:
    given = ("--threshold", "cash-limit=1,5jt", "--threshold", "loss_tolerance=12,5%")
    made = json.loads(run("report", june, "exceptions", *given, "--as", "json").stdout)
    assert made["parameters"]["thresholds"] == "cash_limit=1500000 loss_tolerance=125"
    for wrong in ("taste=1", "cash-limit", "cash-limit=abc", "day-begins=13"):
        done = run("report", june, "exceptions", "--threshold", wrong)
        assert (done.exit_code, done.stdout) == (2, "")
        assert done.stderr


def test_every_parameter_of_a_report_has_its_option(run: Run) -> None:
    shown = run("report", "--help").stdout
    for field in fields(Parameters):
        assert f"{option_of(field.name)} " in shown
    assert {asked for kind in KINDS.values() for asked in kind.asks} <= {
        field.name for field in fields(Parameters)
    }


def test_reports_are_listed_with_what_they_take(run: Run) -> None:
    done = run("reports")
    assert done.exit_code == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == list(KINDS)
    line = next(line for line in done.stdout.splitlines() if line.startswith("trial-balance"))
    assert line.endswith("--month --from --to --until --before-closing")
    begins = {
        tuple(gap.end() for gap in re.finditer(" {2,}", line)) for line in done.stdout.splitlines()
    }
    assert len(begins) == 1, "columns stand below each other"
    english = run("reports", "--language", "en").stdout
    assert all(kind.title in english for kind in KINDS.values())


WRONG = {
    "unknown name": ("nonsense",),
    "month": ("trial-balance", "--month", "2026-13"),
    "month of another century": ("trial-balance", "--month", "1999-12"),
    "day": ("trial-balance", "--until", "30-06-2026"),
    "day that is none": ("trial-balance", "--from", "2026-06-31"),
    "not taken": ("trial-balance", "--account", "1101"),
    "two periods": ("trial-balance", "--month", "2026-06", "--until", "2026-06-30"),
    "format": (*JUNE, "--as", "docx"),
    "paper": (*JUNE, "--paper", "A5"),
    "language": (*JUNE, "--language", "jv"),
    "option": (*JUNE, "--colour", "red"),
    "value": ("trial-balance", "--month"),
    "too much": (*JUNE, "more"),
    "nothing it is about": ("stock-card", "--month", "2026-06"),
    "no name": (),
}


@pytest.mark.parametrize("given", WRONG.values(), ids=WRONG)
def test_wrong_usage_ends_with_2_and_a_hint(run: Run, june: Path, given: tuple[str, ...]) -> None:
    done = run("report", june, *given)
    assert (done.exit_code, done.stdout) == (2, "")
    said, hint = done.stderr.splitlines()
    assert said.strip()
    assert "main.py report --help" in hint


def test_the_hint_names_the_command_behind_options(run: Run, june: Path) -> None:
    said = run("--language", "en", "report", june, "nonsense").stderr
    assert said.endswith("See main.py report --help.\n")


def test_wrong_usage_is_explained(run: Run, june: Path) -> None:
    assert "--month" in run("report", june, "progress", "--until", "2026-06-01").stderr
    nonsense = run("report", june, "nonsense").stderr
    assert all(name in nonsense for name in KINDS)
    assert nonsense.startswith("NAMA: nonsense "), "as the help calls it"
    assert "--month, --until" in run("report", june, *WRONG["two periods"]).stderr
    closing = run("report", june, *JUNE, "--before-closing=1").stderr
    assert "--before-closing dipakai tanpa nilai." in closing
    spaced = run("verify", "Buku", "Kami.kwt").stderr
    assert spaced.startswith("Kelebihan: Kami.kwt. Nama berkas yang berspasi ditulis di antara")
    assert "--size harus bilangan bulat." in run("sample", june, "--size", "sepuluh").stderr


def test_refusals_end_with_1(run: Run, june: Path, tmp_path: Path) -> None:
    for given in (
        (tmp_path / "none.kwt", *JUNE),
        (june, *JUNE, "--out", tmp_path / "no" / "folder.txt"),
        (june, *JUNE, "--as", "text", "--out", june),
        (june, "trial-balance", "--from", "2026-07-01", "--to", "2026-06-01"),
        (june, "stock-card", "--item", "emas"),
    ):
        done = run("report", *given)
        assert (done.exit_code, done.stdout) == (1, ""), given
        assert done.stderr.strip()


# -- statements ----------------------------------------------------------------------------


def test_statements_of_a_month(run: Run, june: Path, tmp_path: Path) -> None:
    out = tmp_path / "juni.pdf"
    done = run("statements", june, "--month", "2026-06", "--out", out, "--paper", "A4")
    assert (done.exit_code, done.stderr) == (0, "")
    found = PdfReader(out)
    cover = " ".join(found.pages[0].extract_text().split())
    for amount in ("Rp1.200.000", "Rp6.827.575", "Rp14.655.500", "Rp2.162.500"):
        assert amount in cover
    titles = [item.title for item in _flat(found.outline)]
    assert titles.index("Laporan Posisi Keuangan") < titles.index("Catatan atas Laporan Keuangan")
    assert titles.index("Laporan Alokasi Laba dan Dana") < titles.index("Neraca Saldo")


def _flat(items: Any) -> list[Any]:
    return [each for item in items for each in (_flat(item) if isinstance(item, list) else [item])]


def test_statements_are_asked_for_rightly(run: Run, june: Path, tmp_path: Path) -> None:
    out = ("--out", tmp_path / "a.pdf")
    assert run("statements", june, *out).exit_code == 2
    assert run("statements", june, "--month", "2026-06").exit_code == 2
    assert run("statements", june, "--month", "June", *out).exit_code == 2
    assert "“lalu”" in run("statements", june, "--year", "lalu", *out).stderr
    assert run("statements", june, "--month", "2026-06", "--paper", "B5", *out).exit_code == 2
    assert run("statements", tmp_path / "b.kwt", "--month", "2026-06", *out).exit_code == 1
    assert not (tmp_path / "a.pdf").exists()


def test_a_pdf_into_a_pipe(run: Run, june: Path) -> None:
    done = run("statements", june, "--month", "2026-06", "--out", "-")
    assert len(PdfReader(io.BytesIO(done.stdout_bytes)).pages) > 8


def test_a_pack_for_a_meeting_has_four_pages(run: Run, june: Path, tmp_path: Path) -> None:
    for paper in ("A4", "F4"):
        out = tmp_path / f"rapat-{paper}.pdf"
        done = run(
            "statements", june, "--month", "2026-06", "--pack", "meeting", "--paper", paper,
            "--out", out,
        )  # fmt: skip
        assert (done.exit_code, done.stderr) == (0, "")
        pages = [" ".join(page.extract_text().split()) for page in PdfReader(out).pages]
        assert len(pages) == 4
        assert ["Disetujui oleh:" in page for page in pages] == [True, False, False, False]
        assert ["Paraf:" in page for page in pages] == [False, True, True, True]


def test_vouchers_two_to_a_sheet_and_receipts_three(run: Run, june: Path, tmp_path: Path) -> None:
    """June has 43 documents, each with a voucher; every receipt's number stands on its sheet."""
    out = tmp_path / "bukti.pdf"
    done = run("statements", june, "--month", "2026-06", "--pack", "vouchers", "--out", out)
    assert (done.exit_code, done.stderr) == (0, "")
    found = PdfReader(out)
    assert len(found.pages) == 22, "43 vouchers, the last sheet half empty"
    wide = found.pages[0].mediabox
    assert wide.width > wide.height
    text = " ".join(page.extract_text() for page in found.pages)
    numbers = {f"Nomor: BKM-2606-{n:04d}" for n in range(1, 13)}
    assert numbers <= set(re.findall(r"Nomor: BKM-2606-\d{4}", text))
    done = run("statements", june, "--month", "2026-06", "--pack", "receipts", "--out", out)
    assert (done.exit_code, done.stderr) == (0, "")
    slips = [page.extract_text().count("KUITANSI") for page in PdfReader(out).pages]
    assert max(slips) <= 6
    assert sum(slips) > 3


def test_the_pack_of_a_year(run: Run, june: Path, tmp_path: Path) -> None:
    out = tmp_path / "rat.pdf"
    done = run("statements", june, "--year", "2026", "--out", out)
    assert (done.exit_code, done.stderr) == (0, "")
    text = " ".join(page.extract_text() for page in PdfReader(out).pages)
    for title in (
        "SUSUNAN ACARA", "BUKU PENGURUS", "LAPORAN POSISI KEUANGAN", "SIMPANAN PER BULAN",
        "ANGGARAN DAN REALISASI", "RENCANA KERJA", "LAPORAN PENGAWAS",
    ):  # fmt: skip
        assert title in text, title


@pytest.mark.parametrize(
    "asked",
    [
        (), ("--month", "2026-06", "--year", "2026"), ("--year", "2026", "--pack", "meeting"),
        ("--month", "2026-06", "--pack", "besar"), ("--year", "dua"),
    ],
)  # fmt: skip
def test_a_pack_is_of_a_month_or_of_a_year(
    run: Run, june: Path, tmp_path: Path, asked: tuple[str, ...]
) -> None:
    out = tmp_path / "tidak.pdf"
    done = run("statements", june, *asked, "--out", out)
    assert done.exit_code == 2
    assert done.stderr
    assert not out.exists()
