"""年终整理: what is left to do with a year before it is printed, sealed and handed up, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.attachments import Owner
from app.dues.arrears import arrears
from app.work.rectifications import of_year
from app.work.tasks import tasks_of_year
from app.work.year_papers import YearPaperKind
from app.year.ledger import YearLedger
from app.year.standing import Duty, State

PAPERS = (YearPaperKind.SUMMARY, YearPaperKind.REPORT)
"""The papers with which a year ends."""


class YearEndStep(StrEnum):
    """The steps, in order."""

    DUTIES = "补齐组织生活"
    FINAL = "会议记录定稿"
    SIGNED = "附上签字页和签到表"
    DUES = "收齐党费"
    TASKS = "任务和整改销号"
    PAPERS = "放入年度材料"
    HEALTH = "过一遍台账体检"
    PRINT = "打印台账、签字"
    SEAL = "归档"
    SUBMIT = "报送上级"


@dataclass(frozen=True)
class YearEnd:
    """One step: how much of it is open, None where the records cannot tell, and what that is in words."""

    step: YearEndStep
    open: int | None
    text: str

    @property
    def done(self) -> bool:
        """Whether nothing is left of it."""
        return self.open == 0


def year_end(ledger: YearLedger, duties: Sequence[Duty], today: date) -> list[YearEnd]:
    """Every step of a year as of a day."""
    return [*_by_records(ledger, duties, today), *_by_hand(ledger, today)]


def progress(steps: Sequence[YearEnd]) -> tuple[int, int]:
    """How many of the steps that the records can tell about are done, and how many of those there are."""
    told = [step for step in steps if step.open is not None]
    return sum(step.done for step in told), len(told)


def _by_records(ledger: YearLedger, duties: Sequence[Duty], today: date) -> Iterator[YearEnd]:
    short = [duty for duty in duties if duty.state in (State.MISSING, State.DUE)]
    names = "、".join(dict.fromkeys(duty.label for duty in short))
    yield YearEnd(YearEndStep.DUTIES, len(short), f"还缺：{names}" if short else "该开的都开了")
    loose = sum(minutes.meeting.id not in ledger.final_minutes for minutes in ledger.minutes)
    yield YearEnd(YearEndStep.FINAL, loose, f"{loose} 次没有定稿" if loose else "都已定稿")
    scanned = {file.owner_id for file in ledger.attachments if file.owner is Owner.MEETING}
    bare = sum(meeting not in scanned for meeting in ledger.final_minutes)
    text = f"{bare} 次定稿的会议没有附件，签字页、签到表拍照加进去" if bare else "定稿的会议都有附件"
    if ledger.final_minutes:
        yield YearEnd(YearEndStep.SIGNED, bare, text)
    else:
        yield YearEnd(YearEndStep.SIGNED, None, "定稿以后，把签字页、签到表拍照加进去")
    behind = len(arrears(ledger.dues, ledger.dues_before, today))
    yield YearEnd(YearEndStep.DUES, behind, f"{behind} 人有欠缴" if behind else "没有欠缴")
    tasks = sum(task.closed_on is None for task in tasks_of_year(ledger.tasks, ledger.year))
    faults = sum(item.closed_on is None for item in of_year(ledger.rectifications, ledger.year))
    words = [f"{count} 项{name}" for count, name in ((tasks, "任务"), (faults, "整改")) if count]
    yield YearEnd(YearEndStep.TASKS, tasks + faults, f"{'、'.join(words)}没有办结" if words else "都已办结")
    kept = {paper.kind for paper in ledger.papers}
    missing = [kind for kind in PAPERS if kind not in kept]
    yield YearEnd(YearEndStep.PAPERS, len(missing), f"还没有{'、'.join(missing)}" if missing else "总结和述职报告都在")


def _by_hand(ledger: YearLedger, today: date) -> Iterator[YearEnd]:
    yield YearEnd(YearEndStep.HEALTH, None, "日期、票数、签到前后不一致的，在这里一类一类看")
    yield YearEnd(YearEndStep.PRINT, None, "先看预览上面列出的空白，再打印、签字")
    if ledger.seal is not None:
        yield YearEnd(YearEndStep.SEAL, 0, f"{ledger.seal.sealed_on} 已归档")
    elif ledger.year < today.year:
        yield YearEnd(YearEndStep.SEAL, 1, "签字以后归档，最后一页印上校验码")
    else:
        yield YearEnd(YearEndStep.SEAL, None, f"{ledger.year + 1} 年 1 月 1 日起可以归档")
    yield YearEnd(YearEndStep.SUBMIT, None, "把一年的情况导出成一个文件交给上级，默认只有数字")
