"""A place whose page is still to be written."""

from __future__ import annotations

from ui.desk import Desk
from ui.pages.base import Page
from ui.widgets.empty import EmptyState


class PageToCome(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.body.addWidget(EmptyState(self.kit, "leaf", self.t("This page is still to come")), 1)
