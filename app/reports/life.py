"""Organisation life on paper beside the minutes: plan, lectures, life meeting, ballots, study, sign-in sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import TYPE_CHECKING, Any

from app.dates import PartialDate, chinese, weekday
from app.errors import Refused
from app.life.attendance import AttendanceState
from app.life.meetings import AgendaKind, audience
from app.life.study import hours
from app.people.appraisals import Grade, excellent_cap, graded_members
from app.people.members import Member, MemberStatus
from app.people.posts import titles_on
from app.printing import style as s
from app.printing.grid import Cell, Grid
from app.printing.text import Signature, Style, Text
from app.reports.documents import day_or_blank
from app.reports.parts import NOTHING, apart, heading, listed, room
from app.rules.meeting_types import MeetingType
from app.work.year_papers import PLANS, YearPaper, YearPaperKind
from app.year.ledger import YearLedger
from app.year.planning import held_of, title_of
from app.year.standing import study_years

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

SIGN_ROW = Style(s.CELL.face, 11, 22, "center")


def plan_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """年度工作计划: the papers as they were written, and the planned events with what became of them."""
    story: list[Flowable] = [heading("plan", "年度工作计划")]
    papers = [paper for paper in ledger.papers if paper.kind in PLANS]
    for paper in papers:
        found = paper_story(paper)
        story += found[1:] if paper.kind is YearPaperKind.PLAN else found  # the chapter has the plan's own title
    rows: list[Sequence[Any]] = []
    for event in ledger.plan:
        held = held_of(ledger, event)
        state = f"{held.meeting.held_on} 已开展" if held else "未开展" if event.planned_on < today else "待开展"
        rows.append([f"{event.planned_on} {weekday(event.planned_on)}", event.type, title_of(ledger, event), state])
    if rows:
        head = ["计划日期", "类型", "主题", "开展情况"]
        story += listed("活动安排", [2.4, 2, 4.2, 2.4], head, rows)
    return story if rows or papers else [*story, Text(NOTHING, s.BODY)]


def paper_story(paper: YearPaper) -> list[Flowable]:
    """A paper of the year: its kind, its text, who wrote it and when."""
    signed = "　".join(part for part in (paper.author, chinese(paper.dated_on) if paper.dated_on else "") if part)
    story: list[Flowable] = [Text(paper.kind.value, s.SECTION), Text(paper.text, s.BODY)]
    return [*story, Text(signed, Style(s.BODY.face, 11, 19, "right", after=6))] if signed else story


def papers_story(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """年度材料, one to a page; 0 is all of the year."""
    del today
    chosen = [paper for paper in ledger.papers if record in (0, paper.id)]
    if not chosen:
        raise Refused("本年度还没有登记年度材料。")
    return apart([paper_story(paper) for paper in chosen])


def summary_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """年度工作总结 and 书记述职."""
    del today
    story: list[Flowable] = [heading("summary", "年度工作总结和书记述职")]
    papers = [p for p in ledger.papers if p.kind in (YearPaperKind.SUMMARY, YearPaperKind.REPORT)]
    for paper in papers:
        story += paper_story(paper)
    return story if papers else [*story, Text(NOTHING, s.BODY)]


def lectures_part(ledger: YearLedger) -> list[Flowable]:
    """讲稿目录: the lectures held in the year, and what lies in the repositories."""
    held = [m for m in ledger.minutes if MeetingType.LECTURE in m.types]
    rows = [
        (
            str(m.meeting.held_on),
            m.meeting.lecturer,
            m.meeting.subject,
            f"{len(m.attended)} 人",
            hours(m.minutes_of_study),
        )
        for m in held
    ]
    return listed("党课目录", [1.8, 1.6, 5, 1.2, 1], ["日期", "主讲人", "题目", "听课", "学时"], rows)


def repository_part(ledger: YearLedger) -> list[Flowable]:
    """党支部四库: what lies in each."""
    rows = [
        (item.repository, item.title, item.lecturer, str(item.dated_on or ""), item.source)
        for item in sorted(ledger.repository, key=lambda i: (i.repository, i.id))
    ]
    return listed("党支部四库", [1.6, 4.6, 1.8, 1.8, 2], ["所属库", "题目", "主讲人/作者", "日期", "来源"], rows)


def life_findings_part(ledger: YearLedger) -> list[Flowable]:
    """查摆问题: each member's own findings, what others said, and the measure."""
    rows = [
        (ledger.roster[item.member].name, item.problem, item.criticism, item.measure)
        for item in sorted(ledger.life_findings, key=lambda f: (f.member, f.id))
    ]
    return listed("查摆问题和批评意见", [1.4, 3.6, 3.2, 3.4], ["姓名", "查摆问题", "批评意见", "整改措施"], rows)


