"""Who was absent from a meeting, as a cell of a ledger says it in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from app.exchange.days import counted
from app.exchange.persons import Finder
from app.exchange.reading import NOTHING, Reading, Sure, says_nothing
from app.exchange.simplified import simplified
from app.exchange.words import packed
from app.names import close_up
from app.people.members import Member

CAME = "参加|到会|到齐|出席|参会|出勤|到场"
"""The words for having come."""
NOBODY = re.compile(
    r"(全[勤员体部]?|均|都)?(已|全部|应到尽到)?(到会|到齐|参加|出席|出勤|到场|全勤|满勤|到)?|(无|没有?|零)(人)?(缺席|请假|缺勤|人)?(\((全勤|全部到会|全到)\))?|0人?|\d+人(全到|全勤|全部到会|全部到齐)|"
    r"((到会|出勤|出席|参会|参加)率?)?100%|"
    r"(缺席|请假|缺勤)(人员|人数)?:?(无|0人?|零)|全部到会.*|应到\d+人?,?实到\d+人?,?(无缺席|全勤)?"
)
REASON_WORDS = {
    "因病": ("病", "住院", "手术"),
    "因公": ("公", "工作", "出差", "值班", "培训", "开会"),
    "因事": ("事",),
    "外出": ("外出", "外地", "探亲"),
}
_LEADS = re.compile(r"^(缺席|请假|未到|缺勤|未参加)(人员|名单|党员|情况)?(?P<count>\d+)?(人|名)?(分别为|为|是)?[::]?")
_NO_REASON = frozenset(
    ("缺席", "未到", "缺勤", "未参加", "没来", "没到", "未来", "未出席", "没参加", "没出席", "未参会")
)
_BY_REASON = re.compile(r"^(?P<why>[^::()]{1,8}?)(人员)?(\d+人?)?[::](?P<who>.+)$")
_DIGIT = "[一二三四五六七八九]"
_AND_OTHERS = re.compile(rf"等 ?(\d+|两|(?:{_DIGIT}?十)?{_DIGIT}|{_DIGIT}?十) ?[人名位](同志|党员)?")
_THERE = re.compile(
    "√|✓|✔|(?<![未没不能])(?<!没有)(参加$|到会|参会|出席)|迟到|早退|线上|视频|远程|电话接入|半天|中途|提前离|未缺席|代[会替为表]?$|^[^\\w]+$"
)
"""Reasons of somebody who may have been there, not for all of it, not in the room, for somebody else; or no reason."""
_REASON_ALONE = re.compile(
    r"(因|由于)?(公|事|病|私|家|工作|生病|看病|住院|手术|出差|外出|在外|外地|探亲|培训|学习|开会|值班|休假|陪护|请假|[病事公产婚丧年休]假)+"
    r"(原因)?(未到|缺席|请假|(未能|没)?参加)?"
)
_ENDED = re.compile(r"(\)|病|事|公|假|差|训|班|习|会|外出|外地|探亲|住院|手术|缺席|旷会)\s*$")
"""What a reason ends with, so that a name behind it is somebody else's."""


@dataclass(frozen=True)
class Absent:
    """One who was absent, as found, and why in the usual words."""

    who: Reading[Member]
    reason: str


@dataclass
class Present:
    """Those whom a cell names as having come: everybody or some, who is excepted, and who is in no roster."""

    named: list[Reading[Member]]
    absent: list[Absent]
    others: list[str]
    everybody: bool
    of_body: bool
    """Whether everybody of the committee or group is meant, rather than of the branch."""
    count: int | None
    whole: bool
    """Whether all who came are named: 甲一等 3 人 names one of them."""


class NotUnderstood(ValueError):
    """A part of a roll that names nobody of the roster."""


