"""The statements of recording: short ones, asked often, for one row or a few.

Each is written once with the tables and compiled at its first use to the SQL that the driver is
handed; its values are given in the order in which they stand in it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, bindparam, func, select

from kwt_books.store.expressions import (
    NIL,
    NOTHING,
    ONE,
    as_number,
    correction,
    entry,
    in_force,
    in_order,
    listed,
    newest_of_name,
    of_goods,
    of_no_goods,
    of_this_bearer,
    original,
    spells,
    text_at,
    total,
)
from kwt_books.store.tables import (
    asset,
    balance,
    document,
    dues,
    growing,
    layer,
    lot,
    move,
    posting,
    programme,
    saving,
    setup,
    voucher,
)


def _given(*columns: ColumnElement[Any]) -> tuple[ColumnElement[bool], ...]:
    """Each column is one of the values, in this order."""
    return tuple(column == bindparam(f"of_{column.key}") for column in columns)


# -- the chain ------------------------------------------------------------------------------

LAST_ENTRY = (
    select(document.c.sequence, document.c.hash)
    .order_by(document.c.sequence.desc())
    .limit(ONE)
    .offset(NIL)
)
ANY_NUMBERED = (
    select(ONE).select_from(document).where(document.c.number > NOTHING).limit(ONE).offset(NIL)
)
CLOSES = (
    select(document.c.kind, document.c.sequence, document.c.date)
    .where(spells(document.c.kind, "month_close", "month_reopen"))
    .order_by(document.c.sequence)
)
EVER_CLOSED = select(ONE).where(spells(document.c.kind, "month_close")).limit(ONE).offset(NIL)
ID_TAKEN = select(ONE).where(*_given(document.c.id))
DATED = select(document.c.date).where(*_given(document.c.sequence))
_HEADER = select(
    entry.c.sequence,
    entry.c.kind,
    entry.c.number,
    entry.c.date,
    entry.c.payload,
    correction.c.sequence.label("corrected_by"),
).select_from(entry.outerjoin(correction, correction.c.corrects == entry.c.sequence))
HEADER_AT, HEADER_NAMED, HEADER_NUMBERED = (
    _HEADER.where(*_given(column)) for column in (entry.c.sequence, entry.c.id, entry.c.number)
)
LAST_OPENING = (
    _HEADER.where(spells(entry.c.kind, "opening_balance"))
    .order_by(entry.c.sequence.desc())
    .limit(ONE)
    .offset(NIL)
)
POSTINGS_OF = (
    select(posting.c.account, posting.c.amount, posting.c.party, posting.c.closing)
    .where(*_given(posting.c.document))
    .order_by(posting.c.line)
)
MOVES_OF = (
    select(move.c.place, move.c.item, move.c.lot, move.c.quantity, move.c.value)
    .where(*_given(move.c.document))
    .order_by(move.c.line)
)
LAST_VOUCHER = select(voucher.c.last).where(*_given(voucher.c.prefix, voucher.c.month))

# -- set-up ---------------------------------------------------------------------------------

SET_UP = select(setup.c.payload).where(*_given(setup.c.kind)).order_by(setup.c.code)
SET_UP_OF = select(setup.c.payload).where(*_given(setup.c.kind, setup.c.code))

# -- money ----------------------------------------------------------------------------------

_NET = total(balance.c.debit - balance.c.credit)
BALANCES = select(balance.c.account, _NET).group_by(balance.c.account)
"""Of every account that anything was posted to."""
BALANCE = select(_NET).where(*_given(balance.c.account))
BALANCE_BEFORE = BALANCE.where(balance.c.month < bindparam("month"))
MOVED_WITHIN = select(total(posting.c.amount)).where(
    *_given(posting.c.account), posting.c.date.between(bindparam("start"), bindparam("end"))
)
ACCOUNT_USED = select(ONE).where(*_given(balance.c.account)).limit(ONE).offset(NIL)


def _spending(kind: ColumnElement[str]) -> ColumnElement[bool]:
    return spells(kind, "payment", "purchase")


RELEASED = (
    select(-total(posting.c.amount))
    .select_from(
        posting.join(entry, entry.c.sequence == posting.c.document).outerjoin(
            original, original.c.sequence == entry.c.corrects
        )
    )
    .where(*_given(posting.c.account))
    .where(posting.c.date.between(bindparam("start"), bindparam("end")))
    .where(
        (_spending(entry.c.kind) & (posting.c.amount < NIL))
        | (_spending(original.c.kind) & (posting.c.amount > NIL))
    )
)
PROGRAMME_LEFT = select(programme.c.remains).where(*_given(programme.c.code))
PAYLOADS_AT = select(document.c.payload).where(
    document.c.sequence.in_(select(move.c.document).where(of_no_goods, *_given(move.c.place)))
)
SAVED = select(saving.c.saved).where(*_given(saving.c.account, saving.c.party))
DUES_PAID = select(ONE).where(*_given(dues.c.account, dues.c.party, dues.c.month))

# -- goods ----------------------------------------------------------------------------------

_LOT = (lot.c.item, lot.c.name, lot.c.received, lot.c.expires, lot.c.ordinal)
LAYERS = (
    select(*_LOT, layer.c.quantity, layer.c.value)
    .select_from(layer.join(lot, (lot.c.item == layer.c.item) & (lot.c.name == layer.c.lot)))
    .where(*_given(layer.c.item, layer.c.place), newest_of_name())
)
LOT = (
    select(*_LOT)
    .where(*_given(lot.c.item, lot.c.name))
    .order_by(lot.c.ordinal.desc())
    .limit(ONE)
    .offset(NIL)
)
LOT_STANDS = (
    select(ONE)
    .select_from(move.join(entry, entry.c.sequence == move.c.document))
    .where(*_given(move.c.item, move.c.lot), of_goods)
    .where(entry.c.corrects.is_(None), in_force())
    .limit(ONE)
    .offset(NIL)
)
LATEST_MOVE = select(func.max(move.c.date)).where(*_given(move.c.item, move.c.place), of_goods)
_standing = listed("standing")
LATER_MOVES = (
    select(move.c.lot, move.c.date, total(move.c.quantity))
    .select_from(
        in_order(
            _standing,
            move,
            (move.c.item == bindparam("item"))
            & (move.c.lot == text_at(_standing.c.value, 0))
            & (move.c.document >= as_number(text_at(_standing.c.value, 1))),
        )
    )
    .where(move.c.place == bindparam("place"), move.c.date > bindparam("after"), of_goods)
    .group_by(move.c.lot, move.c.date)
)
"""Of the lots named in `standing`, each with the entry that made it: a former lot of the name is
another's history."""
MOVED_LATER = select(total(move.c.quantity)).where(
    *_given(move.c.item, move.c.place), move.c.date > bindparam("after"), of_goods
)
ANY_LOT = select(ONE).where(*_given(lot.c.item)).limit(ONE).offset(NIL)
ANY_GROWING = select(ONE).where(*_given(growing.c.item)).limit(ONE).offset(NIL)
ANY_LAYER = select(ONE).where(*_given(layer.c.place)).limit(ONE).offset(NIL)

