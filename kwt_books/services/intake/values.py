"""What people write in cells, as amounts, quantities and days.

Amounts are whole rupiah, quantities thousandths. `Rp 1.250.000,-`, `1,250,000` and `(250.000)` are
amounts; a day is `5/1/2026`, `5 Jan 2026`, `Senin, 5 Januari 2026` or Excel's number of days.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from kwt_books.domain.values import FIRST_YEAR, LAST_YEAR
from kwt_books.i18n.formats import MINUS, MOST, ParseError
from kwt_books.services.intake.sheet import Value

_USUAL = re.compile(r"(?:rp\.? ?)?([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,15})", re.ASCII)
"""How most amounts are written: they are read fast."""
_DIGITS = re.compile(r"[0-9][0-9.,' ]*")
_UNITS = {"rb": 3, "ribu": 3, "k": 3, "jt": 6, "juta": 6}
_AMOUNT = re.compile(
    r"(?:rp\.?|idr)?\s*(?P<sign>[-−–+])?\s*(?:rp\.?|idr)?\s*(?P<digits>[0-9][0-9.,' ]*?)"
    r"\s*(?:,-+|\.-+|,=|\.=)?\s*(?P<unit>rb|ribu|k|jt|juta)?\.?\s*(?:rupiah)?\s*"
    r"(?P<side>db|cr|d|k|\+|-)?",
)
_NIL = frozenset({"-", "–", "−", "--", "nihil", "nil", "rp -", "rp-", "rp. -", "rp.-", "0,-"})
DAY_ZERO = date(1899, 12, 30)
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january", "feb peb februari pebruari february", "mar maret march mrt",
            "apr april", "mei may", "jun juni june", "jul juli july",
            "agu ags agt agustus aug august",
            "sep sept september", "okt oct oktober october", "nov nop november nopember",
            "des dec desember december",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_FIGURES = re.compile(
    r"(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,4})(?:[ t,]+\d{1,2}[:.].*)?"
)
_WORDED = re.compile(r"(\d{1,2})[\s\-/.]*([a-z]+)[\s\-/.,']*(\d{2,4})?(?:,?\s+\d{1,2}[:.].*)?")
_ENGLISH = re.compile(r"([a-z]+)\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_SHORT = re.compile(r"(\d{1,2})[-/.](\d{1,2})")
_WEEKDAY = re.compile(
    r"(?:senin|selasa|rabu|kamis|jum['’`]?at|sabtu|minggu|ahad|"
    r"(?:sen|sel|rab|kam|jum|sab|min|mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?)\.?[\s,/-]+"
)
_APOSTROPHES = "'’`‘"
"""What banks and people write first, so that a spreadsheet leaves the rest as it is."""
DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "dmy", "mdy", "ymd"
ORDERS = (DAY_FIRST, MONTH_FIRST, YEAR_FIRST)
"""How a day in figures may be written where its year does not stand first with four digits."""
_YEARS_BACK = 15
"""How long ago a year of two digits may be, where it tells the order of a day's figures."""
_SIGNS = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """`no bukti` of `No. Bukti :`, for comparing words."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _SIGNS.sub(" ", folded).strip()


def money(value: Value, point: str = "") -> int | None:
    """Whole rupiah; None for an empty cell or a dash. Raises `ParseError`.

    A sign before or behind and parentheses make it negative. `point` is the sign before sen, `,` or
    `.`; without one, each amount tells it by itself.
    """
    if value is None:
        return None
    if isinstance(value, Decimal):
        return _within(_whole(value), str(value))
    if isinstance(value, date):
        raise ParseError("amount-is-a-day", value.isoformat())
    text = value.strip().lower().replace("\u00a0", " ").lstrip(_APOSTROPHES)
    if point != "." and (usual := _USUAL.fullmatch(text)) is not None:
        return _within(int(usual[1].replace(".", "")), value)
    if not text or text in _NIL:
        return None
    if text[0] in ".,":  # `.00`, as some banks write nothing
        text = f"0{text}"
    sign = 1
    if text.startswith("(") and text.endswith(")"):
        text, sign = text[1:-1].strip(), -1
    found = _AMOUNT.fullmatch(text)
    if found is None or found["side"] in ("d", "k", "db", "cr"):
        raise ParseError("amount-not-a-number", value)
    if found["sign"] not in (None, "+") or found["side"] == "-":
        sign = -sign
    number = _decimal(found["digits"], value, "" if found["unit"] else ".,", point=point)
    return _within(sign * _whole(number.scaleb(_UNITS.get(found["unit"] or "", 0)), value), value)


def decimal(written: str, point: str = "") -> Decimal:
    """The exact number of an amount with sen, such as `1.250,55`; `point` as in `money`.

    Raises `ParseError`.
    """
    text = written.strip().lower()
    sign = -1 if text.startswith(("(", "-", MINUS)) or text.endswith("-") else 1
    found = _DIGITS.search(text)
    if found is None:
        raise ParseError("amount-not-a-number", written)
    return sign * _decimal(found[0].strip(), written, ".,", point=point)


def side_of(value: Value) -> str | None:
    """`D` or `K` of an amount such as `50.000,00 DB`, as banks write it; None where none stands."""
    if isinstance(value, str):
        word = value.strip().lower().rpartition(" ")[2].strip(".")
        return {"db": "D", "d": "D", "cr": "K", "k": "K"}.get(word)
    return None


def without_side(value: Value) -> Value:
    """An amount without the `DB` or `CR` behind it."""
    if isinstance(value, str) and side_of(value) is not None:
        return value.strip().rpartition(" ")[0]
    return value


def quantity(value: Value) -> int | None:
    """Thousandths; None for an empty cell or a dash. Raises `ParseError`.

    A unit may follow: `2,5 kg`.
    """
    if value is None:
        return None
    if isinstance(value, date):
        raise ParseError("quantity-not-a-number", value.isoformat())
    if isinstance(value, Decimal):
        return _within(_thousandths(value, str(value)), str(value))
    text = value.strip().lstrip(_APOSTROPHES)
    if not text or text.lower() in _NIL:
        return None
    found = _DIGITS.match(text)
    if found is None or any(char.isdigit() for char in text[found.end() :]):
        raise ParseError("quantity-not-a-number", value)
    number = _decimal(found[0].strip(), value, ".", "quantity-not-a-number")
    return _within(_thousandths(number, value), value)


def _decimal(
    digits: str,
    text: str,
    thousands: str,
    code: str = "amount-not-a-number",
    *,
    point: str = "",
) -> Decimal:
    """The number that digits with points and commas stand for, whichever parts the thousands.

    Three digits behind a single one of the signs in `thousands` are thousands: `1.250`. Where
    `point` is given, it alone stands before fractions.
    """
    spaced = digits.strip().replace("'", " ")
    if " " in spaced and not _grouped(re.split(r"[.,]", spaced)[0], " "):
        raise ParseError(code, text)  # two amounts, and not thousands parted by a space
    plain = spaced.replace(" ", "").rstrip(".,")
    if point:
        group = "," if point == "." else "."
        whole, _, rest = plain.partition(point)
        if (group in whole and not _grouped(whole, group)) or not (rest or "0").isdigit():
            raise ParseError(code, text)
        return Decimal(f"{whole.replace(group, '') or 0}.{rest or 0}")
    last = max(plain.rfind("."), plain.rfind(","))
    if last < 0:
        return Decimal(plain)
    decimal = plain[last]
    group = "," if decimal == "." else "."
    single = plain.count(decimal) == 1
    behind = len(plain) - last - 1
    if single and (group in plain or not (behind == 3 and decimal in thousands)):
        whole, rest = plain[:last], plain[last + 1 :]
        if group in whole and not _grouped(whole, group):
            raise ParseError(code, text)
        return Decimal(f"{whole.replace(group, '')}.{rest or 0}")
    if not _grouped(plain, decimal):
        raise ParseError(code, text)
    return Decimal(plain.replace(decimal, ""))


def _grouped(text: str, sign: str) -> bool:
    first, *rest = text.split(sign)
    return 0 < len(first) <= 3 and first.isdigit() and all(len(each) == 3 for each in rest)


def _whole(number: Decimal, text: str = "") -> int:
    if number != number.to_integral_value():
        raise ParseError("amount-not-whole", text or str(number))
    return int(number)


def _thousandths(number: Decimal, text: str) -> int:
    scaled = number.scaleb(3)
    if scaled != scaled.to_integral_value():
        raise ParseError("quantity-too-fine", text)
    return int(scaled)


def _within(number: int, text: str) -> int:
    if abs(number) > MOST:
        raise ParseError("amount-too-large", text)
    return number


def count(value: Value) -> int | None:
    """A whole number such as years; None for an empty cell. Raises `ParseError`."""
    found = quantity(value)
    if found is not None and found % 1000:
        raise ParseError("quantity-not-a-number", str(value))
    return found // 1000 if found is not None else None


def text(value: Value) -> str:
    """What a cell says, numbers as plain digits; empty for an empty cell."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return str(int(value)) if whole else f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value


