"""What the ledger's chapters say: a year's ledger → flowables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from app.branch import committee, in_force, term_end
from app.dates import chinese, weekday
from app.figures import all_charts, attendance_counts, hours
from app.ledger import YearLedger
from app.meetings import AttendanceState, MeetingType, Minutes
from app.members import MemberStatus
from app.reports import style as s
from app.reports.charts import PaperChart
from app.reports.dues import dues_chapter
from app.reports.grid import Cell, Grid
from app.reports.parts import NOTHING, Chapter, grid, heading, partial
from app.reports.pdf import Heading, upright_page, wide_page
from app.reports.people import (
    appraisal_chapter,
    care_chapter,
    development_chapter,
    election_chapter,
    statistics_chapter,
    transfers_chapter,
)
from app.reports.text import Style, Text
from app.standing import Duty, State, period_words, required_hours, standing
from app.votes import judge

if TYPE_CHECKING:
    from reportlab.platypus import Flowable


def branch_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """支部基本情况: the branch, its committee and its groups as of the year's reference day."""
    day = ledger.reference_day(today)
    branch, roster = ledger.branch, ledger.roster
    people = roster.present(day)
    probationary = sum(roster.status(p.id, day) is MemberStatus.PROBATIONARY for p in people)
    term = ""
    if branch.elected:
        rule = ledger.rulebook.committee
        years = rule.years_village_community if branch.kind in ("村", "社区") else rule.years
        term = f"{chinese(branch.elected)}至{chinese(term_end(branch.elected, years))}"
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


def roster_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """党员名册 as of the reference day, and who joined, was confirmed or left in the year."""
    day = ledger.reference_day(today)
    roster = ledger.roster
    titles: dict[int, list[str]] = {}
    for post in in_force(ledger.posts, day):
        titles.setdefault(post.member, []).append(post.title.value)
    rows = [
        (
            str(number),
            person.name,
            person.sex or "",
            person.ethnicity.removesuffix("族"),
            partial(person.birth),
            person.education,
            partial(person.joined),
            partial(person.confirmed),
            "、".join(titles.get(person.id, [])),
            ledger.group_names.get(roster.group(person.id, day) or 0, ""),
            (roster.status(person.id, day) or "").removesuffix("党员"),
        )
        for number, person in enumerate(roster.present(day), 1)
    ]
    head = ["序号", "姓名", "性别", "民族", "出生", "学历", "入党日期", "转正日期", "党内职务", "党小组", "类别"]
    widths = [1.1, 2, 1.1, 1.3, 2.1, 2, 2.1, 2.1, 2.1, 2, 1.3]
    story: list[Flowable] = [heading("roster", "党员名册"), Text(f"截至{chinese(day)}，共 {len(rows)} 人。", s.NOTE)]
    story.append(grid(widths, head, rows, small=True) if rows else Text("名册中没有党员。", s.BODY))
    story.append(Text("本年增减变动", s.SECTION))
    changes = [
        (change.member.name, change.kind, change.fact.since.chinese() if change.fact.since else "", change.fact.note)
        for change in roster.changes(date(ledger.year, 1, 1), day)
    ]
    story.append(grid([2, 2, 2.5, 5], ["姓名", "变动", "日期", "说明"], changes) if changes else Text(NOTHING, s.BODY))
    return story


def minutes_code(kind: MeetingType) -> str:
    """The code of the chapter of a type."""
    return f"minutes_{kind.name.lower()}"


def minutes_chapter(kind: MeetingType) -> Callable[[YearLedger, date], list[Flowable]]:
    """The chapter of one type: its minutes in order of date; an event is printed in full once."""

    def make(ledger: YearLedger, today: date) -> list[Flowable]:
        del today
        story: list[Flowable] = [heading(minutes_code(kind), f"{kind.value}记录")]
        found = [minutes for minutes in ledger.minutes if kind in minutes.types]
        if not found:
            return [*story, Text(NOTHING, s.BODY)]
        story.append(Text(f"本年度共 {len(found)} 次。", s.NOTE))
        for number, minutes in enumerate(found, 1):
            story += _minutes(ledger, minutes, kind, number)
        return story

    return make


