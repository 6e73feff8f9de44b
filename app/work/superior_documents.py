"""上级文件: what a superior sent, and for each of its items what it became in this ledger (逐项销号)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from app.record import Problem, Record, entry, missing_entries, refuse_errors, stored
from app.store import Store


class DocumentWork(StrEnum):
    """What an item of a document can become; each word is what that kind of record is called."""

    TASK = "任务"
    RULE = "本地规则"
    EVENT = "计划活动"


@stored
class SuperiorDocument(Record, called="上级文件"):
    """上级文件: a plan, scheme or notice of a superior; `text` is what was read from its file."""

    title: str = entry("标题", required=True, titles=True)
    number: str = entry("文号", default="")
    issuer: str = entry("发文单位", default="")
    received_on: date = entry("收到日期", required=True, tells_year=True)
    text: str = entry("正文", default="", long=True, printed=False)


@stored
class DocumentItem(Record, called="文件条目"):
    """One item of a document, with the sentence it stands in; without `work` the branch has nothing to do for it.

    `due_on` is the last day as the document says it, `report` whether something is to be sent by then; `target` is the
    record it became.
    """

    document: int = entry("上级文件", required=True, of=SuperiorDocument, part=True)
    number: str = entry("条目", default="", titles=True)
    title: str = entry("内容", required=True, titles=True)
    quote: str = entry("原文", default="", long=True)
    due_on: date | None = entry("文件时限", default=None, ahead=True)
    report: bool = entry("要报送", default=False)
    work: DocumentWork | None = entry("办理方式", default=None)
    target: int | None = entry("办理记录", default=None, of_owner="work", printed=False)


def check_document(document: SuperiorDocument, today: date) -> list[Problem]:
    """What is wrong with what is said of a document."""
    problems = missing_entries(document)
    if document.received_on > today:
        problems.append(Problem("received_on", "收到日期在今天之后"))
    return problems


def save_document(store: Store, document: SuperiorDocument, today: date) -> SuperiorDocument:
    """Enter a document, or correct what is said of it; raises Refused."""
    refuse_errors(check_document(document, today))
    with store.transaction("修改上级文件" if document.id else "登记上级文件"):
        return store[SuperiorDocument].save(document)


def remove_document(store: Store, document: SuperiorDocument) -> None:
    """Delete a document with its items; the tasks, rules and events that came from it stay."""
    with store.transaction("删除上级文件"):
        store[DocumentItem].remove_all(document=document.id)
        store[SuperiorDocument].remove(document.id)
