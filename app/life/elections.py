"""换届选举: the papers, the candidates, the counts; judged with the arithmetic in words (选举条例)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from app.branch.branch import Branch, term_end
from app.dates import add_months
from app.errors import Refused
from app.life.meetings import Meeting
from app.life.votes import Vote, VoteKind, judge
from app.numerals import month_span
from app.people.members import Member
from app.people.posts import Post, PostTitle
from app.people.roster import Roster
from app.record import Problem, Record, Severity, Unit, entry, missing_entries, refuse_errors, stored
from app.rules.kinds import Majority, PeopleRule
from app.rules.rulebook import Rulebook
from app.store import Reader, Store


class ElectionKind(StrEnum):
    """Why there is an election."""

    TERM = "换届选举"
    VACANCY = "补选"
    FIRST = "成立支部首次选举"


class ElectionBody(StrEnum):
    """Who elects."""

    GENERAL = "支部党员大会选举委员"
    COMMITTEE = "支委会选举书记、副书记"
    GENERAL_OFFICERS = "支部党员大会选举书记（不设支委会）"


@stored
class Election(Record, called="选举"):
    """One election with its counts. The entitled and present are those with the right to elect."""

    kind: ElectionKind = entry("选举类别", default=ElectionKind.TERM, titles=True)
    body: ElectionBody = entry("由谁选举", default=ElectionBody.GENERAL)
    held_on: date = entry("选举日期", required=True, tells_year=True, titles=True)
    meeting: int | None = entry("会议记录", default=None, of=Meeting)
    seats: int = entry("应选名额", required=True, unit=Unit.PEOPLE)
    entitled: int = entry("应到会有选举权", default=0, unit=Unit.PEOPLE)
    present: int = entry("实到会有选举权", default=0, unit=Unit.PEOPLE)
    ballots_given: int = entry("发出选票", default=0, unit=Unit.BALLOTS)
    ballots_returned: int = entry("收回选票", default=0, unit=Unit.BALLOTS)
    ballots_void: int = entry("废票", default=0, unit=Unit.BALLOTS)
    presider: str = entry("主持人", default="")
    teller: str = entry("监票人", default="")
    note: str = entry("备注", default="")


@stored
class Candidate(Record, called="候选人"):
    """A candidate and the votes; one who was written in was not nominated."""

    election: int = entry("选举", required=True, of=Election, part=True)
    member: int = entry("候选人", required=True, of=Member, titles=True)
    post: PostTitle = entry("职务", default=PostTitle.MEMBER, titles=True)
    nominated: bool = entry("正式候选人", default=True)
    in_favour: int = entry("赞成", default=0, unit=Unit.BALLOTS)
    against: int = entry("反对", default=0, unit=Unit.BALLOTS)
    abstained: int = entry("弃权", default=0, unit=Unit.BALLOTS)


class PaperKind(StrEnum):
    """The papers of an election, in order (选举条例)."""

    REQUEST = "换届请示"
    REPLY = "换届批复"
    CANDIDATES_REQUEST = "候选人预备人选请示"
    CANDIDATES_REPLY = "候选人预备人选批复"
    NOTICE = "会议通知"
    BALLOT_RULE = "选举办法（草案）"
    WORK_REPORT = "支委会工作报告"
    MINUTES = "大会和支委会会议记录"
    RESULT_REPORT = "选举结果报告"
    RESULT_REPLY = "选举结果批复、备案"
    HAND_OVER = "新老班子交接"


@stored
class ElectionPaper(Record, called="换届材料"):
    """A paper of an election with its date and number."""

    election: int = entry("选举", required=True, of=Election, part=True)
    kind: PaperKind = entry("材料", required=True, titles=True)
    dated_on: date = entry("日期", required=True)
    number: str = entry("文号", default="")
    note: str = entry("备注", default="")


@dataclass(frozen=True)
class CandidateResult:
    """What the count means for one candidate."""

    candidate: Candidate
    elected: bool
    text: str
    caution: str = ""


@dataclass(frozen=True)
class ElectionResult:
    """What the counts mean: whether the meeting could elect, whether the ballots are good, who is elected."""

    quorate: bool
    void: bool
    text: str
    candidates: tuple[CandidateResult, ...]
    problems: tuple[Problem, ...]

    @property
    def elected(self) -> list[Candidate]:
        """Those elected, most votes first."""
        return [result.candidate for result in self.candidates if result.elected]


@dataclass(frozen=True)
class HeldElection:
    """An election with its candidates and papers."""

    election: Election
    candidates: tuple[Candidate, ...]
    papers: tuple[ElectionPaper, ...]


def load_elections(store: Reader) -> list[HeldElection]:
    """Every election, the latest first."""
    candidates, papers = store[Candidate].all(), store[ElectionPaper].all()
    return [
        HeldElection(
            election,
            tuple(item for item in candidates if item.election == election.id),
            tuple(item for item in papers if item.election == election.id),
        )
        for election in sorted(store[Election].all(), key=lambda item: (item.held_on, item.id), reverse=True)
    ]


def count(election: Election, candidates: Sequence[Candidate], rulebook: Rulebook) -> ElectionResult:
    """Judge an election: quorum of four fifths, ballots not more than given out, more than half of those present.

    A tie at the last seat elects neither: they are voted on again (选举条例).
    """
    rule = _rule_of(election, rulebook)
    problems = tuple(check_election(election, candidates, rulebook))
    need, part = rule.quorum.least(election.entitled), rule.quorum.words
    if election.entitled <= 0:
        return ElectionResult(False, False, "还没有填应到会有选举权的人数，不能判断", (), problems)
    if not rule.quorum.met(election.present, election.entitled):
        short_of = f"没有超过{part}" if rule.quorum.more_than else f"不足{part}"
        text = f"应到 {election.entitled} 人，实到 {election.present} 人，{short_of}（至少 {need} 人），不能选举"
        return ElectionResult(False, False, text, (), problems)
    reached = "超过" if rule.quorum.more_than else "达到"
    present = f"应到 {election.entitled} 人，实到 {election.present} 人，{reached}{part}（{need} 人）"
    ballots = f"发出选票 {election.ballots_given} 张，收回 {election.ballots_returned} 张"
    if election.ballots_returned > election.ballots_given:
        return ElectionResult(True, True, f"{present}；{ballots}，收回多于发出，选举无效，应重新选举", (), problems)
    if election.ballots_returned > election.present:
        return ElectionResult(True, True, f"{present}；{ballots}，收回多于实到，选举无效，应重新选举", (), problems)
    if election.ballots_void:
        ballots += f"，其中废票 {election.ballots_void} 张"
    results = [_judged(election, candidate, rulebook) for candidate in candidates]
    ranked = sorted(results, key=lambda result: (not result.elected, -result.candidate.in_favour, result.candidate.id))
    winners = _within_seats(ranked, election.seats)
    short = election.seats - sum(result.elected for result in winners)
    text = f"{present}；{ballots}，选举有效；应选 {election.seats} 名，选出 {election.seats - short} 名"
    if short:
        text += f"，还缺 {short} 名：可再次投票，接近应选名额时经半数以上选举人同意可以减少名额"
    return ElectionResult(True, False, text, tuple(winners), problems)


def _rule_of(election: Election, rulebook: Rulebook) -> Majority:
    """The rule of the day: before 2020-07-13 the provisional one of 1990, which wanted more than four fifths."""
    return rulebook.on(election.held_on).majorities[VoteKind.ELECTION]


def _judged(election: Election, candidate: Candidate, rulebook: Rulebook) -> CandidateResult:
    vote = Vote(
        kind=VoteKind.ELECTION,
        entitled=election.entitled,
        present=election.present,
        in_favour=candidate.in_favour,
        against=candidate.against,
        abstained=candidate.abstained,
    )
    verdict = judge(vote, rulebook.on(election.held_on))
    return CandidateResult(candidate, verdict.passed, verdict.text, verdict.caution)


def _within_seats(ranked: list[CandidateResult], seats: int) -> list[CandidateResult]:
    passed = [result for result in ranked if result.elected]
    if len(passed) <= seats:
        return ranked
    last = passed[seats - 1].candidate.in_favour
    tied = passed[seats].candidate.in_favour == last
    kept: list[CandidateResult] = []
    for place, result in enumerate(ranked):
        if not result.elected:
            kept.append(result)
        elif tied and result.candidate.in_favour == last:
            kept.append(replace(result, elected=False, text=f"得票 {last}，与他人票数相等，应就票数相等的再次投票"))
        elif place >= seats:
            kept.append(replace(result, elected=False, text=f"得票过半，但超出应选名额 {seats} 名，未当选"))
        else:
            kept.append(result)
    return kept


def check_election(election: Election, candidates: Sequence[Candidate], rulebook: Rulebook) -> list[Problem]:
    """What is wrong or doubtful with an election's numbers."""
    return [
        *missing_entries(election),
        *_check_seats(election, candidates, rulebook),
        *_check_ballots(election),
        *_check_counts(election, candidates),
    ]


