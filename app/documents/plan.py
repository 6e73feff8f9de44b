"""What a superior's document asks for: its items, who is responsible, countable requirements and days."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from app.documents.blocks import all_of, outline
from app.documents.counts import Count, counts_in
from app.documents.days import SIGNED, ActBy, days_in, signed_on, turned, year_of
from app.documents.numbers import level, read_number
from app.documents.outline import AT_THE_END, LABEL, TIME, Block, numbered, paragraphs


@dataclass(frozen=True)
class PlanItem:
    """One thing that is asked for. `for_branch`: whether a branch or its members have to act."""

    no: str
    section: str
    title: str
    units: tuple[str, ...]
    lead: str | None
    for_branch: bool
    text: str


@dataclass(frozen=True)
class PlanCount:
    """A number to be reached, with the sentence it stands in, letter for letter."""

    item: str
    count: Count
    quote: str


@dataclass(frozen=True)
class PlanDate:
    """A day to act by, as ISO, with the sentence it stands in, letter for letter."""

    item: str
    what: str
    due_on: str
    quote: str


@dataclass(frozen=True)
class PlanDocument:
    """What was read from a document; nothing of it is decided."""

    title: str
    issuer: str
    year: int | None
    items: tuple[PlanItem, ...]
    counts: tuple[PlanCount, ...]
    dates: tuple[PlanDate, ...]
    number: str = ""
    """Its 文号, where its head has one."""


# Chapters that ask for nothing, and kinds of text that only tell.
_NO_DEMAND = re.compile(
    r"^(?:指导思想|总体要求|总体思路|总体目标|基本原则|工作原则|目标任务$|.{0,6}(?<!责任)目标$|"
    r"(?:(?!保证|确保|保障|落实|明确|合理|统筹|严格|突出|把握|优化|聚焦|规范|固定|统一|丰富|创新|完善|健全|加强|强化|拓展|用好|做好|抓好|选好|定好)"
    r".{0,4}(?:主题|时间|地点|对象|范围|背景|意义|目的|议程|人员|日程|条件|标准|名额)|时间安排|名额分配|"
    r"奖项设置|学习(?:书目|资料|篇目)|(?:述职|汇报|报告|评议|发言|检查)内容|附则|附件|联系方式|其他|其它)$)"
)
_TELLS = re.compile(
    r"(?:简报|工作总结|总结|汇报|情况报告|情况通报|讲话|发言|讲话稿|发言稿|述职报告|纪要|通讯|"
    r"新闻|报道|心得体会|倡议书|调研报告)(?:（.*）)?$"
)
_NEWS = re.compile(
    r"(?:召开|举行|举办|开展).{0,40}(?:会议?|座谈会|培训班?|活动|仪式)$|(?:文章来源|当前位置|"
    r"责任编辑|来源：|记者|通讯员|阅读次数|浏览量|发布时间)"
)
_STANDING = re.compile(r"(?:制度|办法|规定|规则|规程|细则|条例|章程)(?:（试行）|（暂行）|（修订）)?$")
_BRANCH = re.compile(r"支部|党小组|党组织|全体党员|广大党员|每名党员|党员(?!领导|干部)|三会一课|主题党日")
_OF_A_BRANCH = re.compile(r"支委会|党课|民主评议|组织生活会")
"""What a branch holds, where a heading is that and little else."""
_POSTS = re.compile(r"(?:组织|宣传|纪检|统战|青年)委员$|支委|^书记$")
"""Who has to act by the post held in a branch."""
_OF_BRANCHES = re.compile("支部|党员(?:理论)?学习|民主评议党员|组织生活会|主题党日|三会一课|党费收缴")
"""What a title says of a document whose every paragraph is for a branch or its members."""
_OF_A_PART = re.compile(
    r"^(?:党?支部(?:委员会|书记|委员|班子)?|支委会?|党小组|(?:普通|全体)?党员)(?:的?(?:主体)?(?:责任|职责|任务|要求))(?:（|$)"
)
"""The heading over what a branch, its officers or its members have to do."""
_TO_BRANCHES = re.compile(
    r"[^，。：]{0,10}(?:各|全体)[^，。：]{0,12}(?:支部|党组织)[^。]{0,30}：$|(?:乙方|责任人|责任单位)：[^，。]{0,14}支部"
)
"""The line that says to whom a document goes, or who signs it."""


def read_plan(text: str, year: int | None = None) -> PlanDocument:
    """What a document asks for. Where it asks for nothing, as news and reports, nothing is found.

    `year` is told by the reader where the document does not say for which year it is; without either no day is known.
    """
    lines = paragraphs(text)
    title, issuer = _title(lines), _issuer(lines)
    year = year or year_of(title, lines)
    number = next((found[0] for line in lines[:12] if (found := _NUMBER.fullmatch(line.strip()))), "")
    if _only_tells(title, lines):
        return PlanDocument(title, issuer, year, (), (), (), number)
    root = outline(lines)
    standing = bool(_STANDING.search(level(title)))
    own = bool(_OF_BRANCHES.search(title) or re.search("支部(?:委员会)?$", issuer))
    to_us = own or any(_TO_BRANCHES.match(level(line.strip())) for line in lines[:12])
    items: list[PlanItem] = []
    counts: list[PlanCount] = []
    dates: list[PlanDate] = []
    leaves = [leaf for leaf in root.leaves() if leaf is not root]
    for block in all_of(root):
        leaf = not block.children
        asks = leaf and block is not root and _asks(block)
        running = _number(block, leaves) if block is not root else ""
        if asks and not standing:
            items.append(_item(block, running, to_us=to_us))
        if block is root and leaves:
            counts += _counts(block, "", strict=True)
            days = [] if standing else _dates(block, "", year)
            dates += [day for day in days if re.search("[前底]|定于|报", day.quote)]
            continue
        aim = block is not root and _silent(block)
        counts += _counts(block, running, strict=not leaf, aim=aim)
        if not standing:
            dates += _dates(block, running, year)
    if not leaves and not standing:
        dates = [day for day in dates if level(day.quote) not in level(title)]
        items = _unnumbered(root, counts, dates, to_us=to_us)
    signed = signed_on(lines)
    dates = [replace(day, due_on=turned(day.due_on, day.quote, signed)) for day in dates]
    return PlanDocument(title, issuer, year, tuple(items), tuple(counts), tuple(dates), number)


# --- what kind of document ------------------------------------------------------------------------------


def _title(lines: list[str]) -> str:
    """The title: the line of the plan itself, which may stand behind a notice that sends it out."""
    heads: list[str] = []
    for line in lines[:40]:
        plain = line.strip()
        if numbered(plain) and heads:
            break
        if "\t" in plain or re.search(r"[。：]$", plain) or len(plain) > 90:
            continue
        if re.search(
            r"(?:计划|要点|方案|安排|清单|通知|意见|制度|办法|规定|细则|任务|规划|措施|简报|总结|"
            r"讲话|报告|座谈会|会议|要求|行动|台账|责任书|任务书|分工|[^字]表|活动)(?:（.*）|》的?通知)?$",
            plain,
        ) and not re.match(r"附件|.{1,4}$", plain):
            heads.append(plain)
    plans = [head for head in heads if not head.endswith("通知")]
    first = next((line.strip() for line in lines if line.strip() and not re.match(r"附件", line.strip())), "")
    found = (plans or heads or [first])[-1 if plans and any(head.endswith("通知") for head in heads) else 0]
    spaced = re.fullmatch(r"(?:\S{1,4} +){4,}\S{1,4}", found)  # 工 作 计 划: a heading that was spread
    return found.replace(" ", "") if spaced else found


_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[（(]\d{4}[〕\]）)]\s*(?:第\s*)?\d{1,4}\s*号")
_UNIT_NAME = re.compile(
    r"(?:委员会|党组|党委|总支|支部|党工委|工委|组织部|科协|协会|学会|局|厅|院|集团|公司|办公室|中心|党总支)$"
)


def _issuer(lines: list[str]) -> str:
    for index in range(len(lines) - 1, 0, -1):
        if SIGNED.match(level(lines[index])):
            before = lines[index - 1].strip()
            if _UNIT_NAME.search(before) and len(before) <= 30:
                return before
    return next(
        (
            plain
            for line in lines[:12]
            if (plain := line.strip())
            and _UNIT_NAME.search(plain)
            and len(plain) <= 30
            and not re.search("[\t：:]", plain)
        ),
        "",
    )


def _only_tells(title: str, lines: list[str]) -> bool:
    told = level(title)
    if _TELLS.search(told) or re.search(r"简报|专报|工作动态", "".join(lines[:6])):
        return True
    numbers = sum(1 for line in lines if numbered(line))
    return numbers < 3 and bool(_NEWS.search(told) or any(_NEWS.search(level(line)) for line in lines[:6]))


# --- what is asked --------------------------------------------------------------------------------------


def _heading(block: Block) -> str:
    return re.split(r"[。：；]", level(block.text))[0].strip()


def _silent(block: Block) -> bool:
    """Whether a block stands in a chapter without a demand; a schedule of several lines is none."""
    above: Block | None = block
    while above is not None:
        heading = re.sub(r"[\s“”]", "", _heading(above))
        if above.kind and _NO_DEMAND.match(heading) and not ("安排" in heading and len(above.body) > 1):
            return True
        above = above.parent
    return False


_WHOSE = re.compile(rf"{AT_THE_END.pattern}|[（(]责任.*|[（(][^（）()]*(?:牵头|配合|责任单位|责任部门)[^（）()]*[）)]$")
_OF_THE_PAPER = re.compile(
    r"本[^，。]{1,8}(?:一式.{1,2}份|由.{2,20}(?:负责)?解释|自.{2,12}(?:起)?(?:施行|执行|实施|生效))"
)
"""What a paper says of itself."""


_ACT_FIRST = re.compile(
    "(?:要|须|应)?(?:认真|深入|系统|重点|集中|全面|及时|持续|扎实|深刻|跟进|原原本本)*"
    "(?:学|研读|传达|开展|组织|落实|抓|做|举办|召开|参加|撰写|贯彻|领会|掌握|观看|参观|宣传|宣讲|把握)"
)


def _asks(block: Block) -> bool:
    whole = block.whole.strip()
    over = level(block.parent.text) if block.parent else ""
    if re.match("学习(?:内容|重点)$", over) and not _ACT_FIRST.match(level(whole)) and not counts_in(whole):
        return False  # what is studied, and no demand
    return not _silent(block) and len(whole) > (1 if block.row else 3) and not _OF_THE_PAPER.match(whole)


def _number(block: Block, leaves: list[Block]) -> str:
    """Its path; only its number where that runs on through the chapters."""
    if block.row:
        return block.number
    if block.kind in ("digit", "part", "digit_bracket", "bracket"):
        beside = [leaf for leaf in leaves if leaf.kind == block.kind]
        numbers = [int(number) for leaf in beside if (number := read_number(leaf.number)) is not None]
        parents = {id(leaf.parent) for leaf in beside}
        if len(parents) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
            return block.number if block.kind in ("digit", "part") else f"（{block.number}）"
    return block.path


def _item(block: Block, number: str, *, to_us: bool) -> PlanItem:
    """`to_us`: whether the document goes to branches, so that whatever names nobody else is theirs."""
    text = block.text
    first = re.split(r"[。]", text)[0].strip()
    short = re.split(r"：(?!\d\d)", level(first))[0]
    whole = (
        len(short) > 20
        or re.search("(?:包含|包括|包含有|如下|下列|是|为)$", short)
        or _BEGINS_WITH_TIME.match(level(first))
    )
    title = (first if whole else first[: len(short)]).rstrip("；;，, ")
    units = _units(block)
    section = block.parent.text if block.parent and block.parent.kind else ""
    told = level(block.whole) + level(block.deadline)
    if units:
        own = any(_BRANCH.search(unit) or _POSTS.search(unit) for unit in units)
        named = r"(?:各|每[个名])(?:党)?支部" if block.row else r"(?:党)?支部(?!书记轮训)|党小组"
        for_branch = own or bool(re.search(named, told))
    else:
        holds = len(title) < 10 and bool(_OF_A_BRANCH.search(title)) and "“" not in title
        for_branch = to_us or holds or bool(_BRANCH.search(told) or _OF_A_PART.match(level(section)))
    lead = units[0] if units and (block.lead or block.support) else None
    return PlanItem(number, section, _WHOSE.sub("", title), tuple(units), lead, for_branch, block.whole)


def _unnumbered(root: Block, counts: list[PlanCount], dates: list[PlanDate], *, to_us: bool) -> list[PlanItem]:
    """What a notice without numbers asks for: the sentences that say until when, or how much."""
    quotes = {found.quote for found in (*counts, *dates)}
    sentences = [part.strip() for part in re.split(r"[。\n]", root.whole)]
    asked = [text for text in sentences if any(quote in text for quote in quotes)]
    return [PlanItem("", "", text, (), None, to_us or bool(_BRANCH.search(text)), text) for text in asked]


def _units(block: Block) -> list[str]:
    above: Block | None = block
    while above is not None and not (above.lead or above.support):
        above = above.parent if above.parent is not None and above.parent.kind else None
    if above is None:
        return []
    return list(dict.fromkeys([*above.lead, *above.support]))


def _counts(block: Block, number: str, *, strict: bool, aim: bool = False) -> list[PlanCount]:
    """The counts of a block; in headings only those that say 不少于 or the like, in aims also those in figures."""
    found: list[PlanCount] = []
    text = _without_labels(block.whole)
    for count in counts_in(text):
        quote = _closed(text[count.first : count.last].strip())
        demanded = re.search(r"不少于|不低于|至少|达到|以上|每", level(quote))
        if (strict or (aim and not re.search(r"\d", level(quote)))) and not demanded:
            continue
        # What says little more than how often is about the task of its row, or its heading.
        about = _heading(block) if len(count.told) < 6 else ""
        about = "" if about in count.told or quote in about else about
        parts = "，".join(filter(None, (about, count.told)))
        whole = replace(count, told=parts, what=count.what or about) if about else count
        found.append(PlanCount(number, whole, quote))
    return found


_MONTHS = re.compile(r"(?<!\d)(\d{1,2})(?=(?:[、，,]\d{1,2})*[、，,]\d{1,2}月)")
"""3、6、9、12月: the months before the last one."""


_BARE_MONTHS = re.compile(r"(?:0?[1-9]|1[0-2])(?:[—~至到、](?:0?[1-9]|1[0-2]))*")
"""4-5 in a column of months."""


def _end_of(text: str, start: int, marks: str) -> int:
    return min((at for mark in marks if (at := text.find(mark, start)) >= 0), default=len(text))


def _time_over(block: Block) -> str:
    """The month or quarter that stands as a heading over a block, or at the beginning of one."""
    above = block.parent
    while above is not None:
        if above.kind == "time":
            return above.number
        if begins := _BEGINS_WITH_TIME.match(level(above.text)):
            return above.text[: begins.end(1)]
        above = above.parent
    return ""


_BEGINS_WITH_TIME = re.compile(rf"({TIME})：")


def _closed(quote: str) -> str:
    """Without the bracket at its end that was opened before it."""
    return quote[:-1] if quote.endswith(("）", ")")) and not re.search("[（(]", quote) else quote


def _without_labels(text: str) -> str:
    return re.sub(LABEL.pattern, "", text) if "：" in text or ":" in text else text


_BARE_DAY = re.compile(r"(?<![\d月./—-])(?<!后)(?<!提前)(\d{1,2})[日号]之?前")


def _bare_days(text: str, when: str, year: int | None) -> list[ActBy]:
    """The days without a month in a text that stands under one: 1月, 20日前."""
    month = re.fullmatch(r"(?:20\d\d年)?(\d{1,2})月份?", level(when).strip())
    found: list[ActBy] = []
    if month is None or year is None:
        return found
    for match in _BARE_DAY.finditer(level(text)):
        with suppress(ValueError):
            found.append(ActBy(date(year, int(month[1]), int(match[1])), match.start(), match.end()))
    return found


def _dates(block: Block, number: str, year: int | None) -> list[PlanDate]:
    found: list[PlanDate] = []
    seen: set[str] = set()
    text = _without_labels(block.whole)
    when = _time_over(block)
    told = [*days_in(text, year), *_bare_days(text, when or block.deadline, year)]
    coarse = bool(re.fullmatch(r"\d{1,2}月份?", level(block.deadline))) and bool(told)
    for part in re.split("[；;]", "" if coarse else block.deadline):
        until = f"{part}月" if _BARE_MONTHS.fullmatch(level(part.strip())) else part
        for day in days_in(_MONTHS.sub(r"\1月", until), year, alone=True):
            quote = part.strip()
            found.append(PlanDate(number, _heading(block), day.due_on.isoformat(), quote))
            seen.add(day.due_on.isoformat())
    if re.search("主题$", _heading(block)):
        return found  # 4月：学党章: what the month is about, not until when
    if when and not block.children and not block.deadline and not told:
        over = days_in(when, year, alone=True)[:1]
        found += [PlanDate(number, _heading(block), day.due_on.isoformat(), when) for day in over]
    for day in told:
        if block.row and day.due_on.isoformat() in seen:
            continue
        first = max((text.rfind(mark, 0, day.first) for mark in "。；，\n"), default=-1) + 1
        last = _end_of(text, day.last, "。；，\n")
        short = level(text[day.last : last]).strip() in ("", "前", "之前", "以前", "底前")
        if short and text[last : last + 1] == "，":
            last = _end_of(text, last + 1, "。；，\n")  # 3月10日前，各支部将…
        quote = _closed(text[first:last].strip())
        found.append(PlanDate(number, quote, day.due_on.isoformat(), quote))
    return found
