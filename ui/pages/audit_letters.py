"""Letters of confirmation as the screen shows them: what each asks, and what came back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from kwt_books.i18n.catalogue import noop
from kwt_books.reports.model import Report, Row, RowKind
from kwt_books.reports.pack import Pack
from kwt_books.services.audit import AuditDesk
from kwt_books.services.audit.records import Answer
from kwt_books.services.confirmations import KINDS

UNANSWERED, AGREES, DIFFERS = "unanswered", "agrees", "differs"
KIND_WORDS = {
    "shop": noop("Shop"),
    "supplier": noop("Supplier"),
    "customer": noop("Customer"),
    "member": noop("Member"),
    "bank": noop("Bank"),
}
ALL_KINDS = "all"


@dataclass(frozen=True, slots=True)
class Goods:
    """What of an item is there, in thousandths, by the book."""

    item: str
    name: str
    unit: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. `number` is that on paper; `place` its place among the papers of the pack."""

    code: str
    number: str
    name: str
    place: int
    amount: int
    goods: tuple[Goods, ...] = ()
    state: str = UNANSWERED
    difference: int = 0
    answer: Answer | None = None

    @property
    def kind(self) -> str:
        return self.code.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Letters:
    """All letters of a day, and the papers they are printed from."""

    day: date
    letters: tuple[Letter, ...]
    pack: Pack
    unnamed: int = 0
    """Rupiah that stand on these accounts without a name."""
    counts: dict[str, int] = field(default_factory=dict)
    """How many of each state."""

    def papers(self, *letters: Letter) -> Pack:
        """The letters on paper, without the list."""
        parts = self.pack.parts[1:]
        return replace(self.pack, parts=tuple(parts[each.place] for each in letters))

    @property
    def listed(self) -> Pack:
        """The list alone: a letter is no table."""
        return replace(self.pack, parts=self.pack.parts[:1])


def read_letters(desk: AuditDesk, day: date, kind: str, language: str) -> Letters:
    """On the worker."""
    kinds = KINDS if kind == ALL_KINDS else (kind,)
    pack = desk.confirmations(day, language, kinds)
    answered = desk.answers(day, language, kinds).reports[0]
    newest = {each.letter: each for each in desk.notebook.read().answers if each.day == day}
    states = dict(_states(answered))
    found = tuple(_letters(pack.reports[0], states, newest))
    counts = {
        state: sum(each.state == state for each in found) for state in (DIFFERS, AGREES, UNANSWERED)
    }
    known = sum(each.amount for each in found)
    listed = sum(_amount(each) for each in pack.reports[0].rows if not each.level)
    return Letters(day, found, pack, listed - known, counts)


def _amount(row: Row) -> int:
    value = row.cells[2] if len(row.cells) > 2 else None
    return value if isinstance(value, int) else 0


def _states(report: Report) -> Iterator[tuple[str, tuple[str, int]]]:
    """By letter, whether it came back and what differs: the report's sections in their order."""
    sections = iter((DIFFERS, AGREES, UNANSWERED))
    state = UNANSWERED
    for each in report.rows:
        if each.kind is RowKind.SECTION:
            state = next(sections)
        elif each.code is not None and not each.level:
            difference = each.cells[5]
            yield each.code, (state, difference if isinstance(difference, int) else 0)


def _letters(
    report: Report, states: dict[str, tuple[str, int]], newest: dict[str, Answer]
) -> Iterator[Letter]:
    """Rows with a letter's code, each with the goods that follow it."""
    found: list[Letter] = []
    for each in report.rows:
        if each.code is not None and ":" in each.code and not each.level:
            number, _, name = each.label.partition(" ")
            state, difference = states.get(each.code, (UNANSWERED, 0))
            found.append(
                Letter(
                    each.code, number, name, len(found), _amount(each), (), state, difference,
                    newest.get(each.code),
                )
            )  # fmt: skip
        elif each.level and found and each.code is not None:
            quantity, unit = each.cells[:2]
            assert isinstance(quantity, int)
            goods = (*found[-1].goods, Goods(each.code, each.label, str(unit), quantity))
            found[-1] = replace(found[-1], goods=goods)
    yield from found
