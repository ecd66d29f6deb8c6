"""Pengaturan: the page of settings behind tabs, the base of forms that are a part of it, and the
look of the screen.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kwt_books.domain.kind import named
from ui.kit.button import Button, Segment
from ui.kit.card import Card, EmptyState, Note, bare
from ui.kit.document_form import SetupForm
from ui.kit.layout import clear, column, fill, holder, label, no_wider, row, rule
from ui.kit.look import GUTTER, SETTINGS, TEXT_SIZES, Mode
from ui.kit.page import Page, TabbedPage
from ui.kit.words import MODE_NAMES
from ui.kit.worker import Change
from ui.kit.workspace import Workspace

PARTS = {
    "group": "settings.group:GroupPage",
    "items": "settings.lists:ItemsPage",
    "parties": "settings.lists:PartiesPage",
    "recipes": "settings.lists:RecipesPage",
    "programmes": "settings.plans:ProgrammesPage",
    "budgets": "settings.plans:BudgetsPage",
    "sharing": "settings.group:SharingPage",
    "accounts": "settings.lists:AccountsPage",
    "people": "settings.lists:PeoplePage",
    "backup": "settings.backup:BackupPage",
    "exceptions": "audit.exceptions:ThresholdsPage",
    "look": "settings.page:LookPage",
}
"""The page of each tab, as `module:Class` below `ui`."""


class SettingsPage(TabbedPage):
    """The settings, their parts behind tabs."""

    monthly = False

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.add_tabs("settings", {name: partial(_made, page) for name, page in PARTS.items()})


def _made(page: str, workspace: Workspace) -> QWidget:
    """The page `module:Class`, whose module is imported when it is first shown."""
    made: QWidget = named(f"ui.{page}")(workspace)
    return made


_BOTH = 900
"""Width from which a form has something beside it."""


class SettingsForm(Page):
    """The base of forms in the settings. Override `make_form` and `empty_words`; the form is made
    anew whenever the setup has changed.

    People who may not record the `task` see the fields, but can't change them.
    """

    monthly = False

    task = ""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.form: SetupForm | None = None
        self._beside: QWidget | None = None
        self._shown: object = None
        workspace.setup_changed.connect(self.invalidate)

    def make_form(self) -> SetupForm:
        """Makes the form; subclasses say how."""
        raise NotImplementedError

    def beside(self) -> QWidget | None:
        """What is shown at the right of the form, if anything."""
        return None

    def empty_words(self) -> tuple[str, str, str]:
        """What is shown while the book has no group: icon, title and text."""
        raise NotImplementedError

    def forbidden(self) -> str:
        """What is read by people who may not change it."""
        raise NotImplementedError

    def concerns(self, change: Change) -> bool:
        """No: the workspace learns the setup anew and says so."""
        return False  # the workspace emits setup_changed

    def refresh(self) -> None:
        """Makes the form anew where the group has changed."""
        group = self.workspace.group
        if self.workspace.setup is None or (self._shown == (group,) and self.form is not None):
            return
        self._shown = (group,)
        clear(self.body)
        self.form = self._beside = None
        if group is None:
            empty = EmptyState(self.ui, *self.empty_words())
            fill_in = partial(self.workspace.open_form, "group")
            empty.offer(self.t("Fill in"), fill_in, "pencil-simple")
            self.body.addWidget(empty, 1)
            return
        self._lay_out()

    def _lay_out(self) -> None:
        """Makes card and form from the outside in, so that Qt styles them only once."""
        may, ground = self.workspace.may(self.task), bare()
        self.body.addWidget(ground, 1)
        card = Card(margins=0, space=0)
        ground.setLayout(no_wider(card, self.ui.theme.px(SETTINGS)))
        inside = bare()
        card.body.addWidget(_scrolling(inside), 1)
        form = self.form = self.make_form()
        self._fill(inside, form, may=may)
        if may:
            fill(card.body, rule(), self._buttons(form))
        form.setEnabled(may)

    def _fill(self, inside: QWidget, form: SetupForm, *, may: bool) -> None:
        words: QVBoxLayout = column(space=12)
        across = row((words, 1), parent=inside, margins=GUTTER, space=32)
        if not may:
            words.addWidget(Note(self.ui, self.forbidden(), icon="lock-simple"))
        fill(words, form, ...)
        form.setMaximumWidth(self.ui.theme.px(760))
        self._beside = self.beside()
        if self._beside is not None:
            across.addWidget(self._beside, 0, Qt.AlignmentFlag.AlignTop)
            self._make_room()
        across.addStretch(0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Hides what is beside the form where there is little room."""
        if self._beside is not None:
            self._beside.setVisible(self.width() >= self.ui.theme.px(_BOTH))

    def _buttons(self, form: SetupForm) -> QVBoxLayout:
        save = Button(self.ui, self.t("Save"), kind="primary", scale="large")
        save.hint(self.t("Save"), "Ctrl+S").when_clicked(form.save)
        form.locks(save)
        line = row(label(self.t("Not recorded yet"), "quiet"), ..., save, space=8)
        return column(line, margins=(GUTTER, 12, GUTTER, 12))


