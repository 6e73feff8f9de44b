"""Which meeting a row of a ledger means: by its own column, by ticks, by the words over it; a theme only asks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from app.exchange.columns import MEETINGS, TICKED
from app.exchange.paths import key_of
from app.exchange.reading import NO_TICK, TICK, Reading, Sure
from app.exchange.sheet import Row
from app.exchange.taking import Taking
from app.exchange.titles import texts_over
from app.exchange.words import packed
from app.rules.meeting_types import MeetingType

Types = tuple[MeetingType, ...]
TYPE_WORDS: tuple[tuple[str, MeetingType], ...] = (
    ("组织生活会", MeetingType.LIFE_MEETING),
    ("民主评议", MeetingType.APPRAISAL),
    ("评议党员", MeetingType.APPRAISAL),
    ("党员大会", MeetingType.GENERAL),
    ("支部大会", MeetingType.GENERAL),
    ("党员会议", MeetingType.GENERAL),
    ("支委", MeetingType.COMMITTEE),
    ("支部委员会", MeetingType.COMMITTEE),
    ("小组会", MeetingType.GROUP),
    ("小组学习", MeetingType.GROUP),
    ("党课", MeetingType.LECTURE),
    ("党日", MeetingType.THEME_DAY),
    ("党员活动日", MeetingType.THEME_DAY),
    ("警示教育", MeetingType.WARNING_EDUCATION),
    ("党章", MeetingType.CONSTITUTION),
    ("列席", MeetingType.CROSS_ATTENDANCE),
    ("志愿", MeetingType.VOLUNTEERING),
    ("共建", MeetingType.PARTNERSHIP),
    ("结对", MeetingType.PARTNERSHIP),
    ("学习", MeetingType.STUDY),
    ("其他", MeetingType.OTHER),
    ("其它", MeetingType.OTHER),
)
_WHOLE_NAME = re.compile(
    r"(?P<life>组织生活会)|(?P<appraisal>民主评议(党员)?|评议党员)|(?P<general>党员大会|支部大会|党员会议)"
    r"|(?P<committee>支委(扩大)?会|支部委员会)|(?P<group>小组会)|(?P<lecture>党课)|(?P<day>党日|党员活动日)"
)
"""The institutions that a title or a name means when it says their names; a theme may say them of something else."""
_KINDS = {
    "life": MeetingType.LIFE_MEETING,
    "appraisal": MeetingType.APPRAISAL,
    "general": MeetingType.GENERAL,
    "committee": MeetingType.COMMITTEE,
    "group": MeetingType.GROUP,
    "lecture": MeetingType.LECTURE,
    "day": MeetingType.THEME_DAY,
}
_BEHIND_A_NAME = re.compile(r"(会议|活动|会|议|专题|学习|第.{1,3}次|\d+)*([:—\-《“\"].*)?")
"""What may stand behind the name of a meeting that is held: 主题党日活动, 党课：作风建设."""
_OTHER_BODY = re.compile(
    r"中心组|工会|(?<!党)团(?!结|队)|妇联|妇女|行政|班组|职工|职代|村民|居民|业主|董事|(党委|党组|总支|工委)(?!书记)"
)
"""What names a body that is not the branch; a secretary of the committee may give a lecture in the branch."""
_DENIED = re.compile(
    r"^非|未(按期)?(召开|开|举行|开展)|没有?[召开]|取消|停开|不[含是开]|拟[召开]|待[召开]|列席(?=支委|党员大会)"
)
"""What says of a type that it was not held, or that somebody sat in on it."""
_WITH_OTHERS = frozenset({MeetingType.PARTNERSHIP, MeetingType.VOLUNTEERING})


def read_types(text: str) -> Types:
    """The types that a text names: 主题党日暨党课 is two."""
    return _named_types(text)[0]


def _named_types(text: str) -> tuple[Types, list[str]]:
    found: list[MeetingType] = []
    odd: list[str] = []
    for part in _parts(text):
        kinds = _kinds_in(part)
        if not kinds:
            odd.append(part)
        found += [kind for kind in kinds if kind not in found]
    return tuple(found), odd


def _kinds_in(part: str) -> list[MeetingType]:
    """The type of a part of a cell; several where it says several names with nothing between them: 支委会党课."""
    exact = next((kind for kind in MeetingType if kind.value == part), None)
    if exact is not None:
        return [exact]
    whole = list(dict.fromkeys(_KINDS[name] for found in _WHOLE_NAME.finditer(part) if (name := found.lastgroup)))
    return whole if len(whole) > 1 else [kind for word, kind in TYPE_WORDS if word in part][:1]


def _parts(text: str) -> list[str]:
    # 组织生活会议 is any meeting of the branch's life, no 组织生活会.
    told = packed(re.sub(r"[（(][一二三四五六\d][)）]|(?:^|(?<=[\s会课日]))\d{1,2}[.、．)）]\s*", "、", text))
    told = told.replace("组织生活会议", "组织生活").replace("(扩大)", "")
    return list(filter(None, re.split(r"[暨、,+/;()（）＋／；，]|和", told)))


def take_types(row: Row, reader: Taking, activities: list[str]) -> tuple[Types, str]:
    """The types of a row and its activity of the branch's own; a word that is neither is asked or told.

    What stands below the title of another body is asked whatever its type.
    """
    types, activity = _types(row, reader, activities)
    if types and (other := _of_another_body(row)):
        why = f"表上写着“{other}”，像是别的组织的会议，是本支部的请勾选"
        types = reader.take("types", Reading(row.text("types"), types, Sure.ASKED, why), shown="、".join(types)) or ()
    return types, activity


def _of_another_body(row: Row) -> str:
    """The words over a row, other than the name of the file, that name another body than a branch of the Party."""
    for text in list(texts_over(row))[:-1]:
        told = packed(text)
        if re.search(r"(?<!团)支部", told):
            return ""
        if _OTHER_BODY.search(told):
            return text
    return ""


def _types(row: Row, reader: Taking, activities: list[str]) -> tuple[Types, str]:
    named = _named_by(row)
    said = row.text("types") if named is None else ""
    ticked, odd = _ticked(row)
    for name in odd:
        reader.tell(name, f"“{row.text(name)}”不是打的勾，没有记入")
    if ticked and not said:
        return ticked, ""
    over = () if any(name in row.cells for name in TICKED) else over_rows(row)
    if said or (named is None and not over):
        return _in_words(said, reader, activities)
    if over:
        return _as_titled(named or row.text("subject"), reader, over), ""
    return _by_name(named or "", row, reader, activities)


def _named_by(row: Row) -> str | None:
    """The name or theme that has to tell what was held; None where a column of types, or an answer, does."""
    heading, said = row.column("types"), row.text("types")
    if is_of_types(heading):
        return None
    shared = heading == row.column("subject") and said == row.text("subject")
    return said if shared or (is_of_names(heading) and heading != row.column("subject")) else None


def is_of_names(heading: str) -> bool:
    """Whether a heading is that of a column of the names of meetings."""
    return key_of(heading) in MEETINGS["title"] or key_of(heading).endswith("名称")


def is_of_types(heading: str) -> bool:
    """Whether a heading is that of a column of types."""
    return key_of(heading) in MEETINGS["types"]


def _ticked(row: Row) -> tuple[Types, list[str]]:
    """The types whose columns are ticked, and the columns that say something else."""
    marks = {name: unicodedata.normalize("NFKC", packed(row.text(name))) for name in TICKED if name in row.cells}
    ticked = tuple(TICKED[name] for name, mark in marks.items() if TICK.fullmatch(mark))
    return ticked, [name for name, mark in marks.items() if mark not in NO_TICK and not TICK.fullmatch(mark)]


def over_rows(row: Row) -> Types:
    """The one type that the nearest words over a row name: the line above it, the title, the sheet; else none."""
    for text in texts_over(row):
        named = {_KINDS[name] for name in _institutions(text)}
        if named:
            return tuple(named) if len(named) == 1 else ()
    return ()


def _institutions(text: str) -> Iterator[str]:
    for found in _WHOLE_NAME.finditer(packed(text).replace("组织生活会议", "组织生活")):
        yield from (name for name, word in found.groupdict().items() if word and name in _KINDS)


def _as_titled(said: str, reader: Taking, over: Types) -> Types:
    """The type that the words over a row name; asked where its own name or subject names another."""
    named = {_KINDS[name] for name in _institutions(said)}
    if not named or set(over) <= named:
        return over
    why = f"表上写的是{over[0]}，这一行写着“{said}”，请核对是哪种会议"
    return reader.take("types", Reading(said, over, Sure.ASKED, why, _others(over)), shown=over[0]) or ()


def _by_name(said: str, row: Row, reader: Taking, activities: list[str]) -> tuple[Types, str]:
    """A name of a meeting says what was held; a theme may only be asked about, whatever words are in it."""
    if not said:
        reader.wrong("types", "没有写是哪种会议")
        return (), ""
    name = re.sub(r"[(（].*?[)）]", "", said)
    if is_of_names(row.column("types")) and all(_is_name(part, activities) for part in _parts(name)):
        return _in_words(name, reader, activities)
    named = _named_types(said)[0]
    likely = f"，像是{'、'.join(named)}，是的话请勾选" if named else "，请选一种"
    why = f"表里没有写会议类型，“{said}”看不出是哪种会议{likely}"
    shown = "、".join(named)
    return reader.take("types", Reading(said, named or None, Sure.ASKED, why, _others(named)), shown=shown) or (), ""


def _is_name(part: str, activities: list[str]) -> bool:
    """Whether a text is the name of a meeting, rather than what it was about: 3月主题党日, 党课：作风建设."""
    if any(word in part for word in activities):
        return True
    if any(part.endswith(word) for word in ("集中学习", *(kind.value for kind in MeetingType))):
        return True
    found = next(_WHOLE_NAME.finditer(part), None)
    return found is not None and _BEHIND_A_NAME.fullmatch(part[found.end() :]) is not None


def _in_words(said: str, reader: Taking, activities: list[str]) -> tuple[Types, str]:
    """What a column of types says."""
    activity = next((word for word in activities if word in packed(said)), "")
    types, odd = _named_types(said)
    odd = [part for part in odd if not activity or activity not in part]
    if activity and not types:
        types = (MeetingType.OTHER,)
    if "民主生活会" in packed(said) and MeetingType.LIFE_MEETING not in types:
        types = ()
    if _OTHER_BODY.search(packed(said)) and types and not set(types) <= _WITH_OTHERS:
        why = f"“{said}”像是别的组织的会议，是本支部的请勾选"
        types = reader.take("types", Reading(said, types, Sure.ASKED, why, _others(types)), shown=types[0]) or ()
    elif types and _DENIED.search(packed(said)):
        why = f"“{said}”看不准是不是开了{types[0]}，请核对"
        types = reader.take("types", Reading(said, types, Sure.ASKED, why, _others(types)), shown=types[0]) or ()
    elif types and odd:
        reader.take(
            "types",
            Reading(said, types, Sure.PROPOSED, f"“{'、'.join(odd)}”不是认得的类型，没有记入"),
            shown="、".join(types),
        )
    elif types and "扩大" in said:
        reader.take("types", Reading(said, types, Sure.PROPOSED, f"“{said}”记作{types[0]}"), shown=types[0])
    elif not types and said:
        asked = Reading[Types](said, None, Sure.ASKED, f"“{said}”看不出是哪种会议，请选一种", _others(()))
        reader.take("types", asked)
    elif not types:
        reader.wrong("types", "没有写是哪种会议")
    return types, activity


def _others(types: Types) -> tuple[str, ...]:
    return tuple(kind.value for kind in MeetingType if kind not in types[:1])
