"""The kinds of rules: each figure with its caption and unit, its sentence, and where it comes from."""

from __future__ import annotations

import dataclasses
from datetime import date
from enum import StrEnum
from typing import Any

from app.money import yuan
from app.record import Unit, Value, entry, stored


class Layer(StrEnum):
    """Whose rules they are, the lowest first: a higher layer changes what a lower one says."""

    CENTRAL = "中央"
    SUPERIOR = "上级"
    BRANCH = "本支部"


@stored
class FigureSource(Value):
    """Where one figure comes from, where that is not the source of its rule. `since` is its first day, inclusive."""

    field: str
    source: str
    level: str
    since: date
    sure: str = ""
    layer: str = Layer.CENTRAL.value
    reason: str = ""


@stored
class Rule(Value):
    """What every rule says about itself; the span is inclusive. `sure` is empty where the text itself was read."""

    code: str
    source: str
    level: str
    since: date
    until: date | None = None
    sure: str = ""
    layer: str = Layer.CENTRAL.value
    reason: str = ""
    sources: tuple[FigureSource, ...] = ()
    sentences: tuple[tuple[str, str], ...] = ()

    def source_of(self, field: str) -> FigureSource:
        """Where a figure comes from: its own source, else that of the rule."""
        own = next((item for item in reversed(self.sources) if item.field == field), None)
        return own or FigureSource(
            field=field,
            source=self.source,
            level=self.level,
            since=self.since,
            sure=self.sure,
            layer=self.layer,
            reason=self.reason,
        )

    def holds(self, field: str, day: date) -> bool:
        """Whether a figure is in force on a day: some began later than the rule that they stand in."""
        return self.source_of(field).since <= day

    def sentence(self, field: str) -> str:
        """What a figure asks, in a sentence with the number in it; empty where the rule files have none."""
        told = dict(self.sentences).get(field, "")
        units = {figure.name: figure.unit for figure in figures(type(self))}
        words = {name: in_words(value, units.get(name)) for name, value in vars(self).items()}
        parts = {f"{name}_part": value.words for name, value in vars(self).items() if isinstance(value, Share)}
        return told.format(**words, **parts)


@dataclasses.dataclass(frozen=True)
class Figure:
    """One figure of a kind of rule: its name, caption, and what it counts."""

    name: str
    caption: str
    unit: Unit | None


def figures(kind: type[Rule]) -> tuple[Figure, ...]:
    """The figures of a kind of rule, in order."""
    return tuple(
        Figure(field.name, field.metadata["label"], field.metadata["unit"])
        for field in dataclasses.fields(kind)
        if "label" in field.metadata
    )


@stored
class Quota(Rule):
    """An activity to be held at least `minimum` times in every period of its own."""

    label: str
    type: str
    period: str
    minimum: int = entry("至少", unit=Unit.TIMES)
    audience: str
    activity: str = ""
    """The kind of activity of the branch's own that alone is counted, whatever its type; "" where the type decides."""


@stored
class TalkRule(Rule):
    """Who should talk with whom at least `minimum` times a year."""

    label: str
    between: str
    minimum: int = entry("每年至少", unit=Unit.TIMES)


@stored
class HoursRule(Rule):
    """Study hours per person and year."""

    label: str
    member: int = entry("党员每年学时", unit=Unit.HOURS)
    committee: int = entry("支委会成员每年学时", unit=Unit.HOURS)


@stored
class CommitteeRule(Rule):
    """When a branch has a committee and how long its term is, in years; reminders in months before its end."""

    label: str
    minimum_posts: int = entry("支委会至少", unit=Unit.PEOPLE)
    most_members: int = entry("支委会至多", unit=Unit.PEOPLE)
    full_members_need_committee: int = entry("设支委会的正式党员数", unit=Unit.PEOPLE)
    years: int = entry("任期（年）")
    years_village_community: int = entry("村、社区任期（年）")
    remind_months: tuple[int, ...] = entry("届满前几个月提醒", unit=Unit.MONTHS)


