"""年度材料: plan, summary and report of a year as they were written. The program writes none of them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from app.record import Record, entry, missing_entries, refuse_errors, stored
from app.store import Store


class YearPaperKind(StrEnum):
    """What a paper is; the order of the printed ledger."""

    PLAN = "年度工作计划"
    STUDY_PLAN = "年度学习计划"
    SUMMARY = "年度工作总结"
    REPORT = "书记述职报告"


PLANS = (YearPaperKind.PLAN, YearPaperKind.STUDY_PLAN)


@stored
class YearPaper(Record, called="年度材料"):
    """年度材料 with its text."""

    year: int = entry("年度", required=True, tells_year=True, titles=True)
    kind: YearPaperKind = entry("种类", required=True, titles=True)
    dated_on: date | None = entry("日期", default=None)
    author: str = entry("起草人", default="")
    text: str = entry("正文", required=True, long=True)


def save_paper(store: Store, paper: YearPaper) -> YearPaper:
    """Keep a paper of a year; raises Refused."""
    refuse_errors(missing_entries(paper))
    with store.transaction("修改年度材料" if paper.id else "登记年度材料"):
        return store[YearPaper].save(paper)


def remove_paper(store: Store, paper: YearPaper) -> None:
    """Delete a paper."""
    with store.transaction("删除年度材料"):
        store[YearPaper].remove(paper.id)
