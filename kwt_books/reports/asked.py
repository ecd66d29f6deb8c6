"""What was asked of a report, looked up in the book: unknown names are refused."""

from __future__ import annotations

from kwt_books.domain.accounts import Account
from kwt_books.domain.documents.setup import Item, Party
from kwt_books.domain.errors import RuleError
from kwt_books.reports.context import Context


def asked_account(context: Context, default: str | None = None) -> Account | None:
    """The account asked for; None where none was."""
    code = context.parameters.account or default
    if code is None:
        return None
    account = context.setup.accounts.get(code)
    if account is None:
        raise RuleError("unknown-account", account=code)
    return account


def asked_item(context: Context) -> Item | None:
    code = context.parameters.item
    if code is None:
        return None
    item = context.setup.items.get(code)
    if item is None:
        raise RuleError("unknown-item", item=code)
    return item


def asked_shop(context: Context) -> Party | None:
    code = context.parameters.shop
    if code is None:
        return None
    party = context.setup.parties.get(code)
    if party is None:
        raise RuleError("unknown-party", party=code)
    if party.role != "shop":
        raise RuleError("wrong-role", party=code, needed="shop")
    return party


def month_asked(context: Context) -> dict[str, str]:
    """The month a report is of, as its parameter; nothing where it is of other days."""
    return {"month": context.period.last} if context.period.is_month else {}