COUNT_AND_NAMES = re.compile(
    r"(?P<why>因[病事公]|[病事公产婚丧]假)?(?P<lead>缺席|请假|未到|缺勤)?(?P<count>\d{1,3})[人名](?P<behind>缺席|请假|未到|缺勤)?[(](?P<who>.+?)\)"
    r"|(?P<first>\d{1,3})[人名][:,](?P<rest>.+?)\)?"
)
"""1人（甲二病假）, 缺席1人（甲二）, 因病请假1人（甲二）: a number, and who."""
_CAME_REST = re.compile(
    rf"其[他它余].{{0,10}}({CAME})(会议|活动)?|(实到)?\d+[人名](到会|参加|出席|参会|到场)|[应实]到\d+[人名]"
)
"""其余到齐, 7人到会: a part of a cell that names nobody."""


def read_absent(text: str, finder: Finder) -> list[Absent]:
    """The absent of a cell; raises ValueError in Chinese for somebody who is not in the roster or a wrong count."""
    told = close_up(unicodedata.normalize("NFKC", text).strip())
    packed = re.sub(r"\s", "", told).strip("。.")
    word = simplified(packed)
    if says_nothing(word) or NOBODY.fullmatch(word):
        return []
    told = _numbered(NUMBERS_FIRST.sub("", told))
    told = told[1:-1] if re.fullmatch(r"\([^()]*\)", told) else told
    if (excepted := _EXCEPT.fullmatch(told)) and _THE_REST.fullmatch(re.sub(r"\s", "", excepted["rest"]).strip("。.")):
        told = excepted["who"]
    if several := _each_counted(packed):
        told = several
    elif counted_first := COUNT_AND_NAMES.fullmatch(packed):
        word, count = counted_first["lead"] or counted_first["behind"] or "缺席", counted_first["count"]
        why = f"{counted_first['why']}:" if counted_first["why"] else ""
        told = f"{word}{count or counted_first['first']}人:{why}{counted_first['who'] or counted_first['rest']}"
    lead = _LEADS.match(told)
    leave = "请假" if lead and lead[1] == "请假" else ""
    said = int(lead["count"]) if lead and lead["count"] else None
    rest = told[lead.end() :] if lead else told
    if several := _AND_OTHERS.search(rest):
        said = _number(several[1])
        rest = rest[: several.start()] + rest[several.end() :]
    found: list[Absent] = []
    rest = re.sub(r"[,，、](?=[^,，、;:：()]{1,6}[:：])", ";", rest)  # 因公：甲二，因病：乙三
    for number, part in enumerate(filter(None, map(_without_rest, re.split(r"[;；\n。]", rest)))):
        if not NOBODY.fullmatch(re.sub(r"\s", "", part)):
            each = _of_part(part, finder)
            found += (Absent(one.who, one.reason or (leave if number == 0 else "")) for one in each)
    if said is not None and said != len(found):
        raise ValueError(f"写着缺席 {said} 人，只认出 {len(found)} 人")
    return found


def _each_counted(told: str) -> str:
    """病假1人（甲二），事假1人（乙三）: a part for each reason; empty for anything else."""
    parts = [COUNT_AND_NAMES.fullmatch(part) for part in re.split(r"[,;、](?![^()]*\))", told.rstrip("。"))]
    if len(parts) < 2 or not all(part and part["who"] and (part["why"] or part["lead"]) for part in parts):
        return ""
    each = [(part["why"] or part["lead"], part["count"], re.split("[,、;]", part["who"])) for part in parts if part]
    if any(int(count) != len(names) for _, count, names in each):
        raise ValueError(f"“{told}”里的人数与姓名对不上")
    return ";".join(f"{why}:{'、'.join(names)}" for why, _, names in each)


def _number(told: str) -> int:
    """How many 等三人, 等两名 or 等 3 人 says."""
    return int(told if told.isdecimal() else counted(told.replace("两", "二")))


def _numbered(told: str) -> str:
    """A list whose names have numbers, without these."""
    return _NUMBERED.sub("、", told).strip("、") if len(_NUMBERED.findall(told)) > 1 else told


def _without_rest(part: str) -> str:
    """A part of a cell without what it says of those who came."""
    told = [text for text in re.split(r"[,，](?![^()]*\))", part) if not _CAME_REST.fullmatch(re.sub(r"\s", "", text))]
    return ",".join(told).strip()