def tally_part(ledger: YearLedger, today: date) -> list[Flowable]:
    """民主测评汇总: ballots and grade of each member, and the cap of 优秀."""
    day = ledger.reference_day(today)
    tallies = {tally.member: tally for tally in ledger.tallies}
    grades = {item.member: item for item in ledger.appraisals if item.year == ledger.year}
    graded = graded_members(ledger.roster, day)
    rows: list[Sequence[Any]] = []
    for number, person in enumerate(graded, 1):
        tally, grade = tallies.get(person.id), grades.get(person.id)
        votes = (tally.excellent, tally.qualified, tally.barely, tally.unqualified) if tally else ("", "", "", "")
        own = (tally.own_grade or "") if tally else ""
        rows.append([str(number), person.name, own, *votes, grade.grade if grade else ""])
    cap = excellent_cap(len(graded), ledger.rulebook.appraisal)
    note = f"评定 {len(graded)} 人，优秀一般不超过 {cap} 人。预备党员参加评议，不评定等次。"
    head = ["序号", "姓名", "自评", "优秀", "合格", "基本合格", "不合格", "评定等次"]
    return [*listed("民主测评汇总表", [0.9, 2, 1.4, 1, 1, 1.3, 1.1, 1.6], head, rows), Text(note, s.NOTE)]


