"""The guide: its chapters of Markdown, their sections, searching them, and showing one chapter.

A heading may name its section: `## Members' savings {#savings}`; links and places of the program
lead to it as `cash.md#savings`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QImage,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit

from ui.kit.look import GUTTER, RADIUS_BUTTON, UiContext, smooth

CHAPTERS = {
    "start": "house",
    "friday": "shopping-bag-open",
    "shops": "storefront",
    "cash": "wallet",
    "sheets": "table",
    "garden": "leaf",
    "kitchen": "cooking-pot",
    "stock": "package",
    "funds": "chart-pie-slice",
    "close": "calendar-check",
    "papers": "printer",
    "books": "books",
    "mending": "arrow-u-up-left",
    "backup": "hard-drives",
    "settings": "gear-six",
    "audit": "shield-check",
    "glossary": "book-open",
}
"""Icons by chapter, in the order of the list; a chapter's file is `NAME.md`."""

_HEADING = re.compile(r"^(#{1,3}) +(.+?)(?: +\{#([a-z-]+)\})?$", re.MULTILINE)
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"^[>#*\-\d. ]+|[*`>]", re.MULTILINE)
_AROUND = 44
"""Characters shown on either side of what was found."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a chapter; `name` is empty for the text before the first heading."""

    name: str
    title: str
    text: str
    """The text without Markdown, for searching."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the guide."""

    name: str
    title: str
    markdown: str
    """Its text as Markdown, without the names of sections."""
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A section that a search found, with an extract around the first word."""

    chapter: str
    section: str
    title: str
    extract: str


class Guide:
    """The chapters of one language; raises `OSError` where a file is missing."""

    def __init__(self, folder: Path, language: str) -> None:
        self.folder = folder / language

    @cached_property
    def chapters(self) -> dict[str, Chapter]:
        """The chapters by name, in the order of the list; read once."""
        return {name: self._read(name) for name in CHAPTERS}

    def _read(self, name: str) -> Chapter:
        markdown = (self.folder / f"{name}.md").read_text(encoding="utf-8")
        sections = tuple(_sections(markdown))
        shown = _HEADING.sub(r"\1 \2", markdown)
        return Chapter(name, sections[0].title, shown, sections)

    def search(self, text: str) -> list[Found]:
        """The sections that have every word, those with one in their heading first."""
        words = text.casefold().split()
        if not words:
            return []
        found: list[tuple[int, Found]] = []
        for chapter in self.chapters.values():
            for section in chapter.sections:
                title, body = section.title.casefold(), section.text.casefold()
                if all(word in title or word in body for word in words):
                    rank = sum(word not in title for word in words)
                    found.append((rank, _found(chapter, section, words)))
        return [each for _rank, each in sorted(found, key=lambda pair: pair[0])]


def _sections(markdown: str) -> Iterator[Section]:
    headings = list(_HEADING.finditer(markdown))
    ends = [heading.start() for heading in headings[1:]] + [len(markdown)]
    for number, (heading, end) in enumerate(zip(headings, ends, strict=True)):
        name = heading[3] or (f"part-{number}" if number else "")
        yield Section(name, heading[2], plain(markdown[heading.end() : end]))


def plain(markdown: str) -> str:
    """The text without Markdown's signs."""
    text = _LINK.sub(r"\1", _PICTURE.sub("", markdown))
    return " ".join(_MARKS.sub("", text).split())


def _found(chapter: Chapter, section: Section, words: list[str]) -> Found:
    title = section.title if not section.name else f"{section.title} · {chapter.title}"
    return Found(chapter.name, section.name, title, _extract(section.text, words))


def _extract(text: str, words: list[str]) -> str:
    low = text.casefold()
    at = min((low.find(word) for word in words if word in low), default=0)
    start, end = max(0, at - _AROUND), min(len(text), at + 2 * _AROUND)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return f"{before}{text[start:end].strip()}{after}"


# -- The widget that shows a chapter --------------------------------------------------------------


_WIDTH = 800
"""Greatest width of the text: longer lines are hard to read."""
_LINE = 140
_SIZES = {1: "title", 2: "card", 3: "body"}
_ABOVE = {1: 0, 2: 20, 3: 12}
_PADDING = 12
_QUOTE = QTextFormat.Property.BlockQuoteLevel


