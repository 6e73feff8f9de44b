"""党员名册: who the members are, and the dated facts about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from app.branch.groups import Group
from app.dates import PartialDate
from app.errors import Refused
from app.people import identity
from app.record import Problem, Record, Severity, entry, missing_entries, refuse_errors, stored
from app.store import Store


class Sex(StrEnum):
    """性别 (GB/T 2261.1)."""

    MALE = "男"
    FEMALE = "女"


@stored
class Member(Record, called="党员", timeless=True):
    """党员: what does not change, or only by correction. What changes with time is a dated fact of its own."""

    name: str = entry("姓名", required=True, titles=True)
    sex: Sex | None = entry("性别", default=None)
    ethnicity: str = entry("民族", default="", words="ethnicity")
    native_place: str = entry("籍贯", default="", personal=True)
    birth: PartialDate | None = entry("出生日期", default=None)
    id_number: str = entry("身份证号", default="", personal=True)
    birthplace: str = entry("出生地", default="", personal=True)
    education: str = entry("学历", default="", words="education")
    degree: str = entry("学位", default="", words="degree")
    joined: PartialDate | None = entry("入党日期", default=None)
    confirmed: PartialDate | None = entry("转正日期", default=None)
    work_started: PartialDate | None = entry("参加工作日期", default=None)
    technical_title: str = entry("技术职务", default="", words="technical_title")
    social_stratum: str = entry("新社会阶层", default="", words="social_stratum")
    front_line: str = entry("一线情况", default="", words="front_line")
    phone: str = entry("联系电话", default="", personal=True)
    address: str = entry("家庭住址", default="", personal=True)
    note: str = entry("备注", default="", personal=True)


class MemberStatus(StrEnum):
    """人员类别 and the ways of leaving (党章 art. 9): the first three belong to the branch, the rest have left it."""

    PROBATIONARY = "预备党员"
    FULL = "正式党员"
    SUSPENDED = "停止党籍"
    TRANSFERRED = "已转出"
    DECEASED = "去世"
    EXPELLED = "出党"
    PROBATION_CANCELLED = "取消预备党员资格"


class Leaving(StrEnum):
    """出党方式 (党章 art. 9, 不合格党员组织处置办法)."""

    EXPELLED = "开除党籍"
    SELF_LEFT = "除名（自行脱党）"
    REFUSED_ADVICE = "除名（劝而不退）"
    OTHER_REMOVAL = "除名（其他）"
    ADVISED = "劝其退党"
    RESIGNED = "自愿退党"


IN_BRANCH = (MemberStatus.PROBATIONARY, MemberStatus.FULL)


@stored
class Standing(Record, called="人员类别"):
    """A member's status from a day on, until the next one. An empty day means: as long as the ledger knows."""

    member: int = entry("党员", required=True, of=Member, titles=True)
    since: PartialDate | None = entry("自何时", default=None, tells_year=True)
    status: MemberStatus = entry("人员类别", required=True)
    note: str = entry("说明", default="")
    leaving: Leaving | None = entry("出党方式", default=None)


@stored
class Placement(Record, called="所在党小组"):
    """The group a member belongs to from a day on (no group: none)."""

    member: int = entry("党员", required=True, of=Member, titles=True)
    since: PartialDate | None = entry("自何时", default=None, tells_year=True)
    group: int | None = entry("党小组", default=None, of=Group)


@stored
class Employment(Record, called="工作单位和岗位"):
    """Where a member works and as what, from a day on."""

    member: int = entry("党员", required=True, of=Member, titles=True)
    since: PartialDate | None = entry("自何时", default=None, tells_year=True)
    department: str = entry("工作部门", default="")
    duty: str = entry("单位职务", default="")
    position: str = entry("工作岗位", default="", words="position")


class Restriction(StrEnum):
    """What may take the vote from a full member (选举条例 art. 5)."""

    NONE = "无"
    PARTY_PROBATION = "留党察看"
    RIGHTS_SUSPENDED = "停止党员权利"


@stored
class VotingRestriction(Record, called="表决权限制"):
    """A restriction of a member's vote from a day on."""

    member: int = entry("党员", required=True, of=Member, titles=True)
    since: PartialDate | None = entry("自何时", default=None, tells_year=True)
    restriction: Restriction = entry("表决权限制", required=True)
    note: str = entry("依据", default="")


def check_member(member: Member, others: Sequence[Member], today: date) -> list[Problem]:
    """What is wrong with a member's fields, beside the other members."""
    problems = missing_entries(member)
    if len(member.name) > 40:
        problems.append(Problem("name", "姓名最多 40 个字"))
    if member.id_number:
        problems += _check_id_number(member, others, today)
    if member.birth and member.birth.first > today:
        problems.append(Problem("birth", "出生日期在今天之后"))
    if member.joined and member.confirmed and member.confirmed.last < member.joined.first:
        problems.append(Problem("confirmed", "转正日期早于入党日期"))
    if member.birth and member.joined and member.joined.last < member.birth.first:
        problems.append(Problem("joined", "入党日期早于出生日期"))
    return problems


