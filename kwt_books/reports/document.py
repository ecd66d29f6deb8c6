"""The report of one document, from its heading to its papers, with references to all it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kwt_books.domain.chain import short_code
from kwt_books.domain.errors import RuleError
from kwt_books.domain.values import month_of
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.closes import close_of
from kwt_books.queries.documents import thousandths
from kwt_books.queries.entry import Entry, entry_of, number_at
from kwt_books.reports.context import Context, place_name, unit_of
from kwt_books.reports.kinds import kind_title
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Report,
    Row,
    RowKind,
    Value,
    account_ref,
    document_ref,
    item_ref,
    lot_ref,
)
from kwt_books.reports.narrative import tell

LEDGER, CARD, LOTS, DOCUMENT = "general-ledger", "stock-card", "lots", "document"
"""Reports that the code of a row leads to; a lot is asked for together with its item."""
_KEYS = ("detail", "item", "lot", "quantity", "unit", "debit", "credit", "value", "leads_to")
_PLACE = re.compile(r"#([0-9]{1,18})")
_LISTS = ("lines", "inputs", "seedlings", "costs", "items", "stock", "assets", "beds", "batches")
_COUNTED = ("qty", "sold", "counted")
_VALUED = ("amount", "value", "cost")


def document(context: Context) -> Report:
    """The document of a voucher number, or `#93`: at that place of the chain.

    `leads_to` names the report that a row's code leads to.
    """
    entry, t = _asked(context), context.words
    quantity, money, text = ColumnType.QUANTITY, ColumnType.MONEY, ColumnType.TEXT
    return Report(
        name=DOCUMENT,
        title=t("Document {number}", number=entry.number),
        period=f"{kind_title(t, entry.kind)}, {context.formats.weekday_day(entry.day)}",
        unit=context.unit,
        label=t("Description"),
        columns=(
            Column("detail", t("Detail"), text),
            Column("item", t("Item code"), ColumnType.CODE, printed=False),
            Column("lot", t("Lot"), ColumnType.CODE),
            Column("quantity", t("Quantity"), quantity),
            Column("unit", t("Unit"), text),
            Column("debit", t("Debit"), money),
            Column("credit", t("Credit"), money),
            Column("value", t("Value"), money),
            Column("leads_to", t("Leads to"), text, printed=False),
        ),
        rows=tuple(_Rows(context, entry).all()),
        parameters={
            "number": entry.number,
            "kind": entry.kind,
            "date": entry.day.isoformat(),
        },
    )


def _asked(context: Context) -> Entry:
    number = context.parameters.number
    if number is None:
        raise RuleError("number-needed")
    placed = _PLACE.fullmatch(number)
    named = number_at(context.connection, int(placed[1])) if placed else number
    found = entry_of(context.connection, named) if named is not None else None
    if found is None:
        raise RuleError("unknown-document", of=number)
    return found


def _line(label: str, code: str | None = None, /, **cells: Value) -> Row:
    return Row(label, tuple(cells.get(key) for key in _KEYS), code=code, level=1)


class _Rows:
    """The sections of one document; those with nothing in them are left out."""

    def __init__(self, context: Context, entry: Entry) -> None:
        self._context, self._entry, self._t = context, entry, context.words

    def all(self) -> Iterator[Row]:
        t = self._t
        told = "".join(fragment.text for fragment in tell(self._context, self._entry))
        yield Row(told, (None,) * len(_KEYS), code="told", kind=RowKind.NOTE)
        for code, title, lines in (
            ("recorded", t("Recording"), self._recorded()),
            ("lines", t("As it was entered"), self._entered()),
            ("postings", t("Postings"), self._postings()),
            ("moves", t("Goods, plants and assets"), self._moves()),
            ("attachments", t("Attachments"), self._attached()),
            ("decision", t("Decision"), self._decision()),
            ("corrections", t("Corrections"), self._corrections()),
        ):
            found = list(lines)
            if found:
                yield Row(title, (None,) * len(_KEYS), code=code, kind=RowKind.SECTION)
                yield from found

    def _recorded(self) -> Iterator[Row]:
        t, entry, said = self._t, self._entry, self._entry.payload
        seal = short_code(entry.hash)
        sealed = t("{seal}, intact", seal=seal) if entry.sound else t("{seal}, broken", seal=seal)
        for label, detail in (
            (t("Memo"), said.get("memo")),
            (t("Number on the paper"), said.get("ref")),
            (t("Recorded at"), self._context.formats.recorded(entry.recorded_at)),
            (t("Recorded by"), entry.recorded_by),
            (t("Seal"), sealed),
            (t("Place in the chain"), f"#{entry.sequence}"),
        ):
            if detail:
                yield _line(label, detail=str(detail))

    def _entered(self) -> Iterator[Row]:
        said = self._entry.payload
        for line in (each for key in _LISTS for each in said.get(key, ())):
            yield self._entered_line(line)

    def _entered_line(self, line: dict[str, Any]) -> Row:
        context, item, account = self._context, line.get("item"), line.get("account")
        counted = next((line[key] for key in _COUNTED if key in line), None)
        cells: dict[str, Value] = {
            "detail": context.setup.party_name(line["party"]) if "party" in line else None,
            "quantity": thousandths(counted) if counted is not None else None,
            "debit": line.get("debit"),
            "credit": line.get("credit"),
            "value": next((line[key] for key in _VALUED if key in line), None),
        }
        if item is not None:
            cells |= {"item": item_ref(item), "unit": unit_of(context, item), "leads_to": CARD}
            return _line(context.setup.item_name(item), item_ref(item), **cells)
        if account is not None:
            named = f"{account} {context.account_name(account)}"
            return _line(named, account_ref(account), **cells, leads_to=LEDGER)
        names = ("label", "name", "bed", "batch")
        label = next((str(line[key]) for key in names if key in line), cells.pop("detail") or "")
        return _line(str(label), **cells)

    def _postings(self) -> Iterator[Row]:
        for account, amount, party, _ in self._entry.postings:
            yield _line(
                f"{account} {self._context.account_name(account)}",
                account_ref(account),
                detail=self._context.setup.party_name(party) if party is not None else None,
                debit=amount if amount > 0 else None,
                credit=-amount if amount < 0 else None,
                leads_to=LEDGER,
            )

    def _moves(self) -> Iterator[Row]:
        context = self._context
        for place, item, lot, quantity, value in self._entry.moves:
            yield _line(
                context.setup.item_name(item) if item else place.partition(":")[2],
                lot_ref(item, lot) if lot else None,
                detail=place_name(context, place) if lot else place.partition(":")[2],
                item=item_ref(item) if item else None,
                lot=lot_ref(item, lot) if lot else None,
                quantity=quantity,
                unit=unit_of(context, item),
                value=value,
                leads_to=LOTS if lot else None,
            )

    def _attached(self) -> Iterator[Row]:
        """The code is the attachment's place in the chain, which leads back to this document."""
        t = self._t
        for each in self._entry.attached:
            kept = t("digest only") if each.size is None else t("{size} bytes", size=each.size)
            where, detail = f"#{each.sequence}", f"{each.type}, {kept}"
            yield _line(each.name, where, detail=detail, leads_to=DOCUMENT)
            yield _line("SHA-256", where, detail=each.sha256, leads_to=DOCUMENT)

    def _decision(self) -> Iterator[Row]:
        """What shared the month's profit: of a close its own, else that of the close that holds."""
        entry = self._entry
        held = close_of(self._context.connection, month_of(entry.day))
        if entry.kind == "month_close" and entry.payload.get("decision"):
            yield _line(
                str(entry.payload["decision"]), document_ref(entry.number), leads_to=DOCUMENT
            )
        elif held is not None:
            group = held.group
            standing = group.allocation if group is not None else None
            decided = held.command.decision or (standing.decision if standing is not None else "")
            closed = self._t("Month closed by {number}", number=held.number)
            yield _line(
                decided or closed, document_ref(held.number), detail=closed, leads_to=DOCUMENT
            )

    def _corrections(self) -> Iterator[Row]:
        t, entry = self._t, self._entry
        for label, linked in (
            (noop("Undoes {number}"), entry.corrects),
            (noop("Undone by {number}"), entry.corrected_by),
        ):
            if linked is not None:
                reason = (linked if linked is entry.corrected_by else entry).payload.get("reason")
                named = t(label, number=linked.number)
                yield _line(named, document_ref(linked.number), detail=reason, leads_to=DOCUMENT)