# -- plants and assets ----------------------------------------------------------------------

PLANTS = select(
    growing.c.place,
    growing.c.item,
    growing.c.since,
    growing.c.quantity,
    growing.c.value,
    growing.c.opened,
    growing.c.ended,
).where(*_given(growing.c.place))
ASSETS = select(asset)
USERS = (
    select(move.c.document)
    .select_from(move.join(entry, entry.c.sequence == move.c.document))
    .where(of_no_goods, *_given(move.c.place), move.c.document > bindparam("opened"))
    .where(entry.c.corrects.is_(None), in_force())
    .where(of_this_bearer("again"))
)


def _later(rows: FromClause, of: ColumnElement[int]) -> Select[Any]:
    """Documents in force, after the first one named, that have such rows; newest first."""
    return (
        select(entry.c.number, entry.c.date)
        .distinct()
        .add_columns(entry.c.sequence)
        .select_from(rows.join(entry, entry.c.sequence == of))
        .where(of > bindparam("since"), entry.c.number > NOTHING)
        .where(entry.c.corrects.is_(None), in_force())
        .order_by(entry.c.sequence.desc())
    )


TAKERS = _later(move, move.c.document).where(
    of_goods, move.c.quantity < NIL, *_given(move.c.item, move.c.lot, move.c.place)
)
SPENDERS = _later(move, move.c.document).where(
    of_no_goods, move.c.value < NIL, *_given(move.c.place)
)
TOUCHERS = _later(move, move.c.document).where(
    of_no_goods, move.c.place.in_((bindparam("place"), bindparam("beside")))
)
WITHDRAWERS = _later(posting, posting.c.document).where(
    posting.c.amount > NIL, *_given(posting.c.account, posting.c.party)
)
"""Of a later document: what it left of what an earlier one brought."""