def _minutes(ledger: YearLedger, minutes: Minutes, kind: MeetingType, number: int) -> list[Flowable]:
    meeting = minutes.meeting
    title = f"{number}. {chinese(meeting.held_on)}　{meeting.subject}"
    home = minutes.types[0]
    if kind is not home:
        seen = f"（{minutes.title}，记录见“{home.value}记录”，学时只计一次。）"
        key = f"see_{kind.name.lower()}_{meeting.id}"
        return [Heading(title, s.MINUTE, 1, key), Text(seen, s.NOTE)]
    return [Heading(title, s.MINUTE, 1, f"meeting_{meeting.id}"), *minutes_story(ledger, minutes)]


def minutes_story(ledger: YearLedger, minutes: Minutes) -> list[Flowable]:
    """One meeting's record without its heading: facts, content, votes, signatures."""
    meeting = minutes.meeting
    story: list[Flowable] = [_facts(ledger, minutes)]
    if meeting.content.strip():
        story.append(Text(meeting.content, s.BODY))
    elif not minutes.agenda:
        story.append(Text("（会议内容未记录）", s.NOTE))
    for number, item in enumerate(minutes.agenda, 1):
        who = f"{item.speaker}：" if item.speaker else ""
        story.append(Text(f"议题{number}（{item.kind}）{item.title}", s.PLAIN))
        if item.text.strip():
            story.append(Text(f"{who}{item.text}", s.BODY))
    for vote in minutes.votes:
        verdict = judge(vote, ledger.rulebook)
        counts = f"赞成 {vote.in_favour}，反对 {vote.against}，弃权 {vote.abstained}"
        motion = vote.motion or vote.kind.value
        voters = f"应到有表决权 {vote.entitled} 人，实到 {vote.present} 人；{counts}。{verdict.text}。"
        story.append(Text(f"表决：{motion}。{voters}", s.PLAIN))
        if verdict.caution:
            story.append(Text(verdict.caution, s.NOTE))
    for task in minutes.follow_ups:
        due = f"，{task.due_on} 前" if task.due_on else ""
        done = f"；{task.closed_on} 办结：{task.how}" if task.closed_on else ""
        story.append(Text(f"后续事项：{task.task}（{task.who or '未定责任人'}{due}）{done}", s.PLAIN))
    if meeting.remark:
        story.append(Text(f"情况说明：{meeting.remark}", s.PLAIN))
    final = next((item for item in ledger.finals if item.meeting == meeting.id and item.reopened_on is None), None)
    if final:
        text = f"{chinese(final.finalised_on)}定稿，第 {final.version} 版，校验码 {final.digest[:16]}。"
        story.append(Text(text, s.NOTE))
    signature = "主持人（签字）：　　　　　　　　　　记录人（签字）："
    story.append(Text(signature, Style(s.PLAIN.face, 10.5, 30, "left", after=6)))
    return story


