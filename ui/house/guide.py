"""The guide for clerks, section by section: which belongs to a page, and what a query means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import resources
from app.pinyin import matches
from ui.house.keys import KEYS

SECTIONS = {
    "home": "缺什么、下一步做什么",
    "calendar": "日历和年终整理",
    "year_end": "日历和年终整理",
    "tasks": "全年怎么排、怎么办",
    "superior_documents": "全年怎么排、怎么办",
    "special_registers": "全年怎么排、怎么办",
    "meetings": "开完会",
    "talks": "谈心谈话",
    "study": "学习教育和民主评议",
    "appraisal": "学习教育和民主评议",
    "members": "党员管理和发展党员",
    "registers": "党员管理和发展党员",
    "develop": "党员管理和发展党员",
    "dues": "收党费",
    "branch": "支部和换届",
    "reports": "打印",
    "statistics": "打印和导出",
    "health": "台账体检和自查考核",
    "self_checks": "台账体检和自查考核",
    "history": "撤销、恢复和备份",
    "settings": "密码和归档",
    "sheets": "成表录入",
}
"""The section that is shown for a page of the program."""
KEYS_SECTION = "常用键"


@dataclass(frozen=True)
class Section:
    """One section of the guide: its title and its text, as it is written."""

    title: str
    text: str


@cache
def sections() -> tuple[Section, ...]:
    """The guide, section by section; the keys are those of the program."""
    text = resources.path("help/guide.md").read_text("utf-8")
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    # Chinese has no space where its source goes on in the next line.
    parts = [re.sub(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])", "", part) for part in parts]
    found = [Section(title, body.strip()) for title, body in zip(parts[1::2], parts[2::2], strict=True)]
    keys = "\n".join(f"- **{key}**　{words}" for key, words in KEYS)
    return tuple(Section(s.title, keys) if s.title == KEYS_SECTION else s for s in found)


def found(query: str) -> list[Section]:
    """The sections that a query means, by their titles, then by their texts."""
    if not query.strip():
        return list(sections())
    by_title = [section for section in sections() if matches(section.title, query)]
    return by_title + [s for s in sections() if s not in by_title and query.strip() in s.text]
