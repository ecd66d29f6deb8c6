"""Amounts, quantities and dates as they are written in Indonesian and in English.

Money is whole rupiah, quantity integer thousandths, percent integer tenths: no float comes near.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

from kwt_books.domain.values import UNIT, Month, moment_of

MINUS = "−"
NIL = "–"
FIGURES = f"0123456789.,/()%-{MINUS}{NIL}"
"""All that amounts, quantities and dates in figures are written with."""

_MONTHS = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_WEEKDAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
"""As Babel has them, whose locale data take longer to read than a window to be shown."""

_ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}


class Formats:
    """How one language writes values. Cheap to make."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.group, self.decimal = (",", ".") if language == "en" else (".", ",")

    # -- money, whole rupiah ---------------------------------------------------------------

    def number(self, amount: int) -> str:
        """`1.200.000`, and `−5.000` as the daily screens write it."""
        digits = f"{abs(amount):,}"
        if self.group != ",":
            digits = digits.replace(",", self.group)
        return MINUS + digits if amount < 0 else digits

    def rupiah(self, amount: int) -> str:
        """`Rp1.200.000`, `−Rp5.000`."""
        text = "Rp" + self.number(abs(amount))
        return MINUS + text if amount < 0 else text

    def rupiah_sen(self, amount: int) -> str:
        """`Rp180.000,00`: a receipt closes the figure, so that nothing can be written behind it."""
        return f"{self.rupiah(amount)}{self.decimal}00"

    def accounting(self, amount: int, nil: str | None = None) -> str:
        """`1.200.000`, `(1.200.000)`: as reports write it; `nil` stands for zero where given."""
        if amount == 0 and nil is not None:
            return nil
        return f"({self.number(-amount)})" if amount < 0 else self.number(amount)

    def compact(self, amount: int) -> str:
        """`1,2 jt`, `250 rb`: for the axis of a chart, one decimal at most, rounded half up."""
        million, thousand = ("m", "k") if self.language == "en" else (" jt", " rb")
        size, word = (1_000_000, million) if abs(amount) >= 1_000_000 else (1_000, thousand)
        if abs(amount) < 1_000:
            return self.number(amount)
        tenths = (abs(amount) * 20 + size) // (2 * size)
        return (MINUS if amount < 0 else "") + self._fraction(tenths, 1) + word

    # -- quantity and percent --------------------------------------------------------------

    def quantity(self, thousandths: int) -> str:
        """`2,5` from 2500: no trailing zeros, `−0,25` below zero."""
        text = self._fraction(abs(thousandths), 3)
        return MINUS + text if thousandths < 0 else text

    def percent(self, tenths: int) -> str:
        """`68,3%` from 683, `30%` from 300."""
        text = self._fraction(abs(tenths), 1) + "%"
        return MINUS + text if tenths < 0 else text

    def percent_fixed(self, tenths: int) -> str:
        """`100,0%`: every figure of a column with its decimal."""
        whole, rest = divmod(abs(tenths), 10)
        text = f"{self.number(whole)}{self.decimal}{rest}%"
        return MINUS + text if tenths < 0 else text

    def _fraction(self, value: int, decimals: int) -> str:
        whole, rest = divmod(value, 10**decimals)
        if not rest:
            return self.number(whole)
        return self.number(whole) + self.decimal + f"{rest:0{decimals}}".rstrip("0")

    # -- dates -----------------------------------------------------------------------------
    #
    # A date is written in one of three forms. In words, with its day of the week where somebody
    # plans or chooses it (`day`, `weekday_day`); short in rows of the screen (`short_day`); in
    # figures in columns, and in the ruled ones of a book on paper without the year that its title
    # says (`numeric_day`, `day_month`). None else is made anywhere.

    def day(self, day: date) -> str:
        """`5 Juni 2026`."""
        return f"{day.day} {self.month_name(day.month)} {day.year}"

    def weekday(self, day: date) -> str:
        """`Jumat`."""
        return _WEEKDAYS[self.language][day.weekday()]

    def weekday_day(self, day: date) -> str:
        """`Jumat, 5 Juni 2026`."""
        return f"{self.weekday(day)}, {self.day(day)}"

    def day_month(self, day: date) -> str:
        """`05/06`: in a column on paper, where the title says the year."""
        return f"{day.day:02}/{day.month:02}"

    def numeric_day(self, day: date) -> str:
        """`05/06/2026`: day first in both languages, as the paper forms have it."""
        return f"{day.day:02}/{day.month:02}/{day.year:04}"

    def short_day(self, day: date, year: int) -> str:
        """`5 Jun`, and `5 Jun 2024` where that is not the year one thinks of."""
        text = f"{day.day} {self.month_name(day.month)[:3]}"
        return text if day.year == year else f"{text} {day.year}"

    def month_name(self, number: int) -> str:
        """`Juni` for 6."""
        return _MONTHS[self.language][number - 1]

    def month(self, month: str) -> str:
        """`Juni 2026` for `2026-06`."""
        return f"{self.month_alone(month)} {Month(month).year:04d}"

    def month_alone(self, month: str) -> str:
        """`Juni` for `2026-06`, where the year is clear."""
        return self.month_name(Month(month).number)

    def time(self, moment: datetime) -> str:
        """`09.12`, English `09:12`."""
        return self.hour(moment.hour, moment.minute)

    def hour(self, hour: int, minute: int = 0) -> str:
        """`22.00`, English `22:00`; the end of a day is `24.00`."""
        return f"{hour:02}{':' if self.language == 'en' else '.'}{minute:02}"

    def date_time(self, moment: datetime) -> str:
        """`1 Juli 2026 pukul 09.12 WIB`; a moment without a zone names none."""
        at = "at" if self.language == "en" else "pukul"
        return f"{self.day(moment)} {at} {self.time(moment)} {zone(moment)}".rstrip()

    def recorded(self, at: str) -> str:
        """When something was recorded: a moment, or the day where that alone was noted.

        What can't be read as either, in a book that was changed by hand, stands as it is.
        """
        try:
            moment = moment_of(at)
            return self.date_time(moment) if moment else self.day(date.fromisoformat(at))
        except ValueError:
            return at


