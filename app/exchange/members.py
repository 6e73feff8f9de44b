"""A roster as offices keep it → members with their dated facts, and what it says otherwise than the ledger."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.dates import PartialDate
from app.development.steps import Applicant
from app.dues.bases import DuesCategory
from app.errors import Refused
from app.exchange.branches import own_name, own_rows
from app.exchange.member_differences import Facts, differences, leave, take
from app.exchange.member_rows import MemberRow, read_row
from app.exchange.member_status import LEFT
from app.exchange.mending import NEW_PERSON, Mending
from app.exchange.months import years_told
from app.exchange.persons import People, complete, may_be_same
from app.exchange.reading import Reading, Sure
from app.exchange.sheet import Difference, LeftOut, Outcome, Row, Sheet
from app.exchange.words import DEVELOPING, leaving_in, packed
from app.names import plain_name, tidy_name
from app.people.members import Employment, Member, MemberStatus, Standing, check_member, enrol, update_member
from app.people.posts import PostTitle
from app.people.roster import load_roster
from app.record import Severity, entries, refuse_errors
from app.store import Store

TELLING = ("birth", "joined", "phone")
"""The fields of which one that agrees makes two rows of one name one person."""


def import_members(store: Store, sheet: Sheet, today: date, mending: Mending) -> Outcome:
    """Enter the good rows: new people are enrolled, known ones completed; nothing known is overwritten unasked.

    The same identity number is the same person. The same name with a birth date that agrees is taken for the same
    person and told, so that the user can say otherwise.
    """
    rows, outcome = own_rows(store, sheet, mending, "人")
    wrong, branch = {fault.row for fault in outcome.refused}, own_name(store)
    entering = _Entering(store, sheet, outcome, today, mending)
    before, named = load_roster(store).present(today), set[str]()
    seen: dict[str, int] = {}
    outside: dict[str, list[int]] = {}
    with store.transaction():
        applying = "joined" not in sheet.headings and any(_APPLYING.search(left.what) for left in sheet.left_out)
        told = (read_row(row, today, mending, branch) for row in rows)
        for row in (_asked_beside(row, mending) for row in told) if applying else told:
            named |= {plain_name(row.member.name), row.member.id_number}
            if row.outsider and not row.refused:
                if row.outsider in DEVELOPING and row.key in mending.taken_rows:
                    entering.enter_applicant(row)
                else:
                    outside.setdefault(row.outsider.value, []).append(row.key)
                continue
            entered = entering.settled(row) if row.refused else row
            number = entered.member.id_number
            if number and number in seen:
                told = entered.row.fault("id_number", f"与第 {seen[number]} 行的身份证号相同")
                entered = replace(entered, faults=(*entered.faults, told))
            elif number:
                seen[number] = entered.row.number
            outcome.faults += entered.faults
            if not entered.refused and entered.key not in wrong:
                entering.enter(entered)
    _tell_outsiders(outside, rows, outcome)
    _tell_usual_category(entering, outcome)
    _tell_without_post(entering, rows, outcome)
    outcome.told += _not_in_it(before, named - {""})
    return outcome


def _not_in_it(before: Sequence[Member], named: set[str]) -> Iterator[str]:
    """Who was in the roster and is not `named` in a table that has most of it: nobody leaves by not being named."""
    missing = [member for member in before if not {plain_name(member.name), member.id_number} & named]
    if missing and len(missing) * 2 <= len(before):
        names = "、".join(member.name for member in missing[:8]) + ("等" if len(missing) > 8 else "")
        yield f"名册里的 {len(missing)} 人不在这张表里（{names}），没有改动；已经离开的请在名册里登记"


_APPLYING = re.compile("申请|积极分子|发展对象")


def _asked_beside(row: MemberRow, mending: Mending) -> MemberRow:
    """A row of a table that tells of applications and of no joining: asked, where no status says who it is."""
    if row.status is not None or row.outsider or mending.accepts(row.key, "name"):
        return row
    why = "表里只有申请入党、积极分子的日子，没有入党日期，是党员的请勾选"
    asked = row.row.doubt("name", Reading(row.row.text("name"), row.member.name, Sure.ASKED, why))
    return replace(row, faults=(*row.faults, asked))


def _tell_outsiders(outside: dict[str, list[int]], rows: list[Row], outcome: Outcome) -> None:
    numbers = {row.key: row.number for row in rows}
    for kind, keys in outside.items():
        told = "、".join(str(numbers[key]) for key in keys[:8]) + ("等" if len(keys) > 8 else "")
        developing = kind in DEVELOPING
        reason = f"是{kind}，可以记入发展党员" if developing else kind
        offer = "记入发展党员" if developing else "仍按党员导入"
        outcome.left_out.append(
            LeftOut("", f"第 {told} 行（{len(keys)} 人）", len(keys), reason, None, tuple(keys), offer)
        )


def _tell_usual_category(entering: _Entering, outcome: Outcome) -> None:
    """Once for the table: whose category nothing tells pays as in work."""
    if entering.usual:
        count = len(entering.usual)
        outcome.told.append(f"表里没有写明党费类别的 {count} 人按在职计，离退休的请在党费基数里改")


def _tell_without_post(entering: _Entering, rows: list[Row], outcome: Outcome) -> None:
    """Once for the table: who holds a post keeps it where the table, which names the posts of others, has none."""
    if entering.without_post and any(row.text("post") for row in rows):
        holders = "、".join(entering.without_post)
        outcome.told.append(f"表里没有写党内职务的有{holders}，职务没有改动；已经不担任的请在“支部”里登记")


@dataclass
class _Entering:
    store: Store
    sheet: Sheet
    outcome: Outcome
    today: date
    mending: Mending
    usual: list[Row] = field(default_factory=list[Row])
    """The rows whose category of dues nothing tells."""
    without_post: list[str] = field(default_factory=list[str])
    """Those who hold a post and have none in the table, which may be no more than a blank."""

    def __post_init__(self) -> None:
        self.people = People(self.store[Member].all())
        self._facts = Facts(self.store, self.today)
        self._here: dict[int, MemberRow] = {}
        self._named = Counter(plain_name(tidy_name(row.text("name"))[0]) for row in self.sheet.rows)

    def settled(self, row: MemberRow) -> MemberRow:
        """A row whose faults do not matter for somebody who is known: a rare character, an odd word of a status."""
        errors = [fault for fault in row.faults if fault.severity is Severity.ERROR]
        odd = all(fault.field == "status" and not fault.asked for fault in errors)
        if odd and any(may_be_same(row.member, other) for other in self.people.named(row.member.name)):
            told = (replace(fault, severity=Severity.WARNING) if fault in errors else fault for fault in row.faults)
            return replace(row, faults=tuple(told))
        return self._named_by_number(row)

    def _named_by_number(self, row: MemberRow) -> MemberRow:
        """A row whose name lost a rare character on its way: the number still tells who it is."""
        known = self.people.with_number(row.member.id_number)
        if known is None or any(f.field != "name" for f in row.faults if f.severity is Severity.ERROR):
            return row
        text = f"姓名写法与名册里的“{known.name}”不同，已按身份证号对上"
        notice = row.row.fault("name", text, Severity.WARNING)
        return replace(row, member=replace(row.member, name=known.name), faults=(notice,))

    def enter(self, row: MemberRow) -> None:
        """Enrol a person or complete a known one."""
        try:
            known = self._known(row)
            told = {
                name: value
                for name, value in row.by_number.items()
                if not isinstance(known, Member) or getattr(known, name) is None
            }
            row = replace(row, member=replace(row.member, **told)) if told else row
            if known == NEW_PERSON:
                member = self._enrol(row)
                self.outcome.added += 1
                self._tell_second_secretary(row, member)
                self._facts.add(row, member, self._since_of_base(row), self._told_category(row))
                self._leave(row, member)
            elif isinstance(known, Member):
                self._update(row, known)
        except Refused as refusal:
            self.outcome.faults.append(row.row.fault("name", refusal.text))

    def enter_applicant(self, row: MemberRow) -> None:
        """Somebody who is on the way to become a member, into 发展党员."""
        person, work = row.member, row.employment or Employment(member=0)
        if any(item.name == person.name for item in self.store[Applicant].all()):
            self.outcome.unchanged += 1
            return
        told = {name: getattr(person, name) for name in ("name", "sex", "ethnicity", "birth", "id_number", "education")}
        self.store[Applicant].save(
            Applicant(**told, phone=person.phone, department=work.department, note=str(row.outsider or ""))
        )
        self.outcome.added += 1

    def _known(self, row: MemberRow) -> Member | int | None:
        """Who a row is; NEW_PERSON for nobody known, None when that is asked."""
        member, decided = row.member, self.mending.persons.get(row.key)
        if decided is not None:
            return self.people.get(self._id_of(decided)) or NEW_PERSON
        by_number = self.people.with_number(member.id_number)
        if by_number:
            return by_number
        fitting = [other for other in self.people.named(member.name) if may_be_same(member, other)]
        if len(fitting) > 1:
            fitting = self._facts.narrowed(fitting, row)
        if not fitting:
            return self._namesake(row)
        if len(fitting) > 1:
            return self._ask_who(row, f"名册里有 {len(fitting)} 位“{member.name}”，分不清是哪一位，请在右边选", fitting)
        if fitting[0].id in self._here:
            return self._twice(row, fitting[0])
        sure = member.birth is not None and member.birth == fitting[0].birth
        if member.id_number or not sure:
            why = "姓名和出生日期相同" if sure else "姓名相同"
            text = f"{why}，按名册里的{fitting[0].name}处理；不是同一个人的，请改选“新增为另一人”"
            self.outcome.faults.append(row.row.fault("name", text, Severity.WARNING))
        return fitting[0]

    def _namesake(self, row: MemberRow) -> int | None:
        """Of the name of somebody known, whose birth or number differs: asked, unless both do or the file has two."""
        member, others = row.member, [o for o in self.people.named(row.member.name) if o.id not in self._here]
        alike = [one for one in self.people.with_other_dots(member.name) if may_be_same(member, one)]
        if alike:
            why = f"名册里有“{alike[0].name}”，只差姓名里的点，是同一个人还是另一个人，请在右边选"
            return self._ask_who(row, why, alike)
        if not others or self._named[plain_name(member.name)] > 1:
            return NEW_PERSON
        known = others[0]
        numbers = bool(member.id_number and known.id_number and member.id_number != known.id_number)
        births = not may_be_same(replace(member, id_number="", birth=member.birth or row.by_number.get("birth")), known)
        what = "身份证号和出生日期" if numbers and births else "身份证号" if numbers else "出生日期"
        if numbers and births:
            text = f"名册里也有一位“{known.name}”，{what}都不同，按另一个人新增"
            self.outcome.faults.append(row.row.fault("name", text, Severity.WARNING))
            return NEW_PERSON
        why = f"名册里也有“{known.name}”，{what}与表里的不同，是同一个人还是另一个人，请在右边选"
        return self._ask_who(row, why, others)

    def _twice(self, row: MemberRow, known: Member) -> Member | int | None:
        """The same name twice in a file: one person where all agrees, two where anything tells them apart."""
        first, member = self._here[known.id], row.member
        apart = self._facts.apart(first, row)
        if apart:
            text = f"与第 {first.row.number} 行同名，{apart}不同，按两个人"
            self.outcome.faults.append(row.row.fault("name", text, Severity.WARNING))
            return NEW_PERSON
        named, again = tidy_name(first.row.text("name"))[1], tidy_name(row.row.text("name"))[1]
        phones = {first.member.phone, member.phone} - {""}
        if (
            named == again
            and len(phones) < 2
            and any(getattr(member, name) and getattr(member, name) == getattr(known, name) for name in TELLING)
        ):
            return known
        marked = f"，括号里写的不同（{again or '没有写'}、{named or '没有写'}）" if named != again else ""
        marked = "，联系电话不同" if not marked and len(phones) > 1 else marked
        why = f"与第 {first.row.number} 行同名{marked}，看不出是不是同一个人，请在右边选"
        return self._ask_who(row, why, [known])

    def _ask_who(self, row: MemberRow, why: str, people: Sequence[Member]) -> None:
        """Ask which of several people a row is, or whether it is somebody else."""
        who = [(NEW_PERSON, "新增为另一人")]
        for person in people:
            if (first := self._here.get(person.id)) is not None:
                who.append((-first.key, f"与第 {first.row.number} 行是同一个人"))
            else:
                who.append((person.id, f"名册里的{person.name} {person.birth or ''}".rstrip()))
        asked = row.row.doubt("name", Reading(row.member.name, None, Sure.ASKED, why))
        self.outcome.faults.append(replace(asked, who=tuple(who)))

    def _id_of(self, decided: int) -> int:
        """The member that was decided on, by her number or by the row that is hers."""
        return next((id for id, first in self._here.items() if first.key == -decided), decided)

    def _update(self, row: MemberRow, known: Member) -> None:
        taken = {item.name for item in entries(Member) if self.mending.takes(row.key, item.name)}
        completed, differing = complete(known, row.member, taken)
        for name, was, new in differing:
            self._differ(row, Difference(row.key, name, row.row.column(name), was, new, name in taken, "", new))
        if completed != known:
            update_member(self.store, completed, self.today, self.people.twins(completed))
            self.people.put(completed)
        self._tell_second_secretary(row, completed)
        held = [post.title for post in self._facts.posts(known.id)]
        if held and "post" in row.row.cells and not row.posts:
            self.without_post.append(f"{known.name}（{'、'.join(held)}）")
        changed = self._facts.add(row, completed, self._since_of_base(row), self._told_category(row))
        changed = changed or completed != known
        for found in list(differences(self._facts, row, completed)):
            since = self.mending.since.get((row.key, found.field), found.since)
            item = replace(found, taken=found.taken or self._takes(row, found), since=since)
            self._differ(row, item)
            if item.taken:
                done = self._try(row, item.field, lambda item=item: take(self._facts, row, completed, item))
                changed = changed or done
        changed = self._leave(row, completed) or changed
        self._here.setdefault(known.id, row)
        self.outcome.updated += changed
        self.outcome.unchanged += not changed

    def _takes(self, row: MemberRow, found: Difference) -> bool:
        """Whether the sheet is right; that somebody left, or is here again, on no day told is only taken one by one."""
        if found.field == "status" and (row.status in LEFT or found.was in LEFT):
            return (row.key, found.field) in self.mending.taken
        return self.mending.takes(row.key, found.field)

    def _differ(self, row: MemberRow, item: Difference) -> None:
        self.outcome.differences.append(item)
        if not item.taken:
            text = f"表里是“{item.new}”，名册里是“{item.was}”，保留名册里的"
            self.outcome.faults.append(row.row.fault(item.field, text, Severity.WARNING))

    def _tell_second_secretary(self, row: MemberRow, member: Member) -> None:
        """A branch has one secretary: that somebody else is one too is told."""
        if PostTitle.SECRETARY not in row.posts or PostTitle.SECRETARY in self._facts.titles(member.id):
            return
        other = self.people.get(self._facts.secretary(member.id) or 0)
        if other is not None:
            text = f"“{other.name}”也是书记，支部只有一位书记，请核对"
            self.outcome.faults.append(row.row.fault("post", text, Severity.WARNING))

    def _enrol(self, row: MemberRow) -> Member:
        twins = self.people.twins(row.member)
        if row.status is None:
            # Nothing tells whether the person is a full or a probationary member: kept without a status.
            refuse_errors(check_member(row.member, twins, self.today))
            saved = self.store[Member].save(row.member)
            text = "没有人员类别和入党日期，记入名册后类别不明，请在名册里补上"
            self.outcome.faults.append(row.row.fault("status", text, Severity.WARNING))
        elif row.status in LEFT:
            refuse_errors(check_member(row.member, twins, self.today))
            saved = self.store[Member].save(row.member)
            expelled = row.status is MemberStatus.EXPELLED
            leaving = leaving_in(packed(row.row.text("status"))) if expelled else None
            standing = Standing(member=saved.id, status=row.status, since=row.left_on, leaving=leaving)
            self.store[Standing].save(standing)
        else:
            saved = enrol(self.store, row.member, self.today, status=row.status, others=twins)
        self.people.put(saved)
        self._here[saved.id] = row
        return saved

    def _leave(self, row: MemberRow, member: Member) -> bool:
        """Register what a remark or a day of leaving tells and somebody confirmed; whether it was new."""
        held = self._facts.held(Standing, member.id)
        if not row.ends or (held is not None and held.status is row.ends[0]):
            return False
        status, day = row.ends
        return self._try(row, "note", lambda: leave(self._facts, row, member, status, day))

    def _try(self, row: MemberRow, name: str, change: Callable[[], None]) -> bool:
        """Do one change beside others; why it cannot be is told."""
        try:
            change()
        except Refused as refusal:
            self.outcome.faults.append(row.row.fault(name, refusal.text.rstrip("。"), Severity.WARNING))
            return False
        return True

    def _since_of_base(self, row: MemberRow) -> PartialDate:
        years = years_told(row.row.title)
        return PartialDate(years[0] if len(years) == 1 else self.today.year, 1)

    def _told_category(self, row: MemberRow) -> DuesCategory:
        told = any(row.row.text(name) for name in ("dues_category", "note", "position")) or row.category not in (
            None,
            DuesCategory.EMPLOYED,
        )
        if row.base_fen is not None and not told:
            self.usual.append(row.row)
        return row.category or DuesCategory.EMPLOYED
