"""Spreadsheets and lists as rows of plain values: xlsx, xls, ods, and CSV however it was written.

Whatever the file is called, its content says what it is. Numbers of a spreadsheet are the shortest
decimal that Excel itself shows; no float leaves this module.
"""

from __future__ import annotations

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from io import SEEK_END, BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kwt_books.domain.errors import RuleError, StorageError
from kwt_books.domain.files import reachable
from kwt_books.services.intake.formula_errors import errors_of
from kwt_books.store.scratch import passing

if TYPE_CHECKING:  # read in with the first workbook: a list of text has no need of it
    from python_calamine import CalamineSheet, CalamineWorkbook

Value = str | Decimal | date | None
"""What a cell holds; None where it is empty."""

LARGEST = 64 * 1024 * 1024
"""Bytes of a file."""
MOST_ROWS = 200_000
_MOST_COLUMNS = 60
_EXCEL = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How xlsx and ods begin, and xls."""
_SEPARATORS = ";,\t|"
_SAMPLE = 64


class Row(NamedTuple):
    """One row of a sheet: its number, from 1 as the spreadsheet counts, and its cells."""

    number: int
    values: tuple[Value, ...]
    merged: frozenset[int] = frozenset()
    """The columns whose value stands in a row above, since their cells are merged into one."""

    def at(self, column: int | None) -> Value:
        """The value in a column, from 0; None where there is none."""
        return self.values[column] if column is not None and column < len(self.values) else None

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(each is not None for each in self.values)

    @property
    def texts(self) -> list[str]:
        """The words in it, from the left."""
        return [each for each in self.values if isinstance(each, str)]

    @property
    def first_text(self) -> str:
        """The words that stand first in it; empty where there are none."""
        return next((each for each in self.values if isinstance(each, str)), "")


def letter(column: int) -> str:
    """`B` for column 1, `AA` for column 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """`B7` for row 7, column 1."""
    return f"{letter(column)}{row}"


def column_at(letters: str) -> int | None:
    """The column that `B` names, from 0; None for other text."""
    if not (0 < len(letters) <= 3 and letters.isascii() and letters.isalpha()):
        return None
    place = 0
    for letter in letters.upper():
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


class SheetFile:
    """A file that was read: its sheets by name. Opened by `open_sheets`.

    Rows are read by one thread at a time.
    """

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self.content = content
        self.digest = sha256(content).hexdigest()
        self._workbook = _workbook(name, content) if content.startswith(_EXCEL) else None
        self._plain = _Plain(name, content) if self._workbook is None else None
        self.sheets = self._names()
        """The names of its sheets that can be seen; that of a list is the file's own."""

    def _names(self) -> tuple[str, ...]:
        if self._workbook is None:
            return (Path(self.name).stem,)
        return tuple(
            each.name
            for each in self._workbook.sheets_metadata
            if "Work" in str(each.typ) and "Hidden" not in str(each.visible)
        )

    def rows(self, sheet: str, least: int = 0) -> Iterator[Row]:
        """The rows of a sheet that hold something, after the first `least`.

        Cells that are merged down hold their value in each row. Raises `RuleError` for a sheet
        that there is not, and for one of more than `MOST_ROWS` rows.
        """
        if sheet not in self.sheets:
            known = ", ".join(self.sheets)
            raise RuleError("no-such-sheet", sheet=sheet, known=known)
        found = self._plain.rows() if self._plain is not None else self._of_workbook(sheet)
        for row in found:
            if row.number > MOST_ROWS:
                raise RuleError("sheet-too-long", sheet=sheet, most=MOST_ROWS)
            if row.number > least and not row.empty:
                yield row

    def _of_workbook(self, name: str) -> Iterator[Row]:
        assert self._workbook is not None
        sheet = self._workbook.get_sheet_by_name(name)
        if sheet.start is None:
            return
        merged = _merged_down(sheet)
        errors = errors_of(self.content, name)
        carried: dict[int, Value] = {}
        for number, raw in enumerate(sheet.iter_rows(), 1):
            values = [_value(each) for each in raw[:_MOST_COLUMNS]]
            for column, error in errors.get(number, {}).items():
                if column < len(values):
                    values[column] = error
            above = set()
            for column, (first, last) in merged.get(number, {}).items():
                if column >= len(values):
                    continue
                if number == first:
                    carried[column] = values[column]
                elif number <= last:
                    values[column] = carried.get(column)
                    above.add(column)
            yield Row(number, tuple(values), frozenset(above))


def _workbook(name: str, content: bytes) -> CalamineWorkbook:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_filelike(BytesIO(content))
    except CalamineError as error:
        if _locked(content):
            raise RuleError("sheet-locked", name=name) from error
        raise RuleError("not-a-sheet", name=name, detail=str(error)) from error


