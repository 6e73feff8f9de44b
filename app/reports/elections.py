"""换届选举 on paper: the chapter, and the papers of one election (选举条例)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from reportlab.platypus import Spacer

from app import numerals
from app.dates import chinese, weekday
from app.errors import Refused
from app.life.elections import (
    Candidate,
    Election,
    ElectionBody,
    ElectionKind,
    ElectionPaper,
    HeldElection,
    PaperKind,
    count,
    term_of,
)
from app.life.votes import VoteKind
from app.people.members import MemberStatus
from app.people.posts import PostTitle
from app.printing import style as s
from app.printing.grid import Cell, Grid
from app.printing.text import MAY_BREAK, Signature, Style, Text
from app.reports.documents import BLANK, day_or_blank, document, superior_of
from app.reports.parts import NOTHING, grid, heading, in_year, partial
from app.rules.kinds import Share
from app.strokes import by_strokes
from app.year.ledger import YearLedger

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

MARKS = "赞成的画“○”，反对的画“×”，不画的算弃权；另选他人的，在空行写姓名并画“○”。"
TALL = Style(s.CELL.face, 11, 22, "center")


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


def _on_ballot(ledger: YearLedger, held: HeldElection) -> list[Candidate]:
    """The official candidates as a ballot names them: secretaries first, then all by the strokes of their surnames."""
    official = [candidate for candidate in held.candidates if candidate.nominated]
    if not official:
        raise Refused("这次选举还没有候选人。", "先在“支部”页登记候选人。")
    leading = (PostTitle.SECRETARY, PostTitle.DEPUTY_SECRETARY)
    ordered = by_strokes(official, lambda candidate: ledger.roster[candidate.member].name)
    return sorted(ordered, key=lambda candidate: (*leading, candidate.post).index(candidate.post))


def _share(share: Share) -> str:
    return f"{numerals.counted(share.denominator)}分之{numerals.counted(share.numerator)}"


def _what(election: Election) -> str:
    """What is elected, by whom, in words."""
    seats = f"{election.seats}名" if election.seats else f"{BLANK}名"
    return {
        ElectionBody.GENERAL: f"委员{seats}，由支部党员大会差额选举产生；书记、副书记由支部委员会等额选举产生",
        ElectionBody.COMMITTEE: f"书记、副书记共{seats}，由支部委员会等额选举产生",
        ElectionBody.GENERAL_OFFICERS: f"书记、副书记共{seats}，由支部党员大会选举产生，不设支部委员会",
    }[election.body]


def _document(
    ledger: YearLedger, held: HeldElection, kind: PaperKind, title: str, to: str, body: Sequence[str | Flowable]
) -> list[Flowable]:
    """A paper of an election with the day and the number that were noted for it."""
    paper = next((paper for paper in held.papers if paper.kind is kind), None)
    day, number = (paper.dated_on, paper.number) if paper else (None, "")
    return document(title, to, body, ledger.branch.name, day_or_blank(day), number)


def election_request(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """关于选举的请示: term, members, seats and proposed day as far as they are recorded."""
    held = _election(ledger, record)
    day = ledger.reference_day(today)
    branch, election = ledger.branch, held.election
    people = ledger.roster.present(day)
    full = sum(ledger.roster.status(person.id, day) is MemberStatus.FULL for person in people)
    term = term_of(branch, ledger.rulebook)
    until = day_or_blank(term.last if term else None)
    why = {
        ElectionKind.TERM: f"{branch.name}本届任期从{day_or_blank(branch.elected)}起，至{until}届满。",
        ElectionKind.VACANCY: f"{branch.name}支部委员会现有职务空缺。",
        ElectionKind.FIRST: f"{branch.name}已批准成立。",
    }[election.kind]
    body = [
        f"{why}根据《中国共产党基层组织选举工作条例》，拟于{chinese(election.held_on)}召开会议，进行{_kind(election)}。",
        f"支部现有党员{len(people)}名，其中正式党员{full}名。拟选举{_what(election)}。",
        "妥否，请批示。",
    ]
    title = f"关于{branch.name}{MAY_BREAK}{_kind(election)}的请示"
    return _document(ledger, held, PaperKind.REQUEST, title, superior_of(ledger), body)


def _kind(election: Election) -> str:
    return "首次选举" if election.kind is ElectionKind.FIRST else election.kind.value


def candidates_request(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """候选人预备人选的请示: who is proposed, by strokes of the surnames, with what the roster knows of each."""
    held = _election(ledger, record)
    branch, election, day = ledger.branch, held.election, ledger.reference_day(today)
    candidates = _on_ballot(ledger, held)
    rows = [
        (
            person.name,
            candidate.post,
            person.sex or "",
            person.ethnicity.removesuffix("族"),
            partial(person.birth),
            person.education,
            partial(person.joined),
            held_post.duty if (held_post := ledger.roster.employment(person.id, day)) else "",
        )
        for candidate in candidates
        for person in (ledger.roster[candidate.member],)
    ]
    surplus = len(candidates) - election.seats
    more = f"，差额{surplus}名" if election.body is ElectionBody.GENERAL and surplus > 0 else ""
    head = ["姓名", "拟任职务", "性别", "民族", "出生", "学历", "入党", "单位职务"]
    body: list[str | Flowable] = [
        f"根据《中国共产党基层组织选举工作条例》，{branch.name}拟于{chinese(election.held_on)}进行{_kind(election)}，"
        f"应选{election.seats or BLANK}名。现提出候选人预备人选{len(candidates)}名{more}"
        f"（以姓氏笔画为序）：",
        Spacer(1, 6),
        grid([1.8, 2, 1, 1.2, 2, 1.8, 2, 2.6], head, rows),
        Spacer(1, 6),
        "妥否，请批示。",
    ]
    title = f"关于{branch.name}{MAY_BREAK}{_kind(election)}{MAY_BREAK}候选人预备人选的请示"
    return _document(ledger, held, PaperKind.CANDIDATES_REQUEST, title, superior_of(ledger), body)


def election_notice(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """会议通知: when and where those with the right to elect come together, and that nobody can vote for another."""
    del today
    held = _election(ledger, record)
    election, rule = held.election, ledger.rulebook.majorities[VoteKind.ELECTION]
    linked = next((item.meeting for item in ledger.minutes if item.meeting.id == election.meeting), None)
    start = linked.start.strftime("%H:%M") if linked and linked.start else f"{BLANK}时{BLANK}分"
    place = linked.place if linked and linked.place else BLANK * 3
    general = election.body is not ElectionBody.COMMITTEE
    meeting, who = ("支部党员大会", "全体党员") if general else ("支部委员会会议", "支部委员")
    body = [
        f"定于{chinese(election.held_on)}（{weekday(election.held_on)}）{start}召开{meeting}，进行{_kind(election)}。",
        f"地点：{place}",
        f"选举{_what(election)}。",
        f"有选举权的到会人数须达到应到会人数的{_share(rule.quorum)}以上，方可选举，请安排好工作，按时参加。"
        "因故不能到会的请事先请假；不能委托他人代为投票。",
    ]
    title = f"关于召开{meeting}{MAY_BREAK}进行{_kind(election)}的通知"
    return _document(ledger, held, PaperKind.NOTICE, title, who, body)


def ballot_rule(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """选举办法（草案）: the rules of the election with the figures of this one (选举条例 art. 13, 22, 24)."""
    del today
    held = _election(ledger, record)
    election, rulebook = held.election, ledger.rulebook
    rule = rulebook.majorities[VoteKind.ELECTION]
    whole = "实到会有选举权的人数" if rule.of_present else "应到会有选举权的人数"
    number = sum(candidate.nominated for candidate in held.candidates) or BLANK
    surplus = f"，差额不少于应选名额的{rulebook.surplus.percent}%" if election.body is ElectionBody.GENERAL else ""
    items = [
        "根据《中国共产党章程》和《中国共产党基层组织选举工作条例》，制定本办法。",
        f"本次选举{_what(election)}。候选人{number}名{surplus}。",
        f"有选举权的到会人数达到应到会人数的{_share(rule.quorum)}以上，方可选举。未到会的不能委托他人代为投票。",
        "选举采用无记名投票，选票上的候选人以姓氏笔画为序。",
        f"{MARKS}每张选票所选人数等于或少于应选名额的有效，多于应选名额的无效。",
        "收回的选票等于或少于发出的选票，选举有效；多于发出的选票，选举无效，重新选举。",
        f"得到的赞成票超过{whole}半数的，始得当选。超过半数的人数多于应选名额时，得票多的当选；"
        "票数相等不能确定当选人时，就票数相等的再次投票。",
        "当选人数少于应选名额时，对不足的名额另行选举；接近应选名额的，经半数以上选举人同意，也可以减少名额。",
        f"监票人{election.teller or BLANK * 2}，由会议通过。候选人不得担任监票人。",
        "本办法经会议通过后生效。",
    ]
    body = [f"{numerals.counted(place)}、{text}" for place, text in enumerate(items, 1)]
    title = f"{ledger.branch.name}{MAY_BREAK}{_kind(election)}办法（草案）"
    return _document(ledger, held, PaperKind.BALLOT_RULE, title, "", body)


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
        f"{branch.name}于{chinese(election.held_on)}召开会议，进行{_kind(election)}。{result.text.replace(' ', '')}。",
        f"选举结果（按得票）：{votes or '未登记候选人'}。",
        "现将选举结果报上，请予审批（备案）。",
    ]
    title = f"关于{branch.name}{MAY_BREAK}{_kind(election)}结果的报告"
    return _document(ledger, held, PaperKind.RESULT_REPORT, title, superior_of(ledger), body)


def election_ballot(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """选票 of an election: the official candidates by the strokes of their surnames, with boxes to be marked."""
    del today
    held = _election(ledger, record)
    candidates = _on_ballot(ledger, held)
    row = Style(s.CELL.face, 12, 24, "center")
    rows = [[Cell(text, row) for text in (ledger.roster[c.member].name, c.post, "", "", "")] for c in candidates]
    rows += [[Cell("", row) for _ in range(5)] for _ in range(2)]
    head = [Cell(word, s.HEAD) for word in ("候选人", "职务", "赞成", "反对", "弃权")]
    note = (
        f"（以姓氏笔画为序。）{MARKS}"
        f"应选{held.election.seats or BLANK}名，所选人数等于或少于应选人数的有效，多于的无效。"
    )
    return [
        Text(f"{ledger.branch.name}{_kind(held.election)}选票", s.FORM_TITLE),
        Text(f"{chinese(held.election.held_on)}　{held.election.body}", s.NOTE),
        Grid([2.4, 2.4, 1.2, 1.2, 1.2], [head], rows),
        Text(note, s.NOTE),
        Text("（盖章）", replace(s.SIGN, align="right")),
    ]


def count_sheet(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """计票单: room to tally by 正; what was counted is printed."""
    del today
    held = _election(ledger, record)
    election, counted = held.election, held.election.present > 0
    candidates = _on_ballot(ledger, held) + [c for c in held.candidates if not c.nominated]
    valid = election.ballots_returned - election.ballots_void
    numbers = (election.entitled, election.present, election.ballots_given, election.ballots_returned, valid)
    figures = [Cell(str(n) if counted else "", TALL) for n in (*numbers, election.ballots_void)]
    heads = ("应到会有选举权", "实到会有选举权", "发出选票", "收回选票", "有效票", "废票")
    votes = [
        (ledger.roster[c.member].name, c.post, "", *((c.in_favour, c.against, c.abstained) if counted else ("",) * 3))
        for c in candidates
    ]
    others = [("另选他人", *("",) * 5)] * (1 if counted else 3)
    rows = [[Cell(str(value), TALL) for value in row] for row in (*votes, *others)]
    head = [Cell(word, s.HEAD) for word in ("姓名", "职务", "赞成（画“正”）", "赞成票", "反对票", "弃权票")]
    return [
        Text(f"{ledger.branch.name}{_kind(election)}计票单", s.FORM_TITLE),
        Text(f"{chinese(election.held_on)}　{election.body}　应选 {election.seats} 名", s.NOTE),
        Grid([1] * 6, [[Cell(word, s.HEAD) for word in heads]], [figures]),
        Spacer(1, 10),
        Grid([2, 2, 4.4, 1.3, 1.3, 1.3], [head], rows),
        Text("另选他人的，写明姓名和职务，一人一行。", s.NOTE),
        Signature(f"监票人（签字）：{election.teller}　　　　　　　　计票人（签字）：", s.SIGN),
    ]
