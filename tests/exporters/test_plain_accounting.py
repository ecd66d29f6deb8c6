"""Other people's programs read the whole ledger, and come to the same balances."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.values import Month, month_of, month_range
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.reports.context import Parameters
from tests.books import book_at, column, rows
from tests.conftest import DATA
from tests.oracle.streams import random_stream

BookOf = Callable[..., Book]
Balances = dict[Month, dict[str, int]]
"""By month and account what stands at its end; nothing where it is nil."""

HLEDGER = shutil.which("hledger")
BEANCOUNT = find_spec("beancount")
needs_hledger = pytest.mark.skipif(HLEDGER is None, reason="hledger is not installed")
needs_beancount = pytest.mark.skipif(BEANCOUNT is None, reason="beancount is not installed")

STREAMS = {
    "demo": lambda: (resources_dir() / "demo" / "2026.jsonl").read_text("utf-8").splitlines(),
    "edition-2": lambda: (DATA / "edisi-2.jsonl").read_text("utf-8").splitlines(),
    **{f"random-{seed}": lambda seed=seed: random_stream(seed, 90, 4) for seed in (3, 11)},
}


@pytest.fixture(params=["sample", *STREAMS])
def book(request: pytest.FixtureRequest, book_of: BookOf, sample_stream: Path) -> Book:
    if request.param == "sample":
        return book_of(*sample_stream.read_text("utf-8").splitlines())
    return book_of(*STREAMS[request.param]())


def exported(book: Book, format_: str, folder: Path, *, before_closing: bool = False) -> Path:
    path = folder / f"ledger.{format_}"
    book.export(format_, path, before_closing=before_closing)
    return path


def months_of(book: Book) -> list[Month]:
    ((first, last),) = book.read(rows, "SELECT min(month), max(month) FROM balance")
    return month_range(first, last)


def trial_balances(book: Book) -> Balances:
    """The closing balances of each month's trial balance."""
    found: Balances = {}
    for month in months_of(book):
        report = book.report("trial-balance", Parameters(month=month), "id")
        at = [column.key for column in report.columns].index("balance")
        balances = {row.code: row.cells[at] for row in report.rows if row.code != "total"}
        found[month] = {
            str(code): amount for code, amount in balances.items() if isinstance(amount, int)
            and amount
        }  # fmt: skip
    return found


def results_of(book: Book) -> Balances:
    """What each account of income and costs moved by in each month, before it was closed."""
    accounts = {code for code in codes_of(book) if code[0] not in "123"}
    found: Balances = {}
    for month in months_of(book):
        asked = Parameters(month=month, before_closing=True)
        report = book.report("trial-balance", asked, "id")
        at = [[column.key for column in report.columns].index(key) for key in ("debit", "credit")]
        moved = {str(row.code): row.cells[at[0]] - row.cells[at[1]] for row in report.rows
                 if row.code in accounts}  # fmt: skip
        found[month] = {code: amount for code, amount in moved.items() if amount}
    return found


def codes_of(book: Book) -> set[str]:
    return {*book.read(column, "SELECT code FROM setup WHERE kind = 'account'")}


# -- hledger -------------------------------------------------------------------------------


@cache
def no_conf(program: str) -> tuple[str, ...]:
    """The option that keeps it from reading the user's own settings; older ones read none."""
    told = subprocess.run([program, "--help"], capture_output=True, encoding="utf-8", check=True)
    return ("--no-conf",) if "--no-conf" in told.stdout else ()