def day(
    value: Value, usual: date | None = None, year: int | None = None, order: str = DAY_FIRST
) -> date | None:
    """A day; None for an empty cell. Raises `ParseError("day-not-understood")`.

    `usual` is a day near by: it gives the year to a day without one, and the month to a day that is
    a number from 1 to 31. `year` gives the year alone. `order` is that of a day in figures, one of
    `ORDERS`. Excel's numbers of days and a year alone are understood too.
    """
    if value is None or isinstance(value, date):
        return value
    year = usual.year if usual is not None else year
    try:
        if isinstance(value, Decimal):
            found = _day_number(value, usual)
        else:
            found = _day_text(value, usual, year, order)
    except (ValueError, InvalidOperation, OverflowError):
        found = None
    if found is None or not 1900 <= found.year <= LAST_YEAR:
        raise ParseError("day-not-understood", text(value))
    return found


_HALF_A_YEAR = timedelta(days=183)


def day_after(value: Value, before: date, order: str = DAY_FIRST) -> date | None:
    """A day as `day` gives it, written near the day `before`: behind 28/12 stands 3/1 of the next
    year, where no year is written.
    """
    found = day(value, before, order=order)
    if found is None or isinstance(value, date) or abs(found - before) <= _HALF_A_YEAR:
        return found
    year = before.year + (1 if found < before else -1)
    with suppress(ParseError):
        other = day(value, date(year, before.month, 1), order=order)
        if found != other:  # it has no year of its own
            return other
    return found


