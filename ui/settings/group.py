"""The group, its officers and papers, with a page in small beside them; and how profit is shared:
the forms and the pages of the settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kwt_books.domain.access import Recorded
from kwt_books.domain.documents.setup import NO_NIP, Allocation, ExtensionOfficer, Group, Umbrella
from kwt_books.i18n.catalogue import noop
from ui.kit.card import Card
from ui.kit.date_field import DateField
from ui.kit.document_form import NOTHING_GIVEN, SetupForm
from ui.kit.field import TextField
from ui.kit.form import opens
from ui.kit.layout import label
from ui.kit.lines import bound, flat, part
from ui.kit.look import CENTRE, LIGHT, UiContext, smooth
from ui.kit.picker import Choice
from ui.kit.sharing import USUAL, SharingField, funds
from ui.kit.workspace import Given, Workspace
from ui.settings.page import SettingsForm


class GroupForm(SetupForm):
    """The group; it asks for the sharing of profit too where the book has no group yet."""

    def __init__(self, workspace: Workspace, given: Given = NOTHING_GIVEN) -> None:
        super().__init__(workspace, "group", {"code": "group"})
        self._group = self.known.group
        self._texts()
        self._papers()
        self._sharing()
        self.start(flat(self._group) if self._group else {"allocation.shares": USUAL})

    def _texts(self) -> None:
        asked: dict[str, tuple[str, Any]] = {**group_fields(self.ui)}
        hints = dict.fromkeys(MAY_MISS, self.t("Optional"))
        hints["name"] = self.t("Just as on the group's stamp or decree")
        asked["village_kind"] = (self.t("Desa or kelurahan?"), Choice(self.ui, VILLAGES))
        for paths in _SIDE_BY_SIDE:
            rows = [self.labelled(path, *asked[path], hints.get(path, "")) for path in paths]
            self.across(*((each, 1) for each in rows))

    def _papers(self) -> None:
        t, ui = self.t, self.ui
        language = Choice(ui, (("id", "Bahasa Indonesia"), ("en", "English")))
        paper = Choice(ui, (("F4", t("F4 (folio), 21.5 × 33 cm")), ("A4", t("A4"))))
        told = t("It is written on the pack of paper")
        self.across(
            (self.labelled("language", t("Language of the reports"), language), 1),
            (self.labelled("paper", t("Paper in the printer"), paper, told), 1),
        )

    def _sharing(self) -> None:
        if self._group is not None:
            return
        t, ui = self.t, self.ui
        self.body.addWidget(label(t("How profit is shared"), "card"))
        offered = funds(ui, self.known.accounts, ())
        self.shares = self.lines("allocation.shares", SharingField(ui, offered))
        decision, day = TextField(ui, required=True), DateField(ui, ui.today, past=True)
        self.across(
            (self.labelled("allocation.decision", t("Decision number"), decision), 1),
            (self.labelled("allocation.date", t("Decided on"), day), 1),
        )

    def unread(self) -> list[tuple[str, str]]:
        missing = half_said(self.values())
        return super().unread() + [(path, self.t("Fill this in")) for path in missing]

    def to_command(self) -> Group:
        """The group."""
        return group_of(self.values(), self._group)


# -- What is said of a group, by the paths of its fields: here and in a book's first steps -------


class NipField(TextField):
    """A NIP: digits, with spaces between them as on letters; `-` is none."""

    def value(self) -> str | None:
        """What stands there, None without a NIP."""
        text = super().value()
        return None if text == NO_NIP else text

    def set_value(self, value: Any) -> None:
        """Shows a NIP; nothing for none."""
        super().set_value(None if value == NO_NIP else value)

    def problem(self) -> str:
        """What is wrong, in words: anything but digits and spaces; empty where nothing is."""
        text = (self.value() or "").replace(" ", "")
        if text and not (text.isascii() and text.isdecimal()):
            return self.ui.t("A NIP has digits only")
        return super().problem()


MAY_MISS = (
    "umbrella.name", "umbrella.coordinator", "extension_officer.name", "extension_officer.nip",
)  # fmt: skip
"""Paths of what a group need not have."""
_SIDE_BY_SIDE = (
    ("name",), ("village_kind", "village"), ("district", "city"), ("chair", "treasurer"),
    MAY_MISS[:2], MAY_MISS[2:],
)  # fmt: skip


def group_fields(ui: UiContext) -> dict[str, tuple[str, TextField]]:
    """What is said of a group in a line of text: title and field by path."""
    t = ui.t
    titles = {
        "name": t("Name of the group"),
        "village": t("Village"),
        "district": t("District"),
        "city": t("City or regency"),
        "chair": t("Chair"),
        "treasurer": t("Treasurer"),
        "umbrella.name": t("LKM or supporting institution"),
        "umbrella.coordinator": t("Its coordinator"),
        "extension_officer.name": t("Extension officer"),
    }
    fields = {
        path: (title, TextField(ui, required=path not in MAY_MISS))
        for path, title in titles.items()
    }
    return {**fields, "extension_officer.nip": (t("NIP"), NipField(ui))}


_OFFICER, _NIP = MAY_MISS[2:]
_NEEDS = ((_OFFICER, _NIP), MAY_MISS[:2], MAY_MISS[1::-1])
"""Pairs of paths: the first is filled in wherever the second is. Many officers have no NIP."""
VILLAGES = (("desa", "Desa"), ("kelurahan", "Kelurahan"))
"""The two kinds of village that there are, in the words of the law in every language."""
_TEXTS = ("name", "village", "district", "city", "chair", "treasurer")


def half_said(said: Mapping[str, Any]) -> list[str]:
    """Paths that are missing: a NIP needs its officer, an institution its coordinator."""
    return [path for path, other in _NEEDS if said[other] and not said[path]]


def group_of(said: Mapping[str, Any], standing: Group | None = None) -> Group:
    """The group made of values by path; keys without a field are those of `standing`."""
    decided = part(Allocation, "allocation", said)
    officer = {**said, _NIP: said.get(_NIP) or NO_NIP}
    parts = {
        "umbrella": part(Umbrella, "umbrella", said),
        "extension_officer": part(ExtensionOfficer, "extension_officer", officer),
        "village_kind": said.get("village_kind") or (standing.village_kind if standing else None),
        "allocation": standing.allocation if standing else decided,
    }
    texts = {path: said[path] or "" for path in _TEXTS}
    return bound(Group, {**said, **texts, **parts})


make_group = opens(GroupForm, noop("The group"), prints=False, width=720)


# -- A printed page in small, with the names as they will be on every report ---------------------


_RATIO = {"F4": (215, 330), "A4": (210, 297)}
"""Width and height of papers, in millimetres."""


@dataclass(frozen=True, slots=True)
class Named:
    """The names on a page; an empty one is left blank."""

    group: str = ""
    place: str = ""
    above: str = ""
    """The institution above the group: its LKM."""
    city: str = ""
    chair: str = ""
    treasurer: str = ""
    coordinator: str = ""
    paper: str = "F4"

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """The names on a page, as far as they are filled in, from values by path."""
        place = ", ".join(filter(None, (said["village"], said["district"], said["city"])))
        return cls(
            group=said["name"] or "",
            place=place,
            above=said.get("umbrella.name") or "",
            city=said["city"] or "",
            chair=said.get("chair") or "",
            treasurer=said.get("treasurer") or "",
            coordinator=said.get("umbrella.coordinator") or "",
            paper=said["paper"],
        )


class Letterhead(QWidget):
    """A page of a report in small, white in the dark too; a grey bar stands for what is empty."""

    def __init__(self, ui: UiContext, width: int = 300) -> None:
        super().__init__()
        self._ui, self._width = ui, width
        self._named = Named()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(ui.t("A small preview of a report page"))

    def show_names(self, named: Named) -> None:
        """Shows these names."""
        self._named = named
        self.setAccessibleDescription(", ".join(filter(None, (named.group, named.place))))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        across, down = _RATIO[self._named.paper]
        width = self._ui.theme.px(self._width)
        return QSize(width, width * down // across)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = smooth(self)
        painter.setPen(self._ui.theme.color("line"))
        painter.setBrush(QColor(LIGHT.surface))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)
        self._paint_head(painter)
        self._paint_body(painter)
        self._paint_foot(painter)

    # -- parts of the page -----------------------------------------------------------------

    def _px(self, pixels: int) -> int:
        """A size on a page of 300 pixels, scaled to this one's width."""
        return self._ui.theme.px(pixels * self._width // 300)

    def _font(self, painter: QPainter, pixels: int, *, bold: bool = False) -> None:
        font = self._ui.theme.font(bold=bold)
        font.setPixelSize(max(7, self._px(pixels)))
        painter.setFont(font)

    def _line(self, painter: QPainter, rect: QRect, text: str, bar: int) -> None:
        """Writes the text in the middle of `rect`, or paints a bar of that width in its place."""
        if not text:
            middle = rect.center()
            size = QSize(self._px(bar), self._px(5))
            place = QRect(middle.x() - size.width() // 2, middle.y() - 2, *size.toTuple())
            painter.fillRect(place, QColor(LIGHT.grid))
            return
        painter.setPen(QColor(LIGHT.text))
        elide = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(text, elide, rect.width())
        painter.drawText(rect, CENTRE, shown)

    def _paint_head(self, painter: QPainter) -> None:
        px, named = self._px, self._named
        theme, side = self._ui.theme, px(30)
        mark = QRect(px(18), px(17), side, side)
        painter.setPen(QColor(LIGHT.text))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(mark)
        inset = px(7)
        glyph = mark.adjusted(inset, inset, -inset, -inset)
        theme.draw_icon(painter, "leaf", QColor(LIGHT.text), glyph)
        left, width = mark.right() + px(6), self.width() - mark.right() - px(6) - px(18)
        self._font(painter, 12, bold=True)
        self._line(painter, QRect(left, px(14), width, px(16)), named.group.upper(), 150)
        self._font(painter, 8)
        above = self._ui.t("Guided by {name}", name=named.above) if named.above else ""
        self._line(painter, QRect(left, px(30), width, px(11)), above, 110)
        self._line(painter, QRect(left, px(41), width, px(11)), named.place, 130)
        below = px(57)
        for offset, thickness in ((0, 2), (4, 1)):
            rule = QRect(px(18), below + offset, self.width() - 2 * px(18), thickness)
            painter.fillRect(rule, QColor(LIGHT.text))

    def _paint_body(self, painter: QPainter) -> None:
        px = self._px
        grey, head = QColor(LIGHT.grid), QColor(LIGHT.sunken)
        left, right = px(18), self.width() - px(18)
        painter.fillRect(QRect(self.width() // 2 - px(45), px(72), px(90), px(7)), head)
        top, bottom = px(92), self.height() - px(112)
        for place, at in enumerate(range(top, bottom, px(15))):
            wide = (130, 95, 112, 84, 120)[place % 5]
            painter.fillRect(QRect(left, at, px(wide), px(5)), grey)
            painter.fillRect(QRect(right - px(44), at, px(44), px(5)), grey)

    def _paint_foot(self, painter: QPainter) -> None:
        px, named, t = self._px, self._named, self._ui.t
        half = (self.width() - 2 * px(18)) // 2
        left, right = px(18), px(18) + half
        top = self.height() - px(104)
        self._font(painter, 8)
        city = f"{named.city}, …" if named.city else ""
        self._line(painter, QRect(right, top, half, px(11)), city, 70)
        for at, title in ((left, t("Chair,")), (right, t("Treasurer,"))):
            self._line(painter, QRect(at, top + px(11), half, px(11)), title, 50)
        self._font(painter, 9, bold=True)
        for at, name in ((left, named.chair), (right, named.treasurer)):
            self._line(painter, QRect(at, top + px(40), half, px(13)), name, 80)
        self._font(painter, 8)
        middle = QRect(self.width() // 2 - half // 2, top + px(58), half, px(11))
        self._line(painter, middle, t("Acknowledged by,"), 50)
        self._font(painter, 9, bold=True)
        self._line(painter, middle.translated(0, px(25)), named.coordinator, 80)


class GroupPage(SettingsForm):
    """The group's form in the settings, with a page in small."""

    task = "group"

    def make_form(self) -> GroupForm:
        """The group's form, which fills the page in small."""
        form = GroupForm(self.workspace)
        self.page = Letterhead(self.ui, 292)
        form.changed.connect(lambda: self._show(form))
        self._show(form)
        return form

    def beside(self) -> QWidget:
        """The page in small."""
        return self.page

    def forbidden(self) -> str:
        """What is read by people who may not change the group."""
        return self.t("You can read this, but not change it.")

    def empty_words(self) -> tuple[str, str, str]:
        """That the group is to be said."""
        text = self.t(
            "The name, the officers and how profit is shared are printed on every report."
        )
        return "users", self.t("Enter the group's details"), text

    def _show(self, form: GroupForm) -> None:
        self.page.show_names(Named.of(form.values()))


class SharingForm(SetupForm):
    """How profit is shared; the rest of the group stays as it is, so that there has to be one."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, "sharing", {"code": "group"})
        t, ui, group = self.t, self.ui, self.known.group
        assert group is not None
        self._group: Group = group
        standing = group.allocation
        offered = funds(ui, self.known.accounts, group.shares)
        self.shares = self.lines("allocation.shares", SharingField(ui, offered))
        self.decision = TextField(ui, required=True)
        self.date = DateField(ui)
        self.across(
            (self.labelled("allocation.decision", t("Decision number"), self.decision,
                           t("As on the minutes of the meeting")), 3),
            (self.labelled("allocation.date", t("Decided on"), self.date), 2),
        )  # fmt: skip
        self.date.set_value(ui.today)
        self.start(flat(group) if standing else {"allocation.shares": group.shares})

    def to_command(self) -> Group:
        """The group with another decision."""
        standing = self._group.allocation
        kept = {"shares": self._in_order(), "basis": standing.basis if standing else None}
        said = {"decision": self.decision.value(), "date": self.date.value()}
        return replace(self._group, allocation=bound(Allocation, {**said, **kept}))

    def _in_order(self) -> dict[str, int]:
        """The shares in the order of the decision before, by which rupiah left over are given."""
        shares, before = self.shares.value(), self._group.shares
        return {code: shares[code] for code in (*before, *shares) if code in shares}

    def saved_text(self, recorded: Recorded) -> str:
        """Says from when on it holds."""
        return self.t("Saved. It applies from the next month close on.")


class SharingPage(SettingsForm):
    """How profit is shared, in the settings."""

    task = "sharing"

    def make_form(self) -> SharingForm:
        """The form of sharing."""
        return SharingForm(self.workspace)

    def beside(self) -> Card:
        """A card with what is good to know."""
        t, card = self.t, Card(self.t("Good to know"), space=8)
        card.setProperty("sunken", True)
        card.setFixedWidth(self.ui.theme.px(292))
        for text in (
            t("The members decide the shares; the number of the minutes is printed on every"
              " report."),
            t("A change applies from the next month close on. Closed months stay as they are."),
            t("What is shared stays in the group: it is set aside for a purpose, not spent."),
        ):  # fmt: skip
            card.tell(text, "caption")
        return card

    def forbidden(self) -> str:
        """What is read by people who may not change it."""
        return self.t("Only the chair changes how profit is shared.")

    def empty_words(self) -> tuple[str, str, str]:
        """That the group is to be said."""
        text = self.t("Profit is shared as the members of the group decided.")
        return "chart-pie-slice", self.t("Enter the group's details"), text
