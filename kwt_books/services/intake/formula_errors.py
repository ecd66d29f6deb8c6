"""Cells whose formula came to an error, such as `#REF!`: the reader of workbooks gives them empty,
and an amount would be passed over without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from io import BytesIO
from zipfile import BadZipFile, ZipFile

_CELL = re.compile(
    rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3})(\d+)"[^>]*?\bt="e"[^>]*>(.*?)</(?:\w+:)?c>', re.DOTALL
)
_SAID = re.compile(rb"<(?:\w+:)?v>(.*?)</(?:\w+:)?v>")
_SHEET = re.compile(r"<(?:\w+:)?sheet [^>]*?>")
_TARGET = re.compile(r"<(?:\w+:)?Relationship [^>]*?>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')


def errors_of(content: bytes, sheet: str) -> Mapping[int, Mapping[int, str]]:
    """By row, from 1, then column, from 0: the errors of a sheet; none of what is no xlsx."""
    if not content.startswith(b"PK"):
        return {}
    found: dict[int, dict[int, str]] = {}
    try:
        with ZipFile(BytesIO(content)) as file:
            path = _path(file, sheet)
            text = file.read(path) if path is not None else b""
    except (BadZipFile, KeyError, OSError, RuntimeError):
        return {}  # whoever opened it would have told
    if b't="e"' not in text:
        return {}
    for letters, row, inside in _CELL.findall(text):
        said = _SAID.search(inside)
        error = said[1].decode("utf-8", "replace") if said else "#ERROR!"
        found.setdefault(int(row), {})[_column(letters)] = error
    return found


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - ord("A") + 1
    return place - 1


def _path(file: ZipFile, sheet: str) -> str | None:
    """Where a sheet stands in the file."""
    if "xl/workbook.xml" not in file.namelist():
        return None
    named = {
        unescape(each.get("name", "")): each.get("r:id")
        for each in _attributes(_SHEET, file.read("xl/workbook.xml"))
    }
    targets = {
        each.get("Id"): each.get("Target", "")
        for each in _attributes(_TARGET, file.read("xl/_rels/workbook.xml.rels"))
    }
    target = targets.get(named.get(sheet))
    if not target:
        return None
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _attributes(tag: re.Pattern[str], text: bytes) -> Iterator[dict[str, str]]:
    for each in tag.findall(text.decode("utf-8", "replace")):
        yield dict(_ATTRIBUTE.findall(each))
