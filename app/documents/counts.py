"""Countable requirements: who, what, how much at least, in which period. Names, facts and limits are no counts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.documents.numbers import NUMBER, level, read_number

UNITS = (
    "次|期|场次|场|堂|轮次|学时|课时|小时|个工作日|分钟|个小时|篇次|篇|人次|个百分点|个月|%|％|支|件|条|"
    "份|户|家|处|遍|本|部|节|讲|例|对|组|幅|万元|元|名|人|位|项|个|天|张|则|封|轮|批次|批|类|套|间|面|册|"
    "集|台|块|字|票|户次|门|座|所|年"
)
_UNIT = rf"(?P<unit>{UNITS})"
_N = rf"(?P<number>{NUMBER})\s*(?:(?:—|~|至|到|、)\s*{NUMBER}\s*)?"
AT_LEAST = (
    r"(?:不(?:得|能|应)?(?:少|低)于|不下于?|至少(?:不低于)?|最少|力争达到|达到|应达|要达到|须达|达|不少|超过|高于|确保)"
)
# How a number is made a demand: before it, behind it, by a rhythm, or by the act that it counts.
MARKED = re.compile(rf"{AT_LEAST}\s*(?:每[^\d，。；]{{1,4}})?{_N}{_UNIT}")
REACHED = re.compile(rf"至少(?P<between>[^，。；、]{{1,22}}?){_N}{_UNIT}")
SHARE_OF = re.compile(rf"(?:不低于|不少于|至少|达到)(?:[^，。；、\d]{{1,16}})(?:的)?{_N}(?P<unit>%)")
ABOVE = re.compile(rf"{_N}{_UNIT}\s*(?:及以上|以上|或以上)(?!的(?!轮训|培训|学习|活动))")
ACTS = (
    "建成|新建|新增|改建|扩建|改造提升|改造|转化|选育|建设|开展|组织|举办|召开|讲授|讲好|讲|上好|上|办好|办|进行|安排|举行|撰写|提交|报送|形成|培育|"
    "创建|创成|打造|建立|组建|评选|推选|选派|遴选|推出|巩固提升|整顿|上报|表彰|发表|刊发|"
    "完成|观看|参观|走访|慰问|征集|选树|培养|发展|设立|设置|抽查|检查|督查|公示|通报|研究|汇报|"
    "听取|学习|参加|参与|集中|交流|"
    "接收|吸收|推广|更新|巡查|巡察|排查|分析|轮训|培训|义诊|回访|座谈|调研|宣讲|联系|写|读|开|接|解决|认领|帮办|报告|"
    "推荐|编印|编发|刊发|发布|"
    "过|碰头|会商|调度|点评|评比|测试|演练|服务|看望|谈心|约谈|带头讲|落实|办理|提出|收集|梳理|"
    "推送|轮值|值班|志愿服务|议|评|查|访|谈|讨论|党课|活动|会议|学习会|辅导|讲座|培训班"
)
ACTED = re.compile(rf"(?P<act>{ACTS})(?:了|好|不少)?\s*{_N}{_UNIT}")
LISTED = re.compile(rf"、(?:和|及|上|讲)?{_N}(?P<unit>次|场次|场|堂|期|篇|节)(?=[^，。；、]{{2,}})")
ALSO = re.compile(rf"[、和及](?!其中)[^，。；、\d（）]{{1,14}}?{_N}{_UNIT}(?=[，。；、）和及]|$)")
"""A further number behind one that is demanded: 报送信息2篇、照片3张."""
AMONG = re.compile(rf"其中[^，。；、\d]{{1,14}}?{_N}{_UNIT}(?=[，。；、）]|$)")
RATE = re.compile(rf"(?:率(?:要|应|须)?(?:达到?|为|保持在?|实现)?|比例保持在?)\s*{_N}(?P<unit>%)(?!的|以下|以内)")
SHARE = re.compile(
    rf"{_N}(?P<unit>%)(?=的?(?:轮训|培训|覆盖|任务|目标|以上)"
    r"|的[^，。；]{0,4}(?:支部|党组织)(?:达到|建成|创成|完成|进入|实现))"
)
BEHIND = re.compile(rf"{_N}(?P<unit>次|场次|场|堂|期|学时|课时|篇|遍|节|讲)(?=[，。；、）/]|$|以上)")
MADE = re.compile(
    rf"(?:建成|新建|新增|增加|选配|取得|推出|上报|发表|刊发|创成|打造|培育|发展|确定|组建|选树|创建|培养|征集|撰写|推送|形成|建立|设立|选派|走访|"
    rf"慰问|帮扶|联系|解决|培训|轮训|观看|评选|表彰|推荐|报送|举办|参观|整顿|整治|挖掘|命名|申报|修订|出台|化解|办理|办结|孵化|选拔|储备|输送|搭建|设置|开设|编制|梳理|"
    rf"排查|摸排|选育|签订|改造|转化|落实|完成|录制|编写|收集|推广|总结|提炼|制作|拍摄|聘请|招募|配备|接收|"
    rf"吸收|建设|编印|编发|印制|发放|制定|附上?|提供|留存|上传|"
    rf"攻克|节约|创收|引进|消除|治理|打通|调处|调解|救助|资助|领办|包联|结对|共建|创作|编排|选送|研发|申请|转正|募集|筹措|争取)"
    rf"[^，。；、\d]{{1,14}}?(?:、[^，。；、\d]{{1,10}}?)?{_N}{_UNIT}(?=[，。；、（）]|$|参加|参与|组成)"
)
PERIODS = (
    ("two_months", r"每(?:两|2|二|隔一?)个?月|每双月|双月"),
    (
        "half_year",
        r"每(?:个)?(?:半年|学期)|上(?:半年)?[、和及]下半年(?=各)|半年(?:至少)?(?=[一1]|开展|组织|召开|不少)"
        r"|(?<![上下一二三四五本])半年(?=[^，。；、内前后末以\d]{0,6}$)",
    ),
    ("quarter", r"每(?:个)?(?:一)?季度?|按季度?|逐季|季均|(?<![一二三四1-4本个该])季度(?=[^，。；、末底\d]{0,6}$)"),
    ("week", r"每(?:个)?(?:一)?(?:周|星期)|按周|周均"),
    ("month", r"每(?:个)?(?:一)?月|按月|逐月|月均|(?<!\d)月度?(?=不少于|至少)"),
    ("once", r"每(?:期|次|场|堂|批|轮|节)"),
    (
        "year",
        r"每(?:个)?(?:一)?(?:年|学年)|全年|(?<![上下前往])年度内?(?!计划|考核|总结|目标|任务|要点|报告|述职|民主|评议|预算|工作|发展|培训|重点)|一年(?:内|不少|至少)|(?<!半)年内|年均|本年|"
        r"20\d\d年(?:内)?(?=完成|开展|组织|全)|按年",
    ),
)
_PERIOD = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in PERIODS))
# What stands before a number that is none of ours: limits, ordinals, weights, conditions.
_LIMITS = re.compile(
    r"(?:不超过|不得超过|不多于|最多|至多|控制在|少于|低于|小于|不足|未满|不满|第|近|约|逾|余|"
    r"共计?|累计|权重(?:为|占)?|占比?|分值|满分|"
    r"(?<!不)少|缺|扣|(?<![参增])加|(?<!心)得|占|从|前|后|(?<![线以])[上下]|满|年满|间隔|提前|超过)\s*$"
)
_NOT_LEAST = re.compile(r"(?:不超过|不得超过|不多于|最多|至多|控制在)[^，。；]{0,6}$")
_IDIOMS = re.compile(
    r"(?:一次性|一个月内|一体|一项重要|一批|一系列|一轮|一把手|一票|一对一|一人一|一支部一|一月一|一季一|一年一|一事一)"
)


@dataclass(frozen=True)
class Count:
    """A number that somebody must reach. `first` and `last` are the span of the clause that says so."""

    who: str
    what: str
    """What is counted, as short as the clause tells it."""
    told: str
    """The sentence up to there, without the number: who and what in full."""
    minimum: float
    unit: str
    period: str
    first: int
    last: int


@dataclass(frozen=True)
class _Hit:
    first: int
    last: int
    number: str
    unit: str
    firm: bool


def counts_in(text: str) -> list[Count]:
    """The countable requirements of a text, in order."""
    told = level(text)
    found: list[Count] = []
    spans = _spans(told)
    for index, (first, last) in enumerate(spans):
        clause = told[first:last]
        for hit in _hits(clause):
            amount = read_number(hit.number)
            if amount is None or _refused(told, first, hit, clause):
                continue
            period = _period(told, spans, index, hit)
            what = _what(told, spans, index, hit)
            unit = "%" if hit.unit in ("%", "％") else hit.unit
            sentence, before = _sentence(told, first), told[first : first + hit.first]
            # Whom it binds: the nearest that is named, backwards through the sentence.
            who = next((named for part in (before, *reversed(re.split("，", sentence))) if (named := _who(part))), "")
            full = _plain(sentence + before) + _plain(clause[hit.last :])
            found.append(Count(who, what, full or what, amount, unit, period, first, last))
    return found


def _spans(told: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = 0
    for match in re.finditer(r"[，。；！？\n]", told):
        found.append((start, match.start()))
        start = match.end()
    return [*found, (start, len(told))]


def _hits(clause: str) -> list[_Hit]:
    taken: list[_Hit] = []
    for pattern, firm in (
        (MARKED, True),
        (REACHED, True),
        (SHARE_OF, True),
        (ABOVE, True),
        (SHARE, True),
        (RATE, True),
        (ACTED, False),
        (MADE, False),
        (BEHIND, False),
        (LISTED, False),
        (AMONG, False),
    ):
        for match in pattern.finditer(clause):
            _add(taken, match, firm=firm)
    for match in ALSO.finditer(clause):
        if any(hit.last <= match.start() for hit in taken):
            _add(taken, match, firm=False)
    # A rhythm makes any number of times behind it a demand: 每季度抽查一次.
    for match in re.finditer(rf"{_N}(?P<unit>次|场|堂|期|遍|节|回|件|篇|条|户|份|天|学时|小时)", clause):
        rhythm = clause if match["unit"] in "次场堂期遍节回" else clause[: match.start("number")]
        if _PERIOD.search(rhythm):
            _add(taken, match, firm=False)
    return sorted(taken, key=lambda hit: hit.first)


def _add(taken: list[_Hit], match: re.Match[str], *, firm: bool) -> None:
    """Take the number of a match, unless it is one that was taken before."""
    first, last = match.start("number"), match.end("unit")
    if not any(first < hit.last and hit.first < last for hit in taken):
        taken.append(_Hit(first, last, match["number"], match["unit"], firm))


def _refused(told: str, start: int, hit: _Hit, clause: str) -> bool:
    before, after = clause[: hit.first], clause[hit.last :]
    at = start + hit.first
    quoted = told[:at].count("“") > told[:at].count("”") or told[:at].count("《") > told[:at].count("》")
    lesson = before.endswith("上") and bool(re.match(r"[^，。；、]{0,6}课", after))  # 上1次党课
    if quoted or _NOT_LEAST.search(before) or (not hit.firm and not lesson and _LIMITS.search(before)):
        return True
    if re.search(r"[第+＋]\s*$", before) or after.startswith(("+", "＋")):
        return True
    above = bool(re.search(r"(?:超过|高于)\s*$", before))
    if above and re.match(r"的|[^，。；]*的(?:党员|支部|单位|同志|人员|干部)", after):
        return True  # a condition: 超过6个月的, 对超过6个月未参加组织生活的党员
    if clause.endswith("的") and (above or re.match(r"及?以上", after)):
        return True  # 6个月以上不参加的
    if (before.endswith("（") and after.startswith("）")) or re.search(r"标准[为是]?(?:每[人户])?\s*$", before):
        return True  # a weight behind a heading, what is paid
    if re.match(r"(?:以内|以下|之内|内(?!容)|前|左右|后|余)", after) or hit.unit in ("个工作日", "年"):
        return True
    if re.match(r"以上(?:（[^）]*）)?的(?!轮训|培训|学习)", after) or re.match(
        r"(?:以上)?(?:党员|正式党员)?的(?:，应|应(?!急))", after
    ):
        return True
    if hit.unit in ("批", "轮", "类", "字") or (
        hit.unit == "个" and re.match(r"(?:一百|月|季度|方面|维护|意识|自信|确立|务必|革命)", after)
    ):
        return True
    if not hit.firm:
        small = hit.number == "一" and hit.unit in (
            "项",
            "个",
            "种",
            "支",
            "条",
            "件",
            "名",
            "位",
            "张",
            "天",
            "部",
            "份",
        )
        rhythm = _PERIOD.search(before) or re.search(r"每[名个位人支]", before)
        if (small and not rhythm) or _IDIOMS.match(clause[hit.first : hit.first + 5]):
            return True
        if hit.unit in ("个", "项") and re.match(r"(?:维护|意识|自信|确立|服从|必须|方面|环节)", after):
            return True
        if hit.unit == "%" and re.search(r"(?:增长|提高|下降|同比)", before):
            return True
    return bool(re.search(r"(?:权重|分值|比重)", before)) or bool(
        re.search(r"(?:已|曾|截至)", before[-12:]) and not hit.firm
    )


def _period(told: str, spans: list[tuple[int, int]], index: int, hit: _Hit) -> str:
    first, last = spans[index]
    clause = told[first:last]
    before = list(_PERIOD.finditer(clause[: hit.first]))
    if before:
        return str(before[-1].lastgroup)
    by = re.match(r"\s*[/／]\s*(?:人\s*[/／]\s*)?([年月周]|季度?)", clause[hit.last :])
    if by:
        return {"年": "year", "月": "month", "周": "week"}.get(by[1], "quarter")
    behind = _PERIOD.search(clause, hit.last)
    if behind:
        return str(behind.lastgroup)
    if re.search(r"\d月|月底|日前|季度末|年底前", clause):
        return "once"
    # The clause before in the same sentence gives the rhythm, where it has no number of its own.
    for back in range(index - 1, -1, -1):
        begin, end = spans[back]
        if told[end : end + 1] in "。；！？\n":
            break
        earlier = told[begin:end]
        marks = list(_PERIOD.finditer(earlier))
        if marks:
            own = [item for item in _hits(earlier) if read_number(item.number) is not None]
            return "once" if own and marks[-1].lastgroup != "year" else str(marks[-1].lastgroup)
    return "year" if "全年" in told[:first] and hit.firm else "once"


_RHYTHMS = "|".join(pattern for _, pattern in PERIODS)
_NOISE = re.compile(rf"(?:不少于|不得少于|不低于|不得低于|至少|最少|一般|原则上|应当|必须|以上|{_RHYTHMS})")


def _sentence(told: str, at: int) -> str:
    """What stands before a clause in its sentence, as far as it still tells whom and what it is about."""
    start = max((told.rfind(mark, 0, at) for mark in "。！？；\n"), default=-1) + 1
    return told[start:at][-70:]


def _plain(text: str) -> str:
    """A text without numbers with their units, periods and words of demand."""
    without = re.sub(rf"(?:{NUMBER}\s*[—~至到]\s*)?{NUMBER}\s*(?:{UNITS})", "", text)
    return _NOISE.sub("", without).strip(" ，、：（）")


def _what(told: str, spans: list[tuple[int, int]], index: int, hit: _Hit) -> str:
    """What is counted: the clause without its number; with the one before where little is left of it."""
    first, last = spans[index]
    clause = told[first:last]
    kept = _NOISE.sub("", clause[: hit.first] + clause[hit.last :]).strip(" 、：（）")
    parts = kept.split("、")
    if len(parts) > 1 and len(_hits(clause)) > 1:
        # Several numbers in one clause: the part that the number stands in.
        at = clause[: hit.first].count("、")
        own = clause.split("、")
        kept = _NOISE.sub("", re.sub(rf"{NUMBER}\s*(?:{UNITS})", "", own[min(at, len(own) - 1)])).strip() or kept
    if len(kept) < 6 and index and told[spans[index - 1][1] : spans[index - 1][1] + 1] != "。":
        begin, end = spans[index - 1]
        kept = f"{told[begin:end].strip()}，{kept}" if kept else told[begin:end].strip()
    return kept.strip("，、 ")


_WHO = re.compile(
    r"^(?:.*?(?:由|请|组织|要求|确保|推动|引导|督促|安排|对))?"
    r"(?P<who>(?:各|全体|每个?名?位?)?[^，。；：每全至不（、]{0,14}?"
    r"(?:支部书记|党支部|支部|党小组|党组织|党委|党组|中心组|党总支|党员领导干部|党员干部|党员|委员|书记|"
    r"班子成员|干部|单位|部门|科室|纪委|工会|团委|队伍|负责人|负责同志|成员)"
    r"(?!员?大会|委员会|会|主持|办公室|组织生活|活动|教育|培训|发展|学习|专题))"
)
_DONE_TO = re.compile(
    r"^(?:将|把|为|使|走访|慰问|看望|发展|培养|培育|培训|组建|设立|创建|创成|做好|开展|推荐|评选|选树|"
    r"选派|帮扶|申报|联系|收缴|通报|打造|建立|接收|依托|借助)"
)


_NOBODY = re.compile(r"[\d“”]|^每(?:月|周|季|年)|创建|完成|组织(?!委员|部|科|处|$)|举办|开展|召开|参与率|主持")


def _who(before: str) -> str:
    """Whom a clause binds; who has something done to them is not bound by it."""
    match = _WHO.match(before.strip())
    named = match["who"].strip() if match else ""
    return "" if _DONE_TO.match(named) or _NOBODY.search(named) else named
