"""A form that is a part of the settings: beside it what it comes to, below it the button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from kwt_books.domain.access import may_record
from ui.desk import Desk
from ui.forms.setup_form import SetupForm
from ui.pages.base import Page
from ui.tasks import Change
from ui.tokens import GUTTER, SETTINGS
from ui.widgets.button import Button
from ui.widgets.card import Card, Note
from ui.widgets.label import column, label, no_wider, row, rule

_BOTH = 900
"""What a form needs to have something beside it."""


class SettingsForm(Page):
    """Override `make_form` and `make_empty`; made anew whenever the set-up has changed.

    `task`: who may not record it sees the fields, but can't change them.
    """

    task = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form: SetupForm | None = None
        self._beside: QWidget | None = None
        self._shown: object = None
        desk.setup_changed.connect(self.invalidate)

    def make_form(self) -> SetupForm:
        raise NotImplementedError

    def make_empty(self) -> QWidget:
        """Where there is nothing to change yet."""
        raise NotImplementedError

    def beside(self) -> QWidget | None:
        """What stands at the right of the form."""
        return None

    def forbidden(self) -> str:
        """What someone reads who may not change it."""
        raise NotImplementedError

    def follows_month(self) -> bool:
        return False

    def concerns(self, change: Change) -> bool:
        return False  # the desk learns the set-up anew and says so

    def refresh(self) -> None:
        group = self.desk.group
        if self.desk.setup is None or (self._shown == (group,) and self.form is not None):
            return
        self._shown = (group,)
        while (item := self.body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.form = self._beside = None
        if group is None:
            self.body.addWidget(self.make_empty(), 1)
            return
        self.form = self.make_form()
        self.body.addWidget(self._laid_out(self.form), 1)

    def _laid_out(self, form: SetupForm) -> QWidget:
        may = may_record(self.desk.person.role, self.task)
        card = Card(margins=0, space=0)
        card.body.addWidget(self._scrolled(form, may=may), 1)
        if may:
            card.body.addWidget(rule())
            card.body.addLayout(self._buttons(form))
        form.setEnabled(may)
        ground = QWidget()
        ground.setObjectName("bare")
        ground.setLayout(no_wider(card, self.kit.theme.px(SETTINGS)))
        return ground

    def _scrolled(self, form: SetupForm, *, may: bool) -> QScrollArea:
        ground = QWidget()
        ground.setObjectName("bare")
        across = row(ground, margins=GUTTER, space=32)
        words: QVBoxLayout = column(space=12)
        if not may:
            words.addWidget(Note(self.kit, self.forbidden(), icon="lock-simple"))
        words.addWidget(form)
        words.addStretch(1)
        form.setMaximumWidth(self.kit.theme.px(760))
        across.addLayout(words, 1)
        self._beside = self.beside()
        if self._beside is not None:
            across.addWidget(self._beside, 0, Qt.AlignmentFlag.AlignTop)
            self._make_room()
        across.addStretch(0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(ground)
        return area

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """What stands beside the form goes where there is little room."""
        if self._beside is not None:
            self._beside.setVisible(self.width() >= self.kit.theme.px(_BOTH))

    def _buttons(self, form: SetupForm) -> QVBoxLayout:
        page = column()
        page.setContentsMargins(GUTTER, 12, GUTTER, 12)
        line = row(space=8)
        line.addWidget(label(self.t("What you type is kept"), "quiet"))
        line.addStretch(1)
        save = Button(self.kit, self.t("Save"), kind="primary", scale="large")
        save.hint(self.t("Save"), "Ctrl+S").when_clicked(form.save)
        form.saving_changed.connect(lambda saving: save.setEnabled(not saving))
        line.addWidget(save)
        page.addLayout(line)
        return page
