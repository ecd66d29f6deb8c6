"""How profit is shared, and the meeting that decided it. The chair's alone."""

from __future__ import annotations

from dataclasses import replace

from kwt_books.domain.documents.setup import Allocation, Group
from kwt_books.domain.recording import Recorded
from ui.desk import Desk
from ui.forms.setup_form import SetupForm
from ui.forms.sharing_field import SharingField
from ui.forms.sharing_words import funds
from ui.widgets.date_field import DateField
from ui.widgets.field import TextField


class SharingForm(SetupForm):
    """Needs a group: it changes nothing else of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "sharing", "group")
        t, kit, group = self.t, self.kit, self.known.group
        assert group is not None
        self._group: Group = group
        standing = group.allocation
        self.shares = SharingField(kit, funds(kit, self.known.accounts, standing.shares))
        self.body.addWidget(self.shares)
        self.add("allocation.shares", self.shares, self.shares)
        self.decision = TextField(kit, required=True)
        self.date = DateField(kit)
        self.across(
            (self.labelled("allocation.decision", t("Number of the decision"), self.decision,
                           t("As it stands on the minutes of the meeting")), 3),
            (self.labelled("allocation.date", t("Decided on"), self.date), 2),
        )  # fmt: skip
        self.start(
            {
                "allocation.shares": {code: str(each) for code, each in standing.shares.items()},
                "allocation.decision": standing.decision,
                "allocation.date": standing.date.isoformat(),
            }
        )

    def to_command(self) -> Group:
        day = self.date.value()
        assert day is not None
        decided = Allocation(
            decision=self.decision.value() or "", date=day, shares=self._in_order()
        )
        return replace(self._group, allocation=decided)

    def _in_order(self) -> dict[str, int]:
        """In the order that stands: it settles who gets a rupiah left over."""
        shares, before = self.shares.shares, self._group.allocation.shares
        return {code: shares[code] for code in (*before, *shares) if code in shares}

    def saved_text(self, recorded: Recorded) -> str:
        return self.t("Saved. It holds from the next month's close on.")
