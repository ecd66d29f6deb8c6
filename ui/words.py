"""Names of things that several pages show."""

from __future__ import annotations

from kwt_books.domain.access import Role
from kwt_books.i18n.catalogue import Translator, noop

SUFFIX = ".kwt"
"""What the files of books end in."""

ROLES = {
    Role.TREASURER: noop("Treasurer"),
    Role.CHAIR: noop("Chair"),
    Role.AUDITOR: noop("Auditor"),
}


def role_name(t: Translator, role: Role) -> str:
    return t(ROLES[role])