@stored
class Brackets(Rule):
    """Dues in ‰ of the whole base: the first step whose upper bound (inclusive, 分) reaches the base."""

    category: str
    steps: tuple[tuple[int | None, int], ...]
    cap_fen: int | None = entry("每月上限", unit=Unit.FEN)
    """The most that is asked, in 分; None before the notice of 2017."""
    unit_fen: int = entry("四舍五入到", unit=Unit.FEN)

    def permille(self, base_fen: int) -> int:
        """The one rate for this base."""
        return next(rate for bound, rate in self.steps if bound is None or base_fen <= bound)

    def round_half_up(self, fen_permille: int) -> int:
        """分 from 分·‰, rounded half up once to the rulebook's unit."""
        step = 1000 * self.unit_fen
        return (fen_permille + step // 2) // step * self.unit_fen


@stored
class FixedDues(Rule):
    """A fixed amount each month, with the range a local standard may choose from, in 分."""

    category: str
    fen: int = entry("每月", unit=Unit.FEN)
    low_fen: int = entry("最低", unit=Unit.FEN)
    high_fen: int = entry("最高", unit=Unit.FEN)


@stored
class CollectionRule(Rule):
    """How dues are collected: the limit of large dues, and months of arrears that warn and alarm."""

    label: str
    large_fen: int = entry("大额党费起点", unit=Unit.FEN)
    warn_months: int = entry("连续欠缴提醒", unit=Unit.MONTHS)
    alarm_months: int = entry("连续不交按自行脱党研究", unit=Unit.MONTHS)
    most_behind_months: int = entry("补交一般不超过", unit=Unit.MONTHS)
    publications: int = entry("每年公示", unit=Unit.TIMES)


@stored
class PeopleRule(Rule):
    """Terms of what happens to members, in days, months or years as each name says."""

    label: str
    letter_days: int = entry("介绍信有效期", unit=Unit.DAYS)
    receipt_months: int = entry("回执期限", unit=Unit.MONTHS)
    away_months: int = entry("外出转接组织关系", unit=Unit.MONTHS)
    contact_lost_months: int = entry("失联停止党籍", unit=Unit.MONTHS)
    suspended_years: int = entry("停止党籍后除名（年）")
    rectify_months: int = entry("限期改正一般", unit=Unit.MONTHS)
    rectify_most_months: int = entry("限期改正最长", unit=Unit.MONTHS)
    party_probation_months: tuple[int, ...] = entry("留党察看期限", unit=Unit.MONTHS)
    rejoin_years: int = entry("劝退除名后重新申请（年）")
    extension_months: int = entry("换届延期一般不超过", unit=Unit.MONTHS)
    secretary_standing_years: int = entry("书记党龄（年）")
    found_full_members: int = entry("成立支部的正式党员", unit=Unit.PEOPLE)
    most_members: int = entry("支部党员一般不超过", unit=Unit.PEOPLE)
    badge_years: int = entry("光荣在党纪念章党龄（年）")
    no_probation_from: date = entry("不设预备期自")
    no_probation_until: date = entry("不设预备期至")


@stored
class Share(Value):
    """A part of a whole that must be reached or exceeded."""

    numerator: int
    denominator: int
    more_than: bool

    def met(self, count: int, whole: int) -> bool:
        """Whether `count` of `whole` is enough; of nobody nothing is."""
        if whole <= 0:
            return False
        left, right = count * self.denominator, whole * self.numerator
        return left > right if self.more_than else left >= right

    def least(self, whole: int) -> int:
        """The smallest count that is enough."""
        exact, rest = divmod(whole * self.numerator, self.denominator)
        return exact + 1 if rest or self.more_than else exact

    def most(self, whole: int) -> int:
        """The largest count that does not exceed the part."""
        return whole * self.numerator // self.denominator

    @property
    def words(self) -> str:
        """The part in words: 半数, 五分之四."""
        digits = "〇一二三四五六七八九十"
        if (self.numerator, self.denominator) == (1, 2):
            return "半数"
        if max(self.numerator, self.denominator) < len(digits):
            return f"{digits[self.denominator]}分之{digits[self.numerator]}"
        return f"{self.numerator}/{self.denominator}"


@stored
class AppraisalRule(Rule):
    """How many of those who are graded may be 优秀."""

    label: str
    excellent: Share = entry("优秀一般不超过")


@stored
class AbsenceRule(Rule):
    """Absence from the life of the Party that is to be told: so many months, over at least so many meetings."""

    label: str
    months: int = entry("连续不参加组织生活", unit=Unit.MONTHS)
    meetings: int = entry("至少缺席", unit=Unit.TIMES)


@stored
class RemindRule(Rule):
    """How long ahead something is told, and what counts as late or copied; custom of this program."""

    label: str
    soon_days: int = entry("期限提前提醒", unit=Unit.DAYS)
    birthday_days: int = entry("政治生日提前提醒", unit=Unit.DAYS)
    plan_days: int = entry("计划活动提前提醒", unit=Unit.DAYS)
    task_days: int = entry("任务、整改时限提前提醒", unit=Unit.DAYS)
    count_days: int = entry("要求的次数在一期末前提醒", unit=Unit.DAYS)
    care_month: int = entry("从哪个月份起提醒走访慰问")
    notice_month: int = entry("从哪个月份起提醒党费公示")
    late_days: int = entry("会后几天录入算补录", unit=Unit.DAYS)
    similar_percent: int = entry("会议内容雷同", unit=Unit.PERCENT)


@stored
class StepRule(Value):
    """One of the 25 steps of 发展党员: number, name, stage, the papers it leaves, its rule in words."""

    number: int
    name: str
    stage: str
    materials: tuple[str, ...]
    rule: str
    sure: str = ""
    """Empty where the text itself was read."""

    @property
    def told(self) -> str:
        """Its rule, with a note where that is known from a secondary source only."""
        return f"{self.rule}（{self.sure}）" if self.sure and self.rule else self.rule


@stored
class DevelopmentRule(Rule):
    """The terms of 发展党员 and its steps; months are calendar months, `notice_days` working days.

    `versions` are all dated versions, the earliest first: a step is judged by that of its own day. A term that a
    version does not know is 0.
    """

    label: str
    youngest: int = entry("申请入党年龄（岁）")
    talk_months: int = entry("派人谈话", unit=Unit.MONTHS)
    activist_months: int = entry("积极分子培养教育", unit=Unit.MONTHS)
    check_months: int = entry("考察间隔", unit=Unit.MONTHS)
    training_days: int = entry("集中培训", unit=Unit.DAYS)
    training_hours: int = entry("集中培训", unit=Unit.HOURS)
    introducers: int = entry("入党介绍人", unit=Unit.PEOPLE)
    review_months: int = entry("预审后召开大会", unit=Unit.MONTHS)
    approval_months: int = entry("上级审批", unit=Unit.MONTHS)
    approval_most_months: int = entry("接收预备党员特殊情况审批", unit=Unit.MONTHS)
    oath_months: int = entry("入党宣誓", unit=Unit.MONTHS)
    probation_months: int = entry("预备期", unit=Unit.MONTHS)
    extend_least: int = entry("延长预备期最短", unit=Unit.MONTHS)
    extend_most: int = entry("延长预备期最长", unit=Unit.MONTHS)
    notice_days: int = entry("公示工作日", unit=Unit.DAYS)
    league_age: int = entry("推优年龄（岁）")
    notice_before_candidate: bool = entry("列为发展对象前公示")
    approval_most_binds: bool = entry("超过最长期限重新办理")
    articles: tuple[tuple[str, str], ...]
    steps: tuple[StepRule, ...]
    versions: tuple[DevelopmentRule, ...] = ()

    def step(self, number: int) -> StepRule:
        """One step by its number, 1 to 25."""
        return self.steps[number - 1]

    def on(self, day: date | None) -> DevelopmentRule:
        """The version in force on a day; the first one for days before it, and this one where no day is known."""
        if day is None or not self.versions:
            return self
        return next((item for item in reversed(self.versions) if item.since <= day), self.versions[0])

    def article(self, matter: str) -> str:
        """The article of a matter in brackets, with a note where it is known from a secondary source only."""
        told = dict(self.articles).get(matter, "")
        return f"（{told}{'，' + self.sure if self.sure else ''}）" if told else ""


@stored
class Majority(Rule):
    """Quorum and passing share of one kind of vote."""

    kind: str
    quorum: Share = entry("到会")
    passing: Share = entry("通过")
    of_present: bool = entry("按实到计算")
    written: bool = entry("书面意见计票")


@stored
class Surplus(Rule):
    """How many more candidates than seats an election needs, in percent, rounded up."""

    percent: int = entry("差额不少于", unit=Unit.PERCENT)

    def least_candidates(self, seats: int) -> int:
        """The smallest number of candidates for so many seats."""
        return seats + -(-seats * self.percent // 100)


def in_words(value: Any, unit: Unit | None = None) -> str:
    """A figure for reading: 3, 6、3、1, 超过半数, 是; an amount in 元."""
    if unit is Unit.FEN and isinstance(value, int):
        return yuan(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Share):
        return f"{'超过' if value.more_than else '不少于'}{value.words}"
    if isinstance(value, tuple):
        return "、".join(str(item) for item in value) if all(isinstance(item, int) for item in value) else ""
    return "" if value is None else str(value)
