"""The group, its officers and its papers, with a page in small beside the fields."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.forms.group import GroupForm
from ui.pages.settings_part import SettingsForm
from ui.widgets.empty import EmptyState
from ui.widgets.letterhead import Letterhead, Named


class GroupPage(SettingsForm):
    task = "group"

    def make_form(self) -> GroupForm:
        form = GroupForm(self.desk)
        self.page = Letterhead(self.kit, 292)
        form.changed.connect(lambda: self._show(form))
        self._show(form)
        return form

    def beside(self) -> QWidget:
        return self.page

    def forbidden(self) -> str:
        return self.t("You can read this, but not change it.")

    def make_empty(self) -> EmptyState:
        t = self.t
        empty = EmptyState(
            self.kit,
            "users",
            t("Say whose book this is"),
            t("The name, the officers and how profit is shared stand on every report."),
        )
        empty.offer(t("Fill in"), lambda: self.desk.open_form("group"), "pencil-simple")
        return empty

    def _show(self, form: GroupForm) -> None:
        self.page.show_names(named(form))


def named(form: GroupForm) -> Named:
    """What is in the form, as a page shows it."""
    places = (form.village.value(), form.district.value(), form.city.value())
    return Named(
        group=form.group_name.value() or "",
        place=", ".join(filter(None, places)),
        above=form.lkm.value() or "",
        city=form.city.value() or "",
        chair=form.chair.value() or "",
        treasurer=form.treasurer.value() or "",
        coordinator=form.coordinator.value() or "",
        paper=form.paper.code(),
    )
