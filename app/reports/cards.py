"""Records of one person or one event on a sheet of their own: talk, person's year, birthday card, ballot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from reportlab.platypus import KeepTogether, Spacer

from app import numerals
from app.dates import chinese, weekday
from app.errors import Refused
from app.life.meetings import Minutes
from app.life.study import hours
from app.life.talks import Talk
from app.money import yuan
from app.people.care import birthdays
from app.people.members import Member
from app.people.posts import titles_on
from app.printing import style as s
from app.printing.grid import Cell, Grid
from app.printing.text import Signature, Style, Text
from app.reports.minutes import minutes_story
from app.reports.parts import apart, listed, partial, room
from app.year.figures import attendance_counts
from app.year.ledger import YearLedger
from app.year.standing import required_hours
from app.year.timeline import timeline

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

LEFT = Style(s.CELL.face, 10.5, 17, "left")


def _member(ledger: YearLedger, record: int) -> Member:
    if record not in ledger.roster:
        raise Refused("这位党员已经不在名册里。")
    return ledger.roster[record]


def talk_record(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """谈心谈话记录 of one talk; 0 is all of the year, one to a page. Private remarks are not printed."""
    del today
    chosen = [talk for talk in ledger.talks if record in (0, talk.id)]
    if not chosen:
        raise Refused("所选年度里没有这次谈话。")
    return apart([_talk(ledger, talk) for talk in chosen])


def _post(ledger: YearLedger, member: int, day: date) -> str:
    return titles_on(ledger.posts, day).get(member, "党员")


def _talk(ledger: YearLedger, talk: Talk) -> list[Flowable]:
    names, day = ledger.roster, talk.talked_on
    pairs = [
        ("谈话人", names[talk.talker].name, "职务", _post(ledger, talk.talker, day)),
        ("谈话对象", names[talk.partner].name, "职务", _post(ledger, talk.partner, day)),
        ("时间", f"{chinese(day)} {weekday(day)}", "地点/方式", talk.place),
    ]
    rows = [[Cell(a, s.LABEL), Cell(b, s.CELL), Cell(c, s.LABEL), Cell(d, s.CELL)] for a, b, c, d in pairs]
    follow = talk.follow_up
    if talk.follow_up_due:
        follow += f"（{talk.follow_up_due} 前）"
    if talk.followed_up_on:
        follow += f"\n{talk.followed_up_on} 办结：{talk.followed_up_how}"
    wide = (("谈话类型", talk.kind), ("谈话内容", room(talk.content, 12)), ("意见建议", room(talk.opinion, 6)))
    rows += [[Cell(name, s.LABEL), Cell(text, LEFT, span=3)] for name, text in (*wide, ("后续", room(follow, 3)))]
    return [
        Text("谈心谈话记录", s.FORM_TITLE),
        Text(ledger.branch.name, s.NOTE),
        Grid([1.3, 3.2, 1.3, 3.2], [], rows),
        Signature("谈话人（签字）：　　　　　　　　　　谈话对象（签字）：", s.SIGN),
    ]


def theme_day_record(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """主题党日记录 of one event, or of all of the year: the minutes with theme, plan and share of attendance."""
    from app.rules.meeting_types import MeetingType

    del today
    held = [m for m in ledger.minutes if MeetingType.THEME_DAY in m.types and record in (0, m.meeting.id)]
    if not held:
        raise Refused("所选年度里没有主题党日。")
    return apart([_theme_day(ledger, minutes) for minutes in held])


def _theme_day(ledger: YearLedger, minutes: Minutes) -> list[Flowable]:
    plan = next((event for event in ledger.plan if event.id == minutes.meeting.planned), None)
    share = f"{100 * len(minutes.attended) / minutes.expected:.1f}%" if minutes.expected else "未记录"
    story: list[Flowable] = [
        Text("主题党日记录", s.FORM_TITLE),
        Text(f"主题：{minutes.meeting.subject}　　参加率：{share}", s.PLAIN),
    ]
    if plan and plan.outline.strip():
        story.append(Text(f"方案：{plan.outline}", s.PLAIN))
    return [*story, Spacer(1, 6), *minutes_story(ledger, minutes)]


def person_year(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """个人年度档案 of a member; 0 is everybody's, one after the other."""
    day = ledger.reference_day(today)
    people = [_member(ledger, record)] if record else ledger.roster.ever_in(date(ledger.year, 1, 1), day)
    if not people:
        raise Refused("名册里还没有党员。")
    return apart([_person(ledger, person, day) for person in people])


def _person(ledger: YearLedger, person: Member, day: date) -> list[Flowable]:
    count = attendance_counts(ledger.minutes).get(person.id)
    asked = required_hours(ledger, person.id, day)
    told = f"应到 {count.expected} 次，实到 {count.attended} 次，缺席 {count.absent} 次" if count else "没有记录"
    studied = hours(ledger.studied.get(person.id, 0))
    cells = ledger.dues.rows.get(person.id, ())
    owed, paid = sum(cell.owed_fen or 0 for cell in cells), sum(cell.paid_fen for cell in cells)
    group = ledger.group_names.get(ledger.roster.group(person.id, day) or 0, "")
    grade = next((g for g in ledger.appraisals if g.member == person.id and g.year == ledger.year), None)
    pairs = [
        ("姓名", person.name, "性别", person.sex or ""),
        ("出生", partial(person.birth), "类别", ledger.roster.status(person.id, day) or ""),
        ("入党", partial(person.joined), "转正", partial(person.confirmed)),
        ("党内职务", _post(ledger, person.id, day), "党小组", group),
        ("出勤", told, "学时", f"{studied}" + (f"（要求 {asked}）" if asked else "（不作要求）")),
        ("党费", f"应交 {yuan(owed)} 元，实交 {yuan(paid)} 元", "评议等次", grade.grade if grade else ""),
    ]
    rows = [[Cell(a, s.LABEL), Cell(b, s.CELL), Cell(c, s.LABEL), Cell(d, s.CELL)] for a, b, c, d in pairs]
    return [
        Text(f"{ledger.year}年度个人档案", s.FORM_TITLE),
        Text(ledger.branch.name, s.NOTE),
        Grid([1.2, 3.6, 1.2, 2.6], [], rows),
        *_person_meetings(ledger, person),
        *_person_talks(ledger, person),
        *_person_year_moments(ledger, person),
        Signature("本人（签字）：　　　　　　　　　　支部书记（签字）：", s.SIGN),
    ]


