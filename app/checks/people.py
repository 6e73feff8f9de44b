"""What is to be done for members: probation, letters, lost contact, dispositions, birthdays; and for the committee."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from app.branch.branch import Branch
from app.checks.check import Asked
from app.checks.matter import Level, Matter, of_record
from app.dates import add_months, chinese
from app.dues.remittances import DuesNotice, Remittance, collected
from app.life.elections import Election, ElectionBody, ElectionKind, term_doubts, term_of
from app.money import yuan
from app.numerals import month_span, times
from app.people.appraisals import Appraisal
from app.people.care import Care, CareKind, birthdays, coming, party_years
from app.people.circumstances import Circumstance, CircumstanceKind
from app.people.dispositions import Disposition, DispositionKind
from app.people.fitness import unfit_for
from app.people.members import Member, MemberStatus
from app.people.posts import PostTitle, committee, in_force
from app.people.transfers import Direction, Transfer
from app.record import Severity
from app.rules.meeting_types import MeetingType
from app.ways import ToList, ToNew, ToRecord, Way
from app.year.ledger import YearLedger
from app.year.standing import has_committee


def of(subject: str) -> Callable[[Asked], list[Matter]]:
    """The check of one subject; of the present year only."""

    def ask(asked: Asked) -> list[Matter]:
        return list(SUBJECTS[subject](asked.year, asked.today)) if asked.year.year == asked.today.year else []

    return ask


def _whole(code: str, level: Level, text: str, detail: str, way: Way, until: date | None = None) -> Matter:
    """A matter of the branch as a whole."""
    return Matter(level, text, detail, "", code, code, until, way)


def _days(left: int, word: str = "逾期") -> str:
    return f"还有 {left} 天" if left > 0 else "就是今天" if left == 0 else f"已{word} {-left} 天"


def _probation(ledger: YearLedger, today: date) -> Iterator[Matter]:
    tracked = {way.applicant.member for way in ledger.development if way.admitted}
    for person in ledger.roster.present(today):
        probationary = ledger.roster.status(person.id, today) is MemberStatus.PROBATIONARY
        if not probationary or person.id in tracked or person.joined is None or not person.joined.exact:
            continue
        ends = add_months(person.joined.first, ledger.rulebook.development.probation_months)
        left = (ends - today).days
        if left <= ledger.rulebook.remind.soon_days:
            title = f"{person.name} 预备期{'已满' if left < 0 else '将满'}"
            text = f"{chinese(ends)}预备期满 · 应开支部党员大会讨论转正"
            level = Level.ERROR if left < 0 else Level.WARNING
            yield of_record("probation", Member, person.id, level, title, text, ends)


def _transfers(ledger: YearLedger, today: date) -> Iterator[Matter]:
    rule = ledger.rulebook.people
    for item in ledger.transfers:
        if item.direction is not Direction.OUT or item.receipt_on or item.issued_on is None:
            continue
        name = ledger.roster[item.member].name
        through = item.valid_through or add_months(item.issued_on, rule.receipt_months)
        by = add_months(through, rule.receipt_months)
        left = (through - today).days
        if today > by:
            text = f"介绍信 {chinese(through)}到期，{chinese(by)}前应收到回执"
            yield of_record("receipt", Transfer, item.id, Level.ERROR, f"{name} 组织关系没有收到回执", text, by)
        elif left <= ledger.rulebook.remind.soon_days:
            text = f"{chinese(through)}到期 · {_days(left, '过期')}，回执还没有收到"
            yield of_record("letter", Transfer, item.id, Level.WARNING, f"{name} 的介绍信", text, through)


def _contact(ledger: YearLedger, today: date) -> Iterator[Matter]:
    rule, roster = ledger.rulebook.people, ledger.roster
    for fact in roster.circumstances:
        if fact.kind is not CircumstanceKind.OUT_OF_CONTACT or fact.since is None or not fact.holds(today):
            continue
        person, lost = roster[fact.member], fact.since.last
        status = roster.status(person.id, today)
        reached = add_months(lost, rule.contact_lost_months)
        if status in (MemberStatus.FULL, MemberStatus.PROBATIONARY) and today >= reached:
            text = f"{chinese(lost)}起失联，已满 {rule.contact_lost_months} 个月：整理查找记录，研究停止党籍"
            title = f"{person.name} 失联满{month_span(rule.contact_lost_months)}"
            yield of_record("lost_contact", Circumstance, fact.id, Level.WARNING, title, text, reached)
    for person in roster.members:
        if roster.status(person.id, today) is not MemberStatus.SUSPENDED:
            continue
        since = roster.history(person.id)[-1].since
        if since is None:
            continue
        span = 12 * rule.suspended_years
        over, words = add_months(since.last, span), month_span(span)
        if today >= add_months(over, -1):
            text = f"{chinese(since.last)}停止党籍，{chinese(over)}满{words}：仍联系不上的研究除名"
            title = f"{person.name} 停止党籍{'满' if today >= over else '将满'}{words}"
            yield of_record("suspended", Member, person.id, Level.WARNING, title, text, over)
    for fact in roster.circumstances:
        away = fact.kind is CircumstanceKind.FLOATING and fact.since is not None and fact.holds(today)
        if away and fact.since and today >= add_months(fact.since.last, rule.away_months):
            person = roster[fact.member]
            if roster.status(person.id, today) not in (MemberStatus.FULL, MemberStatus.PROBATIONARY):
                continue
            text = f"{chinese(fact.since.last)}外出，已满 {rule.away_months} 个月：有固定地点的应转接组织关系"
            yield of_record(
                "away", Circumstance, fact.id, Level.NOTICE, f"{person.name} 外出满{month_span(rule.away_months)}", text
            )


def _dispositions(ledger: YearLedger, today: date) -> Iterator[Matter]:
    for item in ledger.dispositions:
        if item.ends is None or item.ended_on is not None:
            continue
        left = (item.ends - today).days
        if left <= ledger.rulebook.remind.soon_days:
            name = ledger.roster[item.member].name
            action = "研究是否改正" if item.kind is DispositionKind.RECTIFY else "研究恢复党员权利"
            text = f"{chinese(item.ends)}期满 · {_days(left, '超过')} · {action}"
            level = Level.ERROR if left < 0 else Level.WARNING
            yield of_record("disposition", Disposition, item.id, level, f"{name} {item.kind}期满", text, item.ends)


def _birthdays(ledger: YearLedger, today: date) -> Iterator[Matter]:
    rule, badge = ledger.rulebook.remind, ledger.rulebook.people.badge_years
    cares = [care for care in ledger.cares if care.given_on.year == today.year]
    kept = {care.member for care in cares if care.kind is CareKind.BIRTHDAY}
    for item in coming(birthdays(ledger.roster, ledger.branch, today.year, today), today, rule.birthday_days):
        if item.member.id not in kept:
            text = f"{chinese(item.day)} · 入党 {item.years} 周年"
            title = f"{item.member.name} 政治生日"
            told = {"member": item.member.id, "kind": CareKind.BIRTHDAY, "given_on": item.day}
            way = ToNew(Care, told)
            yield of_record("birthday", Member, item.member.id, Level.NOTICE, title, text, item.day, way)
    july = date(today.year, 7, 1)
    for person in ledger.roster.present(today):
        if party_years(person, july) == badge and 0 <= (july - today).days <= rule.soon_days:
            text = f"到 {chinese(july)}党龄满 {badge} 年，可申领“光荣在党50年”纪念章"
            yield of_record("fifty_years", Member, person.id, Level.NOTICE, f"{person.name} 光荣在党50年", text, july)


def _care(ledger: YearLedger, today: date) -> Iterator[Matter]:
    """From the autumn on: whoever is in hardship or old and was not cared for in the year."""
    if today.month < ledger.rulebook.remind.care_month:
        return
    kinds = (CircumstanceKind.HARDSHIP, CircumstanceKind.VETERAN)
    held = {member for kind in kinds for member in ledger.roster.holding(kind, today)}
    cared = {care.member for care in ledger.cares if care.given_on.year == today.year}
    waiting = [ledger.roster[member].name for member in sorted(held - cared)]
    if waiting:
        text = "本年还没有走访慰问：" + "、".join(waiting[:5]) + ("等" if len(waiting) > 5 else "")
        yield _whole("care", Level.NOTICE, f"关怀困难和老党员 {len(waiting)} 人", text, ToList(Care))


def _grades(ledger: YearLedger, today: date) -> Iterator[Matter]:
    held = [item for item in ledger.minutes if MeetingType.APPRAISAL in item.types and item.meeting.held_on <= today]
    graded = {item.member for item in ledger.appraisals if item.year == ledger.year}
    full = [p for p in ledger.roster.present(today) if ledger.roster.status(p.id, today) is MemberStatus.FULL]
    if held and not graded >= {person.id for person in full} and graded:
        left = len([person for person in full if person.id not in graded])
        text = f"{chinese(held[0].meeting.held_on)}已开民主评议，还有 {left} 人没有登记等次"
        yield _whole("grades", Level.NOTICE, "登记民主评议等次", text, ToList(Appraisal))


def _books(ledger: YearLedger, today: date) -> Iterator[Matter]:
    """Dues collected in a quarter that is over and not handed up; dues not shown to the members by December."""
    first = 3 * ((today.month - 1) // 3)
    if first and ledger.remittances:
        held = collected(ledger.dues, 1, first) - sum(item.amount_fen for item in ledger.remittances)
        if held > 0:
            text = f"{first} 月以前收的党费还有 {yuan(held)} 元没有上交"
            yield _whole("remittance", Level.WARNING, "党费待上交", text, ToList(Remittance))
    short = len(ledger.dues_notices) < ledger.rulebook.collection.publications
    if short and today.month >= ledger.rulebook.remind.notice_month:
        text = f"每年至少向党员公示{times(ledger.rulebook.collection.publications)}党费收缴情况"
        by = date(today.year, 12, 31)
        yield _whole("dues_notice", Level.WARNING, "党费还没有公示", text, ToList(DuesNotice), by)


def _term(ledger: YearLedger, today: date) -> Iterator[Matter]:
    term = term_of(ledger.branch, ledger.rulebook)
    if term is None:
        return
    for doubt in term_doubts(ledger.branch, ledger.rulebook):
        way = ToRecord(Branch, ledger.branch.id)
        yield _whole(
            "extension",
            Level.WARNING,
            f"换届延期超过{month_span(ledger.rulebook.people.extension_months)}",
            doubt.text,
            way,
        )
    ahead = sorted(ledger.rulebook.committee.remind_months, reverse=True)
    passed = [number for number, day in zip(ahead, term.reminders, strict=True) if today >= day]
    if not passed:
        return
    ends = term.extended_until or term.last
    left = term.left(today)
    text = f"{chinese(ends)}{'延期' if term.extended_until else '任期'}届满 · "
    text += f"不到 {passed[-1]} 个月，还有 {left} 天" if left >= 0 else f"已超期 {-left} 天"
    level = Level.ERROR if left < 0 else Level.WARNING if passed[-1] == ahead[-1] else Level.NOTICE
    yield _whole("term", level, "支委会换届", text, ToList(Election), ends)


def _size(ledger: YearLedger, today: date) -> Iterator[Matter]:
    rule, people = ledger.rulebook.people, ledger.roster.present(today)
    if not people:
        return
    full = sum(ledger.roster.status(person.id, today) is MemberStatus.FULL for person in people)
    need = ledger.rulebook.committee.full_members_need_committee
    branch = ToRecord(Branch, ledger.branch.id)
    if full < rule.found_full_members:
        text = f"正式党员 {full} 人，不足 {rule.found_full_members} 人，一般应与邻近单位成立联合党支部"
        yield _whole("too_few", Level.NOTICE, "正式党员人数不足", text, branch)
    if len(people) > rule.most_members:
        text = f"党员 {len(people)} 人，一般不超过 {rule.most_members} 人，请问上级是否分设"
        yield _whole("too_many", Level.NOTICE, "党员人数超过五十", text, branch)
    if full >= need and not has_committee(ledger, today):
        text = f"正式党员 {full} 人，有 {need} 人以上应设支部委员会"
        yield _whole("no_committee", Level.WARNING, "应设支部委员会", text, ToList(Election))


def _committee(ledger: YearLedger, today: date) -> Iterator[Matter]:
    """More members than there should be, seats that are vacant, and who may not hold a post."""
    posts, branch = committee(ledger.posts, today), ToRecord(Branch, ledger.branch.id)
    members, most = {post.member for post in posts}, ledger.rulebook.committee.most_members
    if len(members) > most:
        text = f"支委会 {len(members)} 人，一般不超过 {most} 人"
        yield _whole("committee_size", Level.WARNING, "支委会人数过多", text, branch)
    if in_force(ledger.posts, today) and not any(post.title is PostTitle.SECRETARY for post in posts):
        yield _whole("no_secretary", Level.WARNING, "没有书记", "书记空缺，应及时补选", ToList(Election))
    wanted = _seats(ledger, today)
    if 0 < len(members) < wanted:
        text = f"本届委员 {wanted} 人，现有 {len(members)} 人，空缺 {wanted - len(members)} 人，应及时补选"
        yield _whole("vacancy", Level.WARNING, "支委会委员空缺", text, ToList(Election))
    for post in posts:
        if post.member in ledger.roster:
            title, id = f"{ledger.roster[post.member].name}（{post.title}）", f"post:{post.id}"
            for problem in unfit_for(post, ledger.roster, ledger.rulebook, today):
                level = Level.WARNING if problem.severity is Severity.WARNING else Level.ERROR
                key = f"{id}:{problem.field}"
                yield Matter(level, title, problem.text, "", "post", key, None, branch)


def _seats(ledger: YearLedger, today: date) -> int:
    """How many members the present committee was elected with; 0 where that is not known."""
    bodies = (ElectionBody.GENERAL,)
    terms = [
        held.election
        for held in ledger.elections
        if held.election.body in bodies
        and held.election.kind is not ElectionKind.VACANCY
        and held.election.held_on <= today
    ]
    begun = max((item.held_on for item in terms), default=ledger.branch.elected)
    if begun is None or begun > today:
        return 0
    seats = max((item.seats for item in terms if item.held_on == begun), default=0)
    return max(seats, len({post.member for post in committee(ledger.posts, begun)}))


SUBJECTS: dict[str, Callable[[YearLedger, date], Iterator[Matter]]] = {
    "probation": _probation,
    "transfers": _transfers,
    "contact": _contact,
    "dispositions": _dispositions,
    "birthdays": _birthdays,
    "term": _term,
    "size": _size,
    "committee": _committee,
    "care": _care,
    "grades": _grades,
    "books": _books,
}
