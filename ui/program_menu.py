"""The menu behind one's name: look, language, another book, help."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import QPoint, SignalInstance
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton

from ui.desk import Desk
from ui.theme import Mode
from ui.tokens import TEXT_SIZES
from ui.words import MODE_NAMES

T = TypeVar("T")


class Window(Protocol):
    book_wanted: SignalInstance
    dress_wanted: SignalInstance

    def show_help(self) -> None: ...

    def close(self) -> bool: ...

    def addAction(self, action: QAction) -> None: ...  # noqa: N802 - Qt's name


def fill_program_menu(window: Window, desk: Desk, button: QPushButton) -> None:
    t = desk.kit.t
    menu = QMenu(button)
    _choices(
        menu.addMenu(t("Light or dark")),
        tuple((t(text), mode) for mode, text in MODE_NAMES.items()),
        desk.preferences.mode,
        lambda mode: _set_mode(desk, mode),
    )
    _choices(
        menu.addMenu(t("Size of letters")),
        tuple((f"{percent}%", percent) for percent in TEXT_SIZES),
        desk.preferences.text_percent,
        lambda percent: _set_size(desk, window, percent),
    )
    _choices(
        menu.addMenu(t("Language")),
        (("Bahasa Indonesia", "id"), ("English", "en")),
        desk.preferences.language,
        lambda language: _set_language(desk, window, language),
    )
    menu.addSeparator()
    if desk.person.signed_in:
        lock = menu.addAction(t("Lock, or change person"), desk.lock_wanted.emit)
        lock.setShortcut("Ctrl+Shift+L")
        window.addAction(lock)  # in a menu alone its key would do nothing
    menu.addAction(t("Open another book"), window.book_wanted.emit)
    menu.addAction(t("Help"), window.show_help).setShortcut("F1")
    menu.addAction(t("About KWT Books"), partial(_show_about, desk, button))
    menu.addSeparator()
    menu.addAction(t("Quit"), window.close)
    button.clicked.connect(lambda: menu.popup(_below(button, menu)))


def _show_about(desk: Desk, button: QPushButton) -> None:
    from ui.about import show_about

    show_about(button.window(), desk.kit, desk.folders)


def _below(button: QPushButton, menu: QMenu) -> QPoint:
    left = button.width() - menu.sizeHint().width()
    return button.mapToGlobal(QPoint(left, button.height() + 4))


def _choices(
    menu: QMenu, choices: tuple[tuple[str, T], ...], current: T, choose: Callable[[T], None]
) -> None:
    group = QActionGroup(menu)
    for text, value in choices:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(value == current)
        action.triggered.connect(lambda _on=False, each=value: choose(each))
        group.addAction(action)


def _set_mode(desk: Desk, mode: Mode) -> None:
    desk.preferences.mode = mode
    desk.kit.theme.use(mode, desk.preferences.text_percent)


def _set_size(desk: Desk, window: Window, percent: int) -> None:
    desk.preferences.text_percent = percent
    window.dress_wanted.emit()


def _set_language(desk: Desk, window: Window, language: str) -> None:
    desk.preferences.language = language
    window.dress_wanted.emit()