def _scrolling(inside: QWidget) -> QScrollArea:
    """An area that scrolls both ways, for a form with something beside it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


# -- The look of the screen on this computer: language, text size, light or dark -----------------


_WORDS = 560
"""Greatest width of the words, so that the choice stays near them on a wide screen."""
_FIRST = 100
"""Stretch factor of the words: they grow before the space at the right does."""
_CHOICES = 440
"""Least width of the choices, all of which are as wide as the widest."""


class LookPage(Page):
    """Choices of the look; each holds at once, on this computer, for every book."""

    monthly, scrolls = False, True

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t, ui, preferences = self.t, self.ui, workspace.preferences
        languages = (("id", "Bahasa Indonesia"), ("en", "English"))
        self.language = Segment(ui, languages, preferences.language)
        self.language.chosen.connect(workspace.choose_language)
        modes = tuple((str(mode), t(text)) for mode, text in MODE_NAMES.items())
        self.mode = Segment(ui, modes, str(preferences.mode))
        self.mode.chosen.connect(lambda mode: workspace.choose_mode(Mode(mode)))
        sizes = tuple((str(percent), f"{percent}%") for percent in TEXT_SIZES)
        self.size_of_text = Segment(ui, sizes, str(preferences.text_percent))
        self.size_of_text.chosen.connect(lambda percent: workspace.choose_size(int(percent)))
        choices = (self.language, self.mode, self.size_of_text)
        self._wide = max(ui.theme.px(_CHOICES), *(each.sizeHint().width() for each in choices))
        card = Card(margins=20, space=16)
        self.about = Button(ui, t("About KWT Books"), "info").when_clicked(self.show_about)
        told = (
            (t("Language"), t("Of the screen; the reports have the language of the group")),
            (t("Text size"), t("Larger text for tired eyes")),
            (
                t("Light or dark"),
                t("Dark is easier on the eyes in the evening; strong contrast helps weak eyes"),
            ),
            (t("Program"), t("Version, the software inside, and facts for whoever helps you")),
        )
        offered = (self.language, self.size_of_text, self.mode, self.about)
        for place, ((title, about), choice) in enumerate(zip(told, offered, strict=True)):
            if place:
                card.body.addWidget(rule(thin=True))
            card.body.addLayout(self._line(title, about, choice))
        self.about.setAccessibleName(self.about.text())
        fill(self.body, no_wider(card, ui.theme.px(SETTINGS)), ...)

    def _line(self, title: str, about: str, choice: QWidget) -> QHBoxLayout:
        choice.setAccessibleName(title)
        told = holder(column(label(title, "strong"), label(about, "caption", wrap=True)))
        told.setMaximumWidth(self.ui.theme.px(_WORDS))
        choice.setMinimumWidth(self._wide)
        return row((told, _FIRST), (choice, 0, Qt.AlignmentFlag.AlignVCenter), ..., space=16)

    def show_about(self) -> None:
        """Opens the About box."""
        from ui.settings.about import show_about

        show_about(self.window(), self.ui, self.workspace.folders)