def several(thousandths: int) -> int:
    """The number that the plural beside a quantity goes by: 1 for one whole thing, else 2."""
    return 1 if abs(thousandths) == UNIT else 2


def zone(moment: datetime) -> str:
    """`WIB`, `WITA` or `WIT` by the offset; else `UTC+03:00`; empty without a zone."""
    offset = moment.utcoffset()
    if offset is None:
        return ""
    hours, rest = divmod(offset, timedelta(hours=1))
    if not rest and hours in _ZONES:
        return _ZONES[hours]
    return "UTC" + moment.strftime("%z")[:3] + ":" + moment.strftime("%z")[3:5]


# -- What someone types into a money or quantity field, as an integer ----------------------------
#
# `1200000`, `1.200.000`, `Rp 1.200.000,00`, `1,2jt` and `250 ribu` are all amounts. Digits are
# handled as text from beginning to end; no float comes near.


MOST = 10**15
"""The largest amount (rupiah) and the largest quantity (thousandths) that is accepted."""

# Longer input can only be a mistake, and int() refuses thousands of digits with a text of its own.
_LONGEST = 40

_POWERS = {
    "": 0,
    "rb": 3, "ribu": 3, "k": 3, "thousand": 3,
    "jt": 6, "juta": 6, "million": 6,
    "m": 9, "mlr": 9, "miliar": 9, "milyar": 9, "billion": 9,
    "t": 12, "triliun": 12, "trilyun": 12, "trillion": 12,
}  # fmt: skip

_AMOUNT = re.compile(r"(?:rp\.?|idr)?\s*([0-9][0-9.,]*?)(?:,-|\.-)?\s*([a-z]*)\.?")


