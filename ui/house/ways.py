"""Where a way leads in this window: to which page, with which icon and which word on its button. Said here alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.branch.branch import Branch
from app.branch.groups import Group
from app.checks.matter import Level, Matter
from app.development.steps import Applicant
from app.dues.bases import DuesBasis
from app.dues.payments import Payment
from app.dues.remittances import DuesNotice, Remittance
from app.life.elections import Election
from app.life.follow_ups import FollowUp
from app.life.life_meetings import LifeFinding
from app.life.meetings import Meeting
from app.life.plans import PlannedEvent
from app.life.study import OwnStudy
from app.life.talks import Talk, TalkOccasion
from app.people.appraisals import Appraisal, AppraisalTally
from app.people.care import Care
from app.people.circumstances import Circumstance
from app.people.dispositions import Disposition
from app.people.honours import Honour
from app.people.members import Member
from app.people.posts import Post
from app.people.transfers import Transfer
from app.record import Record
from app.ways import ToList, ToNew, ToPaper, ToRecord, Way
from app.work.inspections import Inspection
from app.work.rectifications import Rectification
from app.work.repositories import RepositoryItem
from app.work.self_checks import Checklist, SelfCheck
from app.work.special_registers import RegisterRow, SpecialRegister
from app.work.superior_documents import SuperiorDocument
from app.work.tasks import Task
from app.work.year_papers import YearPaper


@dataclass(frozen=True)
class ToView:
    """To a page of the window, and one of its views."""

    page: str
    view: str = ""


@dataclass(frozen=True)
class ToDraft:
    """Back to what was typed and not saved; the key of a draft begins with its page."""

    key: str
    content: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True)
class ToImport:
    """To bringing in a table of a kind: members, meetings, talks or dues."""

    table: str


@dataclass(frozen=True)
class ToChapter:
    """To the print of one chapter of the ledger."""

    chapter: str


@dataclass(frozen=True)
class ToHistory:
    """To what was done to one record."""

    kind: type[Record]
    id: int


Place = Way | ToView | ToDraft | ToImport | ToChapter | ToHistory

# Kind of record -> page, icon of a matter about it, word of the button that leads there.
PLACES: dict[type[Record], tuple[str, str, str]] = {
    Meeting: ("meetings", "clock", "记录"),
    PlannedEvent: ("meetings", "calendar_ltr", "准备"),
    Talk: ("talks", "chat_multiple", "谈话"),
    TalkOccasion: ("talks", "chat_multiple", "登记"),
    OwnStudy: ("study", "hat_graduation", "查看"),
    RepositoryItem: ("study", "notebook", "查看"),
    Appraisal: ("appraisal", "person", "登记"),
    AppraisalTally: ("appraisal", "person", "登记"),
    LifeFinding: ("appraisal", "person", "登记"),
    Member: ("members", "person", "办理"),
    Transfer: ("registers", "clock", "登记"),
    Circumstance: ("registers", "person", "办理"),
    Disposition: ("registers", "clock", "办理"),
    Honour: ("registers", "person", "登记"),
    Care: ("registers", "person", "登记"),
    Applicant: ("develop", "person", "登记"),
    Payment: ("dues", "wallet", "收缴"),
    DuesBasis: ("dues", "wallet", "核定"),
    Remittance: ("dues", "wallet", "登记"),
    DuesNotice: ("dues", "wallet", "公示"),
    Branch: ("branch", "building", "查看"),
    Group: ("branch", "building", "查看"),
    Post: ("branch", "building", "查看"),
    Election: ("branch", "building", "准备"),
    Task: ("tasks", "clipboard_task", "办理"),
    SpecialRegister: ("special_registers", "table", "查看"),
    RegisterRow: ("special_registers", "table", "办理"),
    SelfCheck: ("self_checks", "checkbox_checked", "查看"),
    Checklist: ("self_checks", "checkbox_checked", "查看"),
    SuperiorDocument: ("superior_documents", "document", "查看"),
    Rectification: ("tasks", "clipboard_task", "办理"),
    FollowUp: ("tasks", "clipboard_task", "办理"),
    Inspection: ("tasks", "clipboard_task", "查看"),
    YearPaper: ("tasks", "clipboard_task", "查看"),
}

YEARLY = (Meeting, PlannedEvent, Talk, SelfCheck)
"""The kinds that a page lists for the shown year alone."""
TONES = {Level.ERROR: "missing", Level.WARNING: "due", Level.NOTICE: "info"}
"""The colour of a level."""


def page_of(place: Place) -> str:
    """The code of the page that shows a place."""
    match place:
        case ToRecord() | ToNew() | ToList():
            return PLACES[place.kind][0]
        case ToPaper() | ToChapter():
            return "reports"
        case ToView():
            return place.page
        case ToDraft():
            return place.key.partition("/")[0]
        case ToImport():
            return "settings"
        case ToHistory():
            return "history"


def icon_of(matter: Matter) -> str:
    """The icon of a matter in a list: of its kind, a warning where a meeting was missed."""
    way = matter.way
    if not isinstance(way, ToRecord | ToNew | ToList):
        return "warning"
    missed = way.kind is Meeting and matter.level is Level.ERROR
    return "warning" if missed else PLACES[way.kind][1]


def word_of(matter: Matter) -> str:
    """The word on the button of a matter."""
    way = matter.way
    if not isinstance(way, ToRecord | ToNew | ToList):
        return "查看"
    if way.kind is Meeting and isinstance(way, ToNew):
        return "补记" if matter.level is Level.ERROR else "记录"
    if way.kind is Talk and isinstance(way, ToRecord):
        return "办结"
    if matter.level is Level.NOTICE and isinstance(way, ToRecord):
        return "查看"
    return PLACES[way.kind][2]
