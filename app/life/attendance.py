"""签到: who took part in a meeting, and how."""

from __future__ import annotations

from enum import StrEnum

from app.people.members import Member
from app.record import Record, entry, stored


class AttendanceState(StrEnum):
    """How a person took part. The excluded are left out of 应到 with the superior's approval (选举条例)."""

    PRESENT = "出席"
    LATE = "迟到"
    LEFT_EARLY = "早退"
    ABSENT = "缺席"
    OBSERVER = "列席"
    EXCLUDED = "不计入应到"


HERE = (AttendanceState.PRESENT, AttendanceState.LATE, AttendanceState.LEFT_EARLY)


ABSENCE_REASONS = ("因公", "因病", "因事", "外出")


# Who may be left out of 应到, with the superior's approval and the meeting's agreement (选举条例).
EXCLUSION_REASONS = (
    "患病不能表达意志",
    "自费出国半年以上",
    "服刑",
    "长期卧床生活不能自理",
    "外出半年以上应转未转组织关系",
)


@stored
class Attendance(Record, called="签到"):
    """One person at one meeting; `name` is for those who are not in the roster (列席)."""

    meeting: int = entry("会议活动", default=0, of="Meeting", part=True)
    member: int | None = entry("党员", default=None, of=Member, titles=True)
    name: str = entry("姓名", default="", titles=True)
    state: AttendanceState = entry("出席情况", required=True)
    reason: str = entry("原因", default="")
    approval: str = entry("批准依据", default="")