def hledger(path: Path, *arguments: str) -> str:
    assert HLEDGER is not None
    done = subprocess.run(
        [HLEDGER, *no_conf(HLEDGER), "-f", str(path), *arguments],
        capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def hledger_balances(path: Path) -> Balances:
    text = hledger(path, "balance", "--historical", "--monthly", "--flat", "--no-total",
                   "--output-format", "csv")  # fmt: skip
    head, *rows = csv.reader(io.StringIO(text))
    found: Balances = {}
    for at, month in enumerate(head[1:], start=1):
        amounts = {row[0].split(":")[-1].split(" ")[0]: row[at] for row in rows}
        found[month[:7]] = {
            code: int(amount.removeprefix("IDR "))
            for code, amount in amounts.items()
            if amount != "0"
        }
    return found


@needs_hledger
def test_hledger_takes_the_journal_without_a_word(book: Book, tmp_path: Path) -> None:
    path = exported(book, "hledger", tmp_path)
    assert hledger(path, "check", "--strict") == ""
    assert hledger(path, "check", "ordereddates", "tags", "uniqueleafnames") == ""


@needs_hledger
def test_hledger_comes_to_the_same_balances(book: Book, tmp_path: Path) -> None:
    found = hledger_balances(exported(book, "hledger", tmp_path))
    expected = trial_balances(book)
    assert found == {month: expected[month] for month in found}
    assert {month: each for month, each in expected.items() if each}.keys() <= found.keys()


def hledger_results(path: Path, *query: str) -> Balances:
    """What each account of income and costs moved by, month by month."""
    text = hledger(path, "balance", "--monthly", "--flat", "--no-total", "--output-format", "csv",
                   "type:RX", *query)  # fmt: skip
    head, *lines = csv.reader(io.StringIO(text))
    found: Balances = {}
    for at, month in enumerate(head[1:], start=1):
        moved = {line[0].split(":")[-1].split(" ")[0]: line[at] for line in lines}
        found[Month(month[:7])] = {
            code: int(amount.removeprefix("IDR ")) for code, amount in moved.items()
            if amount != "0"
        }  # fmt: skip
    return found


def moving(results: Balances) -> Balances:
    return {month: each for month, each in results.items() if each}


@needs_hledger
def test_hledger_shows_closed_months_where_closings_are_passed_over(
    book: Book, tmp_path: Path
) -> None:
    path = exported(book, "hledger", tmp_path)
    expected = moving(results_of(book))
    assert moving(hledger_results(path, "not:tag:retain")) == expected
    net = hledger(path, "incomestatement", "--output-format", "csv", "not:tag:retain")
    profit = -sum(amount for month in expected.values() for amount in month.values())
    *_, last = csv.reader(io.StringIO(net))
    assert int(last[-1].removeprefix("IDR ")) == profit


@needs_hledger
def test_a_journal_before_closing_has_every_result(book: Book, tmp_path: Path) -> None:
    path = exported(book, "hledger", tmp_path, before_closing=True)
    assert hledger(path, "check", "--strict", "tags") == ""
    assert moving(hledger_results(path)) == moving(results_of(book))
    assert "retain: 2" not in path.read_text("utf-8")


@needs_hledger
def test_programmes_and_registers_are_in_the_journal(book_of: BookOf, tmp_path: Path) -> None:
    lines = (DATA / "edisi-2.jsonl").read_text("utf-8").splitlines()
    path = exported(book_of(*lines), "hledger", tmp_path)
    given = [line for line in map(json.loads, lines) if "programme" in line]
    assert given
    for line in given:
        code = line["programme"]
        found = hledger(path, "print", f"tag:programme={code}", f"tag:kind={line['kind']}")
        assert line["date"] in found
    registers = [line for line in map(json.loads, lines) if line["kind"] == "register"]
    text = path.read_text("utf-8")
    assert registers
    assert all(f"; {line['date']} " in text for line in registers)


@needs_hledger
def test_every_voucher_is_in_the_journal(book: Book, tmp_path: Path) -> None:
    path = exported(book, "hledger", tmp_path)
    head, *rows = csv.reader(io.StringIO(hledger(path, "print", "--output-format", "csv")))
    query = "SELECT number FROM document WHERE number IN (SELECT number FROM document WHERE"
    query += " sequence IN (SELECT document FROM posting))"
    numbers = {*book.read(column, query)}
    assert {row[head.index("code")] for row in rows} == numbers
    text = path.read_text("utf-8")
    every = book.read(column, "SELECT number FROM document WHERE number NOTNULL")
    assert all(f" * ({number}) " in text for number in every)


# -- beancount -----------------------------------------------------------------------------


def bean_check(path: Path) -> None:
    check = [sys.executable, "-m", "beancount.scripts.check", "--no-cache", str(path)]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def beancount_entries(path: Path) -> list[Any]:
    loader = pytest.importorskip("beancount.loader", reason="beancount is not installed")
    validation = pytest.importorskip("beancount.ops.validation")
    entries, errors, _ = loader.load_file(
        str(path), extra_validations=validation.HARDCORE_VALIDATIONS
    )
    assert errors == []
    found: list[Any] = entries
    return found


def beancount_balances(path: Path, months: list[Month]) -> Balances:
    codes: dict[str, str] = {}
    moved: defaultdict[Month, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for entry in beancount_entries(path):
        if hasattr(entry, "currencies"):
            codes[entry.account] = entry.meta["code"]
        for posting in getattr(entry, "postings", ()):
            assert posting.units.currency == "IDR"
            moved[month_of(entry.date)][codes[posting.account]] += int(posting.units.number)
    standing: defaultdict[str, int] = defaultdict(int)
    found: Balances = {}
    for month in months:
        for code, amount in moved[month].items():
            standing[code] += amount
        found[month] = {code: amount for code, amount in standing.items() if amount}
    return found


@needs_beancount
def test_bean_check_takes_the_file_without_a_word(book: Book, tmp_path: Path) -> None:
    bean_check(exported(book, "beancount", tmp_path))


@needs_beancount
def test_beancount_comes_to_the_same_balances(book: Book, tmp_path: Path) -> None:
    path = exported(book, "beancount", tmp_path)
    assert beancount_balances(path, months_of(book)) == trial_balances(book)


@needs_beancount
def test_beancount_has_every_result_before_closing(book: Book, tmp_path: Path) -> None:
    path = exported(book, "beancount", tmp_path, before_closing=True)
    bean_check(path)
    results = results_of(book)
    codes = {code for month in results.values() for code in month}
    standing: defaultdict[str, int] = defaultdict(int)
    for month in months_of(book):
        for code, amount in results[month].items():
            standing[code] += amount
        found = beancount_balances(path, months_of(book))[month]
        kept = {code: amount for code, amount in found.items() if code in codes}
        assert kept == {code: amount for code, amount in standing.items() if amount}


@needs_beancount
def test_beancount_knows_what_each_document_was(book: Book, tmp_path: Path) -> None:
    entries = beancount_entries(exported(book, "beancount", tmp_path))
    known = {
        (each.meta["voucher"], each.meta["kind"], each.date.isoformat(), each.meta["seal"])
        for each in entries
        if hasattr(each, "postings")
    }
    parties = sorted(
        posting.meta["party"]
        for each in entries
        for posting in getattr(each, "postings", ())
        if "party" in posting.meta
    )
    query = "SELECT number, kind, date, hash FROM document WHERE number IS NOT NULL"
    assert known == {*book.read(rows, query)}
    query = "SELECT party FROM posting WHERE party IS NOT NULL"
    assert parties == sorted(book.read(column, query))


# -- kinds of accounts ---------------------------------------------------------------------

# Of the chart in the manual: cash, a receivable, what is owed, capital, sales, costs of sales,
# other income, other costs.
KINDS_OF_ACCOUNTS = {
    "1101": ("Assets", "C"), "1112": ("Assets", "A"), "2101": ("Liabilities", "L"),
    "3101": ("Equity", "E"), "4101": ("Income", "R"), "5101": ("Expenses:Cost", "X"),
    "7101": ("Income:Other", "R"), "7202": ("Expenses:Other", "X"),
}  # fmt: skip


def test_accounts_are_of_the_kind_they_have_in_the_chart(book_of: BookOf, tmp_path: Path) -> None:
    group = json.loads((DATA / "edisi-2.jsonl").read_text("utf-8").partition("\n")[0])
    received = {"kind": "receipt", "date": "2026-06-03", "into": "1101",
                "lines": [{"account": "7101", "amount": 500}]}  # fmt: skip
    book = book_of(group | {"name": "KWT Mekar"}, received)
    journal, beans = (
        exported(book, each, tmp_path).read_text("utf-8") for each in ("hledger", "beancount")
    )
    for code, (root, type_) in KINDS_OF_ACCOUNTS.items():
        told = next(each for each in journal.split("account ") if f"    ; code: {code}\n" in each)
        assert told.startswith(f"{root}:{code} "), code
        assert f"    ; type: {type_}\n" in told, code
        opened = next(line for line in beans.splitlines() if f":{code}-" in line)
        assert opened.startswith(f"2026-06-03 open {root}:"), code
    assert journal.startswith("; KWT Mekar\n")
    assert 'option "title" "KWT Mekar"' in beans


# -- names and texts that mean something to those programs -------------------------------------

SIGNS = st.text(
    st.sampled_from(list("aB1 ;:,|()[]{}*!=@#^~\"'\\/%-+_.<>&?$\u00e9\u2713\u00a0\t\n\u0639")),
    min_size=1, max_size=24,
).filter(lambda text: text.strip() == text and text.strip() != "")  # fmt: skip


def awkward(names: list[str], memo: str) -> list[dict[str, Any]]:
    day = date(2026, 6, 3).isoformat()
    codes = [f"19{place}" for place in range(len(names))]
    accounts = [
        {"kind": "account", "code": code, "name": name, "name_en": name, "type": kind,
         "normal": normal}
        for (code, name), (kind, normal) in zip(
            zip(codes, names, strict=True),
            [("other", "credit"), ("other", "debit"), ("tax", "debit"), ("liability", "credit")],
            strict=True,
        )
    ]  # fmt: skip
    party = {"kind": "party", "code": names[0], "name": names[1], "role": "member"}
    lines = [{"account": code, "amount": 1000 + n} for n, code in enumerate(codes)]
    receipt = {"kind": "receipt", "date": day, "into": "1101", "lines": lines, "memo": memo,
               "ref": names[2], "party": names[0]}  # fmt: skip
    return [*accounts, party, receipt]


@settings(max_examples=12)
@given(names=st.lists(SIGNS, min_size=4, max_size=4), memo=SIGNS)
@needs_hledger
@needs_beancount
def test_no_text_is_mistaken_for_something_else(
    books: Books, tmp_path_factory: pytest.TempPathFactory, names: list[str], memo: str
) -> None:
    folder = tmp_path_factory.mktemp("awkward")
    book = books.open(book_at(books, folder / "book.kwt", awkward(names, memo)), read_only=True)
    journal, beans = (exported(book, each, folder) for each in ("hledger", "beancount"))
    assert hledger(journal, "check", "--strict", "tags") == ""
    expected = trial_balances(book)
    assert hledger_balances(journal) == beancount_balances(beans, months_of(book)) == expected
    book.close()