def _check_seats(election: Election, candidates: Sequence[Candidate], rulebook: Rulebook) -> Iterator[Problem]:
    most = rulebook.committee.most_members
    if election.seats < 1:
        yield Problem("seats", "应选名额至少 1 名")
    elif election.body is ElectionBody.GENERAL and election.seats > most:
        yield Problem("seats", f"支委会委员一般不超过 {most} 名", Severity.WARNING)
    nominated = sum(candidate.nominated for candidate in candidates)
    wanted = rulebook.surplus.least_candidates(election.seats)
    if election.body is ElectionBody.GENERAL and candidates and nominated < wanted:
        share = rulebook.surplus.percent
        text = f"应选 {election.seats} 名，差额不少于 {share}%，候选人应有 {wanted} 名，现有 {nominated} 名"
        yield Problem("candidates", text, Severity.WARNING)


def _check_ballots(election: Election) -> Iterator[Problem]:
    given, returned, void = election.ballots_given, election.ballots_returned, election.ballots_void
    if min(election.entitled, election.present, given, returned, void) < 0:
        yield Problem("entitled", "人数和票数不能是负数")
    if election.present > election.entitled:
        yield Problem("present", "实到会有选举权的人数多于应到会的")
    if given > election.present:
        text = f"发出选票 {given} 张多于实到 {election.present} 人，选举不能委托投票"
        yield Problem("ballots_given", text, Severity.WARNING)
    if returned > election.present:
        text = f"收回选票 {returned} 张多于实到 {election.present} 人，选举无效"
        yield Problem("ballots_returned", text, Severity.WARNING)
    if void > returned:
        yield Problem("ballots_void", "废票多于收回的选票")
    elif void and not election.note.strip():
        yield Problem("ballots_void", f"废票 {void} 张，请在备注里写明原因", Severity.WARNING)


