"""Berita acara of a cash count and of a month's profit shared."""

from __future__ import annotations

from datetime import datetime

from kwt_books.domain.accounts import OVERAGE, SHORTAGE
from kwt_books.reports.allocation import sharing_of
from kwt_books.reports.context import Parameters
from kwt_books.reports.papers import AllocationLine, AllocationMinutes, CashCountMinutes
from kwt_books.services.slips.source import Source

_SMALLEST_NOTE = 1_000


def cash_minutes(source: Source) -> CashCountMinutes:
    """The money as it was counted, against the book before the difference was booked."""
    payload, context = source.payload, source.context
    difference = sum(source.cash().values())
    faces = {int(face): pieces for face, pieces in payload.get("denominations", {}).items()}
    account = OVERAGE if difference > 0 else SHORTAGE
    return CashCountMinutes(
        payload.get("ref") or source.number,
        source.day,
        _named(source, payload["account"]),
        payload["counted"] - difference,
        payload["counted"],
        {face: pieces for face, pieces in faces.items() if face >= _SMALLEST_NOTE},
        {face: pieces for face, pieces in faces.items() if face < _SMALLEST_NOTE},
        source.number,
        _named(source, account) if difference else "",
        context.formats.time(moment) if (moment := _counted_at(source)) else "",
        context.setup.group.village if context.setup.group is not None else "",
    )


def _named(source: Source, account: str) -> str:
    return f"{account} {source.context.account_name(account)}"


def _counted_at(source: Source) -> datetime | None:
    """The time it was recorded, where that was on the day of the count."""
    at = datetime.fromisoformat(source.recording.at)
    return at if at.date() == source.day and len(source.recording.at) > len("2026-06-30") else None


def allocation_minutes(source: Source) -> AllocationMinutes:
    month = source.payload["month"]
    context = source.context.asking(Parameters(month=month))
    found = sharing_of(context)
    decided = found.decided
    lines = tuple(
        AllocationLine(context.account_name(fund), found.shares.get(fund, 0), amount)
        for fund, amount in found.sharing.parts.items()
    )
    return AllocationMinutes(
        source.payload.get("ref") or source.number,
        source.day,
        month,
        found.sharing.profit,
        found.sharing.shared,
        lines,
        source.payload.get("decision") or (decided.decision if decided else ""),
        decided.date if decided and not source.payload.get("decision") else None,
        voucher=source.number,
    )
