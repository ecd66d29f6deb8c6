"""`bank`, as somebody types it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kwt_books.app import Book, Books
from kwt_books.cli.commands import commands
from kwt_books.cli.session import Session
from kwt_books.i18n.catalogue import resources_dir
from tests.cli.conftest import Run
from tests.services.intake.test_bank import (
    BCA,
    MANDIRI,
    QRIS_LIST,
    SETUP,
    sales,
    two_accounts,
)


@pytest.fixture
def path(book_of: Callable[..., Book]) -> Path:
    book = book_of(*SETUP)
    book.close()
    return book.path


def test_a_list_is_held_against_the_book(run: Run, path: Path, tmp_path: Path) -> None:
    listed, before = tmp_path / "bca.csv", path.read_bytes()
    BCA(listed)
    done = run("bank", path, listed)
    assert done.exit_code == 0
    assert "SETORAN TUNAI  = BM-2607-0001" in done.stdout
    assert "BIAYA ADM  + 7201 Beban Administrasi Bank" in done.stdout
    assert "belum ada di mutasi: BM-2607-0002" in done.stdout
    assert "saldonya cocok: Rp1.195.750" in done.stdout
    assert path.read_bytes() == before


def test_what_the_book_lacks_is_recorded_and_reconciled(
    run: Run, path: Path, tmp_path: Path
) -> None:
    listed = tmp_path / "bca.csv"
    BCA(listed)
    assert "3 dokumen dicatat" in run("bank", path, listed, "--record").stdout
    before = path.read_bytes()
    again = run("bank", path, listed, "--record")
    assert "Tidak ada yang baru" in again.stdout
    assert path.read_bytes() == before


def test_a_list_without_a_balance_asks_for_it(run: Run, path: Path, tmp_path: Path) -> None:
    listed = tmp_path / "mandiri.csv"
    MANDIRI(listed)
    assert "seharusnya Rp1.195.750" in run("bank", path, listed).stdout
    wrong = run("bank", path, listed, "--record", "--statement", "1.000.000")
    assert wrong.exit_code == 1
    why, *rest = wrong.stderr.splitlines()
    assert "Rp1.000.000" in why
    assert "Rp1.195.750" in why
    assert rest == ["Tidak ada yang dicatat."]
    assert run("bank", path, listed, "--statement", "entah").exit_code == 2
    differs = run("bank", path, listed, "--statement", "1.000.000").stdout.splitlines()[-1]
    assert "Rp1.000.000" in differs.partition(";")[0]
    assert "Rp1.195.750" in differs.partition(";")[2]
    done = run("bank", path, listed, "--record", "--statement", "1.195.750")
    assert "3 dokumen dicatat" in done.stdout
    assert "--statement" not in done.stdout


def test_without_a_balance_it_is_recorded_and_not_reconciled(
    run: Run, path: Path, tmp_path: Path
) -> None:
    listed = tmp_path / "mandiri.csv"
    MANDIRI(listed)
    done = run("bank", path, listed, "--record")
    assert "2 dokumen dicatat" in done.stdout
    assert "--statement" in done.stdout.splitlines()[-1]


def test_what_a_movement_is_for_is_said_with_how_sure_it_is(
    run: Run, path: Path, tmp_path: Path
) -> None:
    listed = tmp_path / "ragu.csv"
    listed.write_bytes(b"Tanggal;Keterangan;Debet;Kredit\n31/07/2026;BUNGA;;1.250\n"
                       b"31/07/2026;QWERTY;;77.000\n")  # fmt: skip
    done = run("bank", path, listed, "--language", "en")
    interest, other = (line for line in done.stdout.splitlines() if " + " in line)
    assert interest == f"31/07/2026  {'1,250':>14}  BUNGA  + 7101 Interest income"
    assert other.startswith(f"31/07/2026  {'77,000':>14}  QWERTY  + ")
    assert other.endswith(" ?")


def test_of_several_accounts_of_a_bank_one_is_named(run: Run, path: Path, tmp_path: Path) -> None:
    listed = tmp_path / "bank.ofx"
    listed.write_text(two_accounts(), encoding="ascii")
    asked = run("bank", path, listed)
    assert (asked.exit_code, asked.stdout) == (1, "")
    assert "777" in asked.stderr
    for number, deposit in (("123", "500.000  SETOR"), ("777", "700.000  SETOR")):
        done = run("bank", path, listed, "--bank-account", number)
        assert done.exit_code == 0
        assert done.stdout.count("SETOR TUNAI") == done.stdout.count(deposit) == 1


def test_faults_are_told_cell_by_cell(run: Run, path: Path, tmp_path: Path) -> None:
    listed = tmp_path / "salah.csv"
    rows = b"Tanggal;Keterangan;Debet;Kredit\n04/07/2026;SETOR;;5.000\n99/07/2026;SETOR;;5.000\n"
    listed.write_bytes(rows)
    done = run("bank", path, listed)
    assert done.exit_code == 1
    assert "salah!A3 (99/07/2026): Tanggal tidak terbaca" in done.stderr
    listed.write_bytes(rows.replace(b"99/07/2026", b"06/07/2062"))
    done = run("bank", path, listed, "--record")
    assert done.exit_code == 1
    assert "salah!A3: Tanggal 6 Juli 2062 terlalu jauh di depan. Menurut komputer" in done.stderr


def test_a_list_of_no_movements_is_none(run: Run, path: Path, tmp_path: Path) -> None:
    listed = tmp_path / "kosong.csv"
    listed.write_bytes(b"Tanggal;Keterangan;Debet;Kredit\n")
    done = run("bank", path, listed, "--heading-row", "1")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "kosong.csv" in done.stderr
    listed.write_bytes(b"Tanggal;Keterangan;Debet;Kredit\n99/07/2026;SETOR;;5.000\n")
    assert "kosong!A2 (99/07/2026)" in run("bank", path, listed).stderr


@pytest.mark.parametrize(
    ("account", "called", "said"),
    [("9999", "9999", "tidak ada"), ("1101", "Kas Tunai Bendahara", "bukan rekening")],
)
def test_a_list_is_held_against_an_account_that_a_bank_keeps(
    run: Run, path: Path, tmp_path: Path, account: str, called: str, said: str
) -> None:
    listed = tmp_path / "bca.csv"
    BCA(listed)
    done = run("bank", path, listed, "--account", account)
    assert (done.exit_code, done.stdout) == (1, "")
    assert called in done.stderr
    assert said in done.stderr


ODD = (
    b"Laporan;;;\nA;B;C;D\n04/07/2026;SETOR TUNAI;500000.000;1500000.000\n"
    b"31/07/2026;BUNGA;1250.000;1501250.000\n"
)


def test_columns_are_said_once_and_remembered(books: Books, path: Path, tmp_path: Path) -> None:
    listed = tmp_path / "aneh.csv"
    listed.write_bytes(ODD)
    session = Session(books, resources_dir(), None)
    session.data = lambda: tmp_path / "data"

    def run(*args: object) -> Result:
        return CliRunner().invoke(commands(), list(map(str, args)), obj=session,
                                  prog_name="main.py", catch_exceptions=False)  # fmt: skip

    said = ("--heading-row", "2", "--column", "date=A", "--column", "memo=B", "--column",
            "in=C", "--column", "balance=D", "--decimal", "point")  # fmt: skip
    assert run("bank", path, listed).exit_code != 0
    first = run("bank", path, listed, *said)
    assert "SETOR TUNAI  = BM-2607-0001" in first.stdout
    assert "1.250  BUNGA  + 7101" in first.stdout
    assert run("bank", path, listed).stdout == first.stdout


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--decimal", "koma"), "--decimal: koma"),
        (("--column", "purpose=A"), "--column: purpose"),
        (("--heading-row", "77"), "--heading-row"),
        (("--sheet", "Lain"), "--sheet: Lain"),
    ],
)
def test_what_is_said_wrongly_of_columns_is_told(
    run: Run, path: Path, tmp_path: Path, option: tuple[str, ...], said: str
) -> None:
    listed = tmp_path / "bca.csv"
    BCA(listed)
    done = run("bank", path, listed, *option)
    assert done.exit_code == 2
    assert said in done.stderr


def test_sen_are_told_and_recorded(run: Run, book_of: Callable[..., Book], tmp_path: Path) -> None:
    interest = {"kind": "receipt", "date": "2026-07-31", "into": "1103", "memo": "Bunga",
                "lines": [{"account": "7101", "amount": 1234}]}  # fmt: skip
    book = book_of(SETUP[0], interest)
    book.close()
    listed = tmp_path / "sen.csv"
    listed.write_bytes(b"Tanggal;Keterangan;Debet;Kredit;Saldo\n"
                       b"31/07/2026;BUNGA;;1.234,56;1.001.234,56\n")  # fmt: skip
    assert "kecuali sen sebesar Rp1" in run("bank", book.path, listed).stdout
    assert "2 dokumen dicatat" in run("bank", book.path, listed, "--record").stdout


def test_a_settlement_tells_gross_fee_and_its_fridays(
    run: Run, book_of: Callable[..., Book], tmp_path: Path
) -> None:
    book = book_of(SETUP[0], *sales("1103"))
    book.close()
    listed = tmp_path / "qris.csv"
    QRIS_LIST(listed)
    done = run("bank", book.path, listed)
    assert "(bruto 300.000, biaya 1.400: 03/07/2026, 10/07/2026)" in done.stdout


@pytest.mark.parametrize(
    ("sold", "settled", "said"),
    [
        (sales("1103"), 300_000, "(bruto 300.000, biaya 0: 03/07/2026, 10/07/2026)"),
        (sales("1103")[:1], 199_000, "(bruto 200.000, biaya 1.000: 03/07/2026)"),
        (sales("1103")[:1], 200_000, ""),
    ],
)
def test_of_takings_is_told_what_the_bank_does_not_say_itself(
    run: Run, book_of: Callable[..., Book], tmp_path: Path, sold: tuple[object, ...],
    settled: int, said: str,
) -> None:  # fmt: skip
    book = book_of(SETUP[0], *sold)
    book.close()
    listed = tmp_path / "qris.csv"
    head = "Tanggal;Keterangan;Debet;Kredit\n"
    listed.write_text(f"{head}13/07/2026;QRIS SETTLEMENT KWT;;{settled}\n", encoding="utf-8")
    (told,) = (
        line for line in run("bank", book.path, listed).stdout.splitlines() if "SETTLEMENT" in line
    )
    assert told.partition("(")[2] == said.partition("(")[2]
    assert "= " in told