def _check_counts(election: Election, candidates: Sequence[Candidate]) -> Iterator[Problem]:
    valid = election.ballots_returned - election.ballots_void
    if any(min(candidate.in_favour, candidate.against, candidate.abstained) < 0 for candidate in candidates):
        yield Problem("candidates", "候选人的票数不能是负数")
    most = max((c.in_favour + c.against + c.abstained for c in candidates), default=0)
    if most > valid:
        yield Problem("candidates", f"有候选人的票数合计 {most} 多于有效票 {valid} 张", Severity.WARNING)
    yes = sum(candidate.in_favour for candidate in candidates)
    if yes > valid * election.seats > 0:
        text = f"赞成票合计 {yes} 票，{valid} 张有效票各选 {election.seats} 名，最多 {valid * election.seats} 票"
        yield Problem("candidates", text, Severity.WARNING)


def check_candidates(election: Election, candidates: Sequence[Candidate], roster: Roster) -> list[Problem]:
    """Whether everybody who is to be elected may be: full members with their rights (党章 art. 7, 选举条例 art. 5)."""
    problems: list[Problem] = []
    for candidate in candidates:
        if candidate.member in roster and not roster.may_vote(candidate.member, election.held_on):
            name = roster[candidate.member].name
            text = f"{name}当天不是有选举权的正式党员，不能作候选人，选上也无效"
            problems.append(Problem("candidates", text, Severity.WARNING))
    return problems


def save_election(store: Store, election: Election, candidates: Sequence[Candidate], rulebook: Rulebook) -> Election:
    """Record an election with its candidates, all or nothing; raises Refused."""
    problems = check_election(election, candidates, rulebook)
    if len({(candidate.member, candidate.post) for candidate in candidates}) < len(candidates):
        problems.append(Problem("candidates", "同一位候选人写了两次"))
    refuse_errors(problems)
    with store.transaction("修改选举" if election.id else f"登记{election.kind}"):
        saved = store[Election].save(election)
        before = {(item.member, item.post): item.id for item in store[Candidate].all(election=saved.id)}
        wanted = [replace(item, id=before.pop((item.member, item.post), 0), election=saved.id) for item in candidates]
        for gone in before.values():
            store[Candidate].remove(gone)
        store[Candidate].save_all(wanted)
    return saved


