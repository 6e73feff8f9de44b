"""Papers to the superior and for the wall, set as documents (规定 §7); what the records do not know is blank."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from reportlab.platypus import Indenter, Spacer

from app.dates import chinese
from app.development import Development
from app.elections import HeldElection, count
from app.errors import Refused
from app.ledger import YearLedger
from app.members import MemberStatus
from app.reports import style as s
from app.reports.parts import NOTHING, grid
from app.reports.text import Style, Text

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

BLANK_DAY = "　　　　年　　月　　日"
BLANK = "　　　"


def _document(title: str, to: str, paragraphs: Sequence[str], sender: str, day: str) -> list[Flowable]:
    """A document: title two lines below the top, addressee, body, sender and date four characters from the right."""
    right = Style(s.DOCUMENT_PLAIN.face, 16, s.DOCUMENT_LEADING, "right", squeeze=s.DOCUMENT_SQUEEZE)
    return [
        Spacer(1, s.DOCUMENT_LEADING),
        Text(title, s.DOCUMENT_TITLE),
        Spacer(1, s.DOCUMENT_LEADING / 2),
        *([Text(f"{to}：", s.DOCUMENT_PLAIN)] if to else []),
        *(Text(text, s.DOCUMENT_BODY) for text in paragraphs),
        Spacer(1, s.DOCUMENT_LEADING),
        Indenter(0, 4 * 16),
        Text(sender, right),
        Text(day, right),
        Indenter(0, -4 * 16),
    ]


def _election(ledger: YearLedger, record: int) -> HeldElection:
    held = next((item for item in ledger.elections if record in (0, item.election.id)), None)
    if held is None:
        raise Refused("还没有登记选举。", "先在“支部”页登记换届选举。")
    return held


def election_request(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """关于换届选举的请示: term, seats and proposed day as far as they are recorded."""
    held = _election(ledger, record)
    day = ledger.reference_day(today)
    branch, election = ledger.branch, held.election
    people = ledger.roster.present(day)
    full = sum(ledger.roster.status(person.id, day) is MemberStatus.FULL for person in people)
    elected = chinese(branch.elected) if branch.elected else BLANK_DAY
    body = [
        f"{branch.name}本届支部委员会于{elected}选举产生，现任期将满。根据《中国共产党基层组织选举工作条例》，"
        f"拟于{chinese(election.held_on)}召开支部党员大会进行换届选举。",
        f"支部现有党员{len(people)}名，其中正式党员{full}名。新一届支部委员会拟设委员{election.seats or BLANK}名，"
        f"由支部党员大会差额选举产生；书记、副书记由新一届支部委员会等额选举产生。",
        "妥否，请批示。",
    ]
    title = f"关于{branch.name}换届选举的请示"
    return _document(title, branch.superior or "　　　　　　", body, branch.name, BLANK_DAY)


def election_report(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """选举结果报告: who should have come, who came, the ballots, and who was elected with how many votes."""
    del today
    held = _election(ledger, record)
    election, branch = held.election, ledger.branch
    result = count(election, held.candidates, ledger.rulebook)
    votes = "；".join(
        f"{ledger.roster[found.candidate.member].name}{found.candidate.in_favour}票"
        + ("（当选）" if found.elected else "（未当选）")
        for found in result.candidates
    )
    body = [
        f"{branch.name}于{chinese(election.held_on)}召开会议，进行{election.kind}。{result.text}。",
        f"选举结果（按得票）：{votes or '未登记候选人'}。",
        "现将选举结果报上，请予审批（备案）。",
    ]
    title = f"关于{branch.name}选举结果的报告"
    return _document(title, branch.superior or "　　　　　　", body, branch.name, chinese(election.held_on))


def _way(ledger: YearLedger, record: int) -> Development:
    way = next((item for item in ledger.development if item.applicant.id == record), None)
    if way is None:
        raise Refused("没有找到这位申请人。")
    return way


def development_notice(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """发展党员公示 of one applicant: the latest public notice that was entered, else with blank days."""
    del today
    way, branch = _way(ledger, record), ledger.branch
    person = way.applicant
    notice = max(way.notices, key=lambda item: item.first_day, default=None)
    stage = notice.stage.value if notice else "发展对象"
    first = chinese(notice.first_day) if notice else BLANK_DAY
    last = chinese(notice.last_day) if notice and notice.last_day else BLANK_DAY
    birth = person.birth.chinese() if person.birth else BLANK_DAY
    facts = "，".join(
        part for part in (person.name, person.sex or BLANK, f"{birth}出生", person.education, person.department) if part
    )
    applied = chinese(way.steps[1].done_on) if 1 in way.steps else BLANK_DAY
    body = [
        f"经党支部研究，现对{stage}人选予以公示。",
        f"{facts}，{applied}提出入党申请。",
        f"公示时间：自{first}起，",
        f"至{last}止，不少于5个工作日。",
        "党员和群众对公示对象如有意见，请在公示期内向党支部反映，反映情况应当实事求是。",
        f"公示地点：{notice.place if notice and notice.place else BLANK * 3}",
        f"受理人：{BLANK * 2}　联系电话：{BLANK * 2}",
    ]
    return _document(f"关于{stage}人选的公示", "", body, branch.name, first)


def development_checks_sheet(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """培养教育考察登记表 of one applicant: the half-yearly checks in order, with room for the branch's opinion."""
    del today
    way = _way(ledger, record)
    person = way.applicant
    contacts = [
        ledger.roster[id].name
        for step in (5, 9)
        if step in way.steps
        for id in (way.steps[step].first_person, way.steps[step].second_person)
        if id
    ]
    rows: list[Sequence[Any]] = [
        (str(number), str(check.checked_on), check.by, check.finding)
        for number, check in enumerate(sorted(way.checks, key=lambda c: (c.checked_on, c.id)), 1)
    ]
    told = f"姓名：{person.name}　　性别：{person.sex or ''}　　培养联系人：{'、'.join(dict.fromkeys(contacts))}"
    head = ["序号", "考察日期", "考察人", "考察意见"]
    sign = Style(s.PLAIN.face, 10.5, 30, "left")
    return [
        Text("入党积极分子培养教育考察登记表", s.FORM_TITLE),
        Text(ledger.branch.name, s.NOTE),
        Text(told, s.PLAIN),
        Spacer(1, 6),
        grid([0.8, 1.8, 1.6, 7], head, rows) if rows else Text(NOTHING, s.BODY),
        Text("培养联系人（签字）：　　　　　　　　支部书记（签字）：", sign),
    ]
