"""The words of a table for posts: which are of the branch, and which of somebody or some time else."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from app.exchange.words import branch_core, packed
from app.people.posts import PostTitle

_SPLIT = re.compile(r"[、，,;；/+＋\n]|(?<!主)兼任?|以及|暨|(?<=记)和|(?<=员)和|(?<=委)和|\s+")
_PAST = re.compile(r"^[(]?(原|曾|前|拟|历任|已免|免去|候选)|(离任|卸任|退任|至今|已免职)$")
_BRACKETED = re.compile(r"([^、，,;；/+\s()]+)\(([^)]*)\)")
_PAST_BESIDE = re.compile(r"原|曾|前任|拟|候选|提名|免(?!费)|停职|不再|离任|卸|退任|届满|辞去|待批|未批|公示")
_OTHERS = re.compile(
    r"^(.*(党组|党委|党总支|总支|工委|党工委|纪委|纪检组|纪工委|团委|团总支|团支部|团|工会|妇联|妇委会|妇女|青联|机关党委|"
    r"行政|协会|学会|村委会?|居委会?|监委|支部纪委))"
)
_OWN = re.compile(r"^(中共|中国共产党)?(本|我|该|所在)?(党支部|支部|支委会?|支部委员会|党支部委员会)?(委员会)?")
_TITLES = {
    "书记": PostTitle.SECRETARY,
    "支书": PostTitle.SECRETARY,
    "副书记": PostTitle.DEPUTY_SECRETARY,
    "副支书": PostTitle.DEPUTY_SECRETARY,
    "组织委员": PostTitle.ORGANISATION,
    "组织": PostTitle.ORGANISATION,
    "宣传委员": PostTitle.PUBLICITY,
    "宣传": PostTitle.PUBLICITY,
    "纪检委员": PostTitle.DISCIPLINE,
    "纪律检查委员": PostTitle.DISCIPLINE,
    "纪检监察委员": PostTitle.DISCIPLINE,
    "纪检": PostTitle.DISCIPLINE,
    "青年委员": PostTitle.YOUTH,
    "统战委员": PostTitle.UNITED_FRONT,
    "保密委员": PostTitle.SECURITY,
    "学习委员": PostTitle.STUDY,
    "委员": PostTitle.MEMBER,
    "支委": PostTitle.MEMBER,
    "支部委员": PostTitle.MEMBER,
    "组长": PostTitle.GROUP_LEADER,
    "小组长": PostTitle.GROUP_LEADER,
    "党小组长": PostTitle.GROUP_LEADER,
    "党小组组长": PostTitle.GROUP_LEADER,
}
_NONE = (
    "",
    "无",
    "-",
    "—",
    "/",
    "党员",
    "正式党员",
    "预备党员",
    "中共党员",
    "普通党员",
    "群众",
    "无职务",
    "否",
    "无党内职务",
)


_FIELDS = "组织|宣传|纪检|青年|统战|保密|学习"
_OF_WHAT = re.compile(
    rf"(?:支部委员会?|支委会?|支委会委员|委员) ?\(((?:{_FIELDS})(?:委员)?(?:[、,，和及/兼]*(?:{_FIELDS})(?:委员)?)*)\)"
)
"""支委（组织委员）, 委员（宣传、纪检）: of what somebody is the member of the committee."""
_SINCE = re.compile(
    r"(?<=[记员长委])[\s,，、:：]*((?:自|从)?(?:19|20)\d\d[年./-]?\d{0,2}月?(?:[./]\d{1,2}(?!\d)|\d{1,2}日)?"
    r"(?:\s*[-—–~至到]+\s*(?:(?:19|20)\d\d[年./-]?\d{0,2}月?|今|现在)?)?(?:任职|任|起)?)"
)
"""宣传委员，2022.3-2025.3: from when to when, with no bracket around it."""
_AND_SO = re.compile(r" ?\(兼任?([^)]+)\)")
"""组织委员（兼宣传委员）: both."""
_WAS = re.compile(r"[原曾][^、,，;；()\n]{2,10}[、,，;； ]+(?=现任?[^、,，;；()\n])")
"""原组织委员、现宣传委员: what somebody was before what he is."""
_OF_BOTH = re.compile(rf"(?<![\u4e00-\u9fff])(?:党?支部)?((?:(?:{_FIELDS})[兼和及与]?){{2,}}|组宣)委员")
"""组织宣传委员, 组宣委员: two posts in one word."""


def _each_of(said: str) -> list[str]:
    return ["组织", "宣传"] if said == "组宣" else re.findall(_FIELDS, said)


@lru_cache(maxsize=1024)
def read_posts(text: str, branch: str = "", today: date = date.max) -> tuple[tuple[PostTitle, ...], tuple[str, ...]]:
    """The posts of the branch that a text names, and what it names beside them; `branch` is the branch's own name.

    书记 alone, 支部书记 and 党支部书记 is the secretary; a post of another body is none, a former one neither, nor one
    that a bracket calls former or proposed, or ended before `today`.
    """
    found: list[PostTitle] = []
    odd: list[str] = []
    plain = _SINCE.sub(r"(\1)", unicodedata.normalize("NFKC", text))
    for bracketed in _BRACKETED.finditer(plain):
        if _PAST_BESIDE.search(bracketed[2]) or _ended(bracketed[2], today):
            odd.append(packed(bracketed[0]))
            plain = plain.replace(bracketed[0], " ", 1)
    plain = plain if re.search(r"\S\S", plain) else re.sub(r"\s", "", plain)  # 书　记
    plain = _AND_SO.sub(r"、\1", plain)
    if was := _WAS.search(plain):
        odd.append(packed(was[0]))
        plain = re.sub("(^|(?<=[、,，;； ]))现任?", "", plain.replace(was[0], ""))
    plain = _OF_WHAT.sub(lambda found: "、".join(f"{of}委员" for of in _each_of(found[1])), plain)
    plain = _OF_BOTH.sub(lambda found: "、".join(f"{of}委员" for of in _each_of(found[1])), plain)
    odd += re.findall(r"\(([^)]*委员?|组织|宣传|纪检)\)", plain)
    plain = re.sub(r"\([^)]*\)", "", plain).strip()
    if packed(plain) in _NONE:
        return (), tuple(odd)
    for part in filter(None, map(packed, _SPLIT.split(plain))):
        if part in _NONE:
            continue
        title = _title(part, packed(branch))
        if title is None:
            odd.append(part)
        elif title not in found:
            found.append(title)
    return tuple(found), tuple(odd)


def _ended(beside: str, today: date) -> bool:
    """Whether a span of years in a bracket, 2023.5-2025.5, ended before a day."""
    found = re.search(r"(?:[-—–~至到]|截至)\D*((?:19|20)\d\d)(?:[年./-](\d{1,2}))?", beside)
    return found is not None and (int(found[1]), int(found[2] or 12)) < (today.year, today.month)


def _title(part: str, branch: str) -> PostTitle | None:
    if _PAST.search(part):
        return None
    if part in _TITLES:
        return _TITLES[part]
    own = _without_own_name(part, branch)
    if own is None:
        return None
    if own in _TITLES:
        return _TITLES[own]
    if own.endswith(("小组组长", "小组长")) and not _OTHERS.search(own) and "副" not in own:
        return PostTitle.GROUP_LEADER
    pair = re.fullmatch(rf"({_FIELDS})(委员)?", own)
    return _TITLES[f"{pair[1]}委员"] if pair else None


def _without_own_name(part: str, branch: str) -> str | None:
    """A post without the name of the branch before it; None for a post of another body."""
    core = branch_core(branch)
    if core and (known := re.match(rf"(中共|中国共产党)?{re.escape(core).replace('支部', '党?支部')}(委员会)?", part)):
        return part[known.end() :] or None
    if _OTHERS.search(part):
        return None
    rest = _OWN.sub("", part, count=1)
    # 第二党支部书记 may be of another branch.
    return rest if not re.search(r"支部", rest) else None
