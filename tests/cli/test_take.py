"""`template` and `take`, as somebody types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.cli.commands import commands
from kwt_books.cli.session import Session
from kwt_books.domain.documents.setup import Programme
from kwt_books.i18n.catalogue import resources_dir
from tests.cli.conftest import Run
from tests.services.intake.kept import book as workbook

HEADINGS = ["Tanggal", "Uraian", "Masuk", "Keluar"]


@pytest.fixture
def empty(books: Books, tmp_path: Path) -> Path:
    path = tmp_path / "baru.kwt"
    books.create(path).close()
    return path


def kas(tmp_path: Path, *rows: list[object], headings: list[str] | None = None) -> Path:
    path = tmp_path / "kas.xlsx"
    workbook({"Kas": [headings or HEADINGS, *rows]})(path)
    return path


def test_the_workbook_is_written_and_taken(run: Run, empty: Path, tmp_path: Path) -> None:
    out = tmp_path / "isian.xlsx"
    assert run("template", "--as", "xlsx", "--out", out).exit_code == 0
    done = run("take", empty, out)
    assert done.exit_code == 0
    assert "Tidak ada yang baru" in done.stdout


def test_rows_are_taken_and_told(run: Run, empty: Path, tmp_path: Path) -> None:
    path = kas(tmp_path, ["05/01/2026", "Jual bayam", 50000, None], ["6/1/2026", "Qwerty", 10, ""])
    done = run("take", empty, path)
    assert done.exit_code == 0
    assert "2 catatan diambil dari kas.xlsx" in done.stdout
    assert "1 baris dicatat sebagai pendapatan atau beban lain-lain" in done.stdout
    again = run("take", empty, path)
    assert again.exit_code == 0
    assert "2 baris sudah pernah diambil" in again.stdout


def test_a_dry_run_shows_every_row_and_records_nothing(
    run: Run, empty: Path, tmp_path: Path
) -> None:
    before = empty.read_bytes()
    path = kas(
        tmp_path, ["05/01/2026", "Jual bayam", 50000, None], ["6/1/2026", "Bensin", "", 9000]
    )
    done = run("take", empty, path, "--dry-run")
    assert done.exit_code == 0
    assert "Kas!2  05/01/2026  50.000  4101 Penjualan Sayuran  Jual bayam" in done.stdout
    assert "Kas!3  06/01/2026  −9.000  6103 Beban Transportasi  Bensin" in done.stdout
    assert "Tidak ada yang dicatat" in done.stdout
    assert empty.read_bytes() == before


def test_a_dry_run_tells_a_row_by_what_it_becomes(run: Run, empty: Path, tmp_path: Path) -> None:
    cash = kas(
        tmp_path, ["6/1/2026", "Qwerty", 10, None], ["7/1/2026", "Setor ke bank", None, 5000]
    )
    shown = run("take", empty, cash, "--dry-run", "--language", "en").stdout.splitlines()
    assert shown[:2] == [
        "Kas!2  06/01/2026  10  7102 Other income, cash over?  Qwerty",
        "Kas!3  07/01/2026  Money moved  5,000  Setor ke bank",
    ]
    people = tmp_path / "anggota.csv"
    people.write_text("Nama;Alamat\nSiti;RT 1\n", encoding="utf-8")
    assert run("take", empty, people, "--dry-run").stdout.startswith("anggota!2  Anggota  Siti\n")


def test_what_is_unusual_is_taken_when_it_is_meant(run: Run, empty: Path, tmp_path: Path) -> None:
    usual = [["7/1/2026", "Jual bayam", 30_000, None]] * 5
    path = kas(tmp_path, *usual, ["8/1/2026", "Jual bayam", 3_000_000, None])
    before = empty.read_bytes()
    refused = run("take", empty, path)
    assert (refused.exit_code, refused.stdout) == (1, "")
    cell, *rest = refused.stderr.splitlines()
    assert cell.startswith("Kas!C7: Rp3.000.000")
    assert rest == ["Kalau memang begitu, tambahkan --meant.", "Tidak ada yang dicatat."]
    assert empty.read_bytes() == before
    shown = run("take", empty, path, "--dry-run")
    assert (shown.exit_code, shown.stderr) == (0, cell + "\n")
    done = run("take", empty, path, "--meant")
    assert (done.exit_code, done.stderr) == (0, cell + "\n")
    assert "6 catatan diambil" in done.stdout


def test_what_the_bank_held_is_part_of_the_opening(run: Run, empty: Path, tmp_path: Path) -> None:
    path = kas(tmp_path, ["1/7/2026", "Saldo awal", 200_000, None],
               ["2/7/2026", "Jual bayam", 50_000, None])  # fmt: skip
    assert run("take", empty, path, "--bank", "1.000.000").exit_code == 0
    found = run("report", empty, "trial-balance", "--until", "2026-07-01", "--as", "csv").stdout
    held = {row.split(";")[0]: row.split(";") for row in found.splitlines()}
    assert "1000000" in held["1103"]
    assert "200000" in held["1101"]


def test_faults_are_told_cell_by_cell(run: Run, empty: Path, tmp_path: Path) -> None:
    path = kas(tmp_path, ["31/02/2026", "Jual bayam", 50000, None], ["6/1/2026", "Gas", "", "x9"])
    for dry in ((), ("--dry-run",)):
        done = run("take", empty, path, *dry)
        assert done.exit_code == 1
        assert "Kas!A2 (31/02/2026): Tanggal tidak terbaca" in done.stderr
        assert "Kas!D3 (x9): Jumlah uang tidak terbaca" in done.stderr
    told = run("take", empty, path, "--language", "en")
    assert "Kas!A2 (31/02/2026): The date can't be read" in told.stderr


def test_columns_are_said_and_remembered(books: Books, empty: Path, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    path = kas(tmp_path, ["05/01/2026", "bayam", "Bu Ani", 50000],
               headings=["Kapan", "Apa", "Catatan lain", "Berapa"])  # fmt: skip
    session = Session(books, resources_dir(), None)
    session.data = lambda: tmp_path / "data"

    def run(*args: str) -> object:
        return CliRunner().invoke(commands(), ["take", str(empty), str(path), *args], obj=session,
                                  prog_name="main.py", catch_exceptions=False)  # fmt: skip

    said = ["--sheet", "Kas", "--table", "cash_book", "--heading-row", "1"]
    columns = ["--column", "date=A", "--column", "Uraian=Apa", "--column", "in=d"]
    done = run(*said, *columns, "--dry-run")
    assert "50.000" in done.stdout, done.output
    remembered = run(*said, "--dry-run")
    assert "Kas!2  05/01/2026  50.000" in remembered.stdout
    assert (tmp_path / "data" / "sheets.json").exists()
    assert "50.000" in run("--dry-run").stdout
    for otherwise in (("--heading-row", "2"), ("--table", "members")):
        said_anew = run(*otherwise, "--dry-run")
        assert "50.000" not in said_anew.stdout, "what is said now goes before what was"
    (tmp_path / "data" / "sheets.json").write_text("{broken", encoding="utf-8")
    assert run(*said, "--dry-run").exit_code == 0


def test_a_column_is_said_to_be_for_a_purpose(run: Run, empty: Path, tmp_path: Path) -> None:
    path = kas(tmp_path, ["05/01", "Qwerty", 50000, None], ["6 Jan", "Asdf", None, 9000],
               headings=["Tanggal", "Uraian", "Warna Merah", "Warna Biru"])  # fmt: skip
    said = ("--column", "in:4201=Warna Merah", "--column", "out:6103=D", "--year", "2025")
    done = run("take", empty, path, "--heading-row", "1", "--table", "cash_book", *said)
    assert done.exit_code == 0, done.stderr
    shown = run("report", empty, "journal", "--month", "2025-01").stdout
    assert "50.000" in shown
    assert "9.000" in shown
    refused = run("take", empty, path, "--column", "in:9999=C", "--heading-row", "1")
    assert refused.exit_code == 2
    assert "9999" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--sheet", "Bank"), "--sheet: Bank is not one of Kas."),
        (("--column", "berapa=A"), "--column: berapa is not one of date"),
        (("--column", "date"), "--column: date is not one of date"),
        (("--column", "date=Nowhere at all"), "--column: Nowhere at all is not one of Tanggal"),
        (("--table", "cooking"), "--table: cooking is not one of members"),
        (("--sheet", "Kas", "--heading-row", "77"), "--heading-row: row 77 is empty"),
        (("--sheet", "Kas", "--heading-row", "99"), "--heading-row: row 99 is empty"),
        (("--decimal", "koma"), "--decimal: koma is not one of comma, point."),
        (
            ("--table", "cash_book", "--heading-row", "1", "--column", "in:9999=C"),
            "--column: 9999 is not one of 1101",
        ),
        (("--year", "lalu"), "--year: “lalu” is not a year."),
        (("--bank", "entah"), "--bank: "),
    ],
)
def test_what_is_said_wrongly_is_told(
    run: Run, empty: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    path = kas(tmp_path, ["05/01/2026", "Jual bayam", 50000, None])
    done = run("take", empty, path, *arguments, "--language", "en")
    assert done.exit_code == 2
    assert said in done.stderr


def test_columns_are_said_of_one_sheet(run: Run, empty: Path, tmp_path: Path) -> None:
    path, row = tmp_path / "dua.xlsx", ["05/01/2026", "Jual bayam", 50000, None]
    workbook({"Kas": [HEADINGS, row], "Bank": [HEADINGS, row]})(path)
    done = run("take", empty, path, "--column", "date=A", "--language", "en")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("--column goes with one --sheet.")
    one = run("take", empty, path, "--sheet", "Bank", "--column", "date=A", "--dry-run")
    assert (one.exit_code, one.stdout.count("Jual bayam")) == (0, 1)
    assert one.stdout.startswith("Bank!2")


def test_what_is_cancelled_is_not_recorded(
    run: Run, empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kwt_books.cli.taking.take", interrupt)
    before = empty.read_bytes()
    done = run("take", empty, kas(tmp_path, ["05/01/2026", "Jual bayam", 50000, None]))
    assert (done.exit_code, done.stdout) == (130, "")
    assert done.stderr == "Dibatalkan. Tidak ada yang dicatat.\n"
    assert empty.read_bytes() == before


def test_the_budget_of_a_programme_is_taken(
    run: Run, books: Books, empty: Path, tmp_path: Path
) -> None:
    book = books.open(empty)
    book.record(Programme(code="p2l", name="P2L 2026"))
    book.close()
    path = tmp_path / "rab.xlsx"
    workbook({"RAB": [["No", "Uraian", "Jumlah"], [1, "Bibit", 600000], [2, "Pupuk", "x"]]})(path)
    refused = run("take", empty, path, "--programme", "p2l")
    assert refused.exit_code == 1
    assert "RAB!C3 (x)" in refused.stderr
    assert refused.stderr.endswith("Tidak ada yang dicatat.\n")
    rows = [["No", "Uraian", "Jumlah"], ["A", "Kebun", None], [1, "Bibit", 600000]]
    workbook({"RAB": rows})(path)
    assert run("take", empty, path, "--programme", "p3l").exit_code == 2
    shown = run("take", empty, path, "--programme", "p2l", "--dry-run")
    assert (shown.exit_code, shown.stdout) == (0, "1  Kebun  Bibit  Rp600.000\n")
    assert shown.stderr == "Tidak ada yang dicatat.\n"
    done = run("take", empty, path, "--programme", "p2l")
    assert "P2L 2026 memiliki RAB 1 baris, seluruhnya Rp600.000" in done.stdout
    book = books.open(empty)
    (line,) = book.read(lambda reading: reading.setup.programmes)["p2l"].budget
    book.close()
    assert (line.line, line.name, line.amount) == ("1", "Bibit", 600000)


def test_columns_that_led_nowhere_are_forgotten(books: Books, empty: Path, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    path = kas(tmp_path, ["05/01/2026", "Jual bayam", 50000, None])
    session = Session(books, resources_dir(), None)
    session.data = lambda: tmp_path / "data"

    def run(*args: str) -> int:
        given = ["take", str(empty), str(path), "--sheet", "Kas", *args]
        return CliRunner().invoke(commands(), given, obj=session, prog_name="main.py").exit_code

    assert run("--column", "date=") == 1
    assert run("--column", "date=", "--dry-run") == 1
    assert run() == 0


@pytest.mark.parametrize("year", ["99999", "-5", "abc", "12"])
def test_a_workbook_is_of_a_year_of_this_century(run: Run, tmp_path: Path, year: str) -> None:
    done = run("template", "--out", tmp_path / "isian.xlsx", f"--year={year}", "--language", "en")
    assert done.exit_code == 2
    assert f"--year: “{year}” is not a year." in done.stderr
    assert not (tmp_path / "isian.xlsx").exists()


def test_a_file_without_a_table_is_told(run: Run, empty: Path, tmp_path: Path) -> None:
    path = tmp_path / "catatan.xlsx"
    workbook({"Catatan": [["Jangan lupa"]]})(path)
    done = run("take", empty, path)
    assert done.exit_code == 2
    assert "Tidak ada tabel yang dikenali di catatan.xlsx" in done.stderr