def _facts(ledger: YearLedger, minutes: Minutes) -> Grid:
    meeting = minutes.meeting
    span = "".join(f" {moment:%H:%M}" + join for moment, join in ((meeting.start, "—"), (meeting.end, "")) if moment)
    when = f"{meeting.held_on.isoformat()} {weekday(meeting.held_on)}{span.rstrip('—').replace('— ', '—')}"
    group = ledger.group_names.get(meeting.group or 0, "")
    absent = minutes.with_state(AttendanceState.ABSENT)
    pairs = [
        ("类型", minutes.title + (f"（{group}）" if group else ""), "时间", when),
        ("主持人", meeting.host, "地点", meeting.place),
        ("记录人", meeting.recorder, "学时", f"{hours(minutes.minutes_of_study)} 学时"),
        ("应到", f"{minutes.expected} 人", "实到", f"{len(minutes.attended)} 人")
        if minutes.attendance
        else ("应到", "未记录", "实到", "未记录"),
    ]
    rows = [[Cell(a, s.LABEL), Cell(b, s.CELL), Cell(c, s.LABEL), Cell(d, s.CELL)] for a, b, c, d in pairs]
    names = {member.id: member.name for member in ledger.roster.members}
    wide = [
        (
            "缺席及原因",
            "；".join(f"{names.get(row.member or 0, row.name)}（{row.reason or '未写原因'}）" for row in absent)
            or ("无" if minutes.attendance else "未记录"),
        )
    ]
    for state in (AttendanceState.LATE, AttendanceState.LEFT_EARLY, AttendanceState.OBSERVER, AttendanceState.EXCLUDED):
        listed = minutes.with_state(state)
        if listed:
            text = "、".join(
                names.get(row.member or 0, row.name) + (f"（{row.reason}）" if row.reason else "") for row in listed
            )
            wide.append((state.value, text))
    rows += [[Cell(name, s.LABEL), Cell(text, s.CELL, span=3)] for name, text in wide]
    return Grid([1.3, 3.2, 1, 3.5], [], rows)


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
            talk.opinion,
        )
        for talk in ledger.talks
    ]
    head = ["时间", "谈话人", "对象", "类型/方式", "谈话内容", "意见建议"]
    return [*story, Text(f"本年度共 {len(rows)} 次。", s.NOTE), grid([2, 1.6, 1.6, 1.8, 4.5, 3], head, rows)]


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


STATE_TEXT = {
    State.DONE: "已完成",
    State.MISSING: "缺",
    State.DUE: "待完成",
    State.UPCOMING: "未到",
    State.NOT_APPLICABLE: "不适用",
}


def standing_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """年度达标情况: every duty in each of its periods, with its source."""
    duties = standing(ledger, min(max(today, date(ledger.year, 1, 1)), date(ledger.year + 1, 1, 1)))
    rows: list[Sequence[Any]] = []
    for code in dict.fromkeys(duty.rule for duty in duties):
        own = [duty for duty in duties if duty.rule == code]
        applicable = [duty for duty in own if duty.state is not State.NOT_APPLICABLE]
        missing = [duty for duty in own if duty.state is State.MISSING]
        done = sum(duty.state is State.DONE for duty in own)
        if not applicable:
            result, detail = "不适用", ""
        else:
            result = f"{done}/{len(applicable)}"
            detail = "；".join(_missing(duty) for duty in missing) or "无"
        rows.append([own[0].label, result, detail, own[0].source])
    head = ["项目", "达标期数", "缺项", "依据"]
    return [heading("standing", "年度达标情况"), grid([2.4, 1.2, 5, 4], head, rows)]


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


def chapters() -> list[Chapter]:
    """Every chapter in the order of the printed ledger."""
    found = [
        Chapter("branch", "支部基本情况", branch_chapter),
        Chapter("roster", "党员名册", roster_chapter),
        Chapter("development", "发展党员", development_chapter),
    ]
    for kind in MeetingType:
        found.append(Chapter(minutes_code(kind), f"{kind.value}记录", minutes_chapter(kind)))
    return [
        *found,
        Chapter("appraisal", "民主评议结果", appraisal_chapter),
        Chapter("talks", "谈心谈话记录", talks_chapter),
        Chapter("dues", "党费收缴登记", dues_chapter, wide=True),
        Chapter("transfers", "组织关系、奖惩和处置", transfers_chapter),
        Chapter("elections", "换届选举", election_chapter),
        Chapter("care", "关怀帮扶和政治生日", care_chapter),
        Chapter("attendance", "出勤与学时", attendance_chapter),
        Chapter("statistics", "党员统计表", statistics_chapter),
        Chapter("charts", "统计图", charts_chapter),
        Chapter("standing", "年度达标情况", standing_chapter),
        Chapter("sign_off", "签字确认", sign_off_chapter),
    ]


def compose(ledger: YearLedger, today: date, chosen: Sequence[Chapter]) -> list[Flowable]:
    """The chosen chapters one after the other, each on a new page."""
    story: list[Flowable] = []
    for number, chapter in enumerate(chosen):
        if number:
            story += wide_page() if chapter.wide else upright_page()
        story += chapter.make(ledger, today)
    return story