def tally_form(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """民主评议汇总表 as a form of its own, with signatures."""
    del record
    lines = "监票人（签字）：　　　　　　计票人（签字）：　　　　　　支部书记（签字）："
    return [
        Text(f"{ledger.branch.name}{ledger.year}年度民主评议党员汇总表", s.FORM_TITLE),
        *tally_part(ledger, today)[1:],
        Signature(lines, s.SIGN),
    ]


def ballot_form(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """民主测评表 to be filled in by hand: every graded member with empty boxes."""
    del record
    people = graded_members(ledger.roster, ledger.reference_day(today))
    if not people:
        raise Refused("名册里没有可以评定等次的正式党员。")
    head = ["序号", "姓名", "优秀", "合格", "基本合格", "不合格"]
    rows = [
        [Cell(text, SIGN_ROW) for text in (str(number), person.name, "", "", "", "")]
        for number, person in enumerate(people, 1)
    ]
    note = "请在相应栏内画“√”，每人只选一档；多选、不选的，该栏无效。预备党员不评定等次。"
    return [
        Text(f"{ledger.branch.name}{ledger.year}年度民主测评表", s.FORM_TITLE),
        Text(note, s.NOTE),
        Grid([0.9, 2.4, 1.6, 1.6, 1.6, 1.6], [[Cell(word, s.HEAD) for word in head]], rows),
    ]


def appraisal_sheet(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """民主评议登记表 of a member; 0 is one for each, one to a page."""
    people = graded_members(ledger.roster, ledger.reference_day(today))
    chosen = [person for person in people if record in (0, person.id)]
    if not chosen:
        raise Refused("这位党员本年度不评定等次。", "预备党员参加评议，但不评定等次。")
    titles = titles_on(ledger.posts, ledger.reference_day(today))
    return apart([_appraisal_sheet(ledger, person, titles.get(person.id, "")) for person in chosen])


def _appraisal_sheet(ledger: YearLedger, person: Member, titles: str) -> list[Flowable]:
    tally = next((item for item in ledger.tallies if item.member == person.id), None)
    grade = next((item for item in ledger.appraisals if item.member == person.id and item.year == ledger.year), None)
    counted = (tally.excellent, tally.qualified, tally.barely, tally.unqualified) if tally else ("　",) * 4
    votes = "　".join(f"{grade} {number} 票" for grade, number in zip(Grade, counted, strict=True))
    day = day_or_blank(grade.decided_on if grade else None)
    pairs = [
        ("姓名", person.name, "性别", person.sex or ""),
        ("出生", _chinese(person.birth), "入党", _chinese(person.joined)),
        ("党内职务", titles, "党支部", ledger.branch.name),
    ]
    rows = [[Cell(a, s.LABEL), Cell(b, s.CELL), Cell(c, s.LABEL), Cell(d, s.CELL)] for a, b, c, d in pairs]
    decided = f"{grade.grade}\n{grade.opinion}" if grade else "\n"
    wide = [
        ("个人自评", room(tally.own_words if tally else "", 7)),
        ("党员互评意见", room(tally.mutual_words if tally else "", 5)),
        ("民主测评", votes),
        ("支部评定等次\n和意见", room(decided, 4) + f"\n支部书记（签字）：　　　　　　　{day}"),
        ("本人意见", room("", 3) + "\n本人（签字）：　　　　　　　　　　年　　月　　日"),
        ("上级党组织\n意见", room("", 3) + "\n（盖章）　　　　　　　　　　　　　年　　月　　日"),
    ]
    body = Style(s.CELL.face, 10.5, 17, "left")
    rows += [[Cell(name, s.LABEL), Cell(text, body, span=3)] for name, text in wide]
    return [Text(f"{ledger.year}年度民主评议党员登记表", s.FORM_TITLE), Grid([1.5, 3.4, 1.2, 3.4], [], rows)]


def _chinese(value: PartialDate | None) -> str:
    return value.chinese() if value else ""


def study_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """学习记录与学时汇总: first topics, training, hours of each member."""
    return [
        heading("study", "学习记录与学时汇总"),
        *first_topics_part(ledger),
        *own_study_part(ledger),
        *study_hours_part(ledger, today),
    ]


def first_topics_part(ledger: YearLedger) -> list[Flowable]:
    """第一议题台账: from the agendas of the year's meetings."""
    rows = [
        (str(m.meeting.held_on), m.title, item.title or item.text, item.speaker, item.text if item.title else "")
        for m in ledger.minutes
        for item in m.agenda
        if item.kind is AgendaKind.FIRST_TOPIC
    ]
    return listed("第一议题", [1.8, 2, 3.4, 1.4, 3.6], ["日期", "会议", "内容", "传达人", "研讨和落实"], rows)


def own_study_part(ledger: YearLedger) -> list[Flowable]:
    """个人学习 and training courses of the year."""
    rows = [
        (str(item.studied_on), ledger.roster[item.member].name, item.form, item.title, hours(item.minutes))
        for item in sorted(ledger.own_studies, key=lambda i: (i.studied_on, i.id))
    ]
    return listed("个人学习和集中培训", [1.8, 1.6, 1.8, 5, 1.2], ["日期", "姓名", "形式", "内容", "学时"], rows)


def study_hours_part(ledger: YearLedger, today: date) -> list[Flowable]:
    """学时汇总: hours of events and own study against what is asked of each."""
    rows: list[Sequence[Any]] = []
    for number, row in enumerate(study_years(ledger, ledger.reference_day(today)), 1):
        short = row.verdict
        rows.append(
            [
                str(number),
                ledger.roster[row.member].name,
                *(hours(minutes) for minutes in (row.events, row.own, row.minutes)),
                str(row.asked or "—"),
                "参加" if row.trained else "",
                "免除" if row.exempt else short,
            ]
        )
    head = ["序号", "姓名", "活动学时", "个人学时", "合计", "要求", "集中培训", "情况"]
    return listed("学时汇总", [0.9, 1.8, 1.3, 1.3, 1, 1, 1.3, 1.6], head, rows)


def sign_in_sheet(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """签到表 for a planned event, with the names of who should come."""
    del today
    event = next((item for item in ledger.plan if item.id == record), None)
    if event is None:
        raise Refused("这次活动不在所选年度里。")
    people = audience((event.type,), event.group, event.planned_on, ledger.roster, ledger.posts)
    return _sign_in(ledger, event.type.value, event.planned_on, event.start, event.place, event.subject, people)


def sign_in_sheet_held(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """签到表 for a meeting that was held, with the names on its roll."""
    del today
    held = ledger.minutes_by_meeting.get(record)
    if held is None:
        raise Refused("这次活动不在所选年度里。")
    meeting = held.meeting
    rolled = [row.member for row in held.attendance if row.member and row.state is not AttendanceState.OBSERVER]
    people = [ledger.roster[member] for member in rolled]
    people = people or audience(held.types, meeting.group, meeting.held_on, ledger.roster, ledger.posts)
    return _sign_in(ledger, held.title, meeting.held_on, meeting.start, meeting.place, meeting.subject, people)


def _sign_in(
    ledger: YearLedger, kind: str, day: date, start: time | None, place: str, what: str, people: Sequence[Member]
) -> list[Flowable]:
    names = [_listed_name(ledger, person, day) for person in people]
    half = (len(names) + 1) // 2
    rows: list[list[Cell]] = []
    for index in range(half):
        cells: list[str] = []
        for number in (index, index + half):
            there = number < len(names)
            cells += [str(number + 1), names[number], ""] if there else ["", "", ""]
        rows.append([Cell(text, SIGN_ROW) for text in cells])
    head = ["序号", "姓名", "签到"] * 2
    when = f"{chinese(day)}（星期{weekday(day)[-1]}）" + (f"{start:%H:%M}" if start else "　　：　　")
    return [
        Text(f"{ledger.branch.name}{kind}签到表", s.FORM_TITLE),
        Text(f"主题：{what or '　' * 12}", s.PLAIN),
        Text(f"时间：{when}　　地点：{place or '　' * 8}　　应到：{len(names)} 人", s.PLAIN),
        Text(" ", Style(s.PLAIN.face, 4, 6)),
        Grid([0.8, 2, 2.6, 0.8, 2, 2.6], [[Cell(word, s.HEAD) for word in head]], rows),
        Text("列席：", Style(s.PLAIN.face, 11, 30, "left")),
        Text("请假及原因：", Style(s.PLAIN.face, 11, 30, "left")),
    ]


def _listed_name(ledger: YearLedger, person: Member, day: date) -> str:
    probationary = ledger.roster.status(person.id, day) is MemberStatus.PROBATIONARY
    return f"{person.name}（预备）" if probationary else person.name