def remove_election(store: Store, election: int) -> None:
    """Delete an election entered by mistake with its candidates and papers."""
    with store.transaction("删除选举"):
        store[Candidate].remove_all(election=election)
        store[ElectionPaper].remove_all(election=election)
        store[Election].remove(election)


def keep_paper(store: Store, paper: ElectionPaper) -> ElectionPaper:
    """Note a paper with its date; the same kind again corrects it."""
    known = store[ElectionPaper].all(election=paper.election, kind=paper.kind)
    with store.transaction("登记换届材料"):
        return store[ElectionPaper].save(replace(paper, id=known[0].id) if known else paper)


def take_office(store: Store, election: Election, elected: Sequence[Candidate], branch: Branch) -> None:
    """Let those elected take their posts from the day of the election.

    Who held one of these committee posts before leaves it the day before; an election of the whole committee begins
    a new term. Filing with the superior is a paper of its own.
    """
    if not elected:
        raise Refused("没有人当选，不能登记任职。")
    day = election.held_on
    with store.transaction("当选人任职"):
        held = [post for post in store[Post].all() if post.until is None and post.title is not PostTitle.GROUP_LEADER]
        whole = election.kind is not ElectionKind.VACANCY and election.body is not ElectionBody.COMMITTEE
        for post in held:
            replaced = whole or any(item.post is post.title and item.post is not PostTitle.MEMBER for item in elected)
            if replaced and (post.since is None or post.since < day):
                store[Post].save(replace(post, until=day - timedelta(days=1)))
        for item in elected:
            same = [post for post in held if (post.member, post.title, post.since) == (item.member, item.post, day)]
            if not same:
                store[Post].save(Post(member=item.member, title=item.post, since=day))
        if whole:
            store[Branch].save(replace(branch, elected=day, extended_until=None, extension_approval=""))


@dataclass(frozen=True)
class Term:
    """The committee's term: first and last day, inclusive, the reminders before it ends, and where it stands."""

    first: date
    last: date
    reminders: tuple[date, ...]
    extended_until: date | None
    latest: date

    def left(self, today: date) -> int:
        """Days of the term that are left, today not counted; negative when it is over."""
        return ((self.extended_until or self.last) - today).days


def term_of(branch: Branch, rulebook: Rulebook) -> Term | None:
    """The term of the present committee (条例 ch. 6): 2023-11-25 and three years is through 2026-11-24."""
    if branch.elected is None:
        return None
    years = term_years(branch, rulebook)
    last, rule = term_end(branch.elected, years), rulebook.people
    ends = (branch.extended_until or last) + timedelta(days=1)
    return Term(
        first=branch.elected,
        last=last,
        reminders=tuple(add_months(ends, -months) for months in sorted(rulebook.committee.remind_months, reverse=True)),
        extended_until=branch.extended_until,
        latest=latest_extension(branch.elected, years, rule),
    )


def term_doubts(branch: Branch, rulebook: Rulebook) -> list[Problem]:
    """What is doubtful with the term of a branch's committee: an extension over a year (选举条例 art. 3)."""
    term = term_of(branch, rulebook)
    if term is None or term.extended_until is None or term.extended_until <= term.latest:
        return []
    text = f"延期到 {term.extended_until}，一般不超过{month_span(rulebook.people.extension_months)}，最迟 {term.latest}"
    return [Problem("extended_until", text, Severity.WARNING)]


def term_years(branch: Branch, rulebook: Rulebook) -> int:
    """How many years a term has: five in villages and communities, else three."""
    rule = rulebook.committee
    return rule.years_village_community if branch.kind in ("村", "社区") else rule.years


def latest_extension(elected: date, years: int, rule: PeopleRule) -> date:
    """The last day to which a term may generally be extended: a year (选举条例 art. 3), counted in one step."""
    return add_months(elected, 12 * years + rule.extension_months) - timedelta(days=1)