def _locked(content: bytes) -> bool:
    """Whether it is a workbook that a password locks. Calamine tells that of a file alone, and only
    where its name says which kind it is."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    with suppress(OSError), passing() as folder:
        file = folder / "unnamed"
        file.write_bytes(content)
        for ending in (".xlsx", ".xls", ".ods"):
            file = file.rename(file.with_suffix(ending))
            try:
                CalamineWorkbook.from_path(file)
            except PasswordError:
                return True
            except CalamineError:
                pass
    return False


def open_sheets(path: Path) -> SheetFile:
    """The sheets of a file.

    Raises `StorageError` where it can't be read, and `RuleError` where it is no spreadsheet, is
    locked by a password or holds more than `LARGEST` bytes.
    """
    return SheetFile(path.name, read_content(path))


def read_content(path: Path) -> bytes:
    """The bytes of a file; raises as `open_sheets` where it can't be read or is too large."""
    try:
        with reachable(path).open("rb") as file:
            # Asked for so many bytes, Python would have room for all of them at once.
            size = file.seek(0, SEEK_END)
            file.seek(0)
            content = file.read() if size <= LARGEST else b""
    except OSError as error:
        raise StorageError("cannot-read", path=path, detail=str(error)) from error
    if size > LARGEST:
        raise RuleError("sheet-too-large", name=path.name, most=LARGEST)
    return content


def _value(raw: object) -> Value:
    if isinstance(raw, str):
        return " ".join(raw.split()) or None
    if isinstance(raw, bool):
        return str(raw)
    if isinstance(raw, int | float):
        number = Decimal(repr(raw))
        return number if number.is_finite() else None
    if isinstance(raw, datetime):
        return raw.date()
    return raw if isinstance(raw, date) else None


def _merged_down(sheet: CalamineSheet) -> Mapping[int, Mapping[int, tuple[int, int]]]:
    """By row, then column: the first and last row that a cell is merged over."""
    found: dict[int, dict[int, tuple[int, int]]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if bottom > top and left == right and bottom - top < _SAMPLE:
            for number in range(top + 1, bottom + 2):
                found.setdefault(number, {})[left] = (top + 1, bottom + 1)
    return found


# -- Lists of text: CSV ---------------------------------------------------------------------------


_NO_TEXT = "binary"
"""What a file holds that is neither a workbook nor text."""


class _Plain:
    """A list of values in text: UTF-8, UTF-16 or Windows-1252, parted by `;`, `,`, `|` or tabs."""

    def __init__(self, name: str, content: bytes) -> None:
        self._content = content
        self._encoding = _encoding(content)
        if not content.strip():
            raise RuleError("sheet-empty", name=name)
        try:
            first = [line for _, line in zip(range(_SAMPLE), self._lines(), strict=False)]
        except UnicodeDecodeError as error:
            raise RuleError("not-a-sheet", name=name, detail=_NO_TEXT) from error
        if any("\0" in line for line in first):
            raise RuleError("not-a-sheet", name=name, detail=_NO_TEXT)
        self._skip, self._separator = _separator(first)

    def _lines(self) -> Iterator[str]:
        text = TextIOWrapper(BytesIO(self._content), encoding=self._encoding, newline="")
        yield from text

    def rows(self) -> Iterator[Row]:
        lines = self._lines()
        for _ in range(self._skip):
            next(lines, None)
        reader = csv.reader(lines, delimiter=self._separator)
        number = self._skip
        while True:
            try:
                raw = next(reader, None)
            except csv.Error as error:
                raise RuleError("sheet-broken", row=number + 1, detail=str(error)) from error
            if raw is None:
                return
            number += 1
            values = tuple(" ".join(each.split()) or None for each in raw[:_MOST_COLUMNS])
            yield Row(number, values)


def _encoding(content: bytes) -> str:
    if content.startswith(BOM_UTF8):
        return "utf-8-sig"
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    head = content[:512]
    if head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    if head[::2].count(0) > len(head) // 4:
        return "utf-16-be"
    decoder = getincrementaldecoder("utf-8")()
    try:
        decoder.decode(content, final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _separator(lines: list[str]) -> tuple[int, str]:
    """How many lines come before the list, and the sign that parts its values.

    Excel writes `sep=;` first where it was asked to. Else it is the sign that parts most lines into
    the same number of values.
    """
    first = lines[0].strip().strip('"').lower() if lines else ""
    if first.startswith("sep=") and len(first) == 5:
        return 1, first[4]

    def agreeing(separator: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator) if len(row) > 1]
        usual = max(set(widths), key=widths.count) if widths else 0
        return widths.count(usual) * (usual > 1), usual

    try:
        return 0, max(_SEPARATORS, key=agreeing)
    except csv.Error:
        return 0, ","