_EXCEPT = re.compile(r"除了?(?P<who>.+?)(同志)?(之外|以外|外)[,，]?(?P<rest>.*)", re.DOTALL)
NUMBERS_FIRST = re.compile(
    r"^\d+ ?人?/ ?\d+ ?人?[,、:;。 ]+|^应(?:到|参加)会?(?:人数|党员)?[::]? ?\d+ ?[人名]?[,、;。 ]*"
    r"实(?:到|际参加|参加)会?(?:人数|党员)?[::]? ?\d+ ?[人名]?[,、;。 ]*"
    r"|^[应实]到会?(?:人数|党员)?[::]? ?\d+ ?[人名][,、;。 ]+"
)
"""应到8人，实到7人，缺席：…, 8/7 …: the numbers are read for themselves."""
_THE_REST = re.compile(
    rf"(其[他它余])?(全体|全部|所有|均|都)?(党员|人员|同志)*(均|都|全部|已|全)*({CAME})?(会议|活动)?"
)
_EVERYBODY = re.compile(
    r"(本?支部)?(全体|所有|全部|全员|全支部)(支部|在册)?(?P<body>支部?委?员?会?(委员|成员)|支委|小组成员|成员|委员)?(党员)?(干部|同志|人员)?"
    r"|(?P<whole>支委会?|支部委员会|党?小组)(全体)?(成员|委员|党员)?"
)
_CAME = re.compile(rf"(均|都|全部|已|全)*({CAME})?(会议|活动)?")
_NOT_THERE = re.compile("假|缺席|[未没](到|能|来|参|出席)|旷|病|差")
_NOBODY_NAMED = re.compile("(到会|参会|参加|实到|出席)?(党员|人员|同志|人数)?")
_BESIDE_A_NAME = re.compile(r"^(同志|副?书记|[组织宣传纪检]{2}委员|委员|\(.*?\)|\s)*")
_HEADS = re.compile(r"(?:^|(?<=党员|人员|全体|支部)|[,(、;]|[共计])[共计]*(\d+)[人名]\)?")
_NUMBERED = re.compile(r"(?:^|(?<=[\s、,;)]))\d{1,2}[.、)] ?(?=[\u4e00-\u9fff])")
"""1.甲二 2.乙三: the numbers before the names of a list."""
_EXCEPT_BESIDE = re.compile(r"([^()]+)\(([^()]+)\)")


def read_present(text: str, finder: Finder) -> Present:
    """Those whom a cell names as present: 全体党员, 除甲二外全体, 甲一、甲二等3人; raises as `read_absent`."""
    told = _numbered(NUMBERS_FIRST.sub("", close_up(unicodedata.normalize("NFKC", text).strip())))
    told = re.sub(r"^[^:：]{2,6}[:：]", "", told).strip(" 。.")
    absent: list[Absent] = []
    if excepted := _EXCEPT.match(told):
        absent += read_absent(excepted["who"], finder)
        told = excepted["rest"].removeprefix("的")
    several = _AND_OTHERS.search(told)
    count = None
    if several:
        count = _number(several[1])
        told = told[: several.start()] + told[several.end() :]
    elif heads := _HEADS.search(told) or re.fullmatch(r"(\d+)", told):
        count = int(heads[1])
        told = told[: heads.start()] + told[heads.end() :]
    whole = several is None and not re.search(r"等(人|同志)?$", told)
    found = Present([], absent, [], everybody=False, of_body=False, count=count, whole=whole)
    for names in (name for part in _SECTIONS.split(told) for name in _names(_without_label(part, finder, found))):
        for part in filter(None, _apart(names, finder)):
            if not _named(part, finder, found):
                _everybody(part, finder, found)
    return found


_SECTIONS = re.compile(r"[;\n。]|\s+(?=[^\s:、,，]{2,6}:)")
_LABEL = re.compile(r"\s*([^:、,，()\d]{2,8}(\d+[人名])?):\s*")


