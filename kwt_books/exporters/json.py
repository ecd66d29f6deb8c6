"""A report as JSON: typed values as they are, for other programs."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, BinaryIO

from kwt_books.reports.model import Report, Row, Value
from kwt_books.reports.pack import Pack


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
