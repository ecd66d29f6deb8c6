"""What the book says waits, in words and with a way there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kwt_books.domain.month import last_day
from kwt_books.queries.overview import CASH_LIMIT, SOON, Overview, ToDo
from ui.desk import Desk
from ui.widgets.to_do_list import ToDoRow

BACKUP_DAYS = 7
"""A backup a week: what is lost with a computer can then be typed again."""


def to_do_rows(desk: Desk, overview: Overview) -> list[ToDoRow]:
    todo = overview.todo
    return [
        *_beginnings(desk, overview),
        *_open_months(desk, todo),
        *_expiring(desk, todo),
        *_shops(desk, todo),
        *_under_cost(desk, todo),
        *_cash(desk, todo),
        *_backup(desk, overview),
    ]


def _beginnings(desk: Desk, overview: Overview) -> Iterator[ToDoRow]:
    """What a new book needs first."""
    if desk.only_reads:
        return
    t = desk.kit.t
    if overview.group is None:
        yield ToDoRow(
            t("Say whose book this is"),
            t("Name, address and officers of the group"),
            "users",
            partial(desk.go, "settings", "group"),
        )
    if overview.recorded is None:
        yield ToDoRow(
            t("Record what there is at the start"),
            t("Money, goods and debts on the first day"),
            "notebook",
            partial(desk.open_form, "opening"),
        )


def _open_months(desk: Desk, todo: ToDo) -> Iterator[ToDoRow]:
    for month in todo.open_months[:1]:
        t, days = desk.kit.t, (desk.kit.today - last_day(month)).days
        name = desk.kit.formats.month_name(int(month[5:]))
        yield ToDoRow(
            t("{month} is not closed yet", month=name),
            t.ngettext("Over for {n} day", "Over for {n} days", days),
            "warning-circle",
            partial(desk.go, "close", month),
        )


def _expiring(desk: Desk, todo: ToDo) -> Iterator[ToDoRow]:
    if not todo.expiring:
        return
    t, formats = desk.kit.t, desk.kit.formats
    first = todo.expiring[0]
    yield ToDoRow(
        t.ngettext(
            "{n} lot expires within {days} days",
            "{n} lots expire within {days} days",
            len(todo.expiring),
            days=SOON.days,
        ),
        t(
            "{item}, {quantity} {unit}, on {day}",
            item=first.name,
            quantity=formats.quantity(first.quantity),
            unit=first.unit,
            day=formats.day(first.expires),
        ),
        "clock",
        partial(desk.go, "stock"),
    )


def _shops(desk: Desk, todo: ToDo) -> Iterator[ToDoRow]:
    t = desk.kit.t
    for shop in todo.shops:
        yield ToDoRow(
            t.ngettext(
                "{shop} unsettled for {n} day",
                "{shop} unsettled for {n} days",
                shop.days,
                shop=shop.name,
            ),
            t.ngettext("{n} pack still there", "{n} packs still there", shop.quantity // 1000),
            "storefront",
            partial(desk.go, "shops", shop.party),
        )


def _under_cost(desk: Desk, todo: ToDo) -> Iterator[ToDoRow]:
    t, rupiah = desk.kit.t, desk.kit.formats.rupiah
    for goods in todo.under_cost:
        yield ToDoRow(
            t("{item} costs more than its price", item=goods.name),
            t(
                "Cost {cost}, price {price} for one {unit}",
                cost=rupiah(goods.cost),
                price=rupiah(goods.price),
                unit=goods.unit,
            ),
            "trend-down",
            partial(desk.go, "stock"),
        )


def _backup(desk: Desk, overview: Overview) -> Iterator[ToDoRow]:
    t, last = desk.kit.t, desk.preferences.backed_up(desk.book)
    days = (desk.kit.today - last).days if last is not None else None
    if overview.recorded is None or (days is not None and days < BACKUP_DAYS):
        return
    yield ToDoRow(
        t("No backup yet")
        if days is None
        else t.ngettext("Last backup {n} day ago", "Last backup {n} days ago", days),
        t("Have a flash drive ready"),
        "hard-drive",
        partial(desk.go, "settings", "backup"),
        urgent=False,
    )


def _cash(desk: Desk, todo: ToDo) -> Iterator[ToDoRow]:
    if todo.cash_over is None:
        return
    t, rupiah = desk.kit.t, desk.kit.formats.rupiah
    yield ToDoRow(
        t("Cash above {limit}", limit=rupiah(CASH_LIMIT)),
        t("There is {amount}; better take it to the bank", amount=rupiah(todo.cash_over)),
        "money",
        partial(desk.go, "cash"),
    )