def _without_label(part: str, finder: Finder, found: Present) -> str:
    """A part without the word before its colon, 第二小组：…; those behind 请假： are noted as absent."""
    label = _LABEL.match(part)
    if label is None or finder.begins(part):
        return part
    if _NOT_THERE.search(label[1]):
        found.absent.extend(read_absent(part, finder))
        return ""
    if "列席" in label[1]:
        found.others.append(part.strip())
        return ""
    return part[label.end() :]


def _named(part: str, finder: Finder, found: Present) -> bool:
    """Whether a part begins with somebody's name, who is then noted as present or absent."""
    part = _without_title(part, finder)
    name = finder.begins(part)
    rest = part[len(name) :]
    beside = _EXCEPT_BESIDE.fullmatch(part)
    if name and beside and name == beside[1].strip() and finder.begins(beside[2]) and _NOT_THERE.search(beside[2]):
        found.named.append(finder.find(name))
        found.absent.extend(read_absent(beside[2], finder))
    elif name and _NOT_THERE.search(rest):
        found.absent.extend(_of_part(part, finder))
    elif name:
        found.named.append(finder.find(name))
        behind = re.sub("^(以及|[及和与])", "", _BESIDE_A_NAME.sub("", rest))
        found.others.extend([] if behind in ("等", "等人") or _CAME.fullmatch(behind) else behind.split())
    return bool(name)


def _everybody(part: str, finder: Finder, found: Present) -> None:
    """Note 全体党员 with who is excepted behind it; anything else are people of no roster."""
    everyone = _EVERYBODY.match(part) or (_THE_REST.fullmatch(part) if found.absent else None)
    behind = re.sub("^缺席?(?=[^席])", "", part[everyone.end() :].strip("() ,")) if everyone else ""
    if excepted := _EXCEPT.fullmatch(behind):
        behind = excepted["who"]
    absent = finder.begins(behind) or _NOT_THERE.search(behind)
    guests = re.match("(和|及|与|以及)", behind)
    if everyone is None or not (absent or guests or _CAME.fullmatch(behind)):
        found.others.extend([] if _NOBODY_NAMED.fullmatch(part) else [part])
        return
    told = everyone.groupdict()
    of_body = bool(told.get("body") or told.get("whole"))
    found.everybody, found.of_body = True, of_body and (found.of_body or not found.everybody)
    if absent:
        found.absent.extend(read_absent(re.sub("(除外|外)$", "", behind), finder))
    elif guests:
        found.others.append(behind[guests.end() :])


def _of_part(part: str, finder: Finder) -> Iterator[Absent]:
    """A run of names with one reason for all, or with one each."""
    grouped = _BY_REASON.match(part)
    if grouped and not finder.begins(grouped["why"]):
        if NOBODY.fullmatch(re.sub(r"\s", "", grouped["who"])):
            return
        why = "" if grouped["why"] in _NO_REASON else usual_reason(grouped["why"])
        for name in _names(grouped["who"]):
            who, reason = _one(name, finder)
            yield Absent(_unless_there(who, grouped["why"], part), reason or why)
        return
    each = [_one(name, finder) for names in _with_reasons(part, finder) for name in _apart(names, finder)]
    # 甲二、甲三请假 means both: who has no reason has that of the next who has one.
    for number, (who, reason) in enumerate(each):
        later = (other for _, other in each[number:] if other)
        yield Absent(who, reason or ("" if re.search(r"[(:](?![均都])", part) else next(later, "")))


def _names(text: str) -> list[str]:
    """The parts between separators that stand outside of brackets."""
    parts, depth, current = [], 0, ""
    for char in text:
        depth += (char in "([") - (char in ")]")
        if depth <= 0 and char in "、,，":
            parts.append(current)
            current = ""
        else:
            current += char
    found = [part.strip() for part in (*parts, current) if part.strip()]
    return [
        name
        for part in found
        for name in re.split(r"(?<=[\u4e00-\u9fff])[和及与&](?=[\u4e00-\u9fff]{2,4}(?:[(:]|$))", part)
    ]


def _with_reasons(part: str, finder: Finder) -> list[str]:
    """The names of a part, each with a reason that a comma parts from it: 甲二，探亲."""
    found: list[str] = []
    for name in _names(part):
        is_reason = found and not finder.begins(name) and _REASON_ALONE.fullmatch(name)
        found = [*found[:-1], f"{found[-1]} {name}"] if is_reason else [*found, name]
    return found


