"""A field beside which something worth knowing is said, as long as nothing is wrong."""

from __future__ import annotations

from ui.widgets.field import FieldRow


class RemarkRow(FieldRow):
    remark = ""

    def note(self, text: str) -> None:
        """Said in amber: one may go on all the same."""
        if text != self.remark:
            self.remark = text
            self.say("")

    def say(self, text: str, tone: str = "") -> None:
        super().say(text or self.remark, tone if text else "warn")
