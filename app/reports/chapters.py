"""What the ledger's chapters say: a year's ledger → flowables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from app.dates import chinese
from app.life.elections import term_of
from app.life.study import hours
from app.life.talks import Talk
from app.people.members import MemberStatus
from app.people.posts import committee, in_force
from app.printing import style as s
from app.printing.charts import PaperChart
from app.printing.grid import Cell, Grid
from app.printing.text import Style, Text
from app.reports.development import development_chapter
from app.reports.dues import dues_chapter
from app.reports.elections import election_chapter
from app.reports.life import (
    lectures_part,
    life_findings_part,
    plan_chapter,
    repository_part,
    study_chapter,
    summary_chapter,
    tally_part,
)
from app.reports.minutes import minutes_chapter, minutes_code
from app.reports.parts import NOTHING, Chapter, grid, heading
from app.reports.people import appraisal_chapter, care_chapter, statistics_chapter, transfers_chapter
from app.reports.persons import persons_chapter
from app.reports.roster import roster_chapter
from app.reports.self_checks import self_checks_chapter
from app.reports.special_registers import registers_chapter, registers_in_book
from app.reports.tasks import chronicle_chapter, inspections_chapter, rectifications_chapter
from app.rules.meeting_types import OPTIONAL_TYPES, MeetingType
from app.work.rectifications import of_year
from app.work.tasks import tasks_of_year
from app.year.figures import all_charts, attendance_counts
from app.year.ledger import YearLedger
from app.year.periods import period_words
from app.year.self_checks import checks_of_year
from app.year.standing import Duty, State, required_hours, standing

if TYPE_CHECKING:
    from reportlab.platypus import Flowable


def branch_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """支部基本情况: the branch, its committee and its groups as of the year's reference day."""
    day = ledger.reference_day(today)
    branch, roster = ledger.branch, ledger.roster
    people = roster.present(day)
    probationary = sum(roster.status(p.id, day) is MemberStatus.PROBATIONARY for p in people)
    term = ""
    if held := term_of(branch, ledger.rulebook):
        term = f"{chinese(held.first)}至{chinese(held.last)}"
    facts = [
        ("支部名称", branch.name),
        ("上级党组织", branch.superior),
        ("所在单位", f"{branch.unit}（{branch.kind}）" if branch.unit else branch.kind.value),
        ("成立日期", branch.founded.chinese() if branch.founded else ""),
        ("本届任期", term),
        ("党员人数", f"{len(people)} 人，其中正式党员 {len(people) - probationary} 人，预备党员 {probationary} 人"),
        ("统计截止", chinese(day)),
    ]
    rows = [[Cell(name, s.LABEL), Cell(text, s.CELL)] for name, text in facts]
    story: list[Flowable] = [heading("branch", "支部基本情况"), Grid([1, 4], [], rows)]
    story.append(Text("支部委员会及分工", s.SECTION))
    posts = [
        (post.title, roster[post.member].name, _since(post.since), _since(post.until))
        for post in committee(ledger.posts, day)
    ]
    story.append(
        grid([2, 2, 2, 2], ["党内职务", "姓名", "任职日期", "免职日期"], posts) if posts else Text(NOTHING, s.BODY)
    )
    story.append(Text("党小组", s.SECTION))
    groups = in_force(ledger.groups, day)
    leaders = {post.member for post in in_force(ledger.posts, day) if post.title == "党小组组长"}
    rows_of_groups: list[Sequence[Any]] = []
    for group in groups:
        inside = roster.in_group(group.id, day)
        leader = "、".join(person.name for person in inside if person.id in leaders)
        rows_of_groups.append((group.name, leader, len(inside), "、".join(person.name for person in inside)))
    head = ["党小组", "组长", "人数", "成员"]
    story.append(grid([2, 1.5, 1, 7], head, rows_of_groups) if groups else Text("本支部不设党小组。", s.BODY))
    return story


def _since(day: date | None) -> str:
    return day.isoformat().replace("-", ".") if day else ""


def talks_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """谈心谈话 in order of date; private remarks are not printed."""
    del today
    story: list[Flowable] = [heading("talks", "谈心谈话记录")]
    if not ledger.talks:
        return [*story, Text(NOTHING, s.BODY)]
    names = {member.id: member.name for member in ledger.roster.members}
    rows = [
        (
            talk.talked_on.isoformat().replace("-", "."),
            names[talk.talker],
            names[talk.partner],
            talk.kind + (f"\n{talk.place}" if talk.place else ""),
            talk.content,
            talk.opinion + _promised(talk),
        )
        for talk in ledger.talks
    ]
    head = ["时间", "谈话人", "对象", "类型/方式", "谈话内容", "意见建议"]
    return [*story, Text(f"本年度共 {len(rows)} 次。", s.NOTE), grid([2, 1.6, 1.6, 1.8, 4.5, 3], head, rows)]


