"""What a sample is drawn from: documents with their amounts, in the order of date and recording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kwt_books.domain.errors import RuleError
from kwt_books.domain.kinds import KINDS
from kwt_books.domain.sampling import Drawn, Method, Projection, Unit, project
from kwt_books.domain.values import month_of
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.exceptions import Examined, amounts_on, examined
from kwt_books.reports.context import Context
from kwt_books.reports.kinds import Describer
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Layout,
    Report,
    Row,
    RowKind,
    document_ref,
)

PAYMENTS, RECEIPTS, ALL = "payments", "receipts", "all"
STRATA = ("amount", "kind", "month")


@dataclass(frozen=True, slots=True)
class Asked:
    """Of what: payments, receipts, all documents, or those on the account of a code."""

    of: str = PAYMENTS
    by: str = "amount"
    """How strata are told apart, where there are any."""


class Population(NamedTuple):
    """The documents that a sample is drawn from, in the order of date and recording."""

    units: tuple[Unit, ...]
    documents: dict[str, Examined]
    """By their vouchers."""


def population(context: Context, asked: Asked) -> Population:
    """The documents of the period without corrected ones, openings and closes.

    Raises `RuleError("unknown-strata")` where strata can't be told apart so.
    """
    if asked.by not in STRATA:
        raise RuleError("unknown-strata", text=asked.by, known=", ".join(STRATA))
    start, end = context.period.start, context.period.end
    found = [
        each
        for each in examined(context.connection, start, end, context.setup.cash_accounts, 0)
        if _may_be_drawn(each.kind)
    ]
    amounts = _amounts(context, asked.of, found, start, end)
    holding = {
        each.number: each for each in found if each.holds and amounts.get(each.number, 0) > 0
    }
    units = tuple(
        Unit(number, amounts[number], _stratum(asked.by, each, amounts[number]))
        for number, each in holding.items()
    )
    return Population(units, holding)


def _may_be_drawn(name: str) -> bool:
    kind = KINDS.get(name)
    return kind is None or kind.sampled


def _amounts(
    context: Context, of: str, found: list[Examined], start: date, end: date
) -> dict[str, int]:
    if of == PAYMENTS:
        return {each.number: -each.cash for each in found}
    if of == RECEIPTS:
        return {each.number: each.cash for each in found}
    if of == ALL:
        return {each.number: each.size for each in found}
    if of not in context.setup.accounts:
        raise RuleError("unknown-account", account=of)
    return amounts_on(context.connection, of, start, end)


def _stratum(by: str, document: Examined, amount: int) -> str:
    """Amounts go by their number of digits: `06` is from 100.000 to under a million."""
    if by == "kind":
        return document.kind
    if by == "month":
        return month_of(document.date)
    return f"{len(str(amount)):02}"


# ------------------------------------------------------------------------------------------------
# The sample as a working paper: what was drawn, with boxes to tick, and how to draw it again.


EMPTY, TICKED = "☐", "☑"
_METHODS = {
    Method.RANDOM: noop("Simple random sample"),
    Method.STRATIFIED: noop("Stratified random sample"),
    Method.MONETARY: noop("Monetary-unit sample"),
}
_STRATA = {
    "amount": noop("by number of digits of the amount"),
    "kind": noop("by kind of document"),
    "month": noop("by month"),
}
_AGAIN = {
    Method.RANDOM: noop(
        "To draw it again: list the documents by date and voucher as recorded; the k-th number"
        " (from 0) is SHA-256 of the text {seed}:k as a whole number; its remainder by"
        " {count} is a place in the list, from 0; places that came before are passed over."
    ),
    Method.STRATIFIED: noop(
        "To draw it again: list the documents of each stratum by date as recorded, the strata by"
        " name; the k-th number (from 0) is SHA-256 of the text {seed}:k as a whole number; its"
        " remainder by the number of documents of the stratum is a place in its list, from 0;"
        " places that came before are passed over; the next stratum goes on with the next number."
        " Strata are {strata} and sized by their value, one document at least."
    ),
    Method.MONETARY: noop(
        "To draw it again: line up the rupiah of all documents by date as recorded; SHA-256 of the"
        " text {seed}:0 as a whole number, its remainder by {interval} plus one, is the first"
        " rupiah drawn ({start}); from there one every {interval}. The document in which a drawn"
        " rupiah lies is in the sample."
    ),
}


@dataclass(frozen=True, slots=True)
class Ticked:
    """What the auditor found of one document. `audited`: what it should have come to."""

    outcome: str
    audited: int | None = None
    note: str = ""


AGREES, DIFFERS, MISSING = "agrees", "differs", "missing"
OUTCOMES = {
    AGREES: noop("agrees"),
    DIFFERS: noop("differs"),
    MISSING: noop("paper missing"),
}


def errors_of(drawn: Drawn, ticks: Mapping[str, Ticked]) -> dict[str, int]:
    """Of documents that differ or whose paper is missing: how much of the amount is not shown."""
    amounts = {each.unit.document: each.unit.amount for each in drawn.selected}
    return {
        document: abs(amounts[document] - (tick.audited or 0))
        for document, tick in ticks.items()
        if tick.outcome != AGREES and document in amounts
    }


def sample_report(
    context: Context,
    drawn: Drawn,
    asked: Asked,
    documents: Mapping[str, Examined],
    ticks: Mapping[str, Ticked] | None = None,
) -> Report:
    """With empty boxes, or with what was found so far."""
    made = _Paper(context, drawn, asked, ticks or {})
    t, money, box = context.words, ColumnType.MONEY, ColumnType.CODE
    return Report(
        name="sample",
        title=t("Sample of Documents"),
        columns=(
            Column("place", t("No."), ColumnType.CODE),
            Column("document", t("Voucher"), ColumnType.CODE),
            Column("date", t("Date"), ColumnType.DATE),
            Column("amount", t("Amount"), money, summed=True),
            Column("paper", t("Paper seen"), box),
            Column("agrees", t("Amount agrees"), box),
            Column("approved", t("Approved"), box),
            Column("remark", t("Auditor's remark"), ColumnType.TEXT),
        ),
        rows=tuple(made.rows(documents)),
        parameters=made.parameters(),
        head=context.chain.hash,
        period=context.spanning,
        unit=context.unit,
        label=t("Description"),
        label_at=3,
        layout=Layout.BOOK,
        closing=tuple(made.closing()),
        figures=made.figures(),
    )


class _Paper:
    def __init__(
        self, context: Context, drawn: Drawn, asked: Asked, ticks: Mapping[str, Ticked]
    ) -> None:
        self._context, self._drawn, self._asked, self._ticks = context, drawn, asked, ticks
        self._describer = Describer(context.setup, context.words)
        self.t = context.words

    @property
    def _projection(self) -> Projection:
        return project(self._drawn, errors_of(self._drawn, self._ticks))

    def rows(self, documents: Mapping[str, Examined]) -> Iterator[Row]:
        for place, (unit, hits) in enumerate(self._drawn.selected, start=1):
            document = documents[unit.document]
            text = self._describer.describe(document.kind, document.payload, document.corrects)
            named = document_ref(unit.document)
            cells = (str(place), named, document.date, unit.amount)
            marks = self._marks(self._ticks.get(unit.document), hits)
            yield Row(text, (*cells, *marks), named)
        total = sum(each.unit.amount for each in self._drawn.selected)
        sums = (None, None, None, total, None, None, None, None)
        yield Row(self.t("Total"), sums, "total", kind=RowKind.TOTAL)

    def _marks(self, tick: Ticked | None, hits: int) -> tuple[str, ...]:
        remark = [self.t("drawn {count} times", count=hits)] if hits > 1 else []
        if tick is None:
            return (EMPTY, EMPTY, EMPTY, "; ".join(remark))
        seen = EMPTY if tick.outcome == MISSING else TICKED
        agrees = TICKED if tick.outcome == AGREES else EMPTY
        if tick.outcome != AGREES:
            remark.append(self.t(OUTCOMES[tick.outcome]))
        if tick.audited is not None:
            remark.append(self._context.formats.rupiah(tick.audited))
        return (seen, agrees, agrees, "; ".join([*remark, *([tick.note] if tick.note else [])]))

    def parameters(self) -> dict[str, str]:
        plan, period = self._drawn.plan, self._context.period
        return {
            "method": str(plan.method),
            "of": self._asked.of,
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
            "seed": plan.seed,
            "materiality": str(plan.materiality),
            "confidence": str(plan.confidence),
            **({"by": self._asked.by} if plan.method is Method.STRATIFIED else {}),
        }

    def figures(self) -> dict[str, int]:
        found = self._projection
        return {
            "population": self._drawn.count,
            "population_value": self._drawn.value,
            "drawn": len(self._drawn.selected),
            "interval": self._drawn.interval,
            "errors": found.errors,
            "error_found": found.found,
            "error_likely": found.likely,
            **({"error_at_most": found.most} if found.most is not None else {}),
        }

    def closing(self) -> Iterator[str]:
        """How large, from what, and how to draw it again; what was found, if anything was."""
        t, formats, drawn = self.t, self._context.formats, self._drawn
        yield t.ngettext(
            "{method} of {of}: {drawn} of {count} document, {value} in total.",
            "{method} of {of}: {drawn} of {count} documents, {value} in total.",
            drawn.count,
            method=t(_METHODS[drawn.plan.method]), of=self._of(),
            drawn=formats.number(len(drawn.selected)), count=formats.number(drawn.count),
            value=formats.rupiah(drawn.value),
        )  # fmt: skip
        if drawn.plan.materiality:
            yield t(
                "Materiality {amount}, confidence {confidence}%, no error expected.",
                amount=formats.rupiah(drawn.plan.materiality), confidence=drawn.plan.confidence,
            )  # fmt: skip
        yield t("Seed {seed}.", seed=drawn.plan.seed)
        yield t(
            _AGAIN[drawn.plan.method], seed=drawn.plan.seed, count=formats.number(drawn.count),
            strata=t(_STRATA[self._asked.by]), interval=formats.number(drawn.interval),
            start=formats.number(drawn.start),
        )  # fmt: skip
        if self._ticks:
            yield from result_sentences(self._context, drawn, self._ticks)

    def _of(self) -> str:
        named = {
            PAYMENTS: noop("payments"),
            RECEIPTS: noop("receipts"),
            ALL: noop("all documents"),
        }
        if self._asked.of in named:
            return self.t(named[self._asked.of])
        name = self._context.account_name(self._asked.of)
        return self.t("documents on {account}", account=f"{self._asked.of} {name}")


def result_sentences(context: Context, drawn: Drawn, ticks: Mapping[str, Ticked]) -> Iterator[str]:
    """What was looked at, and what the errors come to over the whole population."""
    t, formats = context.words, context.formats
    found = project(drawn, errors_of(drawn, ticks))
    yield t(
        "Examined: {done} of {drawn}. Errors: {errors}, {found}; over the whole population most "
        "likely {likely}.",
        done=formats.number(len(ticks)), drawn=formats.number(len(drawn.selected)),
        errors=formats.number(found.errors), found=formats.rupiah(found.found),
        likely=formats.rupiah(found.likely),
    )  # fmt: skip
    if found.most is not None and len(ticks) >= len(drawn.selected):
        yield t(
            "With {confidence}% confidence not more than {most}.",
            confidence=drawn.plan.confidence, most=formats.rupiah(found.most),
        )  # fmt: skip
