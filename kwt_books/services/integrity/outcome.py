"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass

from kwt_books.domain.errors import Issue

CHECKS = (
    "file", "guards", "chain", "entries", "balanced", "numbers", "closed-months", "parties",
    "stock", "controls", "attachments", "kept-balances", "kept-layers", "kept-plants",
    "kept-assets", "kept-numbers", "kept-setup", "trial-balance",
)  # fmt: skip
"""Every check by its name, in the order of the outcomes. `check-NAME` is its title in words."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One check. Where it failed: the first bad entry, if it is one, and what is wrong."""

    check: str
    passed: bool
    sequence: int | None = None
    number: str | None = None
    details: Issue | None = None

    @property
    def document(self) -> str | None:
        """The first bad entry as people name it: its voucher, else its place in the chain."""
        if self.sequence is None:
            return None
        return self.number or f"#{self.sequence}"
