"""How profit is shared: seen by everybody, decided by the chair."""

from __future__ import annotations

from ui.forms.sharing import SharingForm
from ui.pages.settings_part import SettingsForm
from ui.widgets.card import Card
from ui.widgets.empty import EmptyState
from ui.widgets.label import label


class SharingPage(SettingsForm):
    task = "sharing"

    def make_form(self) -> SharingForm:
        return SharingForm(self.desk)

    def beside(self) -> Card:
        t, card = self.t, Card(self.t("Good to know"), space=8)
        card.setProperty("sunken", True)
        card.setFixedWidth(self.kit.theme.px(292))
        for text in (
            t("The members decide the shares; the number of the minutes stands on every report."),
            t("A change holds from the next month's close on. Closed months stay as they are."),
            t("What is shared stays in the group: it is set aside for a purpose, not spent."),
        ):
            card.body.addWidget(label(text, "caption", wrap=True))
        return card

    def forbidden(self) -> str:
        return self.t("Only the chair changes how profit is shared.")

    def make_empty(self) -> EmptyState:
        t = self.t
        empty = EmptyState(
            self.kit,
            "chart-pie-slice",
            t("Say whose book this is"),
            t("Profit is shared as the members of the group decided."),
        )
        empty.offer(t("Fill in"), lambda: self.desk.open_form("group"), "pencil-simple")
        return empty
