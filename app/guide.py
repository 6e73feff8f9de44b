"""使用说明: the guide for clerks, section by section; one for each page of the program, with its picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import resources
from app.pinyin import matches

HEADING = re.compile(r"^## (.+?)(?: \{(\w+)\})?$", re.MULTILINE)
BROKEN = re.compile(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])")
"""A line that goes on in the next: Chinese has no space there."""


@dataclass(frozen=True)
class Section:
    """One section of the guide: its title, its text as it is written, and the code of the page it is about."""

    title: str
    text: str
    page: str = ""

    @property
    def picture(self) -> Path | None:
        """The page as it looks, where it is about one and there is a picture."""
        file = resources.ROOT / "help" / "pictures" / f"{self.page}.png"
        return file if file.is_file() else None


@cache
def sections() -> tuple[Section, ...]:
    """The guide, section by section."""
    parts = HEADING.split(resources.path("help/guide.md").read_text("utf-8"))
    told = zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    return tuple(Section(title, BROKEN.sub("", text).strip(), page or "") for title, page, text in told)


def section_of(page: str) -> Section | None:
    """What the guide says of a page, by its code."""
    return next((section for section in sections() if section.page == page), None)


def found(query: str) -> list[Section]:
    """The sections that a query means, by their titles, then by their texts; all where nothing is asked."""
    if not query.strip():
        return list(sections())
    by_title = [section for section in sections() if matches(section.title, query)]
    return by_title + [s for s in sections() if s not in by_title and query.strip() in s.text]
