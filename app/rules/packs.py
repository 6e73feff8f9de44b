"""规则包: rules of a superior or of the branch as one text file with a digest, checked before it is kept."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.errors import Refused
from app.rules.entries import ABOUT_ITSELF, KINDS, MANY, Pack, Raw, in_force, shipped
from app.rules.kinds import Layer, Quota, Rule, TalkRule, figures, in_words
from app.rules.local_rules import PERIOD_NAMES
from app.rules.meeting_types import MeetingType
from app.rules.rulebook import FIRST_DAY, Rulebook, rulebook_on
from app.whole_files import whole_text

FORMAT = 1
"""The version of the file that is written; every earlier one is read."""
MOST_CHARACTERS = 1_000_000
SUFFIX = ".zbgz"
_DIGEST = re.compile(r'^digest = "([0-9a-f]*)"$', re.MULTILINE)
_CHOICES: dict[str, tuple[str, ...]] = {
    "period": tuple(PERIOD_NAMES),
    "audience": ("branch", "committee", "group"),
    "between": ("committee", "committee_member", "each_member", "every_pair"),
    "type": tuple(kind.value for kind in MeetingType),
    "reach": ("at_least", "more_than"),
    "base": ("entitled", "present"),
}


# --- reading --------------------------------------------------------------------------------------------


def digest_of(text: str) -> str:
    """The digest of a pack: SHA-256 of its text with an empty digest and plain line ends."""
    return hashlib.sha256(_DIGEST.sub('digest = ""', _plain(text), count=1).encode()).hexdigest()


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def pack_file(path: Path) -> str:
    """The text of a file; raises Refused where it cannot be read or is no text."""
    whence = "规则包是 .zbgz 文件，由上级或“导出本支部的规则”生成。"
    return whole_text(path, 4 * MOST_CHARACTERS, "规则包", whence)


@lru_cache(maxsize=32)
def read_pack(text: str) -> Pack:
    """A pack from its text; raises Refused in words for whatever this program does not know or cannot rely on."""
    if len(text) > MOST_CHARACTERS:
        raise Refused("文件太大，不是规则包。")
    plain = _plain(text)
    try:
        told = tomllib.loads(plain)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        place = re.search(r"line (\d+)", str(error))
        where = f"第 {place.group(1)} 行读不懂" if place else "内容读不懂"
        word = "，日期写错了" if "date" in str(error).lower() else ""
        raise Refused(f"这不是可用的规则包：{where}{word}。", "请向发给您的单位再要一份。") from error
    head = told.pop("pack", None)
    if not isinstance(head, dict) or "format" not in head:
        raise Refused("这不是规则包：缺少 [pack] 一节。", "规则包由上级或“设置 → 规则 → 导出”生成。")
    _check_head(head)
    found = _DIGEST.search(plain)
    if found is None or found.group(1) != digest_of(plain):
        raise Refused("规则包的校验码对不上：内容被改动过，或者没有拷完整。", "请向发给您的单位再要一份。")
    entries = {kind: tuple(_checked(kind, raw) for raw in _list(kind, raws)) for kind, raws in told.items()}
    layer = Layer(head["layer"])
    pack = Pack(str(head["code"]), str(head["title"]), layer, text, str(head.get("issuer", "")), entries)
    _try(pack)
    return pack


def _check_head(head: Mapping[str, Any]) -> None:
    version = head["format"]
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise Refused(f"规则包的格式版本“{version}”不认识。", f"本程序认识 1 至 {FORMAT}。")
    if version > FORMAT:
        raise Refused(f"规则包的格式版本是 {version}，比本程序新（{FORMAT}）。", "请先更新程序，再导入。")
    for name, word in (("code", "代码"), ("title", "名称"), ("layer", "层级")):
        if not isinstance(head.get(name), str) or not head[name].strip():
            raise Refused(f"规则包没有写{word}（[pack] 的 {name}）。")
    if head["layer"] == Layer.CENTRAL:
        raise Refused("中央的规定只随程序更新，不能用规则包改动。", "上级和本支部的规则包写“上级”或“本支部”。")
    if head["layer"] not in (Layer.SUPERIOR, Layer.BRANCH):
        raise Refused(f"规则包的层级“{head['layer']}”不认识。", "应为“上级”或“本支部”。")


def _list(kind: str, raws: Any) -> list[Any]:
    if kind not in KINDS:
        raise Refused(f"不认识的规则种类“{kind}”。", "可能是新版本的规则包，请先更新程序。")
    if not isinstance(raws, list):
        raise Refused(f"规则种类“{kind}”的写法不对，应是 [[{kind}]]。")
    return list(raws)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _checked(kind: str, raw: Any) -> Raw:
    """An entry of a pack; raises Refused."""
    where = f"“{kind}”的一条规则"
    if not isinstance(raw, dict):
        raise Refused(f"{where}写法不对。")
    told: Raw = dict(raw)  # pyright: ignore[reportUnknownArgumentType]
    code = told.get("code")
    if not isinstance(code, str) or not code.strip():
        raise Refused(f"{where}没有代码（code）。")
    where = f"规则“{code}”"
    for name in ("from", "until", "starts"):
        value = told.get(name)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            raise Refused(f"{where}的 {name} 不是日期：{value}。", "日期写成 2026-01-31，不加引号。")
    if "from" not in told:
        raise Refused(f"{where}没有写从哪一天起（from）。")
    if told.get("until") and told["until"] < told["from"]:
        raise Refused(f"{where}截止 {told['until']} 早于起始 {told['from']}。")
    for name in ("reason", "source", "level", "sure"):
        if name in told and not isinstance(told[name], str):
            raise Refused(f"{where}的 {name} 应是文字。")
    if not str(told.get("reason") or told.get("source") or "").strip():
        raise Refused(f"{where}没有写理由（reason）或依据（source）。")
    _check_figures(kind, told, where)
    return told


def _check_figures(kind: str, told: Raw, where: str) -> None:
    known = {name for raw in shipped()[kind] for name in raw} | set(ABOUT_ITSELF)
    known |= {figure.name for figure in figures(KINDS[kind])}
    texts = {field.name: field.default for field in fields(KINDS[kind]) if isinstance(field.default, str)}
    known |= texts.keys()
    if unknown := sorted(told.keys() - known):
        raise Refused(f"{where}里的“{unknown[0]}”不认识。", "可能是新版本的规则包，请先更新程序。")
    pattern = texts | {name: value for raw in shipped()[kind] for name, value in raw.items()}
    for name, value in told.items():
        if name in ABOUT_ITSELF:
            continue
        if name in _CHOICES and value not in _CHOICES[name]:
            raise Refused(f"{where}的 {name} 写的是“{value}”，应为{'、'.join(_CHOICES[name])}之一。")
        wanted = bool if name in ("of_present", "written") else type(pattern.get(name, value))
        if type(value) is not wanted:
            raise Refused(f"{where}的 {name} 写的是“{value}”，类型不对。")
        if isinstance(value, int) and not isinstance(value, bool) and not 0 <= value <= 10**9:
            raise Refused(f"{where}的 {name} 写的是 {value}，数目不对。")


def _try(pack: Pack) -> None:
    """Make the rules of every day on which the pack changes something; raises Refused where that cannot be done."""
    days = {raw["from"] for raws in pack.entries.values() for raw in raws}
    days |= {raw["starts"] for raws in pack.entries.values() for raw in raws if raw.get("starts")}
    for kind, raws in pack.entries.items():
        for raw in raws:
            beside = [other for other in raws if other is not raw and other["code"] == raw["code"]]
            if any(_overlap(raw, other) for other in beside):
                raise Refused(f"规则“{raw['code']}”有两条的日期重叠。")
            day = max(raw["from"], FIRST_DAY)
            new = raw["code"] not in {held["code"] for held in in_force(kind, day)}
            if new and kind in MANY and raw.get(MANY[kind]) is None:
                raise Refused(f"规则“{raw['code']}”是新的，没有写{MANY[kind]}。")
    for day in sorted(days):
        try:
            rulebook_on(max(day, FIRST_DAY), (pack,))
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            raise Refused(f"规则包里 {day} 起的规则不完整：{_lacking(error)}。", "请向发给您的单位核对。") from error


def _lacking(error: Exception) -> str:
    names = re.findall(r"'(\w+)'", str(error))
    return f"缺少或写错了 {'、'.join(names[:3])}" if names else "写法不对"


def _overlap(one: Raw, other: Raw) -> bool:
    return one["from"] <= other.get("until", date.max) and other["from"] <= one.get("until", date.max)


# --- writing --------------------------------------------------------------------------------------------


def write_pack(
    code: str, title: str, layer: Layer, issuer: str, made_on: date, entries: Mapping[str, Sequence[Raw]]
) -> str:
    """The text of a pack, with its digest."""
    head = {"format": FORMAT, "code": code, "title": title, "layer": layer.value, "issuer": issuer, "made_on": made_on}
    lines = ["# 支部台账规则包。改动内容后校验码就对不上了。", "[pack]", *_lines(head), 'digest = ""']
    for kind, raws in entries.items():
        for raw in raws:
            lines += ["", f"[[{kind}]]", *_lines(raw)]
    text = "\n".join(lines) + "\n"
    return text.replace('digest = ""', f'digest = "{digest_of(text)}"', 1)


def _lines(told: Mapping[str, Any]) -> list[str]:
    return [f"{name} = {_toml(value)}" for name, value in told.items() if value is not None]


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | date):
        return str(value)
    if isinstance(value, dict):
        inner = (f"{name} = {_toml(item)}" for name, item in value.items())  # pyright: ignore[reportUnknownVariableType]
        return "{ " + ", ".join(inner) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"  # pyright: ignore[reportUnknownVariableType]
    return json.dumps(str(value), ensure_ascii=False)


# --- what changes ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Difference:
    """One figure that two rulebooks say differently; empty where one has no such rule."""

    code: str
    caption: str
    was: str
    becomes: str
    source: str

    @property
    def words(self) -> str:
        """The change in a line: 学习学时：党员每年学时：32 → 40."""
        return f"{self.caption}：{self.was or '没有'} → {self.becomes or '不再执行'}"


def name_of(rule: Rule) -> str:
    """What a rule is called for reading."""
    return str(getattr(rule, "label", "") or getattr(rule, "category", "") or getattr(rule, "kind", "") or rule.code)


def differences(before: Rulebook, after: Rulebook) -> list[Difference]:
    """What changes from one rulebook to another, figure by figure."""
    found: list[Difference] = []
    known = {(type(rule), _place(rule)): rule for rule in before.rules}
    for rule in after.rules:
        was = known.pop((type(rule), _place(rule)), None)
        for figure in figures(type(rule)):
            value = in_words(getattr(rule, figure.name), figure.unit)
            earlier = in_words(getattr(was, figure.name), figure.unit) if was else ""
            if value != earlier:
                caption = f"{name_of(rule)}：{figure.caption}"
                found.append(Difference(rule.code, caption, earlier, value, rule.source_of(figure.name).source))
    found += [Difference(rule.code, name_of(rule), "执行", "", rule.source) for rule in known.values()]
    return found


def _place(rule: Rule) -> str:
    if isinstance(rule, Quota | TalkRule):
        return rule.code
    return str(getattr(rule, "category", "") or getattr(rule, "kind", ""))