class ParseError(ValueError):
    """The text is no amount or quantity; `code` says why and is worded by the `errors` domain."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text


_TIMES = re.compile(r"\s*[x×*]\s*", re.IGNORECASE)
"""Between packs and what is in each."""


def parse_rupiah(text: str, language: str = "id") -> int:
    """Whole rupiah. A minus sign or parentheses make it negative."""
    body, sign = _sign(text, "amount-missing")
    found = _AMOUNT.fullmatch(body)
    if not found or (power := _power(found[2], language)) is None:
        raise ParseError("amount-not-a-number", text)
    split = _split(found[1], language, scaled=power > 0)
    if split is None:
        raise ParseError("amount-not-a-number", text)
    value = _scale(*split, power)
    if value is None:
        raise ParseError("amount-not-whole", text)
    if value > MOST:
        raise ParseError("amount-too-large", text)
    return sign * value


def parse_quantity(text: str, language: str = "id") -> int:
    """Integer thousandths: `2,5` is 2500. Three decimals at most."""
    body, sign = _sign(text, "quantity-missing")
    split = _split(body, language, scaled=True)
    if split is None:
        raise ParseError("quantity-not-a-number", text)
    value = _scale(*split, 3)
    if value is None:
        raise ParseError("quantity-too-fine", text)
    if value > MOST:
        raise ParseError("quantity-too-large", text)
    return sign * value


def parse_product(text: str, language: str = "id") -> int:
    """Integer thousandths: `10x50`, ten packs of fifty, is 500000; else as `parse_quantity`."""
    factors = _TIMES.split(text)
    if len(factors) != 2:
        return parse_quantity(text, language)
    packs, each = (parse_quantity(factor, language) for factor in factors)
    value, finer = divmod(packs * each, 1000)
    if finer:
        raise ParseError("quantity-too-fine", text)
    if abs(value) > MOST:
        raise ParseError("quantity-too-large", text)
    return value


def _power(word: str, language: str) -> int | None:
    if word == "m" and language == "en":  # an Indonesian M is a billion, an English m a million
        return 6
    return _POWERS.get(word)


def _sign(text: str, missing: str) -> tuple[str, int]:
    body = text.replace("\u00a0", " ").strip().lower()
    if not body:
        raise ParseError(missing, text)
    if len(body) > _LONGEST:
        raise ParseError(missing.replace("missing", "not-a-number"), text)
    if body.startswith("(") and body.endswith(")"):
        return body[1:-1].strip(), -1
    if body[0] in "-−–":
        return body[1:].strip(), -1
    return body, 1


def _split(digits: str, language: str, *, scaled: bool) -> tuple[str, str] | None:
    """Whole and decimal digits, or None.

    The other language's decimal sign is understood where it can't be a thousands sign: `1.5jt`.
    Without a unit that needs it (`scaled`) it stays refused: `1.20` is a slip, not an amount.
    """
    group, decimal = (",", ".") if language == "en" else (".", ",")
    g, d = re.escape(group), re.escape(decimal)
    own = re.fullmatch(rf"([0-9]+|[0-9]{{1,3}}(?:{g}[0-9]{{3}})+)(?:{d}([0-9]+))?", digits)
    if own:
        return own[1].replace(group, ""), own[2] or ""
    other = re.fullmatch(rf"([0-9]+){g}([0-9]+)", digits) if scaled else None
    return (other[1], other[2]) if other else None


def _scale(whole: str, decimals: str, power: int) -> int | None:
    """`whole`.`decimals` times 10^power, or None when that is no whole number."""
    decimals = decimals.rstrip("0")
    if len(decimals) > power:
        return None
    return int(whole + decimals.ljust(power, "0"))


def in_indonesia(moment: datetime) -> datetime:
    """By the computer's zone where it is one of Indonesia's; else, as it was never set, by WIB."""
    local = moment.astimezone()
    known = local.utcoffset() in [timedelta(hours=hours) for hours in _ZONES]
    return local if known else moment.astimezone(timezone(timedelta(hours=min(_ZONES))))
