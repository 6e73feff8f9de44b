"""Which columns each kind of table has, by what offices write above them, and what each may decide.

The status of a member, the posts and the category of dues are decided by the columns that are kept for them and by
days. 备注 decides nothing: its words are asked about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from app.exchange.months import month_of, months_of
from app.exchange.paths import FieldOf, named
from app.rules.meeting_types import MeetingType

Synonyms = Mapping[str, tuple[str, ...]]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _each(*lists: str) -> tuple[str, ...]:
    """Every word that offices put together of these, from each list one, in order; ~ stands for none: 会议 + 时间."""
    return tuple("".join(parts).replace("~", "") for parts in product(*map(str.split, lists)))


_DAYS = "日期 时间 年月 年月日 年份"
_CONGRESS = "加入党组织 加入中国共产党 加入中共 加入中共组织 加入共产党 参加党组织 参加中国共产党 参加共产党"
_PROBATION = "接收为预备党员 接收预备党员 吸收为预备党员 成为预备党员 转为预备党员 预备党员"
_FULL = "转正 按期转正 转为正式党员 成为正式党员 预备党员转正 正式党员"
_HELD = "会议 活动 会议召开 活动开展 召开 开展 举行 举办 组织 开会 授课 上课 讲课 党课 党日 主题党日 组织生活"
_CAME = "参加 参会 出席 到会 与会 参与 听课 参学 实到 实参加 实参会 实际参加 实际到会 实际参会 实到会"
_MISSED = "缺席 请假 未到 未到会 缺勤 未参加 未出席 未参会 未与会 旷会"
_TALK = "谈话 谈心 谈心谈话 约谈"
_PAYING = "交 缴 交纳 缴纳 收 收缴"
_SUMS = "~ 费 党费 金额 数 额 数额 党费金额 党费数额"

_OF_STAFF = _each("人员 员工 职工 教师 教职工 学生 干部", "姓名")

MEMBERS: dict[str, tuple[str, ...]] = {
    "name": _words("姓名 党员姓名 名字 党员 姓名全称") + _OF_STAFF,
    "sex": _words("性别"),
    "ethnicity": _words("民族 族别"),
    "native_place": _words("籍贯"),
    "birth": _words("出生日期 生日 出生 生年月 出生年月日期") + _each("出生", _DAYS),
    "id_number": _words(
        "身份证号 身份证号码 公民身份证号 公民身份号码 身份证 居民身份证号 居民身份证号码 证件号码 身份证件号码"
    ),
    "education": _words("学历 文化程度 最高学历 学历层次 文化水平 教育程度") + _each("学历", "~ / 、 及 和 与", "学位"),
    "joined": (
        *_words(
            "入党日期 何时入党 何年何月入党 何时何地入党 何时加入中国共产党 党龄起算时间 入党 入党时间地点 "
            "预备/正式时间"
        ),
        *_each("入党", _DAYS),
        *_each(_CONGRESS, _DAYS),
        *_each(_PROBATION, _DAYS),
        *_each("入党时间", "及 和 与 、 /", "地点"),
        *_each("入党", "~ 及 和 与 / 、", "转正", "~ 时间 日期"),
        # Below a heading of both days, which tells that these are days.
        *_each("入党日期 入党时间 党籍时间 时间 日期 党龄 入党转正时间 入党转正日期", "入党"),
    ),
    "confirmed": (
        *_words("转正日期 何时转正 转正"),
        *_each(_FULL, _DAYS),
        *_each("入党日期 入党时间 党籍时间 时间 日期 党龄 入党转正时间 入党转正日期", "转正"),
    ),
    "post": (
        *_words("党内职务 党内任职 支部职务 党组织职务 党支部职务 担任党内职务 支部任职 现任党内职务 党务职务"),
        "党内职务及任职时间",
    ),
    "department": (
        *_words("工作部门 工作单位 单位名称 单位部门 工作单位及部门 部门/科室 部门名称"),
        *_each("~ 所在 所属", "部门 单位 科室 处室 车间 班组"),
    ),
    "duty": (
        *_words(
            "单位职务 职务 行政职务 单位及职务 所在单位及职务 担任职务 工作单位及职务 部门及职务 现任职务 现职务 "
            "工作职务 任职情况 党内外职务 党政职务 党内外任职 党政任职"
        ),
        *_each("职务", "~ / 、 及 和 与", "职级"),
    ),
    "position": _words("工作岗位 岗位 职业"),
    "birthplace": _words("出生地"),
    "degree": _words("学位 学位情况"),
    "work_started": _words("参加工作日期 参加工作 工作时间") + _each("参加工作", _DAYS),
    "technical_title": _words("技术职务 职称 专业技术职务 聘任专业技术职务 专业技术职称 技术职称"),
    "social_stratum": _words("新社会阶层 新的社会阶层"),
    "front_line": _words("一线情况"),
    "group": _words("党小组 所在党小组 所属党小组 小组 所在小组 所属小组 党小组名称 组别"),
    "branch": _words(
        "所在党支部 党支部 所属党支部 所在支部 所属支部 支部 党支部名称 支部名称 所在党组织 所属党组织 "
        "所在基层党组织 党组织名称 组织关系所在支部 组织关系所在党支部 党组织"
    ),
    "phone": _words(
        "联系电话 手机 手机号 手机号码 电话 联系方式 移动电话 联系手机 电话号码 联系电话号码 手机电话 手机/电话"
    ),
    "address": _words(
        "家庭住址 住址 地址 现居住地 家庭地址 居住地 现住址 居住地址 现居住地址 家庭详细住址 通讯地址 通信地址 常住地址"
    ),
    "base": _words(
        "党费计算基数 党费基数 月收入基数 月工资基数 计算基数 党费缴纳基数 党费交纳基数 交纳基数 缴纳基数 缴费基数"
    ),
    "status": _words(
        "人员类别 党员类别 党员类型 预/正 预正 正/预 预备/正式 正式/预备 是否预备 是否预备党员 是否正式党员 "
        "是否正式 政治面貌 党员状态 正式或预备 党员身份 是否转正 类别"
    ),
    "status_too": _words("另一栏人员类别"),
    "birth_too": _words("另一栏出生日期"),
    "joined_too": _words("另一栏入党日期"),
    "confirmed_too": _words("另一栏转正日期"),
    "change": _words(
        "处分情况 受处分情况 党纪处分情况 处分 变动情况 人员变动 变动 去向 人员去向 党员去向 现状 目前状况 增减情况 "
        "组织关系变动 离开原因 减少原因 减员原因 转出原因 变动原因 离开方式"
    ),
    "party": _words("是否党员 是否中共党员 是否为党员 是否为中共党员 是否共产党员"),
    "dues_category": _words(
        "党费类别 党费人员类别 交纳类别 在职/离退休 在职/退休 在职情况 人员状态 是否离退休 是否退休 是否在职"
    ),
    "floating": _words("是否为流动党员 流动党员 是否流动 是否流动党员"),
    "lost": _words("是否为失联党员 失联党员 是否失联 是否失联党员"),
    "lost_on": _each("失去联系 失联", "日期 时间"),
    "party_state": _words("党籍状态"),
    "left_on": _each("转出 组织关系转出 转出党组织 调出 离开", "时间 日期"),
    "note": _words("备注 说明 备考 备注说明"),
}
PERSON_HINTS = {name: MEMBERS[name] for name in ("id_number", "department", "group", "phone")}
"""The columns that tell namesakes apart in tables of other kinds."""
DONE = _words(
    "完成情况 是否完成 是否召开 是否开展 是否已开 完成状态 召开情况 开展情况 执行情况 落实情况 "
    "状态 是否落实 是否谈话 进展"
)
"""The columns that say whether what a row tells of was held."""
MEETINGS: dict[str, tuple[str, ...]] = {
    "held_on": _words("时间 日期 年月日") + _each(_HELD, "时间 日期") + _each("~ 会议 活动", "起止时间"),
    "month": _words("月份 月"),
    "dom": _words("日"),
    "year": _words("年 年份 年度"),
    "clock": _words("时刻 会议时刻 具体时间"),
    "types": _words("类型 会议类型 活动类型 会议类别 类别 会议形式 活动形式 学习形式 组织生活类型 会议种类 形式"),
    "subject": (
        *_words("主题 会议主题 议题 题目 内容主题 授课题目 讲课题目 党课题目"),
        *_each("会议 活动 学习 党课 党日 主题党日 主要 授课 讲课", "主题 议题 题目"),
    ),
    "title": _words("会议名称 活动名称 名称"),
    "place": _words("地点 学习地点") + _each("~ " + _HELD, "地点 地址 场所 场地"),
    "host": _each("~ 会议 活动", "主持人 主持 主持人员 主持者 主持人姓名 主持人及职务"),
    "recorder": (*_each("~ 会议 活动", "记录人 记录员 记录人员 记录人姓名"), "记录"),
    "lecturer": _words("主讲人 主讲 党课主讲人 授课教师 主讲教师") + _each("主讲人 授课人 讲课人 宣讲人", "~ 姓名"),
    "expected": _each("应到 应到会 应参加 应参会 应出席", "~ 人数 党员 党员数 党员人数 数"),
    "attended": (
        *_each("实到 实到会 实参加 实际参加 实际到会 实参会", "~ 人数 党员数 党员人数 数"),
        *_each(_CAME, "人数 党员数 党员人数"),
    ),
    "present": (
        "参加人员",
        *_each(_CAME, "人员 党员 人 名单 人员名单 党员名单 人员姓名"),
        *_words("出席 出席会议人员 参加会议人员"),
    ),
    "counts": (
        *_each("应到 应到人数", "/ 、 ~", "实到 实到人数"),
        *_each("实到 实到人数 出席人数", "/ 、", "应到 应到人数"),
        *_words("应实到 应实到人数"),
    ),
    "absent": (
        "缺席人员及原因",
        *_each(_MISSED, "~ 人员 名单 党员 情况 人 人员名单 党员名单 及原因 人员及原因 人及原因 人员情况 人员姓名"),
        *_words("出勤情况 参会情况 参加情况 到会情况 考勤情况 参会人员情况 参加人员情况 出勤及请假情况"),
        *_words("无故缺席人员 无故缺席"),
    ),
    "observers": _each("列席", "~ 人员 名单 人 人员名单 同志"),
    "absent_too": _words("其他缺席人员"),
    "absent_more": _words("另外缺席人员"),
    "absent_why": _words("缺席原因 原因") + _each(_MISSED, "原因 事由 理由"),
    "note": MEMBERS["note"],
    "hours": _words("学时 学时数 课时 课时数") + _each("~ 会议 活动 学习", "时长"),
    "content": (
        *_words("主要内容 主要情况 内容摘要 内容概要 会议记录 会议纪要 活动情况 会议情况 会议过程 活动过程"),
        *_words("议程 会议议程 主要议程 活动议程 议事内容"),
        *_each("~ 会议 活动 学习 主要会议 主要活动 会议主要 活动主要 简要 授课 讲课 党课", "内容"),
        "活动简介",
    ),
    "decisions": (
        *_each("~ 会议 形成 会议形成", "决议 决定"),
        *_words("决议事项 决定事项 议定事项 会议决议事项 会议决定事项 会议议定事项 决议内容"),
    ),
    "start": _words("开始时间"),
    "end": _words("结束时间"),
    "group": _words("党小组 所在党小组 小组"),
    "branch": MEMBERS["branch"],
    "done": DONE,
    "is_general": _words("支部党员大会 党员大会 支部大会"),
    "is_committee": _words("支委会 支部委员会 支部委员会会议 支委会议"),
    "is_group": _words("党小组会 小组会 党小组会议"),
    "is_lecture": _words("党课 上党课"),
    "is_theme_day": _words("主题党日 主题党日活动 党日活动"),
    "is_life_meeting": _words("组织生活会"),
    "is_appraisal": _words("民主评议党员 民主评议"),
}
TICKED = {
    "is_general": MeetingType.GENERAL,
    "is_committee": MeetingType.COMMITTEE,
    "is_group": MeetingType.GROUP,
    "is_lecture": MeetingType.LECTURE,
    "is_theme_day": MeetingType.THEME_DAY,
    "is_life_meeting": MeetingType.LIFE_MEETING,
    "is_appraisal": MeetingType.APPRAISAL,
}
"""The columns that stand side by side for one type of meeting each, ticked where it was held."""
TALKS: dict[str, tuple[str, ...]] = {
    "talked_on": _words("谈话时间 时间 日期") + _each(_TALK, "时间 日期"),
    "talker": _each("谈话人 谈心人 谈心谈话人 主谈人 约谈人", "~ 姓名 及职务"),
    "partner": _words("谈话对象 对象")
    + _each("谈话对象 谈心对象 谈心谈话对象 被谈话人 被谈人 约谈对象 被约谈人", "~ 姓名 及职务"),
    "both": _words("谈话双方 谈心双方 谈心谈话双方 双方") + _each("谈话人", "与 和 及 / — -", "谈话对象"),
    "kind": _words("谈话类型 类型 谈话类别 谈话事由 事由 必谈情形 必谈事由 谈话情形 谈话原因 谈话缘由"),
    "place": _words("方式/地点") + _each("~ " + _TALK, "地点 方式/地点 地点/方式 地点及方式 方式及地点"),
    "way": _each("~ " + _TALK, "方式 形式"),
    "content": (
        *_words("谈话内容 内容 主要内容 内容摘要"),
        *_each(_TALK, "内容 主要内容 内容摘要 情况 记录 要点 主要情况 内容及情况"),
    ),
    "opinion": _words("意见建议 对象意见 意见 意见和建议 谈话对象意见"),
    "done": DONE,
    "branch": MEMBERS["branch"],
    "note": MEMBERS["note"],
}
OWED = ("应", "标准", *_each("应 本月应 当月应", _PAYING, _SUMS))
PAID = (
    "实",
    *_each("实 已 本月实 当月实 实际", _PAYING, _SUMS),
    *_each("交纳 缴纳 交费 缴费 收缴", "~ 金额 数 额 数额 情况"),
    *_words("金额 党费 数额 额"),
)
PAID_ON = _each("~ 交纳 缴纳 交费 缴费 交款 缴款 收款 收费 收缴 支付 付款 实交 实缴 到账 交易", "日期 时间")
DUES: dict[str, tuple[str, ...]] = {
    "name": _words("姓名 党员姓名 党员 付款方 对方户名")
    + _OF_STAFF
    + _each("交纳人 缴纳人 交费人 缴费人 付款人 交款人 缴款人", "~ 姓名"),
    **PERSON_HINTS,
    "category": _words("类别 党费类别 人员类别 党员类别 在职/离退休 人员状态 身份 类型"),
    "base": (*MEMBERS["base"], *_words("基数 月收入 应税收入 月工资 工资基数")),
    "rate": _words("比例 交纳比例 缴纳比例 交费比例 缴费比例 交纳比例% 计交比例 费率"),
    "owed": (
        "月交党费",
        *_each("月 每月", "交 缴 交纳 缴纳", _SUMS),
        *_each("应 月应 每月应 本月应 当月应", _PAYING, _SUMS),
        *_words("每月党费 月党费 月标准 月交费标准 月缴费标准"),
        *_each("~ 月 每月", "党费 交纳 缴纳 交费 缴费 党费交纳 党费缴纳", "标准"),
    ),
    "paid": (
        *_each("实 已 本月实 当月实 月实 实际", _PAYING, _SUMS),
        *_each("交纳 缴纳 交费 缴费 收缴", "金额 数 额 数额"),
        *_words("金额 本月交纳 本月缴纳 交易金额 入账金额 支付金额 交款金额 缴款金额 收款金额"),
    ),
    "paid_on": ("交纳日期", *PAID_ON),
    "month": (
        *_words("月份 月 年月 所属期 所属月份 摘要 用途 款项用途 缴费摘要"),
        *_each("交纳 缴纳 交费 缴费 收缴 党费 所属", "月份 年月 区间 期间 周期 月度 所属期 时段 起止月份"),
    ),
    "year": _words("年度 年份 年") + _each("所属 缴纳 交纳 缴费 交费", "年度 年份"),
    "note": _words("备注 说明"),
    "branch": MEMBERS["branch"],
    "role": _words(
        "项目 收缴项目 交纳项目 缴纳项目 缴费项目 交费项目 党费项目 款项 应/实 应实 "
        "应交/实交 应缴/实缴 应交实交 应缴实缴 "
        "应交、实交 应缴、实缴 应收实收 应收/实收 内容"
    ),
    "settled": _words(
        "是否交纳 是否缴纳 是否已交 是否已缴 是否交清 是否缴清 缴费状态 交费状态 交纳状态 缴纳状态 交纳情况 缴纳情况 "
        "交费情况 缴费情况 收缴情况 状态"
    ),
}
_AMOUNT = re.compile(r"(?<=[交缴收付])(数额|金额|额|数|款)$")
"""What may stand behind a role without changing it: 应收额, 实缴数."""
SIGNATURES = _words("签名 签字 本人签字 经手人 收款人 备注 欠交 欠缴 补交 补缴 累计 小计 合计")


def dues_field(plain: FieldOf) -> FieldOf:
    """The fields of a register of dues: beside those of a person the months, alone or with what stands under each.

    m3 is what was paid for March, owed3 what was owed, on3 when it was paid; q1 what was paid for a quarter, h1 for
    half a year, r1_4 for January to April. What a word of a heading is, is told by its ending where it is not known.
    """

    def field_of(path: Sequence[str]) -> str | None:
        # 1月 below 一季度 or 上半年 is a month of it.
        told_by = [(position, told) for position, word in enumerate(path) if (told := month_of(word))]
        for position, told in [item for item in told_by if item[1].code.startswith("m")] or told_by:
            role = told.rest or "".join(part for index, part in enumerate(path) if index > position)
            role = role or "".join(part for part in path[:position] if part in OWED + PAID + PAID_ON)
            return _month_field(told.code, role, "".join(path[:position]))
        return plain(path) or next((name for name, words in _ENDINGS if path and words.search(path[-1])), None)

    return field_of


_ENDINGS = (
    ("base", re.compile(r"^(?!.*(原|上年|去年|上期|变动|调整前|差)).*基数$")),
    ("category", re.compile(r"(人员|党员|职工|身份|就业|在职|工作)(类[别型]|性质|状态|情况)$|^是否(在职|离?退休)$")),
)


def _month_field(code: str, role: str, above: str) -> str | None:
    """The field of one column of a month; None for signatures, sums and the like."""
    role = _AMOUNT.sub("", role)
    if role in SIGNATURES:
        return None
    for words, kind in ((OWED, "owed"), (PAID_ON, "on"), (PAID, "m")):
        if role in words or (not role and above in words):
            return code if kind == "m" else f"{kind}{code.removeprefix('m')}"
    return None if role else code


@dataclass(frozen=True)
class Columns:
    """The columns of one kind of table: what they are called, and which must be there."""

    synonyms: Synonyms
    needed: tuple[str, ...]
    months: bool = False

    @cached_property
    def field_of(self) -> FieldOf:
        """The field behind a heading."""
        plain = named(self.synonyms)
        return dues_field(plain) if self.months else plain

    def offered(self) -> list[str]:
        """The fields that a column can be said to be, in order."""
        months = [f"m{number}" for number in range(1, 13)] if self.months else []
        return [*self.synonyms, *months]

    def title(self, name: str) -> str:
        """What a field is called."""
        if name in self.synonyms:
            return self.synonyms[name][0]
        found = re.fullmatch(r"(owed|on|)(m?\d+|q\d|h\d|r\d+_\d+)", name)
        if found:
            months = months_of(found[2] if found[2][0].isalpha() else f"m{found[2]}")
            span = f"{months[0]}-{months[-1]}月" if len(months) > 1 else f"{months[0]}月"
            return span + {"": "", "owed": "应交", "on": "交纳日期"}[found[1]]
        return name


COLUMNS: dict[str, Columns] = {
    "members": Columns(MEMBERS, ("name",)),
    "meetings": Columns(MEETINGS, ("held_on", "types", "subject")),
    "talks": Columns(TALKS, ("talked_on", "talker", "partner")),
    "dues": Columns(DUES, ("name",), months=True),
}
