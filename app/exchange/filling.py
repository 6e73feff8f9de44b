"""上级模板: a superior's .docx or .xlsx with 「{{字段}}」, filled from a record. Nothing is left unfilled unnoticed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.apart import read_apart
from app.dates import PartialDate, chinese
from app.errors import Refused
from app.exchange.document_templates import DocumentTemplate
from app.exchange.template_files import filled, names_in
from app.life.attendance import HERE, AttendanceState
from app.life.meetings import Minutes, absent_with_reasons, attendee
from app.life.study import hours
from app.life.talks import Talk
from app.lines import with_lines
from app.people.members import Member
from app.people.posts import secretary_on
from app.record import entries
from app.year.ledger import YearLedger

SUBJECTS = ("会议活动", "谈心谈话", "党员", "支部年度")


def fields_of(ledger: YearLedger, subject: str, record: int) -> dict[str, str]:
    """Every field that a template may name, with its text for one record; raises Refused when it is not there."""
    common = _branch_fields(ledger)
    if subject == "会议活动":
        minutes = ledger.minutes_by_meeting.get(record)
        if minutes is None:
            raise Refused("这次会议不在所选年度里。")
        return common | _meeting_fields(ledger, minutes)
    if subject == "谈心谈话":
        talk = next((item for item in ledger.talks if item.id == record), None)
        if talk is None:
            raise Refused("这次谈话不在所选年度里。")
        return common | _talk_fields(ledger, talk)
    if subject == "党员":
        if record not in ledger.roster:
            raise Refused("这位党员不在名册里。")
        return common | _member_fields(ledger, ledger.roster[record])
    return common


def field_names(subject: str) -> list[str]:
    """The names that a template of a subject may hold, to be copied into it."""
    return [*COMMON_NAMES, *own_field_names(subject)]


def own_field_names(subject: str) -> tuple[str, ...]:
    """The names that only this subject has."""
    named: dict[str, tuple[str, ...]] = {
        "会议活动": MEETING_NAMES,
        "谈心谈话": tuple(entry.label for entry in entries(Talk) if entry.printed),
        "党员": (*(entry.label for entry in entries(Member)), "人员类别", "所在党小组", "年度学时"),
    }
    return named.get(subject, ())


COMMON_NAMES = ("支部名称", "上级党组织", "所在单位", "年度", "党支部书记")
MEETING_NAMES = (
    "会议名称",
    "会议类型",
    "会议日期",
    "开始时间",
    "结束时间",
    "地点",
    "主持人",
    "记录人",
    "主讲人",
    "应到",
    "实到",
    "出席人员",
    "缺席及原因",
    "列席",
    "会议内容",
    "议题",
    "表决",
    "后续事项",
    "学时",
)


def _branch_fields(ledger: YearLedger) -> dict[str, str]:
    held = secretary_on(ledger.posts, _last(ledger))
    secretary = ledger.roster[held].name if held else ""
    branch = ledger.branch
    return {
        "支部名称": branch.name,
        "上级党组织": branch.superior,
        "所在单位": branch.unit,
        "年度": str(ledger.year),
        "党支部书记": secretary,
    }


def _last(ledger: YearLedger) -> date:
    return date(ledger.year, 12, 31)


def _meeting_fields(ledger: YearLedger, minutes: Minutes) -> dict[str, str]:
    meeting = minutes.meeting

    def names(*states: AttendanceState) -> str:
        return "、".join(attendee(row, ledger.roster) for row in minutes.with_state(*states))

    votes = [f"{v.motion or v.kind}：赞成 {v.in_favour}，反对 {v.against}，弃权 {v.abstained}" for v in minutes.votes]
    values = (
        meeting.subject,
        minutes.title,
        chinese(meeting.held_on),
        f"{meeting.start:%H:%M}" if meeting.start else "",
        f"{meeting.end:%H:%M}" if meeting.end else "",
        meeting.place,
        meeting.host,
        meeting.recorder,
        meeting.lecturer,
        str(minutes.expected) if minutes.attendance else "",
        str(len(minutes.attended)) if minutes.attendance else "",
        names(*HERE),
        absent_with_reasons(minutes, ledger.roster, "、"),
        names(AttendanceState.OBSERVER),
        meeting.content,
        "\n".join(f"{item.kind}：{item.title} {item.speaker} {item.text}".strip() for item in minutes.agenda),
        "\n".join(votes),
        "\n".join(f"{t.task}（{t.who}）" for t in minutes.follow_ups),
        hours(minutes.minutes_of_study),
    )
    return dict(zip(MEETING_NAMES, values, strict=True))


def _talk_fields(ledger: YearLedger, talk: Talk) -> dict[str, str]:
    found = {e.label: _plain(getattr(talk, e.name)) for e in entries(Talk) if e.printed}
    for label, member in (("谈话人", talk.talker), ("谈话对象", talk.partner)):
        found[label] = ledger.roster[member].name
    return found


def _member_fields(ledger: YearLedger, member: Member) -> dict[str, str]:
    day = _last(ledger)
    group = ledger.roster.group(member.id, day)
    return {entry.label: _plain(getattr(member, entry.name)) for entry in entries(Member)} | {
        "人员类别": ledger.roster.status(member.id, day) or "",
        "所在党小组": ledger.group_names.get(group or 0, ""),
        "年度学时": hours(ledger.studied.get(member.id, 0)),
    }


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, PartialDate):
        return value.chinese()
    return chinese(value) if hasattr(value, "isoformat") and hasattr(value, "year") else str(value)


def unknown_places(subject: str, name: str, data: bytes) -> list[str]:
    """The names in a template that no record of the subject has; raises Refused for a file that is no template."""
    known = set(field_names(subject))
    return [place for place in places_in(name, data) if place not in known]


def places_in(name: str, data: bytes) -> list[str]:
    """The names in double braces that a template holds; raises Refused for another file, or one that does more."""
    return read_apart(names_in, name, data, name=name)


def fill(template: DocumentTemplate, data: bytes, values: Mapping[str, str]) -> bytes:
    """The template with every name replaced; raises Refused when one is not known, or when braces are left."""
    name = template.file_name
    values = {field: with_lines(text) for field, text in values.items()}
    unknown = [place for place in places_in(name, data) if place not in values]
    if unknown:
        words = "、".join(unknown[:6])
        raise Refused(f"模板“{template.name}”里有不认识的字段：{words}。", "请照字段清单改好模板，再重新加入。")
    return read_apart(filled, name, data, values, name=name)
