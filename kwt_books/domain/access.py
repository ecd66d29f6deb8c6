"""Who may record what."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    TREASURER = "treasurer"
    CHAIR = "chair"
    AUDITOR = "auditor"


CHAIR_ONLY = frozenset({"month_reopen"})


def may_record(role: Role, kind: str) -> bool:
    """The auditor reads everything and records nothing; reopening is the chair's alone."""
    if role is Role.AUDITOR:
        return False
    return kind not in CHAIR_ONLY or role is Role.CHAIR