def _promised(talk: Talk) -> str:
    if not talk.follow_up.strip():
        return ""
    done = f"{talk.followed_up_on} {talk.followed_up_how}" if talk.followed_up_on else "未办结"
    return ("\n" if talk.opinion else "") + f"后续：{talk.follow_up}（{done}）"


def attendance_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """出勤与学时 per member, asked from the same figures as the charts."""
    day = ledger.reference_day(today)
    counts, studied = attendance_counts(ledger.minutes), ledger.studied
    rows: list[Sequence[Any]] = []
    for number, person in enumerate(ledger.roster.ever_in(date(ledger.year, 1, 1), day), 1):
        count = counts.get(person.id)
        total = studied.get(person.id, 0)
        needed = required_hours(ledger, person.id, day)
        reached = "达到" if total >= needed * 60 else f"差 {hours(needed * 60 - total)}"
        numbers = (count.expected, count.attended, count.late, count.absent) if count else (0, 0, 0, 0)
        share = f"{count.permille / 10:g}%" if count and count.expected else ""
        rows.append([str(number), person.name, *numbers, share, hours(total), str(needed), reached])
    head = ["序号", "姓名", "应到", "实到", "其中迟到", "缺席", "到会率", "学时", "要求", "情况"]
    story: list[Flowable] = [heading("attendance", "出勤与学时")]
    return [*story, grid([1, 2, 1, 1, 1.4, 1, 1.4, 1.2, 1, 1.8], head, rows) if rows else Text(NOTHING, s.BODY)]


def charts_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """统计图."""
    charts = [PaperChart(chart) for chart in all_charts(ledger, ledger.reference_day(today))]
    return [heading("charts", "统计图"), *charts]


def standing_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """年度达标情况: every duty in each of its periods, with its source."""
    duties = standing(ledger, min(max(today, date(ledger.year, 1, 1)), date(ledger.year + 1, 1, 1)))
    rows: list[Sequence[Any]] = []
    for code in dict.fromkeys(duty.rule for duty in duties):
        own = [duty for duty in duties if duty.rule == code]
        applicable = [duty for duty in own if duty.state is not State.NOT_APPLICABLE]
        missing = [duty for duty in own if duty.state is State.MISSING]
        before = [duty for duty in own if duty.state is State.BEFORE_RECORDS]
        done = sum(duty.state is State.DONE for duty in own)
        if not applicable:
            result, detail = "不适用", ""
        else:
            result = f"{done}/{len(applicable) - len(before)}" if len(applicable) > len(before) else "—"
            open_ = sum(duty.state in (State.DUE, State.UPCOMING) for duty in own)
            told = [f"{_span(before)}{State.BEFORE_RECORDS.words}"] if before else []
            told += [_missing(duty) for duty in missing] + ([f"还有 {open_} 期没有到期"] if open_ else [])
            detail = "；".join(told) or "无"
        rows.append([own[0].label, result, detail, own[0].source])
    head = ["项目", "达标期数", "缺项", "依据"]
    return [heading("standing", "年度达标情况"), grid([2.4, 1.2, 5, 4], head, rows)]


def _span(duties: Sequence[Duty]) -> str:
    """The periods of some duties, those that follow each other as one span: 1月至3月、6月."""
    runs: list[list[Duty]] = []
    for duty in duties:
        if runs and (duty.first - runs[-1][-1].last).days == 1:
            runs[-1].append(duty)
        else:
            runs.append([duty])
    ends = [dict.fromkeys((period_words(run[0].period), period_words(run[-1].period))) for run in runs]
    return "、".join("至".join(words) for words in ends)


def _missing(duty: Duty) -> str:
    names = "、".join(duty.missing[:12]) + (f"等 {len(duty.missing)} 项" if len(duty.missing) > 12 else "")
    counts = "" if duty.required == 1 else f" {duty.done}/{duty.required}"
    return f"{period_words(duty.period)}{counts}" + (f"（{names}）" if names else "")


def sign_off_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """签字确认: boxes for the branch and its superior."""
    del today
    blank = "\n\n\n\n"
    line = "签字：　　　　　　　　　　　　年　　月　　日"
    boxes = [
        ("支部书记", blank + line),
        ("记录人", blank + line),
        ("党支部（盖章）", blank + line.removeprefix("签字：")),
    ]
    boxes.append(("上级党组织\n检查意见", blank * 2 + "检查人签字：　　　　　　　　　（盖章）　　　年　　月　　日"))
    rows = [[Cell(name, s.LABEL), Cell(text, Style(s.CELL.face, 10.5, 18, "left"))] for name, text in boxes]
    story: list[Flowable] = [heading("sign_off", "签字确认"), Grid([1, 5], [], rows)]
    if ledger.seal:
        day = chinese(ledger.seal.sealed_on)
        story.append(Text(f"本年度已于{day}归档，校验码：", Style(s.PLAIN.face, 10.5, 18, "left", before=12)))
        story.append(Text(ledger.seal.digest, Style(s.PLAIN.face, 10.5, 18, "left")))
    if ledger.corrections:
        head = ["日期", "类别", "内容", "原因"]
        rows = [[chinese(c.day), c.kind, c.what, c.reason] for c in ledger.corrections]
        story += [Text("归档后的补录和更正", s.SECTION), grid([3, 1.5, 4, 6], head, rows)]
    return story