class HelpPage(QTextBrowser):
    """One chapter, in the program's fonts and colours."""

    wanted = Signal(str)
    """A link was followed: `close.md#share`, `place:sell/market_day`."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self._chapter: Chapter | None = None
        self._folder = Path()
        self._section = ""
        self._words: tuple[str, ...] = ()
        self._came_to = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(GUTTER)
        self.anchorClicked.connect(lambda url: self.wanted.emit(url.toString()))
        self._resized = QTimer(self, singleShot=True, interval=120)
        self._resized.timeout.connect(self._write_again)
        ui.theme.changed.connect(self._write_again)

    def show_chapter(
        self, chapter: Chapter, folder: Path, section: str = "", words: tuple[str, ...] = ()
    ) -> None:
        """Shows a chapter at a section; `folder` holds its pictures, `words` are marked."""
        self._chapter, self._folder = chapter, folder
        self._section, self._words = section, words
        self.setAccessibleName(chapter.title)
        self._write()
        self._go_to_section()

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802 - Qt's name
        """A picture of the guide's folder, as wide as the column at most; nothing is fetched from
        elsewhere.
        """
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        address = name.toString() if isinstance(name, QUrl) else name
        picture = QImage(str(self._folder / address))
        if picture.isNull():
            return picture
        ratio = self.devicePixelRatioF()
        width = min(picture.width(), self._column())
        size = QSize(
            round(width * ratio), round(picture.height() * width / picture.width() * ratio)
        )
        shown = picture.scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        shown.setDevicePixelRatio(ratio)
        return shown

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._resized.start()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paints quoted paragraphs on the background of a note, as elsewhere in the program."""
        layout, theme = self.document().documentLayout(), self._ui.theme
        painter = smooth(self.viewport())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("soft"))
        up = self.verticalScrollBar().value()
        for block in _blocks(self.document()):
            if block.blockFormat().hasProperty(_QUOTE):
                space = theme.px(_PADDING - 3)
                text = layout.blockBoundingRect(block).adjusted(-space, -space, space, space - 4)
                painter.drawRoundedRect(text.translated(0, -up), RADIUS_BUTTON, RADIUS_BUTTON)
        painter.end()
        super().paintEvent(event)

    # -- writing ---------------------------------------------------------------------------

    def _column(self) -> int:
        room = self.viewport().width() - 2 * GUTTER - 2
        return max(240, min(room, self._ui.theme.px(_WIDTH)))

    def _go_to_section(self) -> None:
        self.verticalScrollBar().setValue(0)
        if self._section:
            self.scrollToAnchor(self._section)
        self._came_to = self.verticalScrollBar().value()

    def _write_again(self) -> None:
        bar = self.verticalScrollBar()
        place, stayed = bar.value(), bar.value() == self._came_to
        self._write()
        if stayed:
            self._go_to_section()
        else:
            bar.setValue(place)

    def _write(self) -> None:
        if self._chapter is None:
            return
        document = self.document()
        document.clear()
        document.setDefaultFont(self._ui.theme.font())
        document.setIndentWidth(self._ui.theme.px(24))
        document.setMarkdown(self._chapter.markdown)
        self._dress(self._chapter)
        frame = document.rootFrame().frameFormat()
        spare = self.viewport().width() - 2 * GUTTER - self._column()
        frame.setRightMargin(GUTTER + max(0, spare))
        document.rootFrame().setFrameFormat(frame)
        self.moveCursor(QTextCursor.MoveOperation.Start)  # writing moved it to the end
        self._mark()

    def _dress(self, chapter: Chapter) -> None:
        names = iter([section.name for section in chapter.sections])
        for block in _blocks(self.document()):
            level = block.blockFormat().headingLevel()
            cursor = QTextCursor(block)
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            cursor.setPosition(block.position())
            cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            cursor.setBlockFormat(self._block_format(block))
            if level:
                cursor.setCharFormat(self._heading(level, next(names, "")))
            else:
                self._dress_words(block)

    def _block_format(self, block: QTextBlock) -> QTextBlockFormat:
        theme, shape = self._ui.theme, QTextBlockFormat(block.blockFormat())
        level = shape.headingLevel()
        picture = "\ufffc" in block.text()
        fixed = QTextBlockFormat.LineHeightTypes
        shape.setLineHeight(100 if picture or level else _LINE, fixed.ProportionalHeight.value)
        shape.setTopMargin(theme.px(_ABOVE[level]) if level else 0)
        shape.setBottomMargin(theme.px(4 if level or block.textList() else 10))
        if shape.hasProperty(_QUOTE):
            shape.setLeftMargin(theme.px(_PADDING))
            shape.setRightMargin(theme.px(_PADDING))
            shape.setTopMargin(theme.px(_PADDING))
            shape.setBottomMargin(theme.px(_PADDING + 6))
        return shape

    def _heading(self, level: int, name: str) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFont(self._ui.theme.font(_SIZES[level], bold=True))
        made.setForeground(self._ui.theme.color("text"))
        if name:
            made.setAnchor(True)
            made.setAnchorNames([name])
        return made

    def _dress_words(self, block: QTextBlock) -> None:
        theme = self._ui.theme
        for start, length, shape in _fragments(block):
            dressed = QTextCharFormat()
            if shape.fontFixedPitch():
                dressed.setFontFixedPitch(False)
                dressed.setFontFamilies([theme.family])
                dressed.setFontWeight(QFont.Weight.DemiBold)
                dressed.setBackground(theme.color("sunken"))
            elif shape.fontWeight() > QFont.Weight.Medium:
                dressed.setFontWeight(QFont.Weight.DemiBold)
            if shape.anchorHref():
                dressed.setForeground(theme.color("accent_text"))
                dressed.setFontUnderline(True)
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(dressed)

    def _mark(self) -> None:
        marked: list[QTextEdit.ExtraSelection] = []
        for word in self._words:
            found = self.document().find(word)
            while not found.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor = found
                mark.format.setBackground(self._ui.theme.color("amber_bg"))
                marked.append(mark)
                found = self.document().find(word, found)
        self.setExtraSelections(marked)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _fragments(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    """Start, length and format of each run of characters of one format."""
    found: list[tuple[int, int, QTextCharFormat]] = []
    at = block.begin()
    while not at.atEnd():
        fragment = at.fragment()
        if fragment.isValid():
            found.append((fragment.position(), fragment.length(), fragment.charFormat()))
        at += 1
    return found
