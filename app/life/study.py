"""学习教育: own study beside the hours that come from attendance; both together are a member's hours of the year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from app.life.meetings import Minutes
from app.people.members import Member
from app.record import Problem, Record, Severity, Unit, entry, missing_entries, refuse_errors, stored
from app.store import Store


class StudyForm(StrEnum):
    """How somebody studied by herself."""

    SELF_STUDY = "个人自学"
    ONLINE = "网络学习"
    TRAINING = "集中培训"
    OTHER = "其他学习"


# How a course of days is converted where no hours are told (custom): a day is eight hours, half a day four.
DAY_MINUTES = 8 * 60


@stored
class OwnStudy(Record, called="个人学习"):
    """Study of one member outside the branch's events, in minutes."""

    member: int = entry("党员", required=True, of=Member, titles=True)
    studied_on: date = entry("日期", required=True, tells_year=True)
    minutes: int = entry("时长（分钟）", required=True, unit=Unit.MINUTES)
    form: StudyForm = entry("学习形式", default=StudyForm.SELF_STUDY)
    title: str = entry("学习内容", default="", titles=True)
    note: str = entry("备注", default="")


def check_study(study: OwnStudy, today: date) -> list[Problem]:
    """What is wrong or doubtful with an entry of own study."""
    problems = missing_entries(study)
    if study.studied_on > today:
        problems.append(Problem("studied_on", "日期在今天之后"))
    if study.minutes <= 0:
        problems.append(Problem("minutes", "请填学了多少分钟，1 学时 60 分钟"))
    elif study.minutes > 30 * DAY_MINUTES:
        problems.append(Problem("minutes", "一次超过 30 天，请核对是不是把学时写成了分钟", Severity.WARNING))
    if not study.title.strip():
        problems.append(Problem("title", "没有写学了什么", Severity.WARNING))
    return problems


def record_study(store: Store, study: OwnStudy, today: date) -> OwnStudy:
    """Record or correct own study; raises Refused."""
    refuse_errors(check_study(study, today))
    with store.transaction("修改个人学习" if study.id else "登记个人学习"):
        return store[OwnStudy].save(study)


def remove_study(store: Store, study: OwnStudy) -> None:
    """Delete an entry made by mistake."""
    with store.transaction("删除个人学习"):
        store[OwnStudy].remove(study.id)


def own_minutes(studies: Iterable[OwnStudy], until: date) -> dict[int, int]:
    """Minutes of own study per member up to a day, inclusive."""
    total: dict[int, int] = {}
    for study in studies:
        if study.studied_on <= until:
            total[study.member] = total.get(study.member, 0) + study.minutes
    return total


def trained(studies: Iterable[OwnStudy], member: int, until: date) -> bool:
    """Whether a member took part in a training course in the year, up to a day, inclusive (教育管理条例 art. 20)."""
    done = [study for study in studies if study.member == member and study.studied_on <= until]
    return any(study.form is StudyForm.TRAINING for study in done)


def study_minutes(minutes: Iterable[Minutes], own: Mapping[int, int] | None = None) -> dict[int, int]:
    """Minutes of study per member: each event once for everyone who was there, however many types it has.

    `own` are the minutes that members studied by themselves.
    """
    total: dict[int, int] = dict(own or {})
    for item in minutes:
        span = item.minutes_of_study
        for row in item.attended:
            if row.member is not None:
                total[row.member] = total.get(row.member, 0) + span
    return total


def hours(minutes: int) -> str:
    """Minutes as 学时 for reading: 2.5, 12."""
    return f"{minutes / 60:.1f}".removesuffix(".0")
