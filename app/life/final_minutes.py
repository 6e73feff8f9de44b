"""定稿: minutes that were read and signed have a version with its digest; to change them takes a reason."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date

from app.errors import Refused
from app.life.attendance import AttendanceState
from app.life.meetings import FinalMinutes, Minutes, final_of
from app.rules.meeting_types import MeetingType
from app.store import Store

# What is no part of what was said; and what ledgers of earlier programs did not have, left out while it is empty.
NOT_TOLD = ("id", "meeting", "planned")
ADDED_LATER = ("lecturer", "approval", "activity")


def digest_of(minutes: Minutes) -> str:
    """SHA-256 over everything that the minutes say, without the numbers of their rows."""
    told = [
        {
            name: value
            for name, value in asdict(record).items()
            if name not in NOT_TOLD and (value or name not in ADDED_LATER)
        }
        for record in (minutes.meeting, *minutes.attendance, *minutes.votes, *minutes.agenda, *minutes.follow_ups)
    ]
    text = json.dumps([list(minutes.types), told], ensure_ascii=False, default=str, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def finalise(store: Store, minutes: Minutes, today: date) -> FinalMinutes:
    """Make the minutes final; raises Refused when they are already, or lack what they need."""
    id = minutes.meeting.id
    if final_of(store, id):
        raise Refused("这份记录已经定稿。")
    open_elements = [item.label for item in checklist(minutes) if item.needed and not item.there]
    if open_elements:
        raise Refused(
            "还不能定稿，缺：" + "、".join(open_elements) + "。", "补上后再定稿；确实没有的，在“情况说明”里写明。"
        )
    version = len(store[FinalMinutes].all(meeting=id)) + 1
    with store.transaction("会议记录定稿"):
        return store[FinalMinutes].save(
            FinalMinutes(meeting=id, version=version, finalised_on=today, digest=digest_of(minutes))
        )


def reopen(store: Store, meeting: int, why: str, today: date) -> FinalMinutes:
    """Open final minutes again; raises Refused without a reason."""
    final = final_of(store, meeting)
    if final is None:
        raise Refused("这份记录没有定稿。")
    if not why.strip():
        raise Refused("请写明为什么要改已经定稿的记录。")
    with store.transaction("重新打开定稿的记录"):
        return store[FinalMinutes].save(replace(final, reopened_on=today, reopened_why=why.strip()))


@dataclass(frozen=True)
class Element:
    """One thing that minutes must have: what it is called, whether it is needed here, whether it is there."""

    label: str
    needed: bool
    there: bool


def checklist(minutes: Minutes) -> list[Element]:
    """The required elements of minutes (as inspectors ask for them); a remark may say why one is not there."""
    meeting = minutes.meeting
    absent = minutes.with_state(AttendanceState.ABSENT)
    left_out = minutes.with_state(AttendanceState.EXCLUDED)
    excused = bool(meeting.remark.strip())
    decides = MeetingType.GENERAL in minutes.types or MeetingType.COMMITTEE in minutes.types
    return [
        Element("类型", True, bool(minutes.types)),
        Element("主题", True, bool(meeting.subject.strip())),
        Element("起止时间", not excused, bool(meeting.start and meeting.end)),
        Element("地点", not excused, bool(meeting.place)),
        Element("主持人", True, bool(meeting.host)),
        Element("记录人", True, bool(meeting.recorder)),
        Element("主讲人", MeetingType.LECTURE in minutes.types and not excused, bool(meeting.lecturer)),
        Element("应到实到", not excused, bool(minutes.attendance)),
        Element("缺席原因", bool(absent), all(row.reason for row in absent)),
        Element("不计入应到的批准依据", bool(left_out), all(row.approval for row in left_out)),
        Element("议题和内容", True, bool(meeting.content.strip() or minutes.agenda)),
        Element("决定或表决", decides and not excused, bool(minutes.votes or minutes.decisions)),
    ]