def has_year(value: Value, order: str = DAY_FIRST) -> bool:
    """Whether a day says its year."""
    leap, other = (day(value, date(each, 1, 1), order=order) for each in (2000, 1996))
    return isinstance(value, date) or leap == other


def day_alone(value: Value) -> int | None:
    """The day of a month that stands without one: 5 of `05`; None for anything else."""
    if isinstance(value, str):
        bare = _bare_day(value)
        number = int(bare) if bare.isdecimal() and len(bare) < 3 else 0
    elif isinstance(value, Decimal) and value == value.to_integral_value():
        number = int(value)
    else:
        return None
    return number if 1 <= number <= 31 else None


def year_alone(value: Value) -> bool:
    """Whether a year stands there and nothing else, which is no day of a cash book."""
    said = text(value).strip(_APOSTROPHES)
    return not isinstance(value, date) and said.isdecimal() and len(said) == 4


def orders_of(value: Value, today: date) -> frozenset[str]:
    """In which of `ORDERS` a day in figures can be meant; none for what is no such day.

    A year of two digits lies near today's. A day that its month does not have is meant all the
    same: 31/04 has its day first.
    """
    if not isinstance(value, str):
        return frozenset()
    plain = _bare_day(value)
    if (short := _SHORT.fullmatch(plain)) is not None:
        said = (*short.groups(), str(today.year))
        without_year = (DAY_FIRST, MONTH_FIRST)
        return frozenset(each for each in without_year if _means_a_day(said, each, today))
    figures = _FIGURES.fullmatch(plain)
    if figures is None or len(figures[1]) > 2:
        return frozenset()
    return frozenset(each for each in ORDERS if _means_a_day(figures.groups(), each, today))


