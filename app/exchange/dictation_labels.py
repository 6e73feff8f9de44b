"""The labels of minutes that were written as plain text, in the words of the headings of tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from app.exchange.columns import MEETINGS

LABELS: dict[str, tuple[str, ...]] = {
    "types": (*MEETINGS["title"], *MEETINGS["types"]),
    **{
        name: MEETINGS[name]
        for name in ("held_on", "place", "host", "recorder", "lecturer", "subject", "absent", "expected", "attended")
    },
    "observers": MEETINGS["observers"],
    "present": (*MEETINGS["present"], "参加", "参会", "到会"),
    "decisions": MEETINGS["decisions"],
    "content": MEETINGS["content"],
    "outline": ("会议议程", "活动议程", "议程", "会议流程", "活动流程", "流程"),
}
"""What stands before a colon or in a cell beside what it is about."""
LONG = ("content", "decisions", "outline")
"""What goes on over lines until the next label that begins one."""
_FIELD_OF = {word: name for name, words in LABELS.items() for word in words}
_GAP = r"[ \u3000]{0,4}"


def _any_of(words: Iterable[str]) -> str:
    """A pattern of words, the longest first, whose signs may stand apart as in 时 间."""
    return "|".join(_GAP.join(map(re.escape, word)) for word in sorted(words, key=len, reverse=True))


_CELLS = 2
"""Fewer labels with nothing but a gap behind them are words of a sentence."""


@cache
def _label() -> re.Pattern[str]:
    """时间：, 【时间】, 时间 in a cell of a table that was copied, 会议内容 alone in its line."""
    words, long = _any_of(_FIELD_OF), _any_of(word for name in LONG for word in LABELS[name])
    return re.compile(
        rf"(?:^|(?<=[\s,;，；。、|]))[【\[(（]?(?P<word>{words})[】\])）]?\s*[:：]\s*"
        rf"|(?:^|(?<=\s))[【\[](?P<boxed>{words})[】\]]\s*"
        rf"|(?:^|(?<=\s))(?P<cell>{words})[ \t\u3000|]+(?=[^\s:：])"
        rf"|^(?P<head>{long})[ \t\u3000]*$",
        re.MULTILINE,
    )


def labelled(text: str) -> Iterator[tuple[str, int, int]]:
    """Where what stands behind each label is; short things end with their line, long ones with the next label."""
    found = list(_label().finditer(text))
    cells = [label for label in found if label.lastgroup == "cell"]
    if len({_field_of(label) for label in cells}) < _CELLS:
        found = [label for label in found if label not in cells]
    told: set[str] = set()
    for number, label in enumerate(found):
        name = _field_of(label)
        own = _numbering(text, label.start())
        following = [
            other for other in found[number + 1 :] if name not in LONG or _begins_line(text, other.start(), own)
        ]
        end = following[0].start() if following else len(text)
        end = text.rfind("\n", 0, end) if following and own and name in LONG else end
        if name not in LONG:
            line = text.find("\n", label.end())
            end = min(end, line) if line >= 0 else end
        words = text[label.end() : end]
        start = label.end() + len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip(" ,，;；|\n\t\u3000"))
        if start < end and name not in told:
            told.add(name)
            yield name, start, end


def _field_of(label: re.Match[str]) -> str:
    return _FIELD_OF[re.sub(r"\s", "", label[label.lastgroup or 0])]


def _begins_line(text: str, place: int, numbering: str) -> bool:
    """Whether a label begins its line, or stands behind a number as the one before it: 五、活动内容, 六、请假人员."""
    before = text[:place]
    alone = before.rstrip(" \t").endswith("\n") or not before.strip()
    return alone or (bool(numbering) and _numbering(text, place) == numbering)


def _numbering(text: str, place: int) -> str:
    """How the line is numbered that a label begins: 一、 or 1. or (一), each as the sign that it has; else empty."""
    found = _NUMBER.search(text[:place])
    return re.sub("[一二三四五六七八九十]+", "一", re.sub(r"\d+", "1", found[1])) if found else ""


_NUMBER = re.compile(
    r"(?:^|\n)[ \t\u3000]*([一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.、])\s*$"
)
