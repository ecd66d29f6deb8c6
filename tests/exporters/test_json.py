from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from tests.exporters.plain_samples import COLUMNS, HEAD, NOTES, REPORT, ROWS, written


def read(*reports: Any) -> Any:
    def no_floats(text: str) -> None:
        raise AssertionError(f"{text} is not whole")

    return json.loads(written("json", *reports).decode(), parse_float=no_floats)


def test_the_object_of_a_report() -> None:
    found = read()
    assert list(found)[:6] == ["name", "title", "parameters", "columns", "rows", "head"]
    assert (found["name"], found["title"]) == ("everything", "Segala Macam")
    assert found["parameters"] == {"month": "2026-06"}
    assert found["head"] == HEAD
    assert (found["period"], found["unit"]) == ("Bulan Juni 2026", "Dinyatakan dalam Rupiah")
    assert (found["closing"], found["provisional"]) == (["Kalimat penutup."], True)
    assert read(replace(REPORT, figures={"profit": 5}))["figures"] == {"profit": 5}
    assert found["columns"] == [
        {"key": each.key, "label": each.label, "type": each.type.value} for each in COLUMNS
    ]


def test_rows_hold_whole_numbers_and_plain_dates() -> None:
    assert read()["rows"][1] == {
        "code": "1101",
        "label": "Kas Tunai",
        "level": 1,
        "kind": "line",
        "cells": ["2026-06-05", "Jual sayur", "BKM-2606-0001", 2500, 12, 683, 1200000, 0],
    }
    kinds = [row["kind"] for row in read()["rows"]]
    assert kinds == [row.kind.value for row in ROWS]
    assert read()["rows"][0]["code"] is None


def test_several_reports_are_a_list() -> None:
    assert [each["name"] for each in read(REPORT, NOTES)] == ["everything", "notes"]


def test_letters_outside_ascii_stay_readable() -> None:
    assert "Laba – Rugi".encode() in written("json", replace(REPORT, title="Laba – Rugi"))
