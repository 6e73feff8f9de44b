"""Minutes that were written as plain text → what they say of a meeting, each thing to be ticked before it is taken.

Nothing is taken by itself: what has one reading is ticked already, what is likely says why, and what names nobody of
the roster is told. The text itself is never changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.exchange.days import FOUNDED, Span, read_when
from app.exchange.meeting_types import read_types
from app.exchange.persons import Finder
from app.exchange.reading import Sure
from app.exchange.rolls import NOBODY, read_absent
from app.life.attendance import Attendance, AttendanceState
from app.life.meetings import AgendaItem, AgendaKind
from app.lines import with_lines

LABELS: dict[str, tuple[str, ...]] = {
    "types": ("会议名称", "会议类型", "会议类别", "活动类型", "活动名称", "名称", "类型"),
    "held_on": ("会议时间", "活动时间", "会议日期", "时间", "日期"),
    "place": ("会议地点", "活动地点", "地点"),
    "host": ("会议主持人", "会议主持", "主持人", "主持"),
    "recorder": ("会议记录人", "记录人员", "记录人", "记录员", "记录"),
    "lecturer": ("主讲人", "授课人", "主讲", "授课"),
    "subject": ("会议主题", "活动主题", "党课题目", "会议议题", "主题", "议题", "题目"),
    "absent": ("缺席人员及原因", "缺席及原因", "缺席人员", "请假人员", "未到人员", "缺席情况", "缺席", "请假", "缺勤"),
    "expected": ("应到会人数", "应到人数", "应出席人数", "应到会", "应到"),
    "attended": ("实到会人数", "实到人数", "实出席人数", "实到会", "实到"),
    "observers": ("列席人员", "列席"),
    "present": ("参加人员", "出席人员", "参会人员", "到会人员", "与会人员", "出席", "参加人"),
    "decisions": ("会议决定", "会议决议", "形成决议", "议定事项", "决议", "决定"),
    "content": ("会议内容", "活动内容", "会议记录", "主要内容", "会议议程", "会议情况", "内容"),
}
CAPTIONS = {
    "types": "类型",
    "held_on": "日期",
    "start": "开始时间",
    "end": "结束时间",
    "place": "地点",
    "host": "主持人",
    "recorder": "记录人",
    "lecturer": "主讲人",
    "subject": "主题",
    "absent": "缺席",
    "content": "会议内容",
    "agenda": "议题事项",
}
LONG = ("content", "decisions")
"""What goes on over lines until the next label that begins one."""
_FIELD_OF = {word: name for name, words in LABELS.items() for word in words}
_WORDS = "|".join(sorted(_FIELD_OF, key=len, reverse=True))
_LABEL = re.compile(rf"(?:^|(?<=[\s,;，；。、|]))[【\[(（]?({_WORDS})[】\])）]?\s*[:：]\s*", re.MULTILINE)
_DAY = re.compile(
    r"(?:(?:19|20)\d\d|二[〇○零0]..)\s*[年./-]\s*[\d一二三四五六七八九十]{1,3}\s*[月./-]\s*[\d一二三四五六七八九十]{1,3}\s*[日号]?"
    r"|(?<!\d)\d{1,2}\s*月\s*\d{1,2}\s*[日号]"
)
_WHEN = re.compile(rf"(?:{_DAY.pattern})[\d:时点分半整上下午晚早中至到星期周一二三四五六日天()\-—–~ ]*")
"""A day in a sentence, with the times behind it; what they mean is read as in a table."""
_PLACE = re.compile(r"在([^,，。;；\s]{2,20}?)(?:召开|举行|开展|组织|集中)")
_HOST = re.compile(r"([\u4e00-\u9fff·]{2,16}?)(?:同志)?主持")
_ABSENT = re.compile(r"[^。;；\n]*(?:请假|缺席|未到会|未能参加)[^。;；\n]*")
_SUBJECT = re.compile(r"以[“\"]([^”\"\n]{2,40})[”\"]为主题|[“\"]([^”\"\n]{2,40})[”\"](?:主题党日|专题)")
_NUMBERED = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．])\s*", re.MULTILINE
)
_DECIDED = re.compile(r"(?:会议|大会|支委会|支部)?(?:研究)?(?:决定|决议|一致同意|一致通过)[:：,，]?\s*([^。\n]{4,}。?)")
KINDS = (
    (AgendaKind.FIRST_TOPIC, ("第一议题",)),
    (AgendaKind.DECISION, ("决定", "决议", "通过", "同意")),
    (AgendaKind.CRITICISM, ("批评", "查摆", "对照检查")),
    (AgendaKind.STUDY, ("学习", "传达", "观看", "参观")),
    (AgendaKind.DISCUSSION, ("讨论", "研究", "审议", "部署", "听取")),
    (AgendaKind.SPEECH, ("发言", "交流")),
)


@dataclass(frozen=True)
class Said:
    """One thing that a text says of a meeting: the field, its value, that in words, and the words of the text."""

    field: str
    value: Any
    shown: str
    quote: str
    sure: Sure = Sure.READ
    why: str = ""

    @property
    def caption(self) -> str:
        """What the field is called."""
        return CAPTIONS[self.field]


@dataclass(frozen=True)
class Dictation:
    """What a text says, and what in it could not be understood, in words."""

    said: tuple[Said, ...] = ()
    doubts: tuple[str, ...] = ()

    def value(self, field: str) -> Any:
        """What is said of a field; None when nothing is."""
        return next((item.value for item in self.said if item.field == field), None)


def read_dictation(text: str, finder: Finder, today: date) -> Dictation:
    """What a text says of one meeting that was held until `today`; people are found by `finder`."""
    return _Reader(with_lines(text).strip(), finder, today).read()


def _plain(text: str) -> str:
    """In half width, sign for sign, so that what is found can be taken as it was written."""
    halves = (unicodedata.normalize("NFKC", sign) for sign in text)
    return "".join(half if len(half) == 1 else sign for sign, half in zip(text, halves, strict=True))


class _Reader:
    def __init__(self, text: str, finder: Finder, today: date) -> None:
        self._written, self._finder, self._today = text, finder, today
        self._text = _plain(text)
        places = list(_labelled(self._text))
        self._parts = {name: self._text[start:end] for name, start, end in places}
        self._own_words = {name: text[start:end] for name, start, end in places if name in LONG}
        self._said: list[Said] = []
        self._doubts: list[str] = []

    def read(self) -> Dictation:
        if self._text:
            self._types()
            self._when()
            self._words()
            self._roll()
            self._body()
        return Dictation(tuple(self._said), tuple(self._doubts))

    def _add(self, field: str, value: Any, shown: str, quote: str, sure: Sure = Sure.READ, why: str = "") -> None:
        self._said.append(Said(field, value, shown, quote[:60], sure, why))

    def _types(self) -> None:
        title = self._text.split("\n", 1)[0]
        # Of a whole text only what it says was held, not what it speaks of.
        held = re.search(r"(?:召开|开展|举行|组织|进行)了?([^,，。;；\n]{2,24})", self._text)
        short = title if len(title) <= 40 else ""
        for told, sure in ((self._parts.get("types", ""), Sure.READ), (short, Sure.READ), (held, Sure.PROPOSED)):
            words = told[1] if isinstance(told, re.Match) else told or ""
            types = read_types(words) if words else ()
            if types:
                why = "按正文里的写法推断" if sure is Sure.PROPOSED else ""
                self._add("types", types, "、".join(types), words, sure, why)
                return

    def _when(self) -> None:
        told = self._parts.get("held_on", "")
        found = _WHEN.search(self._text)
        labelled = bool(_DAY.search(told))
        if not labelled and not found:
            return
        words = told if labelled or not found else found[0].strip("至到- ")
        try:
            reading = read_when(words, Span(FOUNDED, self._today))
        except ValueError as error:
            self._doubts.append(f"日期：{error}")
            return
        if reading is None or reading.value is None or not reading.value.day.exact:
            self._doubts.append(f"日期：“{words}”看不出是哪一天")
            return
        when = reading.value
        if not labelled and len(set(_DAY.findall(self._text))) > 1:
            reading = reading.doubt("正文里有几个日期，取第一个")
        quote = told if labelled or not found else self._line_at(found.start())
        self._add("held_on", when.day.first, str(when.day), quote, reading.sure, reading.why)
        for field, at in (("start", when.start), ("end", when.end)):
            if at is not None:
                self._add(field, at, f"{at:%H:%M}", quote)

    def _words(self) -> None:
        text = self._text
        place = self._parts.get("place", "")
        free = None if place else _PLACE.search(text)
        if place or free:
            words = place or (free[1] if free else "")
            self._add("place", words, words, place or self._line_at(free.start() if free else 0))
        for field in ("host", "recorder", "lecturer"):
            self._person(field)
        subject = self._parts.get("subject", "").split("\n")[0]
        free = None if subject else _SUBJECT.search(text)
        if subject or free:
            words = subject or (free[1] or free[2] if free else "")
            self._add("subject", words.strip("。"), words.strip("。"), words)

    def _person(self, field: str) -> None:
        told = self._parts.get(field, "").strip("。,，;； ")
        if not told and field == "host":
            found = _HOST.search(self._text)
            # 由支部书记甲二主持: the name ends what stands before.
            ends = [found[1][start:] for start in range(len(found[1]))] if found else []
            told = next((end for end in ends if self._finder.begins(end) == end and end), "")
        if not told:
            return
        known = self._finder.begins(told)
        if known:
            self._add(field, known, known, told)
        elif len(told) <= 12:
            self._add(field, told, told, told, Sure.PROPOSED, "不在名册里")

    def _roll(self) -> None:
        told = self._parts.get("absent", "")
        quotes = [told] if told else [found[0].strip() for found in _ABSENT.finditer(self._text)]
        absent: list[Attendance] = []
        names: list[str] = []
        doubts = len(self._doubts)
        for quote in quotes:
            # A sentence of the text may count first: 应到20人，实到18人，甲二请假.
            words = re.sub(r"^.*?实到\D{0,4}\d+\D{0,2}[人名][,，、:：]?", "", quote).strip()
            if not words:
                continue
            try:
                for item in read_absent(words, self._finder):
                    who = item.who.value
                    if who is None:
                        self._doubts.append(f"缺席：{item.who.why or item.who.said}")
                    else:
                        absent.append(Attendance(member=who.id, state=AttendanceState.ABSENT, reason=item.reason))
                        names.append(f"{who.name}（{item.reason}）" if item.reason else who.name)
            except ValueError as error:
                self._doubts.append(f"缺席：{error}")
        expected, attended = self._count("expected", "应到"), self._count("attended", "实到")
        understood = len(self._doubts) == doubts
        everyone = next((line for line in self._text.split("\n") if line and NOBODY.fullmatch(line.strip("。. "))), "")
        if not quotes and (everyone or (expected and expected == attended)):
            quotes = [everyone or f"应到 {expected} 人，实到 {attended} 人"]
            told = quotes[0]
        if absent or (told and understood):
            self._add("absent", tuple(absent), "、".join(names) or "无人缺席", "；".join(quotes))
        if expected is not None and attended is not None and expected - attended != len(absent):
            gap = f"应到 {expected} 人、实到 {attended} 人，缺席应有 {expected - attended} 人"
            self._doubts.append(f"{gap}，只认出 {len(absent)} 人" if absent or not told else f"{gap}，却写着无人缺席")

    def _count(self, field: str, word: str) -> int | None:
        told = re.search(r"\d+", self._parts.get(field, "")) or re.search(rf"{word}[^\d\n]{{0,6}}(\d+)", self._text)
        return int(told[told.lastindex or 0]) if told else None

    def _body(self) -> None:
        # One label or none is prose: all of it is what happened.
        content = self._own_words.get("content", "") or ("" if len(self._parts) > 1 else self._written)
        if content:
            self._add("content", content, content.replace("\n", " ")[:60], content)
        decisions = self._own_words.get("decisions", "")
        parts = _numbered(decisions) if decisions else [found[1] for found in _DECIDED.finditer(content)]
        items = [_item(part, AgendaKind.DECISION) for part in parts]
        if items:
            shown = "；".join(f"{item.kind}：{item.title}" for item in items)
            sure = Sure.READ if decisions else Sure.PROPOSED
            self._add("agenda", tuple(items), shown, decisions or parts[0], sure, "" if decisions else "从正文里摘出")
        matters = [_item(part) for part in _numbered(content)] if _NUMBERED.search(content) else []
        if matters:
            shown = "；".join(f"{item.kind}：{item.title}" for item in matters)
            self._add("agenda", tuple(matters), shown, content, Sure.ASKED, "会议内容里的各条，也可以分条记在议题里")

    def _line_at(self, place: int) -> str:
        begin = self._text.rfind("\n", 0, place) + 1
        end = self._text.find("\n", place)
        return self._text[begin : end if end >= 0 else len(self._text)]


def _labelled(text: str) -> Iterator[tuple[str, int, int]]:
    """Where what stands behind each label is; short things end with their line, long ones with the next label."""
    found = list(_LABEL.finditer(text))
    told: set[str] = set()
    for number, label in enumerate(found):
        name = _FIELD_OF[label[1]]
        following = [other for other in found[number + 1 :] if name not in LONG or _begins_line(text, other.start())]
        end = following[0].start() if following else len(text)
        if name not in LONG:
            line = text.find("\n", label.end())
            end = min(end, line) if line >= 0 else end
        words = text[label.end() : end]
        start = label.end() + len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip(" ,，;；|\n\t\u3000"))
        if start < end and name not in told:
            told.add(name)
            yield name, start, end


def _begins_line(text: str, place: int) -> bool:
    return place == 0 or text[:place].rstrip(" \t").endswith("\n") or not text[:place].strip()


def _numbered(text: str) -> list[str]:
    """The numbered parts of a text, without their numbers; the whole of one that has none."""
    marks = list(_NUMBERED.finditer(text))
    if not marks:
        return [text.strip()] if text.strip() else []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [part for mark, end in zip(marks, ends, strict=True) if (part := text[mark.end() : end].strip())]


def _item(text: str, kind: AgendaKind | None = None) -> AgendaItem:
    """One matter: its first sentence is its title, the rest its text."""
    first, _, rest = text.partition("\n")
    if len(first) > 40 and "。" in first:
        head, _, more = first.partition("。")
        first, rest = head, "\n".join(filter(None, (more, rest)))
    title = first.strip().rstrip("。;；:：")
    found = kind or next((known for known, words in KINDS if any(word in title for word in words)), AgendaKind.OTHER)
    return AgendaItem(kind=found, title=title, text=rest.strip())


def kept_of(ticked: Sequence[Said]) -> dict[str, Any]:
    """What was ticked, by field; the matters of several are one list."""
    kept: dict[str, Any] = {}
    for item in ticked:
        kept[item.field] = (*kept.get(item.field, ()), *item.value) if item.field == "agenda" else item.value
    return kept
