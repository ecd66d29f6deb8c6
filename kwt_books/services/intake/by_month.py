"""Members against months: what each paid in savings or dues, one document a month.

Which day each paid is not said: it is asked, and the last of the month is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256

from kwt_books.domain.accounts import CASH_BOX
from kwt_books.domain.documents.money import Dues, DuesLine, Savings, SavingsLine
from kwt_books.domain.sheets_of_lists import BY_MONTH
from kwt_books.domain.values import Month
from kwt_books.queries.intake import TAKEN, KnownToIntake, act_id
from kwt_books.services.intake.entry import (
    Cell,
    Entry,
    Reader,
    Remark,
    is_numbering,
    is_total,
)
from kwt_books.services.intake.headings import Layout
from kwt_books.services.intake.period import Period, months_in
from kwt_books.services.intake.purposes import NameFinder
from kwt_books.services.intake.sheet import Row
from kwt_books.services.intake.values import plain

DUES = "dues"
_SAVINGS = {"principal": {"pokok"}, "mandatory": {"wajib"},
            "voluntary": {"sukarela", "manasuka", "tabungan"}}  # fmt: skip
_OF_DUES = frozenset(("sampah", "jalan", "air", "warga", "keamanan", "kebersihan", "ronda",
                      "rt", "lingkungan"))  # fmt: skip
_PERSONS = {DUES: "resident"}


def kind_of(layout: Layout, above: Iterable[Row]) -> str | None:
    """`principal`, `mandatory`, `voluntary` or `dues`, as name and titles say; None where not."""
    titles = [each for row in above for each in row.texts]
    for text in (*reversed(titles), layout.sheet):
        words = set(plain(text).split())
        found = [kind for kind, said in _SAVINGS.items() if said & words]
        if len(found) == 1:
            return found[0]
        if not found and ("kpp" in words or ("iuran" in words and _OF_DUES & words)):
            return DUES
        if found:
            return None
    return None


def role_of(kind: str | None) -> str:
    """Who pays it: `member` or `resident`."""
    return _PERSONS.get(kind or "", "member")


class ByMonth:
    """One sheet of members against months, and the documents that its months make."""

    def __init__(
        self, known: KnownToIntake, act: str, layout: Layout, kind: str | None, period: Period
    ) -> None:
        self._known, self._act, self._layout, self._kind = known, act, layout, kind
        self._period = period
        self._reader = Reader(BY_MONTH, layout, [])
        self.known_months = 0
        """Months that were taken before."""

    @property
    def remarks(self) -> list[Remark]:
        """What there is to say of its cells."""
        return self._reader.remarks

    def names(self, rows: Iterable[Row]) -> Iterator[tuple[str, Cell]]:
        """Who stands in it, in the order of the rows."""
        for row in self._people(rows):
            yield self._reader.text(row, "name"), self._reader.cell(row, "name")

    def _people(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            name = self._reader.text(row, "name")
            summed = is_total(name) or is_total(row.first_text) or is_numbering(row)
            if name and not summed and self._paid(row):
                yield row

    def _paid(self, row: Row) -> bool:
        return any(row.at(place) is not None for place in self._months())

    def _months(self) -> Mapping[int, str]:
        """By place: the columns of months, in their order."""
        columns = self._layout.columns
        return dict(sorted((at, name) for name, at in columns.items() if name[1:].isdigit()))

    def entries(self, rows: Iterable[Row], people: NameFinder) -> Iterator[Entry]:
        """A document for each month; `people` knows the codes of those who paid."""
        reader = self._reader
        paid: dict[str, list[tuple[str, int, Row]]] = {}
        first: Row | None = None
        for row in self._people(rows):
            first = first or row
            self._add(row, people.of(reader.text(row, "name")), paid)
        if first is None:
            return
        if self._kind is None:
            reader.wrong(first, "name", "by-month-of-what")
            return
        if not self._period.said and not all(map(self._year_over, self._months())):
            reader.asked(first, "name", "year-guessed", year=self._year())
        ends = self._ends()
        asked = False
        for name in self._months().values():
            lines = paid.get(name, [])
            if not lines:
                continue
            entry = self._document(name, ends[name], lines)
            if entry is None:
                continue
            if not asked:
                reader.asked(lines[0][2], name, "day-of-month-end", date=entry.command.date)  # type: ignore[attr-defined]
                asked = True
            yield entry

    def _add(self, row: Row, code: str | None, paid: dict[str, list[tuple[str, int, Row]]]) -> None:
        reader = self._reader
        if code is None:
            reader.wrong(row, "name", "who-is-meant", name=reader.text(row, "name"))
            return
        total = 0
        before = len(reader.remarks)
        for name in self._months().values():
            amount = reader.money(row, name)
            if amount is not None and amount < 0:
                reader.wrong(row, name, "not-positive", amount=amount)
            elif amount:
                total += amount
                paid.setdefault(name, []).append((code, amount, row))
        said = reader.money(row, "total")
        if said is not None and said != total and len(reader.remarks) == before:
            reader.asked(row, "total", "total-differs", balance=said, total=total)

    def _year(self) -> int:
        return self._period.year or self._period.today.year

    def _year_over(self, place: int) -> int | None:
        """The year that the heading of a month says."""
        said = months_in(self._layout.headings[place], self._period.today)
        return said[0].year if said else None

    def _ends(self) -> Mapping[str, date]:
        """By column: the last day of its month.

        A heading may say its year; behind December comes January of the next.
        """
        found: dict[str, date] = {}
        span, year, before = self._period.span, self._year(), 0
        year = span[0].year if span is not None else year
        for place, name in self._months().items():
            number = int(name[1:])
            year += number < before
            before = number
            found[name] = Month(f"{self._year_over(place) or year:04}-{number:02}").last_day
        return found

    def _document(self, name: str, end: date, paid: list[tuple[str, int, Row]]) -> Entry | None:
        """The document of a month, at its end, or today where that is yet to come; None for one
        that was taken before.
        """
        month, day = Month.of(end), min(end, self._period.today)
        of_month = sha256(f"{self._kind} {month}".encode()).hexdigest()[:8]
        said = "\x1f".join(f"{code} {amount}" for code, amount, _ in sorted(paid, key=_plainly))
        row_print = of_month + sha256(said.encode()).hexdigest()[:8]
        if row_print in self._known.rows:
            self.known_months += 1
            return None
        if any(each.startswith(of_month) for each in self._known.rows):
            self._reader.asked(paid[0][2], name, "month-taken-otherwise", month=str(month))
            return None
        common = {"id": act_id(TAKEN, self._act, row_print), "date": day, "account": CASH_BOX}
        command: Savings | Dues
        if self._kind == DUES:
            dues = [DuesLine(party=code, months=(month,), amount=each) for code, each, _ in paid]
            command = Dues(lines=tuple(dues), **common)  # type: ignore[arg-type]
        else:
            saved = [SavingsLine(party=code, amount=each) for code, each, _ in paid]
            command = Savings(type=self._kind, lines=tuple(saved), **common)  # type: ignore[arg-type]
        cells = {
            f"lines.{spot}.{key}": self._reader.cell(row, column)
            for spot, (_, _, row) in enumerate(paid)
            for key, column in (("amount", name), ("months", name), ("party", "name"))
        }
        cells["date"] = Cell(self._layout.sheet, self._layout.last, self._reader.place(name))
        return Entry(command, cells["date"], cells=cells)


def _plainly(line: tuple[str, int, Row]) -> tuple[str, int]:
    return line[:2]
