"""The answer to a superior's document on paper: item by item what was done, and what was held to study it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from app.dates import chinese
from app.errors import Refused
from app.life.meetings import Minutes
from app.printing import style as s
from app.printing.text import Signature, Text
from app.reports.documents import document as letter
from app.reports.documents import superior_of
from app.reports.parts import grid
from app.rules.meeting_types import MeetingType
from app.work.superior_documents import SuperiorDocument
from app.year.ledger import YearLedger
from app.year.superior_documents import ItemProgress, document_progress, meetings_naming, tally

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

HEADINGS = ("序号", "条目", "内容", "责任", "时限", "进展和完成情况", "佐证", "状态")
BLANK = "＿＿＿＿＿＿＿＿（请补写）"


def document_of(ledger: YearLedger, record: int) -> SuperiorDocument:
    """One document of the ledger; raises Refused when it is no longer there."""
    found = next((item for item in ledger.documents if item.id == record), None)
    if found is None:
        raise Refused("这份上级文件已经不在台账里。")
    return found


def named(document: SuperiorDocument) -> str:
    """A document as a text names it: its title in 《》 and its number."""
    return f"《{document.title.strip('《》')}》" + (f"（{document.number}）" if document.number else "")


def progress_rows(progress: Sequence[ItemProgress]) -> list[tuple[str, ...]]:
    """Every item of a document with what was done, as the screen, the sheet and the paper show it."""
    return [
        (
            str(number),
            row.item.number,
            row.item.title,
            row.lead,
            str(row.due_on or ""),
            row.words,
            row.evidence,
            row.state,
        )
        for number, row in enumerate(progress, 1)
    ]


def document_progress_sheet(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """落实情况: every item, by when, what was done, and its light."""
    document = document_of(ledger, record)
    progress = document_progress(ledger, record, today)
    rows: list[Sequence[Any]] = list(progress_rows(progress))
    day = ledger.reference_day(today)
    facts = [ledger.branch.name, f"截至 {day}", tally(progress)]
    return [
        Text(f"{named(document)}落实情况", s.FORM_TITLE),
        Text("　".join(part for part in facts if part), s.NOTE),
        grid([1, 1.4, 6, 2.4, 2.1, 5, 2.6, 1.8], HEADINGS, rows)
        if rows
        else Text("这份文件里没有要办的条目。", s.BODY),
        Signature("支部书记（签字）：　　　　　　　　　　日期：", s.SIGN),
    ]


def document_study_report(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """学习宣传情况报告 as a draft: the facts of the meetings that name the document, and room for words.

    No sentence is written that the records do not say.
    """
    document = document_of(ledger, record)
    held = meetings_naming(ledger, document)
    body: list[str | Flowable] = [
        f"现将我支部学习宣传{named(document)}的情况报告如下。",
        Text("一、组织学习情况", s.DOCUMENT_FIRST),
        _counted(held),
        *[_session(minutes) for minutes in held],
        *_who(ledger, held),
        *_lectures(held),
        Text("二、研究部署和宣传情况", s.DOCUMENT_FIRST),
        BLANK,
        Text("三、存在问题和下一步打算", s.DOCUMENT_FIRST),
        BLANK,
    ]
    title = f"关于学习宣传{named(document)}情况的报告"
    day = chinese(ledger.reference_day(today))
    return letter(title, superior_of(ledger), body, ledger.branch.name, day)


def _who(ledger: YearLedger, held: Sequence[Minutes]) -> list[str]:
    """Who studied it, and how often; the most first, as the roster has them."""
    times = Counter(row.member for minutes in held for row in minutes.attended if row.member is not None)
    told = [f"{ledger.roster[member].name} {number} 次" for member, number in times.most_common()]
    return [f"参加学习的党员：{'、'.join(told)}。"] if told else []


def _lectures(held: Sequence[Minutes]) -> list[str]:
    told = [
        f"{chinese(item.meeting.held_on)}，{item.meeting.lecturer or BLANK}讲“{item.meeting.subject}”"
        for item in held
        if MeetingType.LECTURE in item.types
    ]
    return [f"其中党课：{'；'.join(told)}。"] if told else []


def _counted(held: Sequence[Minutes]) -> str:
    if not held:
        return f"台账里还没有写明学习这份文件的会议或活动。{BLANK}"
    present = sum(len(minutes.attended) for minutes in held)
    kinds: dict[str, int] = {}
    for minutes in held:
        kinds[minutes.title] = kinds.get(minutes.title, 0) + 1
    told = "、".join(f"{kind} {number} 次" for kind, number in kinds.items())
    return f"截至报告日，共组织学习 {len(held)} 次（{told}），参加 {present} 人次。"


def _session(minutes: Minutes) -> str:
    meeting = minutes.meeting
    count = f"，应到 {minutes.expected} 人，实到 {len(minutes.attended)} 人" if minutes.attendance else ""
    return f"{chinese(meeting.held_on)}，{minutes.title}，{meeting.subject}{count}。"