def _check_id_number(member: Member, others: Sequence[Member], today: date) -> list[Problem]:
    fault = identity.doubt_of(member.id_number, today)
    if fault:
        return [Problem("id_number", fault, Severity.WARNING)]
    problems: list[Problem] = []
    twin = next((m for m in others if m.id != member.id and m.id_number == member.id_number), None)
    if twin:
        problems.append(Problem("id_number", f"与{twin.name}的身份证号相同"))
    born = identity.birth_of(member.id_number)
    if member.birth and not member.birth.first <= born.first <= member.birth.last:
        text = f"与身份证号里的 {born} 不同，以档案为准时可保留"
        problems.append(Problem("birth", text, Severity.WARNING))
    if member.sex and identity.is_male(member.id_number) is not (member.sex is Sex.MALE):
        problems.append(Problem("sex", "与身份证号里的性别不同", Severity.WARNING))
    return problems


# --- verbs ----------------------------------------------------------------------------------------------


def enrol(
    store: Store,
    member: Member,
    today: date,
    *,
    status: MemberStatus,
    since: PartialDate | None = None,
    group: int | None = None,
    note: str = "",
    others: Sequence[Member] | None = None,
) -> Member:
    """Enter a member in the roster with status and group; raises Refused.

    `since` is the day of coming into this branch; without it the dates of joining and confirmation tell
    from when the member was what. `others` are the members to compare with, all of them when not given.
    """
    refuse_errors(check_member(member, store[Member].all() if others is None else others, today))
    with store.transaction("登记党员"):
        saved = store[Member].save(member)
        for day, was in [(since, status)] if since else _told_by_dates(member, status):
            store[Standing].save(Standing(member=saved.id, since=day, status=was, note=note))
        if group is not None:
            store[Placement].save(Placement(member=saved.id, since=since, group=group))
    return saved


def _told_by_dates(member: Member, status: MemberStatus) -> list[tuple[PartialDate | None, MemberStatus]]:
    if status is MemberStatus.FULL and member.joined and member.confirmed:
        return [(member.joined, MemberStatus.PROBATIONARY), (member.confirmed, MemberStatus.FULL)]
    return [(member.joined, status)]


def update_member(store: Store, member: Member, today: date, others: Sequence[Member] | None = None) -> Member:
    """Correct a member's own fields, compared with all members or with `others`; raises Refused."""
    refuse_errors(check_member(member, store[Member].all() if others is None else others, today))
    with store.transaction("修改党员信息"):
        return store[Member].save(member)


def change_status(
    store: Store, member: int, since: PartialDate, status: MemberStatus, note: str = "", leaving: Leaving | None = None
) -> None:
    """Record that a member's status changes on a day (confirmed, transferred, …); raises Refused."""
    same = [fact for fact in store[Standing].all(member=member) if fact.since == since]
    if status is MemberStatus.EXPELLED and leaving is None:
        raise Refused("请选出党方式：开除、除名、劝退还是自愿退党。")
    fact = Standing(member=member, since=since, status=status, note=note, leaving=leaving)
    with store.transaction("登记人员类别变化"):
        store[Standing].save(replace(fact, id=same[0].id) if same else fact)
        person = store[Member].get(member)
        was = {item.status for item in store[Standing].all(member=member)}
        if status is MemberStatus.FULL and person.confirmed is None and MemberStatus.PROBATIONARY in was:
            store[Member].save(replace(person, confirmed=since))


def place(store: Store, member: int, since: PartialDate | None, group: int | None) -> None:
    """Record the group a member belongs to from a day on."""
    same = [fact for fact in store[Placement].all(member=member) if fact.since == since]
    fact = Placement(member=member, since=since, group=group)
    with store.transaction("调整党小组"):
        store[Placement].save(replace(fact, id=same[0].id) if same else fact)


def place_together(store: Store, members: Sequence[int], since: PartialDate, group: int | None) -> None:
    """Record one group for several members from a day on, as one action."""
    with store.transaction(f"调整党小组（{len(members)} 人）"):
        for member in members:
            place(store, member, since, group)


def employ(store: Store, fact: Employment) -> None:
    """Record where a member works from a day on; the same day again corrects it."""
    same = [item for item in store[Employment].all(member=fact.member) if item.since == fact.since]
    with store.transaction("登记工作变化"):
        store[Employment].save(replace(fact, id=same[0].id) if same else fact)


def remove_fact(store: Store, fact: Standing | Placement | Employment | VotingRestriction) -> None:
    """Take back a dated fact entered by mistake."""
    with store.transaction("删除一条经历"):
        store[type(fact)].remove(fact.id)


def remove_member(store: Store, member: int) -> None:
    """Take back a member entered by mistake; raises Refused when records already name the person."""
    try:
        with store.transaction("删除党员"):
            store[Member].remove(member)
    except Refused as refusal:
        raise Refused("这位党员已有会议、谈话或党费记录，不能删除。", "请改为登记转出或其他去向。") from refusal
