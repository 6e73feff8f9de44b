"""The matters of a text: its numbered parts, each as an item of an agenda."""

from __future__ import annotations

import re

from app.life.meetings import AgendaItem, AgendaKind

_NUMBERED = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．])\s*", re.MULTILINE
)
KINDS = (
    (AgendaKind.FIRST_TOPIC, ("第一议题",)),
    (AgendaKind.DECISION, ("决定", "决议", "通过", "同意")),
    (AgendaKind.CRITICISM, ("批评", "查摆", "对照检查")),
    (AgendaKind.STUDY, ("学习", "传达", "观看", "参观")),
    (AgendaKind.DISCUSSION, ("讨论", "研究", "审议", "部署", "听取")),
    (AgendaKind.SPEECH, ("发言", "交流")),
)


def is_numbered(text: str) -> bool:
    """Whether a text has numbered parts."""
    return _NUMBERED.search(text) is not None


def numbered(text: str) -> list[str]:
    """The numbered parts of a text, without their numbers; the whole of one that has none."""
    marks = list(_NUMBERED.finditer(text))
    if not marks:
        return [text.strip()] if text.strip() else []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [part for mark, end in zip(marks, ends, strict=True) if (part := text[mark.end() : end].strip())]


def matter(text: str, kind: AgendaKind | None = None) -> AgendaItem:
    """One matter: its first sentence is its title, the rest its text."""
    first, _, rest = text.partition("\n")
    if len(first) > 40 and "。" in first:
        head, _, more = first.partition("。")
        first, rest = head, "\n".join(filter(None, (more, rest)))
    title = first.strip().rstrip("。;；:：")
    found = kind or next((known for known, words in KINDS if any(word in title for word in words)), AgendaKind.OTHER)
    return AgendaItem(kind=found, title=title, text=rest.strip())
