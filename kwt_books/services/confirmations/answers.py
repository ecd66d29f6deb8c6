"""Answers held against the book as it stood on the day that the letter asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kwt_books.reports.context import Context
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind
from kwt_books.services.audit.records import Answer
from kwt_books.services.confirmations.letters import Letter


@dataclass(frozen=True, slots=True)
class Compared:
    """One letter and what came back on it, if anything did."""

    letter: Letter
    answer: Answer | None

    @property
    def difference(self) -> int:
        """What the other side says more, whole rupiah; an amount left open agrees."""
        if self.answer is None or self.answer.amount is None:
            return 0
        return self.answer.amount - self.letter.amount

    @property
    def goods(self) -> dict[str, tuple[int, int]]:
        """By item, the book's thousandths and the other side's, of those that it counted."""
        counts = {} if self.answer is None else {e.item: e.quantity for e in self.answer.goods}
        return {item: (self.letter.goods.get(item, 0), count) for item, count in counts.items()}

    @property
    def agrees(self) -> bool:
        return self.answer is not None and not (
            self.difference or any(book != theirs for book, theirs in self.goods.values())
        )


def compare_answers(
    found: Iterable[Letter], answers: Iterable[Answer], day: date
) -> list[Compared]:
    """Each letter with the newest answer to it as of that day."""
    newest = {each.letter: each for each in answers if each.day == day}
    return [Compared(letter, newest.get(letter.code)) for letter in found]


def answers_report(context: Context, compared: Iterable[Compared], day: date) -> Report:
    """What differs, what agrees, what is still out. A row's code is the letter's."""
    t, money = context.words, ColumnType.MONEY
    found = list(compared)
    differing = [each for each in found if each.answer is not None and not each.agrees]
    agreeing = [each for each in found if each.agrees]
    out = [each for each in found if each.answer is None]
    groups = (
        (t("Differences"), differing),
        (t("Agreed"), agreeing),
        (t("Not answered yet"), out),
    )
    return Report(
        name="confirmation-answers",
        title=t("Answers to Letters of Confirmation"),
        columns=(
            Column("unit", t("Unit"), ColumnType.CODE),
            Column("book_quantity", t("Book"), ColumnType.QUANTITY, group=t("Quantity")),
            Column("their_quantity", t("Answer"), ColumnType.QUANTITY, group=t("Quantity")),
            Column("book", t("Book"), money, group=t("Amount")),
            Column("answer", t("Answer"), money, group=t("Amount")),
            Column("difference", t("Difference"), money, group=t("Amount")),
        ),
        rows=tuple(row for title, group in groups for row in _group(context, title, group)),
        parameters={"as_of": day.isoformat()},
        head=context.chain.hash,
        period=t("As at {day}", day=context.formats.day(day)),
        unit=context.unit,
        layout=Layout.NOTES,
        figures={
            "differing": len(differing),
            "agreeing": len(agreeing),
            "unanswered": len(out),
            "difference": sum(each.difference for each in found),
        },
    )


def _group(context: Context, title: str, group: list[Compared]) -> Iterator[Row]:
    yield Row(title, kind=RowKind.SECTION)
    for each in group:
        yield from _rows(context, each)
    if not group:
        yield Row(context.words("None."), kind=RowKind.NOTE)


def _rows(context: Context, each: Compared) -> Iterator[Row]:
    letter, answer = each.letter, each.answer
    theirs = answer.amount if answer is not None else None
    difference = each.difference if theirs is not None else None
    note = f": {answer.note}" if answer is not None and answer.note else ""
    cells = (None, None, None, letter.amount, theirs, difference)
    yield Row(f"{letter.name}{note}", cells, letter.code)
    for item, (book, counted) in each.goods.items():
        if book != counted:
            known = context.setup.items.get(item)
            unit = known.unit if known is not None else None
            counts = (unit, book, counted, None, None, None)
            yield Row(context.setup.item_name(item), counts, level=1)


def answer_sentences(context: Context, compared: Iterable[Compared], day: date) -> tuple[str, ...]:
    """For the letter of findings: how many came back, and what differs."""
    t, formats = context.words, context.formats
    found = list(compared)
    answered = [each for each in found if each.answer is not None]
    if not answered:
        return ()
    differing = [each for each in answered if not each.agrees]
    text = t(
        "As at {day}: {answered} of {asked} letters came back, {differing} with differences.",
        day=formats.day(day), answered=formats.number(len(answered)),
        asked=formats.number(len(found)), differing=formats.number(len(differing)),
    )  # fmt: skip
    lines = [
        t("{name}: {amount} by the book, {answer} by the answer.", name=each.letter.name,
          amount=formats.rupiah(each.letter.amount),
          answer=formats.rupiah(each.letter.amount + each.difference))
        for each in differing if each.difference
    ]  # fmt: skip
    return (text, *lines)
