"""What the other side of a deal is to the group, as people say it."""

from __future__ import annotations

from kwt_books.i18n.catalogue import noop

ROLES = {
    "shop": noop("Shop that sells for us"),
    "supplier": noop("Supplier"),
    "customer": noop("Customer"),
    "member": noop("Member"),
    "agency": noop("Office or institution"),
}
