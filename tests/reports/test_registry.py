"""The list of reports: every name leads to what makes it, which waits until it is wanted."""

from __future__ import annotations

import subprocess
import sys
from inspect import signature

import pytest

from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind, with_figures
from kwt_books.reports.registry import KINDS

ON_PAPER = [name for name, kind in KINDS.items() if kind.paper]


@pytest.mark.parametrize("name", KINDS)
def test_every_report_can_be_made(name: str) -> None:
    assert list(signature(KINDS[name].build).parameters) == ["context"]


@pytest.mark.parametrize("name", ON_PAPER)
def test_what_paper_has_instead_can_be_made(name: str) -> None:
    on_paper = KINDS[name].on_paper
    assert on_paper is not None
    assert list(signature(on_paper).parameters) == ["context"]


def test_a_list_of_reports_reads_in_none_of_what_makes_them() -> None:
    """A page that offers reports must not wait for them."""
    code = (
        "import sys, kwt_books.reports.registry as registry;"
        "made = {'kwt_books.reports.' + name.replace('-', '_') for name in registry.KINDS};"
        "print(sorted((made | {'sqlalchemy'}) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("rows", "figures"),
    [
        ((), {}),
        ((Row("Kas", (5, 2, "x")),), {}),
        ((Row("Kas", (5, 2, "x")), Row("Jumlah", (7, 3, None), kind=RowKind.TOTAL)),
         {"amount": 7, "qty": 3}),
    ],
)  # fmt: skip
def test_figures_are_those_of_a_total_at_the_end(
    rows: tuple[Row, ...], figures: dict[str, int]
) -> None:
    columns = (
        Column("amount", "Jumlah", ColumnType.MONEY), Column("qty", "Banyak", ColumnType.QUANTITY),
        Column("text", "Uraian", ColumnType.TEXT),
    )  # fmt: skip
    assert with_figures(Report("x", "X", columns, rows)).figures == figures


def test_what_is_asked_of_one_document_is_not_offered_in_lists() -> None:
    assert {name for name, kind in KINDS.items() if not kind.listed} == {"document"}