def _means_a_day(figures: Sequence[str], order: str, today: date) -> bool:
    said = dict(zip(order, figures, strict=True))
    whole = len(said["y"]) == 4
    near = today.year - _YEARS_BACK <= _year(said["y"]) <= today.year + 1
    short = len(said["d"]) < 3 and len(said["y"]) in (2, 4)
    return short and (near or whole) and 1 <= int(said["m"]) <= 12 and 1 <= int(said["d"]) <= 31


def _day_number(number: Decimal, usual: date | None) -> date | None:
    whole = int(number)
    if FIRST_YEAR - 50 <= whole <= LAST_YEAR:
        return date(whole, 1, 1)
    if 1 <= whole <= 31 and whole == number and usual is not None:
        return usual.replace(day=whole)
    if (compact := _COMPACT.fullmatch(str(whole))) is not None:
        return date(int(compact[1]), int(compact[2]), int(compact[3]))
    return DAY_ZERO + timedelta(days=whole) if 10_000 < whole < 80_000 else None


@lru_cache(maxsize=1024)
def _bare_day(written: str) -> str:
    """What is written of a day without the day of the week and other words before it."""
    plain = written.strip().lower().replace("\u00a0", " ").lstrip(_APOSTROPHES).strip()
    if (weekday := _WEEKDAY.match(plain)) is not None:
        return plain[weekday.end() :].strip()
    head, comma, rest = plain.partition(",")
    if comma and head.isalpha():
        return rest.strip()
    first = plain.split(" ")[0]
    if first.isalpha() and first not in MONTHS and " " in plain:
        return plain.partition(" ")[2].strip()
    return plain


def _day_text(written: str, usual: date | None, of_year: int | None, order: str) -> date | None:
    plain = _bare_day(written)
    if compact := _COMPACT.fullmatch(plain):
        return date(int(compact[1]), int(compact[2]), int(compact[3]))
    if plain.isdigit():
        return _day_number(Decimal(plain), usual)
    if figures := _FIGURES.fullmatch(plain):
        return _in_figures(*figures.groups(), order=order)
    if (english := _ENGLISH.fullmatch(plain)) and english[1] in MONTHS:
        return date(int(english[3]), MONTHS[english[1]], int(english[2]))
    if (worded := _WORDED.fullmatch(plain)) and worded[2] in MONTHS:
        year = _year(worded[3]) if worded[3] else of_year
        return date(year, MONTHS[worded[2]], int(worded[1])) if year is not None else None
    short = _SHORT.fullmatch(plain)
    if short is not None and of_year is not None:
        return _in_figures(short[1], short[2], str(of_year), order=order.replace("ymd", "dmy"))
    return None


def _in_figures(*figures: str, order: str) -> date:
    """The day of three figures; where the first has four digits it is the year."""
    said = dict(zip("ymd" if len(figures[0]) == 4 else order, figures, strict=True))
    if len(said["y"]) not in (2, 4):
        raise ValueError(said["y"])
    return date(_year(said["y"]), int(said["m"]), int(said["d"]))


def _year(written: str) -> int:
    year = int(written)
    return year + 2000 if year < 100 else year