def _minutes(kind: MeetingType) -> Chapter:
    return Chapter(
        minutes_code(kind),
        f"{kind.value}记录",
        minutes_chapter(kind),
        filled=lambda ledger: any(kind in minutes.types for minutes in ledger.minutes),
    )


def life_meeting_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """组织生活会: its minutes, what was found, and what of it is on the rectification list."""
    return [*minutes_chapter(MeetingType.LIFE_MEETING)(ledger, today), *life_findings_part(ledger)]


def lectures_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """党课: the catalogue of lectures, then the minutes."""
    story = minutes_chapter(MeetingType.LECTURE)(ledger, today)
    return [story[0], *lectures_part(ledger), *repository_part(ledger), *story[1:]]


def appraisals_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """民主评议: grades and ballots."""
    return [*appraisal_chapter(ledger, today), *tally_part(ledger, today)]


def chapters() -> list[Chapter]:
    """Every chapter in the order of the printed ledger (as the printed 工作手册 has it)."""
    life = MeetingType.LIFE_MEETING
    lecture = MeetingType.LECTURE
    return [
        Chapter("branch", "支部基本情况", branch_chapter),
        Chapter("roster", "党员名册", roster_chapter),
        Chapter("development", "发展党员", development_chapter, filled=lambda ledger: bool(ledger.development)),
        Chapter("plan", "年度工作计划", plan_chapter, filled=lambda ledger: bool(ledger.plan or ledger.papers)),
        _minutes(MeetingType.GENERAL),
        _minutes(MeetingType.COMMITTEE),
        _minutes(MeetingType.GROUP),
        replace(_minutes(lecture), make=lectures_chapter),
        _minutes(MeetingType.THEME_DAY),
        replace(_minutes(life), make=life_meeting_chapter),
        _minutes(MeetingType.APPRAISAL),
        Chapter("appraisal", "民主评议结果", appraisals_chapter, filled=_appraised),
        Chapter("talks", "谈心谈话记录", talks_chapter, filled=lambda ledger: bool(ledger.talks)),
        *(_minutes(kind) for kind in OPTIONAL_TYPES),
        Chapter("study", "学习记录与学时汇总", study_chapter),
        Chapter("attendance", "出勤与学时", attendance_chapter),
        Chapter("dues", "党费收缴登记", dues_chapter, wide=True, filled=lambda ledger: bool(ledger.dues.rows)),
        Chapter("transfers", "组织关系、奖惩和处置", transfers_chapter, filled=_moved),
        Chapter("elections", "换届选举", election_chapter, filled=_elected),
        Chapter("care", "关怀帮扶和政治生日", care_chapter),
        Chapter("rectifications", "任务和整改清单", rectifications_chapter, filled=_to_do),
        Chapter("registers", "专项台账", registers_chapter, wide=True, filled=lambda y: bool(registers_in_book(y))),
        Chapter("self_checks", "自查考核", self_checks_chapter, wide=True, filled=lambda y: bool(checks_of_year(y))),
        Chapter("inspections", "检查情况", inspections_chapter, filled=lambda ledger: bool(ledger.inspections)),
        Chapter("summary", "年度工作总结和书记述职", summary_chapter, filled=lambda ledger: bool(ledger.papers)),
        Chapter("chronicle", "大事记和附件目录", chronicle_chapter, filled=lambda ledger: bool(ledger.minutes)),
        Chapter("statistics", "党员统计表", statistics_chapter),
        Chapter("charts", "统计图", charts_chapter),
        Chapter("standing", "年度达标情况", standing_chapter),
        Chapter("persons", "人名索引", persons_chapter),
        Chapter("sign_off", "签字确认", sign_off_chapter),
    ]


def _appraised(ledger: YearLedger) -> bool:
    return bool(ledger.tallies) or any(item.year == ledger.year for item in ledger.appraisals)


def _moved(ledger: YearLedger) -> bool:
    days = [item.moved_on for item in ledger.transfers] + [item.decided_on for item in ledger.dispositions]
    return any(day.year == ledger.year for day in days) or any(h.given_on.year == ledger.year for h in ledger.honours)


def _elected(ledger: YearLedger) -> bool:
    return any(item.election.held_on.year == ledger.year for item in ledger.elections)


def _to_do(ledger: YearLedger) -> bool:
    asked = (*tasks_of_year(ledger.tasks, ledger.year), *of_year(ledger.rectifications, ledger.year))
    return bool(asked) or any(day.year == ledger.year for day in ledger.meeting_days.values())
