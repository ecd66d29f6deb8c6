"""Reports as CSV (RFC 4180) and JSON: raw values, for spreadsheets and other programs."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, BinaryIO

from kwt_books.i18n.catalogue import Translator
from kwt_books.reports.model import Column, ColumnType, Report, Row, Value
from kwt_books.reports.packs import Pack

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_AFTER_A_SEPARATOR = re.compile(
    r"""([;,|\t\r\n][ "']*)(?=[=@]|[+\-](?![\d.,]+\s*(?:$|[^\s\d+\-*/^&|!=(<>:'"])))"""
)
"""A formula where a spreadsheet takes another sign than the comma for what parts fields; a mere
number is none."""


def write_csv(pack: Pack, out: BinaryIO) -> None:
    """UTF-8 behind a byte-order mark, without which Excel takes it for another encoding.

    Fields are parted by the sign that a spreadsheet of the pack's language expects: a semicolon
    in Indonesian, where the comma is the decimal sign. Whole rupiah, quantities and percents as
    they read (`300`, `2,75`), ISO dates. Several reports stand one after the other, a blank line
    between them.
    """
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    indonesian = pack.language != "en"
    writer = csv.writer(text, delimiter=";" if indonesian else ",")
    words = Translator(pack.language)
    for place, report in enumerate(pack.reports):
        if place:
            writer.writerow(())
        writer.writerow(_head(report, words))
        mark = "," if indonesian else "."
        writer.writerows(_line(row, report.columns, mark) for row in pack.told(report.rows))
    text.detach()


def _head(report: Report, words: Translator) -> list[str | int]:
    fixed = (words("Code"), report.label or words("Description"), words("Level"), words("Kind"))
    return [safe(each) for each in (*fixed, *map(_heading, report.columns))]


def _heading(column: Column) -> str:
    return " ".join(filter(None, (column.group, *column.label.split())))


def _line(row: Row, columns: Sequence[Column], mark: str) -> Iterator[str | int]:
    """`mark` stands before decimals."""
    yield safe(row.code)
    yield safe(row.label)
    yield row.level
    yield str(row.kind)
    for cell, column in zip(row.cells, columns, strict=False):
        yield _field(cell, column.type, mark)
    yield from [""] * (len(columns) - len(row.cells))


_DECIMALS = {ColumnType.QUANTITY: 3, ColumnType.PERCENT: 1}


def _field(cell: Value, kind: ColumnType, mark: str) -> str | int:
    decimals = _DECIMALS.get(kind)
    if decimals is None or not isinstance(cell, int):
        return safe(cell)
    whole, rest = divmod(abs(cell), 10**decimals)
    sign = "-" if cell < 0 else ""
    fraction = f"{rest:0{decimals}d}".rstrip("0")
    return f"{sign}{whole}{mark}{fraction}" if fraction else f"{sign}{whole}"


def safe(value: Value) -> str | int:
    """`value` as a field; text that a spreadsheet would run as a formula is marked as text."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        marked = _AFTER_A_SEPARATOR.sub(r"\1'", value)
        return "'" + marked if marked.startswith(_BEGINS_A_FORMULA) else marked
    return value


# -- A report as JSON: typed values as they are, for other programs ------------------------------


def write_json(pack: Pack, out: BinaryIO) -> None:
    """One report as an object, several as a list of them."""
    made = [report_object(report) for report in pack.reports]
    text = json.dumps(made[0] if len(made) == 1 else made, ensure_ascii=False)
    out.write(f"{text}\n".encode())


def report_object(report: Report) -> dict[str, Any]:
    """Money in whole rupiah, quantities in thousandths, percents in tenths, dates in ISO."""
    return {
        "name": report.name,
        "title": report.title,
        "parameters": dict(report.parameters),
        "columns": [
            {"key": column.key, "label": column.label, "type": str(column.type)}
            for column in report.columns
        ],
        "rows": [_row(row) for row in report.rows],
        "head": report.head,
        "figures": dict(report.figures),
        "period": report.period,
        "unit": report.unit,
        "closing": list(report.closing),
        "provisional": report.provisional,
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "code": row.code,
        "label": row.label,
        "level": row.level,
        "kind": str(row.kind),
        "cells": [_value(cell) for cell in row.cells],
    }


def _value(cell: Value) -> str | int | None:
    return cell.isoformat() if isinstance(cell, date) else cell
