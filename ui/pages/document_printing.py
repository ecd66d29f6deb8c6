"""Printing through the system's dialog; where there is no printer, what can be done instead."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.desk import Desk
from ui.widgets.dialog import Choice, MessageDialog


def print_pdf(desk: Desk, pdf: bytes, parent: QWidget, save: Callable[[], object]) -> None:
    """`save` is offered where nothing can be printed."""
    from PySide6.QtPrintSupport import QPrinterInfo

    from ui.widgets.pdf_preview import Paper, print_paper

    if QPrinterInfo.availablePrinterNames():
        print_paper(desk.kit, Paper(pdf), parent)
        return
    t = desk.kit.t
    MessageDialog(
        desk.kit,
        t("No printer was found"),
        t("This computer knows no printer at the moment."),
        tone="warn",
        what=t(
            "Plug in the printer and switch it on, then try again. Or save the paper as a PDF "
            "and print it on another computer."
        ),
        choices=(Choice(t("Close")), Choice(t("Save PDF"), "primary", save)),
        parent=parent,
    ).open()
