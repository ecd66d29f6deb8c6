"""A ledger of 10,000 lines on paper, beside ReportLab's bare canvas and its LongTable.

python -m benchmarks.paper [--lines 10000]
"""

from __future__ import annotations

import argparse
import io
from datetime import date, datetime, timedelta, timezone

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import LongTable, SimpleDocTemplate

from benchmarks.measure import HEADING, Pair, pair
from kwt_books.exporters.pdf.document import render
from kwt_books.exporters.pdf.job import REGULAR, register
from kwt_books.i18n.catalogue import Translator, resources_dir
from kwt_books.i18n.formats import Formats
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Identity,
    Imprint,
    Layout,
    Report,
    Row,
    RowKind,
)

_EDGES = (40, 95, 180, 340, 400, 470, 550)
_PITCH = 13.2
_NOW = datetime(2026, 7, 1, 9, 0, tzinfo=timezone(timedelta(hours=7)))


def ledger(lines: int) -> Report:
    """Cash received, day after day."""
    rows, balance = [], 0
    for number in range(lines):
        amount = 10_000 + number * 7 % 90_000
        balance += amount
        day = date(2026, 1, 1) + timedelta(days=number % 365)
        cells = (day, f"BKM-{day:%y%m}-{number % 9999 + 1:04d}", "4102", amount, None, balance)
        rows.append(Row("Outlet Jumat, keripik bayam", cells, code=str(cells[1])))
    total = Row("Jumlah", (None, None, None, balance, 0, balance), kind=RowKind.TOTAL)
    money = ColumnType.MONEY
    return Report(
        name="general-ledger",
        title="Buku Besar",
        label="Uraian",
        label_at=2,
        columns=(
            Column("date", "Tanggal", ColumnType.DATE),
            Column("number", "No. bukti", ColumnType.CODE),
            Column("counter", "Lawan", ColumnType.CODE),
            Column("debit", "Debit", money, summed=True),
            Column("credit", "Kredit", money, summed=True),
            Column("balance", "Saldo", money),
        ),
        rows=(*rows, total),
        layout=Layout.LEDGER,
        head="0" * 64,
    )


def as_texts(report: Report) -> list[list[str]]:
    formats = Formats("id")
    return [
        [
            formats.day_month(row.cells[0]) if isinstance(row.cells[0], date) else "",
            str(row.cells[1] or ""),
            row.label,
            str(row.cells[2] or ""),
            *(formats.accounting(cell) if isinstance(cell, int) else "" for cell in row.cells[3:]),
        ]
        for row in report.rows
    ]


def with_program(report: Report) -> None:
    imprint = Imprint("0" * 64, len(report.rows), _NOW, "Bendahara", "1.0.0")
    render([report], Identity(name="KWT"), imprint, Translator("id"), io.BytesIO(), paper="A4")


def with_canvas(texts: list[list[str]]) -> None:
    """The same strings in the same font on the same number of lines a page, nothing else."""
    canvas = Canvas(io.BytesIO(), pagesize=A4)
    height = A4[1] - 60
    for start in range(0, len(texts), 55):
        canvas.setFont(REGULAR, 8.8)
        for line, cells in enumerate(texts[start : start + 55]):
            for place, (edge, text) in enumerate(zip(_EDGES, cells, strict=True)):
                draw = canvas.drawRightString if place > 3 else canvas.drawString
                draw(edge, height - line * _PITCH, text)
        canvas.showPage()
    canvas.save()


def with_long_table(texts: list[list[str]]) -> None:
    SimpleDocTemplate(io.BytesIO(), pagesize=A4).build([LongTable(texts, repeatRows=1)])


def pairs(lines: int) -> list[Pair]:
    report = ledger(lines)
    texts = as_texts(report)
    register(resources_dir() / "fonts")
    return [
        pair(
            f"ledger of {lines:,} lines beside a bare canvas",
            lambda: with_program(report),
            lambda: with_canvas(texts),
            rounds=5,
            aim=1.2,
        ),
        pair(
            f"ledger of {lines:,} lines beside LongTable",
            lambda: with_program(report),
            lambda: with_long_table(texts),
            rounds=3,
            aim=1,
        ),
    ]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", type=int, default=10_000)
    print(HEADING)
    for found in pairs(parser.parse_args().lines):
        print(found.line())


if __name__ == "__main__":
    main()
