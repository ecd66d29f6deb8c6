"""Names of things that several pages show."""

from __future__ import annotations

from kwt_books.domain.access import Role
from kwt_books.i18n.catalogue import Translator, noop
from ui.theme import Mode

SUFFIX = ".kwt"
"""What the files of books end in."""

ROLES = {
    Role.TREASURER: noop("Treasurer"),
    Role.CHAIR: noop("Chair"),
    Role.AUDITOR: noop("Auditor"),
}

MODE_NAMES = {
    Mode.SYSTEM: noop("Like the computer"),
    Mode.LIGHT: noop("Light"),
    Mode.DARK: noop("Dark"),
    Mode.CONTRAST: noop("Strong contrast"),
}


def role_name(t: Translator, role: Role) -> str:
    return t(ROLES[role])
