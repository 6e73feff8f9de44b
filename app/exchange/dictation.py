"""Minutes that were written as plain text → what they say of a meeting, each thing to be ticked before it is taken.

Nothing is taken by itself: what has one reading is ticked already, what is likely says why, and what names nobody of
the roster is told. The text itself is never changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.exchange.days import FOUNDED, Span, read_when
from app.exchange.dictation_labels import LONG, labelled
from app.exchange.matters import is_numbered, matter, numbered
from app.exchange.meeting_types import read_types
from app.exchange.persons import Finder
from app.exchange.reading import BESIDE, DITTO, NOTHING, SIGN, UNKNOWN, Sure
from app.exchange.rolls import COUNT_AND_NAMES, NOBODY, Absent, read_absent, read_guests, read_present
from app.exchange.words import packed
from app.life.attendance import Attendance, AttendanceState
from app.life.meetings import AgendaKind
from app.lines import with_lines
from app.names import close_up

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
    "observers": "列席",
    "content": "会议内容",
    "agenda": "议题事项",
}
_DAY = re.compile(
    r"(?:(?:19|20)\d\d|二[〇○零0]..)\s*[年./-]\s*[\d一二三四五六七八九十]{1,3}\s*[月./-]\s*[\d一二三四五六七八九十]{1,3}\s*[日号]?"
    r"|(?<!\d)\d{1,2}\s*月\s*\d{1,2}\s*[日号]"
)
_MADE = re.compile(r"(发布|印发|报送|更新|整理|归档|打印|填报|填表|制表|来源|编辑|落款)(时间|日期|于)?[:：]?\s*$")
"""What stands before the day on which a text was made, rather than what it tells of."""
_WHEN = re.compile(
    rf"(?:{_DAY.pattern})[\d:时点分半整上下午晚早中后傍间至到星期周〇零一二两三四五六七八九十日天()\-—–~ ]*"
)
"""A day in a sentence, with the times behind it; what they mean is read as in a table."""
_PLACE = re.compile(
    r"在([^,，。;；\s]{2,20}?)(?:召开|举行|开展|组织|集中|开会|观看)"
    r"|(?:赴|前往|走进|来到)([^,，。;；\s“”\"]{2,20}?)(?=[,，]|开展|参观|举行|进行|召开|学习)"
)
_NO_PLACE = re.compile(r"(?<!楼)[下中后前时内]$|[会晚]上$|期间|基础|^全|[年月日号]$|上午|下午|过程|机会")
"""What may stand behind 在 and is no place: 上级党委的指导下, 会上, 全党."""
_HOST = re.compile(r"([\u4e00-\u9fff·]{2,16}?)(?:同志)?主持")
_RECORDED = re.compile(
    r"([^\s,，。;；]{2,12}?)(?:同志)?(?:(?:作|做|负责|担任)(?:会议)?记录|记录(?=[,，。;；\n]|$))", re.MULTILINE
)
_LECTURED = re.compile(
    r"([\u4e00-\u9fff·]{2,16}?)(?:书记|同志)?(?:[给为向][^,，。;；\n]{1,6}?)?(?:主讲|讲授|讲|上|作)了?[^,，。;；\n]{0,30}(?:党课|辅导|宣讲)"
)
_IN_SENTENCES = {"host": _HOST, "recorder": _RECORDED, "lecturer": _LECTURED}
_AS_WRITTEN = ("observers", "place", "subject")
"""Short words of which no sign is changed."""
_MISSED = re.compile(r"请假|缺席|缺勤|[未没]能?(?:到会?|来|有?参加|出席|参会)(?!过|得及)")
_EVERYBODY_CAME = re.compile(
    r"(?:^|(?<=[,，。;；\n]))(支部)?全体(党员|支委|委员|成员|人员)?(同志)?(均|都|全部)?(参加|到会|出席|到齐|参会)了?(会议|活动|学习)?"
    r"(?=[,，。;；\n]|$)"
)
_HOW_MANY = re.compile(r"(请假|缺席|未到会)(人数|人员)?[:：]?\s*[1-9]\d*\s*[人名]?")
_COUNTS = re.compile(r"((应到|实到|缺席|请假|列席)会?(人数)?[::]?\s*\d+\s*[人名]?[\s,、;。]*)+")
"""A line that says how many came and did not, and nothing else."""
_HELD = re.compile(r"(?=(?:召开|开展|举行|组织|进行|参加)了?([^,，。;；\n]{2,40}))")
_BUSINESS = re.compile(r"研究|讨论|部署|传达|听取|审议|审定|筹备")
"""What a meeting was about, not what it was: 召开支委会研究主题党日."""
_TITLE = re.compile(r"[^,，。;；]{1,40}")
_NAMES_A_TYPE = re.compile("(大会|支委会|党课|主题党日|组织生活会|民主评议|小组会)$")
_BODY_NAME = re.compile(r"(中共|中国共产党).*(委员会|支部|总支)")
_BRANCH_NAME = re.compile(r"[^\d月次届]{2,}支部委员会")
_SUBJECT = re.compile(
    r"以[“\"]([^”\"\n]{2,40})[”\"]为主题|[“\"]([^”\"\n]{2,40})[”\"](?:主题党日|专题)"
    r"|(?:主题|议题)[为是][“\"]?([^,，。;；\n“”\":：]{2,40})"
)
_DECIDED = re.compile(
    r"(?:会议|大会|支委会|支部)?(?:研究)?(?:决定|(?<!的)决议|一致同意|一致通过)[:：,，]?\s*([^。\n]{4,}。?)"
    r"|(?:会议|大会|支委会)(?:表决|审议|讨论)?(通过了?[^,，。;；\n]{2,40}?的(?:决议|决定))"
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
        places = list(labelled(self._text))
        self._labels = [(start, end) for _, start, end in places]
        self._begins = min((start for _, start, _ in places), default=len(self._text))
        parts = {name: self._text[start:end] for name, start, end in places}
        self._said: list[Said] = []
        self._doubts: list[str] = []
        self._parts = {name: said for name, said in parts.items() if name == "absent" or self._says(name, said)}
        words = {name: text[start:end] for name, start, end in places if name in (*LONG, *_AS_WRITTEN)}
        self._own_words = {name: said for name, said in words.items() if name in self._parts}

    def read(self) -> Dictation:
        if self._text:
            self._types()
            self._when()
            self._words()
            self._roll()
            self._observers()
            self._body()
        return Dictation(tuple(self._said), tuple(self._doubts))

    def _says(self, name: str, said: str) -> bool:
        """Whether something stands behind a label; a sign, or that it is as above, is told."""
        short = packed(said)
        pointless = short in DITTO | BESIDE | UNKNOWN or SIGN.fullmatch(short) is not None
        if pointless and short not in NOTHING:
            self._doubts.append(f"{CAPTIONS.get(name, '会议内容')}：“{said}”看不出写的是什么")
        return not pointless and short not in NOTHING

    def _add(self, field: str, value: Any, shown: str, quote: str, sure: Sure = Sure.READ, why: str = "") -> None:
        self._said.append(Said(field, value, shown, quote[:60], sure, why))

    def _types(self) -> None:
        for words, sure in self._type_words():
            if types := read_types(words):
                why = "按正文里的写法推断" if sure is Sure.PROPOSED else ""
                self._add("types", types, "、".join(types), words, sure, why)
                return
        if "types" in self._parts:
            self._doubts.append(f"会议类型：“{self._parts['types'].strip()}”看不出是哪种会议")

    def _type_words(self) -> Iterator[tuple[str, Sure]]:
        """Where a text may say what was held: its label, its title, and in its sentences what it says was held."""
        yield self._parts.get("types", ""), Sure.READ
        titles = [line for line in self._text[: self._begins].split("\n")[:4] if _TITLE.fullmatch(line)]
        # The name of a branch ends with 支部委员会 too.
        cut = (_BODY_NAME.sub("", line, count=1) for line in titles if not _BRANCH_NAME.fullmatch(line))
        yield from ((line, Sure.READ) for line in cut)
        whole = [line for line in titles if not (_BODY_NAME.fullmatch(line) or _BRANCH_NAME.fullmatch(line))]
        yield from ((line, Sure.READ) for line in whole)
        subject = self._parts.get("subject", "")
        yield subject if _NAMES_A_TYPE.search(subject) else "", Sure.PROPOSED
        for found in _HELD.finditer(re.sub("“[^”\n]*”", "", self._text)):
            yield _BUSINESS.split(found[1])[0], Sure.PROPOSED
        yield from ((found[0], Sure.PROPOSED) for found in _LECTURED.finditer(self._text))

    def _when(self) -> None:
        told = self._parts.get("held_on", "")
        days = [day for day in _WHEN.finditer(self._text) if not _MADE.search(self._line_at(day.start(), day.start()))]
        found = days[0] if days else None
        labelled = bool(_DAY.search(told))
        if not labelled and not found:
            return
        words = told if labelled or not found else found[0].strip("至到- ")
        try:
            years = set(map(int, re.findall(r"(?<!\d)(20\d\d)\s*年(?!度)", self._text)))
            span = Span(FOUNDED, self._today, years.pop() if len(years) == 1 else None)
            reading = read_when(words, span)
        except ValueError as error:
            self._doubts.append(f"日期：{error}")
            return
        if reading is None or reading.value is None or not reading.value.day.exact:
            self._doubts.append(f"日期：“{words}”看不出是哪一天")
            return
        when = reading.value
        if not labelled and len({first[0] for day in days if (first := _DAY.match(day[0]))}) > 1:
            reading = reading.doubt("正文里有几个日期，取第一个")
        quote = told if labelled or not found else self._line_at(found.start())
        self._add("held_on", when.day.first, str(when.day), quote, reading.sure, reading.why)
        for field, at in (("start", when.start), ("end", when.end)):
            if at is not None:
                self._add(field, at, f"{at:%H:%M}", quote)

    def _words(self) -> None:
        text = self._text
        place = self._labelled("place")
        if place:
            self._add("place", place, place, place)
        elif free := next((told for told in _PLACE.finditer(text) if not _NO_PLACE.search(told[1] or told[2])), None):
            place, quote = free[1] or free[2], self._line_at(free.start())
            self._add("place", place, place, quote, Sure.PROPOSED, "从正文里摘出")
        for field in ("host", "recorder", "lecturer"):
            self._person(field)
        subject = self._labelled("subject").split("\n")[0]
        free = None if subject else _SUBJECT.search(text)
        if subject or free:
            words = subject or next(filter(None, free.groups() if free else ()), "")
            self._add("subject", words.strip("。"), words.strip("。"), words)

    def _person(self, field: str) -> None:
        told = close_up(self._parts.get(field, "").strip("。,，;； "))
        if not told and field in _IN_SENTENCES:
            # 由支部书记甲二主持: the name ends what stands before.
            found = (found[1] for found in _IN_SENTENCES[field].finditer(self._text))
            ends = (before[start:] for before in found for start in range(len(before)))
            told = next((end for end in ends if self._finder.begins(end) == end and end), "")
        if not told:
            return
        known = self._finder.begins(told).strip()
        if known:
            self._add(field, known, known, told)
        elif len(told) <= 12:
            self._add(field, told, told, told, Sure.PROPOSED, "不在名册里")

    def _roll(self) -> None:
        told = self._parts.get("absent", "")
        absent: list[Attendance] = []
        names: list[str] = []
        doubts = len(self._doubts)
        quotes, missing = self._missing(told)
        for item in missing:
            who = item.who.value
            if who is None or not item.who.stands:
                self._doubts.append(f"缺席：{item.who.why or item.who.said}")
            elif who.id not in {one.member for one in absent}:
                absent.append(Attendance(member=who.id, state=AttendanceState.ABSENT, reason=item.reason))
                names.append(f"{who.name}（{item.reason}）" if item.reason else who.name)
        expected, attended = self._count("expected", "应到"), self._count("attended", "实到")
        understood = len(self._doubts) == doubts
        lines = (line for line in self._text.split("\n") if line and NOBODY.fullmatch(line.strip("。. ")))
        clause = _EVERYBODY_CAME.search(self._text)
        everyone = next(lines, clause[0] if clause else "")
        if not missing and understood and (everyone or (expected and expected == attended)):
            quotes = [everyone or f"应到 {expected} 人，实到 {attended} 人"]
            told = quotes[0]
        if absent or (told and understood):
            self._add("absent", tuple(absent), "、".join(names) or "无人缺席", "；".join(quotes))
        if expected is not None and attended is not None and expected - attended != len(absent):
            gap = f"应到 {expected} 人、实到 {attended} 人，缺席应有 {expected - attended} 人"
            self._doubts.append(f"{gap}，只认出 {len(absent)} 人" if absent or not told else f"{gap}，却写着无人缺席")

    def _labelled(self, name: str) -> str:
        """What stands behind a label, as it was written."""
        return self._own_words.get(name, "")

    def _observers(self) -> None:
        told = self._labelled("observers")
        guests, unnamed = read_guests(told)
        self._doubts += [f"列席：“{part}”没有写是谁" for part in unnamed]
        if guests:
            self._add("observers", tuple(guests), "、".join(guests), told)

    def _missing(self, told: str) -> tuple[list[str], list[Absent]]:
        """The words that say who was absent, and who: beside the present and behind a label, else in the sentences."""
        found: list[Absent] = []
        present = self._parts.get("present", "")
        self._try(lambda: found.extend(read_present(present, self._finder).absent))
        quotes = [present] if found else []
        said = [told] if told else [] if found else self._sentences()
        for quote in said:
            # A sentence of the text may count first: 应到20人，实到18人，甲二请假.
            words = re.sub(r"^.*?实到\D{0,4}\d+\D{0,2}[人名][,，、:：]?", "", quote).strip()
            if _HOW_MANY.fullmatch(words):
                self._doubts.append(f"“{words}”没有写是谁")
            elif words:
                self._try(lambda words=words: found.extend(read_absent(words, self._finder)))
        return quotes + said, found

    def _try(self, read: Callable[[], None]) -> None:
        try:
            read()
        except ValueError as error:
            self._doubts.append(f"缺席：{error}")

    def _sentences(self) -> list[str]:
        """The parts of sentences that say who was absent, from the first name on."""
        found: list[str] = []
        for sentence in re.split(r"[。;；\n]", self._text):
            before = ""
            for clause in re.split(r"[,，](?![^()（）]*[)）])", sentence):
                if not _MISSED.search(clause):
                    before = clause
                    continue
                if COUNT_AND_NAMES.fullmatch(packed(clause)):
                    found.append(clause.strip())
                    continue
                with_name = (part for part in (clause, f"{before}、{clause}") if self._names(part) is not None)
                told = next(with_name, clause)
                found.append(told.strip() if told.strip().startswith("除") else told[self._names(told) or 0 :].strip())
        return found

    def _names(self, text: str) -> int | None:
        """Where the first name of somebody of the roster stands in a text; None where none does."""
        return next((place for place in range(len(text)) if self._finder.begins(text[place:])), None)

    def _count(self, field: str, word: str) -> int | None:
        told = re.search(r"\d+", self._parts.get(field, "")) or re.search(rf"{word}[^\d\n]{{0,6}}(\d+)", self._text)
        return int(told[told.lastindex or 0]) if told else None

    def _body(self) -> None:
        # One label or none is prose: all of it is what happened.
        content = self._own_words.get("content") or self._own_words.get("outline", "")
        whole = content or ("" if len(self._parts) > 1 else self._written)
        content = whole or self._beside_labels() or self._before_labels()
        if content:
            sure, why = (Sure.READ, "") if whole else (Sure.PROPOSED, "没有写“会议内容”，取其余的正文")
            self._add("content", content, content.replace("\n", " ")[:60], content, sure, why)
        decisions = self._own_words.get("decisions", "")
        parts = numbered(decisions) if decisions else [found[1] or found[2] for found in _DECIDED.finditer(content)]
        items = [matter(part, AgendaKind.DECISION) for part in parts]
        if items:
            shown = "；".join(f"{item.kind}：{item.title}" for item in items)
            sure = Sure.READ if decisions else Sure.PROPOSED
            self._add("agenda", tuple(items), shown, decisions or parts[0], sure, "" if decisions else "从正文里摘出")
        matters = [matter(part) for part in numbered(content)] if is_numbered(content) else []
        if matters:
            shown = "；".join(f"{item.kind}：{item.title}" for item in matters)
            self._add("agenda", tuple(matters), shown, content, Sure.ASKED, "会议内容里的各条，也可以分条记在议题里")

    def _beside_labels(self) -> str:
        """The lines of the text below its first label that no label is about, as they were written."""
        kept: list[str] = []
        place = 0
        for line in self._written.split("\n"):
            end = place + len(line)
            counts = _COUNTS.fullmatch(_plain(line).strip())
            if (
                place > self._begins
                and not counts
                and not any(begin <= end and place <= last for begin, last in self._labels)
            ):
                kept.append(line)
            place = end + 1
        return "\n".join(kept).strip()

    def _before_labels(self) -> str:
        """All of a text that begins with sentences, and has labels only behind them."""
        return self._written if re.search("[^。]{12}。", self._text[: self._begins]) else ""

    def _line_at(self, place: int, end: int | None = None) -> str:
        """The line that a place stands in, up to its end or another one."""
        begin = self._text.rfind("\n", 0, place) + 1
        end = self._text.find("\n", place) if end is None else end
        return self._text[begin : end if end >= 0 else len(self._text)]


def kept_of(ticked: Sequence[Said]) -> dict[str, Any]:
    """What was ticked, by field; the matters of several are one list."""
    kept: dict[str, Any] = {}
    for item in ticked:
        kept[item.field] = (*kept.get(item.field, ()), *item.value) if item.field == "agenda" else item.value
    return kept
