"""The guide as text: chapters of Markdown, their sections, and what is found in them.

A heading may name its section: `## Members' savings {#savings}`; links and places of the program
lead to it as `cash.md#savings`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

CHAPTERS = {
    "start": "house",
    "friday": "shopping-bag-open",
    "shops": "storefront",
    "cash": "wallet",
    "garden": "leaf",
    "kitchen": "cooking-pot",
    "stock": "package",
    "funds": "chart-pie-slice",
    "close": "calendar-check",
    "papers": "printer",
    "mending": "arrow-u-up-left",
    "backup": "hard-drives",
    "settings": "gear-six",
    "audit": "shield-check",
    "glossary": "book-open",
}
"""In the order of the list, each with its icon; the file is `NAME.md`."""

_HEADING = re.compile(r"^(#{1,3}) +(.+?)(?: +\{#([a-z-]+)\})?$", re.MULTILINE)
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"^[>#*\-\d. ]+|[*`>]", re.MULTILINE)
_AROUND = 44
"""Letters shown on either side of what was found."""


@dataclass(frozen=True, slots=True)
class Section:
    """`name` is empty for what stands before the first heading of the chapter."""

    name: str
    title: str
    text: str
    """Plain, for searching."""


@dataclass(frozen=True, slots=True)
class Chapter:
    name: str
    title: str
    markdown: str
    """Without the names of sections."""
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Found:
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
        return {name: self._read(name) for name in CHAPTERS}

    def _read(self, name: str) -> Chapter:
        markdown = (self.folder / f"{name}.md").read_text(encoding="utf-8")
        sections = tuple(_sections(markdown))
        shown = _HEADING.sub(r"\1 \2", markdown)
        return Chapter(name, sections[0].title, shown, sections)

    def search(self, text: str) -> list[Found]:
        """Sections that have every word, those with one in their heading first."""
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
    """The words alone."""
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