def _person_meetings(ledger: YearLedger, person: Member) -> list[Flowable]:
    rows: list[Sequence[Any]] = []
    for minutes in ledger.minutes:
        mark = next((row for row in minutes.attendance if row.member == person.id), None)
        if mark is not None:
            state = mark.state + (f"（{mark.reason}）" if mark.reason else "")
            there = mark.state not in ("缺席", "不计入应到")
            studied = hours(minutes.minutes_of_study) if there else "0"
            rows.append((str(minutes.meeting.held_on), minutes.title, minutes.meeting.subject, state, studied))
    head = ["日期", "类型", "主题", "出席", "学时"]
    return listed("参加组织生活", [1.8, 2.4, 4.4, 2, 0.9], head, rows)


def _person_talks(ledger: YearLedger, person: Member) -> list[Flowable]:
    rows = [
        (str(t.talked_on), ledger.roster[t.talker].name, ledger.roster[t.partner].name, t.kind, t.place)
        for t in ledger.talks
        if person.id in (t.talker, t.partner)
    ]
    return listed("谈心谈话", [1.8, 2, 2, 2, 2], ["时间", "谈话人", "谈话对象", "类型", "方式"], rows)


def _person_year_moments(ledger: YearLedger, person: Member) -> list[Flowable]:
    told = [m for m in reversed(timeline(ledger, person.id)) if m.order.year == ledger.year]
    rows = [(m.when, m.text) for m in told if not isinstance(m.record, Talk)]
    return listed("本年经历", [2.2, 8], ["日期", "事项"], rows)


def birthday_card(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """政治生日贺卡 of a member; 0 is everybody's of the year. Two to a page would crowd: one to a page, to be cut."""
    found = [
        item
        for item in birthdays(ledger.roster, ledger.branch, ledger.year, ledger.reference_day(today))
        if record in (0, item.member.id)
    ]
    if not found:
        raise Refused("没有可印的政治生日贺卡。", "没有确切入党日期的党员不印，请先在党员名册补上。")
    big = Style(s.NOTE.face, 20, 36, "center")
    line = Style(s.NOTE.face, 15, 30, "left", indent=2)
    pages: list[list[Flowable]] = []
    for item in found:
        pages.append(
            [
                Spacer(1, 150),
                Text("政治生日", Style(s.COVER_TITLE.face, 26, 44, "center")),
                Text(f"{item.member.name}同志", big),
                Spacer(1, 20),
                Text(f"{chinese(item.day)}是您入党{item.years}周年的日子。", line),
                Text("支部全体同志向您致以祝贺！", line),
                Spacer(1, 60),
                Text(ledger.branch.name, Style(s.NOTE.face, 15, 30, "right")),
                Text(chinese(item.day), Style(s.NOTE.face, 15, 30, "right")),
            ]
        )
    return apart(pages)


def remittance_sheet(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """党费上交单 of one handing up; 0 is all of the year."""
    del today
    chosen = [item for item in ledger.remittances if record in (0, item.id)]
    if not chosen:
        raise Refused("本年度还没有登记上交。", "先在“党费收缴”的上交和公示里登记。")
    pages: list[list[Flowable]] = []
    for item in chosen:
        pairs = [
            ("上交单位", ledger.branch.name, "所属期间", f"{item.first_month.chinese()}至{item.last_month.chinese()}"),
            ("金额（元）", yuan(item.amount_fen), "大写", numerals.yuan(item.amount_fen)),
            ("上交日期", chinese(item.remitted_on), "凭证号", item.voucher),
            ("经办人", item.handler, "备注", item.note),
        ]
        rows = [[Cell(a, s.LABEL), Cell(b, LEFT), Cell(c, s.LABEL), Cell(d, LEFT)] for a, b, c, d in pairs]
        sheet: list[Flowable] = [
            Text("党费上交单", s.FORM_TITLE),
            Grid([1.4, 3.2, 1.2, 3.6], [], rows),
            Signature("经办人（签字）：　　　　　　书记（签字）：　　　　　　收款人（签字、盖章）：", s.SIGN),
        ]
        pages.append([KeepTogether(sheet)])
    return apart(pages)


def minutes_in_bulk(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """会议记录 of one meeting, or of all of the year, each on a page of its own."""
    del today
    chosen = [m for m in ledger.minutes if record in (0, m.meeting.id)]
    if not chosen:
        raise Refused("这次会议不在所选年度里。")
    return apart(
        [
            [Text(f"{m.title}记录", s.CHAPTER), Text(m.meeting.subject, s.SECTION), *minutes_story(ledger, m)]
            for m in chosen
        ]
    )
