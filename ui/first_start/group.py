"""Step: the group, its village, language and paper."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui.first_start.step import Step
from ui.widgets.field import TextField
from ui.widgets.label import label
from ui.widgets.letterhead import Letterhead, Named
from ui.widgets.segment_field import SegmentField


class GroupStep(Step):
    name = "group"
    language_chosen = Signal(str)

    def build(self) -> None:
        t, kit = self.t, self.kit
        self.language = self.ask(
            "language",
            t("Language"),
            SegmentField(kit, (("id", "Bahasa Indonesia"), ("en", "English")), kit.language),
            t("Of the screen and of the reports"),
        )
        self.group = self.ask(
            "name",
            t("Name of the group"),
            TextField(kit, required=True, placeholder="KWT …"),
            t("Just as on the group's stamp or decree"),
        )
        self.village = self.ask("village", t("Village"), TextField(kit, required=True))
        self.district = self.ask("district", t("District"), TextField(kit, required=True))
        self.city = self.ask("city", t("City or regency"), TextField(kit, required=True))
        self.paper = self.ask(
            "paper",
            t("Paper in the printer"),
            SegmentField(kit, (("F4", t("F4 (folio)")), ("A4", t("A4")))),
            t("It is written on the pack of paper"),
        )
        for field in (self.group, self.village, self.district, self.city):
            field.setProperty("scale", "large")
        self.page = Letterhead(kit, 270)
        self.right.addWidget(self.page)
        self.right.addWidget(label(t("So it will be printed on every report"), "caption"))
        self.language.changed.connect(lambda: self.language_chosen.emit(self.language.code()))
        self.officers = Named()

    def show_officers(self, named: Named) -> None:
        """What is known of the officers, for the page in small."""
        self.officers = named
        self.recount()

    def recount(self) -> None:
        places = (self.village.value(), self.district.value(), self.city.value())
        known = self.officers
        self.page.show_names(
            Named(
                group=self.group.value() or "",
                place=", ".join(filter(None, places)),
                above=known.above,
                city=self.city.value() or "",
                chair=known.chair,
                treasurer=known.treasurer,
                coordinator=known.coordinator,
                paper=self.paper.code(),
            )
        )

    def first_field(self) -> TextField:
        return self.group

    def summary(self) -> str:
        return self.group.value() or ""
