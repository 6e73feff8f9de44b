"""换届选举 on paper: the chapter, and the papers of one election (规定 §5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from app.dates import chinese
from app.elections import ElectionPaper, HeldElection, count
from app.errors import Refused
from app.ledger import YearLedger
from app.members import MemberStatus
from app.reports import style as s
from app.reports.documents import BLANK, BLANK_DAY, document
from app.reports.grid import Cell, Grid
from app.reports.parts import NOTHING, grid, heading, in_year
from app.reports.text import Style, Text

if TYPE_CHECKING:
    from reportlab.platypus import Flowable


def election_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """换届选举 held in the year: counts in words, candidates, papers."""
    del today
    story: list[Flowable] = [heading("elections", "换届选举")]
    held = [item for item in ledger.elections if in_year(ledger, item.election.held_on)]
    for item in reversed(held):
        story += election_part(ledger, item)
    return story if held else [*story, Text(NOTHING, s.BODY)]


def election_part(ledger: YearLedger, item: HeldElection) -> list[Flowable]:
    """One election."""
    election = item.election
    result = count(election, item.candidates, ledger.rulebook)
    rows = [
        (
            ledger.roster[found.candidate.member].name,
            found.candidate.post,
            found.candidate.in_favour,
            found.candidate.against,
            found.candidate.abstained,
            "当选" if found.elected else "未当选",
        )
        for found in result.candidates
    ]
    papers = [(paper.kind, str(paper.dated_on), paper.number, paper.note) for paper in _ordered(item.papers)]
    story: list[Flowable] = [
        Text(f"{chinese(election.held_on)}　{election.kind}：{election.body}", s.SECTION),
        Text(result.text + "。", s.PLAIN),
    ]
    if election.presider or election.teller:
        story.append(Text(f"主持人：{election.presider}　　监票人：{election.teller}", s.NOTE))
    if rows:
        story.append(grid([2, 2, 1, 1, 1, 1.4], ["候选人", "职务", "赞成", "反对", "弃权", "结果"], rows))
    if papers:
        story.append(grid([4, 2, 3, 3], ["材料", "日期", "文号", "备注"], papers))
    return story


def _ordered(papers: Sequence[ElectionPaper]) -> list[ElectionPaper]:
    return sorted(papers, key=lambda paper: paper.dated_on)


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
    return document(title, branch.superior or "　　　　　　", body, branch.name, BLANK_DAY)


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
    return document(title, branch.superior or "　　　　　　", body, branch.name, chinese(election.held_on))


def election_ballot(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """选票 of an election: the candidates with boxes to be marked. The order is that in which they were entered."""
    del today
    held = next((item for item in ledger.elections if record in (0, item.election.id)), None)
    if held is None or not held.candidates:
        raise Refused("这次选举还没有候选人。", "先在“支部”页登记候选人。")
    row = Style(s.CELL.face, 12, 24, "center")
    rows = [[Cell(text, row) for text in (ledger.roster[c.member].name, c.post, "", "", "")] for c in held.candidates]
    rows += [[Cell(text, row) for text in ("", "", "", "", "")] for _ in range(2)]
    head = [Cell(word, s.HEAD) for word in ("候选人", "职务", "赞成", "反对", "弃权")]
    note = (
        "赞成的画“○”，反对的画“×”，不画的算弃权；另选他人的，在空行写姓名并画“○”。"
        "所选人数等于或少于应选人数的有效，多于的无效。"
    )
    return [
        Text(f"{ledger.branch.name}{held.election.kind}选票", s.FORM_TITLE),
        Text(f"{chinese(held.election.held_on)}　{held.election.body}", s.NOTE),
        Grid([2.4, 2.4, 1.2, 1.2, 1.2], [head], rows),
        Text(note, s.NOTE),
        Text("（盖章）", Style(s.PLAIN.face, 10.5, 30, "right")),
    ]
