"""What waits to be done by the book's account, in words and with a button that leads there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kwt_books.domain.values import last_day
from kwt_books.queries.overview import CASH_LIMIT, SOON, ExpiringLot, Overview, ToDo
from kwt_books.reports.kinds import kind_title, titled_kinds
from ui.kit.list import ToDoRow
from ui.kit.workspace import Workspace

BACKUP_DAYS = 7
"""Days between backups: a week's documents can still be typed again if the computer is lost."""


def to_do_rows(workspace: Workspace, overview: Overview) -> list[ToDoRow]:
    """What waits, in the order of the list."""
    todo = overview.todo
    return [
        *_beginnings(workspace, overview),
        *_drafts(workspace),
        *_open_months(workspace, todo),
        *_fridays(workspace, todo),
        *_expiring(workspace, todo),
        *_shops(workspace, todo),
        *_under_cost(workspace, todo),
        *_cash(workspace, todo),
        *_backup(workspace, overview),
    ]


def _beginnings(workspace: Workspace, overview: Overview) -> Iterator[ToDoRow]:
    """What a new book needs first."""
    if workspace.only_reads:
        return
    t = workspace.ui.t
    if overview.group is None:
        yield ToDoRow(
            t("Enter the group's details"),
            t("Name, address and officers of the group"),
            "users",
            partial(workspace.go, "settings", "group"),
        )
    if overview.recorded is None:
        yield ToDoRow(
            t("Record the opening balances"),
            t("Money, goods and debts on the first day"),
            "notebook",
            partial(workspace.open_form, "opening"),
        )


def _drafts(workspace: Workspace) -> Iterator[ToDoRow]:
    """Drafts of forms that were not recorded."""
    if workspace.only_reads:
        return
    t = workspace.ui.t
    for name in filter(workspace.may, workspace.drafts.names()):
        kind = next(
            (each for each in titled_kinds() if name in {form.name for form in each.forms}), None
        )
        if kind is not None:
            yield ToDoRow(
                t("{what}: not recorded yet", what=kind_title(t, kind.name)),
                t("Your draft is waiting for you"),
                "note-pencil",
                partial(workspace.open_form, name),
            )


def _open_months(workspace: Workspace, todo: ToDo) -> Iterator[ToDoRow]:
    for month in todo.open_months[:1]:
        t, days = workspace.ui.t, (workspace.ui.today - last_day(month)).days
        name = workspace.ui.formats.month_alone(month)
        yield ToDoRow(
            t("{month} is not closed yet", month=name),
            t.ngettext("Ended {n} day ago", "Ended {n} days ago", days),
            "warning-circle",
            partial(workspace.go, "close", month),
        )


def _fridays(workspace: Workspace, todo: ToDo) -> Iterator[ToDoRow]:
    """Fridays of the running month without an outlet."""
    if not todo.fridays or workspace.only_reads:
        return
    t = workspace.ui.t
    days = ", ".join(workspace.ui.short_day(day) for day in todo.fridays)
    yield ToDoRow(
        t("Friday outlet not recorded: {days}", days=days),
        t("If there was none that day, go on."),
        "shopping-bag-open",
        partial(workspace.go, "sell", "market_day"),
    )


def _expiring(workspace: Workspace, todo: ToDo) -> Iterator[ToDoRow]:
    """What has expired, and what soon will: those are to be sold first."""
    t, today = workspace.ui.t, workspace.ui.today
    over = [lot for lot in todo.expiring if lot.expires < today]
    if over:
        title = t.ngettext("{n} lot has expired", "{n} lots have expired", len(over))
        yield _first_of(workspace, title, over[0])
    soon = todo.expiring[len(over) :]
    if soon:
        title = t.ngettext(
            "{n} lot expires within {days} days",
            "{n} lots expire within {days} days",
            len(soon),
            days=SOON.days,
        )
        yield _first_of(workspace, title, soon[0])


def _first_of(workspace: Workspace, title: str, lot: ExpiringLot) -> ToDoRow:
    formats = workspace.ui.formats
    second = workspace.ui.t(
        "{item}, {quantity} {unit}, on {day}",
        item=lot.name,
        quantity=formats.quantity(lot.quantity),
        unit=lot.unit,
        day=formats.day(lot.expires),
    )
    return ToDoRow(title, second, "clock", partial(workspace.go, "stock"))


def _shops(workspace: Workspace, todo: ToDo) -> Iterator[ToDoRow]:
    t = workspace.ui.t
    for shop in todo.shops:
        yield ToDoRow(
            t.ngettext(
                "{shop} has not settled for {n} day",
                "{shop} has not settled for {n} days",
                shop.days,
                shop=shop.name,
            ),
            t.ngettext(
                "{n} kind of goods still there", "{n} kinds of goods still there", shop.kinds
            ),
            "storefront",
            partial(workspace.go, "shops", shop.party),
        )


def _under_cost(workspace: Workspace, todo: ToDo) -> Iterator[ToDoRow]:
    t, rupiah = workspace.ui.t, workspace.ui.formats.rupiah
    for goods in todo.under_cost:
        yield ToDoRow(
            t("{item} costs more than its price", item=goods.name),
            t(
                "Cost {cost}, price {price} per {unit}",
                cost=rupiah(goods.cost),
                price=rupiah(goods.price),
                unit=goods.unit,
            ),
            "trend-down",
            partial(workspace.go, "stock"),
        )


def _backup(workspace: Workspace, overview: Overview) -> Iterator[ToDoRow]:
    t, last = workspace.ui.t, workspace.preferences.of(workspace.book).backed_up
    days = (workspace.ui.today - last).days if last is not None else None
    if overview.recorded is None or (days is not None and days < BACKUP_DAYS):
        return
    yield ToDoRow(
        t("No backup yet")
        if days is None
        else t.ngettext("Last backup {n} day ago", "Last backup {n} days ago", days),
        t("Have a flash drive ready"),
        "hard-drive",
        partial(workspace.go, "settings", "backup"),
        urgent=False,
    )


def _cash(workspace: Workspace, todo: ToDo) -> Iterator[ToDoRow]:
    if todo.cash_over is None:
        return
    t, rupiah = workspace.ui.t, workspace.ui.formats.rupiah
    yield ToDoRow(
        t("Cash above {limit}", limit=rupiah(CASH_LIMIT)),
        t("{amount} on hand; better take it to the bank", amount=rupiah(todo.cash_over)),
        "money",
        partial(workspace.go, "cash"),
    )