def _apart(part: str, finder: Finder) -> list[str]:
    """Names with nothing between them, or nothing but spaces; a space before a reason parts nothing."""
    words = re.split(r"[\s/]+", part)
    if len(words) > 1 and all(finder.begins(_without_title(word, finder)) for word in words):
        return words
    found: list[str] = []
    rest = part
    while cut := _next_name(rest, finder):
        before = rest[:cut]
        if before != finder.begins(before) and not _ENDED.search(before):
            break
        found.append(before)
        rest = rest[cut:]
    return [*found, rest]


def _next_name(text: str, finder: Finder) -> int:
    """Where somebody else is named behind the name that a text begins with; 0 where nobody is."""
    first = len(finder.begins(text))
    return next((place for place in range(first, len(text)) if finder.begins(text[place:])), 0) if first else 0


def _one(part: str, finder: Finder) -> tuple[Reading[Member], str]:
    part = _without_title(part, finder)
    name = finder.begins(part)
    if not name:
        whole = re.sub(r"[(::].*", "", part).strip()
        raise NotUnderstood(f"“{whole}”不在名册里")
    rest = _TITLE_BEHIND.sub("", part[len(name) :])
    hint = re.match(r"\s*\(([^)]*)\)", rest)
    who = finder.find(f"{name}({hint[1]})" if hint else name)
    if cut := _next_name(part, finder):
        who = who.doubt(f"“{part}”里还写着“{finder.begins(part[cut:])}”，也缺席的请分开写", Sure.ASKED)
    return _unless_there(who, rest, part), usual_reason(rest)


def _without_title(part: str, finder: Finder) -> str:
    """A part without the post that stands before somebody's name: 书记甲二."""
    titled = _TITLE_FIRST.match(part)
    return part[titled.end() :] if titled and finder.begins(part[titled.end() :]) else part


def _unless_there(who: Reading[Member], why: str, part: str) -> Reading[Member]:
    """Somebody absent, asked about where the reason tells of one who came: 迟到, 线上."""
    there = _THERE.search(why)
    return who.doubt(f"“{part}”写着{there[0]}，按缺席记请勾选", Sure.ASKED) if there and who.stands else who


_UNTOLD = ("未写原因", "没写原因", "原因不明", "原因未写", "未说明原因", "未说明")
_TITLE = r"(党?支部)?(副?书记|支委|[组织宣传纪检青年统战]{2}委员|委员|(党?小组)?组长)"
_TITLE_FIRST = re.compile(rf"{_TITLE} ?")
_TITLE_BEHIND = re.compile(rf"^ ?[(]{_TITLE}[)]")
_MISSED = re.compile(r"(未|不|没)(能|有|曾)?(参加|到会|出席|参会)(会议|活动)?$|^\d+[人名]$")
"""What stands behind a reason and is none: 工作原因未能参加, and a number behind a name."""


def usual_reason(reason: str) -> str:
    """The reason in the usual words: （因公出差） → 因公; what is none of them stays as it was written."""
    plain = re.sub(r"^(同志)?[\s:(,\-—]*(\d+[人名])?(均|都)?(因|由于)?|[\s),。.]+$", "", reason)
    plain = _MISSED.sub("", f"{plain})" if plain.count("(") > plain.count(")") else plain)
    if plain in _UNTOLD or plain in NOTHING or plain in _NO_REASON:
        return ""
    return next((short for short, words in REASON_WORDS.items() if any(word in plain for word in words)), plain)


def read_guests(text: str) -> tuple[list[str], list[str]]:
    """Those whom a text names as having sat in, and what it tells of them without saying who: 群众3人."""
    parts = (part.strip(" 。") for part in re.split(r"[、,，;；\n]", close_up(text)))
    told = [part for part in parts if packed(part) not in NOTHING]
    unnamed = [part for part in told if re.search(r"\d", part)]
    return [part for part in told if part not in unnamed], unnamed
