"""示例支部: an invented ledger, the same for the same seed, to look around in and to measure with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from app.branch.branch import BranchKind, found_branch
from app.branch.groups import Group
from app.dates import PartialDate, add_months, month_end
from app.development.steps import Applicant, DevelopmentCheck, DevelopmentStep, Material
from app.dues.bases import DuesBasis, DuesCategory
from app.dues.months import load_dues
from app.dues.payments import Payment
from app.life.attendance import ABSENCE_REASONS, Attendance, AttendanceState
from app.life.meetings import Meeting, MeetingLabel, Minutes, audience, entitled_voters
from app.life.talks import TALK_KINDS, Talk
from app.life.votes import Vote, VoteKind
from app.people.members import Employment, Member, MemberStatus, Placement, Sex, Standing
from app.people.posts import Post, PostTitle, committee
from app.people.roster import Roster, load_roster
from app.rules.meeting_types import TYPE_ORDER, MeetingType
from app.rules.rulebook import rulebook_of
from app.sample.matters import fill_matters
from app.store import Store

SURNAMES = "张王李赵刘陈杨黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
GIVEN = (
    "志强 建民 秀兰 晓明 芳 国平 丽华 海燕 伟 超群 琳 文博 志远 静 峰 晓燕 "
    "建军 爽 佳 永康 红梅 小雨 立新 玉兰 子涵 明哲 思源 家和 雪 云飞"
)
DEPARTMENTS = ("办公室", "财务部", "科研部", "人事部", "后勤服务中心")
PLACES = ("三楼会议室", "党员活动室", "二楼小会议室")
SUBJECTS = {
    MeetingType.GENERAL: ("讨论支部年度工作", "通报党费收缴情况", "学习上级文件并部署工作", "听取支委会工作报告"),
    MeetingType.COMMITTEE: ("研究支部月度工作", "研究主题党日安排", "研究发展党员工作", "研究谈心谈话安排"),
    MeetingType.GROUP: ("集中学习和交流", "讨论小组分工", "学习党章交流体会"),
    MeetingType.LECTURE: ("专题党课：党章学习", "专题党课：作风建设", "专题党课：岗位奉献"),
    MeetingType.THEME_DAY: ("重温入党誓词", "志愿服务进社区", "参观红色教育基地", "警示教育"),
    MeetingType.LIFE_MEETING: ("年度组织生活会",),
    MeetingType.APPRAISAL: ("年度民主评议党员",),
}
CONTENT = (
    "一、主持人说明会议内容和要求。",
    "二、与会党员学习文件，结合岗位工作谈体会。",
    "三、讨论并明确分工：宣传工作由宣传委员负责，活动组织由组织委员负责。",
    "四、主持人小结，要求按时完成，下次会议检查落实情况。",
)


@dataclass(frozen=True)
class Plan:
    """What the invented ledger should hold: years, members, seed, its last day, characters in each minute."""

    years: int
    members: int
    seed: int
    until: date
    content_length: int = 0


def fill_sample(store: Store, plan: Plan) -> None:
    """Write the invented branch into an empty ledger, in one transaction."""
    random = Random(plan.seed)
    first_year = plan.until.year - plan.years + 1
    with store.transaction("生成示例支部", begins=True, at=datetime.combine(plan.until, time(9))):
        elected = date(plan.until.year - 2, 10, 21)
        found_branch(
            store,
            "示例党支部",
            kind=BranchKind.INSTITUTION,
            unit="示例单位",
            superior="示例单位党委",
            founded=PartialDate(first_year - 8, 7),
            elected=elected,
            sample=True,
        )
        groups = store[Group].save_all([Group(name=f"第{ordinal}党小组") for ordinal in "一二三"])
        _people(store, plan, random, groups)
        _posts(store, plan, groups)
        roster = load_roster(store)
        posts = store[Post].all()
        for year in range(first_year, plan.until.year + 1):
            _meetings(store, plan, random, year, roster, posts, groups)
            _talks(store, plan, random, year, roster, posts)
            _dues(store, plan, random, year, roster)
        _development(store, plan)
        fill_matters(store, plan.until)


def _people(store: Store, plan: Plan, random: Random, groups: list[Group]) -> None:
    first_year = plan.until.year - plan.years + 1
    names: list[str] = []
    given = GIVEN.split()
    while len(names) < plan.members:
        name = random.choice(SURNAMES) + random.choice(given)
        if name not in names or len(names) > 1000:
            names.append(name)
    for index, name in enumerate(names):
        probationary = index >= plan.members - max(1, plan.members // 15)
        retired = not probationary and index % 7 == 6
        birth = PartialDate(
            random.randint(1950, 1960) if retired else random.randint(1966, 1998),
            random.randint(1, 12),
            random.randint(1, 28),
        )
        joined, confirmed = _party_dates(plan, random, birth, probationary)
        sex = Sex.FEMALE if random.random() < 0.45 else Sex.MALE
        member = store[Member].save(
            Member(
                name=name,
                sex=sex,
                ethnicity="汉族" if index % 9 else "土家族",
                native_place="湖南长沙",
                birth=birth,
                id_number=_invented_id(birth, index, sex),
                education=("研究生", "大学本科", "大学本科", "大学专科", "中专")[random.randrange(5)],
                joined=joined,
                confirmed=confirmed,
                phone=f"139000{10000 + index:05}",
                address="示例市示例路",
            )
        )
        work = DEPARTMENTS[index % len(DEPARTMENTS)]
        position = "离退休" if retired else "专业技术岗位"
        store[Employment].save(Employment(member=member.id, department=work, position=position))
        standings = [Standing(member=member.id, since=joined, status=MemberStatus.PROBATIONARY)]
        if confirmed:
            standings.append(Standing(member=member.id, since=confirmed, status=MemberStatus.FULL))
        if index == plan.members - 4 and plan.members >= 10:
            left = PartialDate(plan.until.year, 3, 16)
            standings.append(
                Standing(member=member.id, since=left, status=MemberStatus.TRANSFERRED, note="转往示例区党支部")
            )
        store[Standing].save_all(standings)
        store[Placement].save(Placement(member=member.id, group=groups[index % len(groups)].id))
        category = DuesCategory.RETIRED if retired else DuesCategory.EMPLOYED
        base = random.choice((285000, 300000, 362050, 441600, 720000, 876543, 1000000))
        store[DuesBasis].save(
            DuesBasis(member=member.id, since=PartialDate(first_year, 1), category=category, base_fen=base)
        )


def _party_dates(
    plan: Plan, random: Random, birth: PartialDate, probationary: bool
) -> tuple[PartialDate, PartialDate | None]:
    if probationary:
        joined = add_months(plan.until, -random.randint(3, 10))
        return PartialDate.of(joined), None
    latest = plan.until.year - plan.years - 2
    joined = date(min(birth.year + random.randint(20, 30), latest), random.randint(1, 12), random.randint(1, 28))
    return PartialDate.of(joined), PartialDate.of(add_months(joined, 12))


def _invented_id(birth: PartialDate, index: int, sex: Sex) -> str:
    sequence = index % 400 * 2 + (100 if sex is Sex.FEMALE else 101)
    body = f"430199{birth.year:04}{birth.month:02}{birth.day:02}{sequence:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


# Days before the end of the plan at which the steps of each invented applicant were done, from the first on.
APPLICANTS = (
    ("方俊杰", (57, 40)),
    ("蒋文静", (18,)),
    ("叶晓东", (400, 380, 255, 240, 235)),
    ("苏婷", (300, 280, 182, 170, 165)),
    ("曹宇航", (120, 100, 60)),
    ("彭莉", (800, 780, 500, 490, 485, 484, 100, 80, 60)),
    ("谢明哲", (1000, 980, 700, 690, 685, 684, 300, 280, 260, 200, 150, 60, 20)),
)


def _development(store: Store, plan: Plan) -> None:
    """Some people on their way into the Party."""
    if plan.members < 12:
        return
    rule = rulebook_of(plan.until.year).development
    full = [m for m in store[Member].all() if m.confirmed][:8]
    for number, (name, days) in enumerate(APPLICANTS):
        person = store[Applicant].save(
            Applicant(
                name=name,
                sex=Sex.FEMALE if number in (1, 3, 5) else Sex.MALE,
                birth=PartialDate(1990 + number, 3 + number, 11),
                education="大学本科",
                department=DEPARTMENTS[number % 3],
            )
        )
        for step, ago in enumerate(days, 1):
            pair = step in (5, 9)
            done = plan.until - timedelta(days=ago)
            store[DevelopmentStep].save(
                DevelopmentStep(
                    applicant=person.id,
                    step=step,
                    done_on=done,
                    first_person=full[0].id if pair else None,
                    second_person=full[1].id if pair else None,
                    days=3 if step == 11 else None,
                    hours=24 if step == 11 else None,
                    who="组织委员",
                )
            )
            for paper in rule.step(step).materials:
                if (name, step) != ("彭莉", 8):
                    store[Material].save(Material(applicant=person.id, step=step, name=paper, received_on=done))
        if len(days) > 5:
            for ago in range(days[2] - 180, days[6], -180):
                day = plan.until - timedelta(days=ago)
                finding = "表现良好，继续培养。"
                store[DevelopmentCheck].save(
                    DevelopmentCheck(applicant=person.id, checked_on=day, by=full[0].name, finding=finding)
                )


def _posts(store: Store, plan: Plan, groups: list[Group]) -> None:
    people = store[Member].all()
    titles = (
        PostTitle.SECRETARY,
        PostTitle.DEPUTY_SECRETARY,
        PostTitle.ORGANISATION,
        PostTitle.PUBLICITY,
        PostTitle.DISCIPLINE,
    )
    if len(people) >= 12:
        store[Post].save_all(
            [Post(member=person.id, title=title) for person, title in zip(people, titles, strict=False)]
        )
        leaders = people[6 : 6 + len(groups)]
        store[Post].save_all([Post(member=person.id, title=PostTitle.GROUP_LEADER) for person in leaders])
    elif people:
        store[Post].save(Post(member=people[0].id, title=PostTitle.SECRETARY))


def _meetings(
    store: Store, plan: Plan, random: Random, year: int, roster: Roster, posts: list[Post], groups: list[Group]
) -> None:
    for month in range(1, 13):
        wanted: list[tuple[int, tuple[MeetingType, ...], int | None]] = [
            (5, (MeetingType.COMMITTEE,), None),
            (20, (MeetingType.THEME_DAY, MeetingType.LECTURE) if month % 3 == 2 else (MeetingType.THEME_DAY,), None),
        ]
        wanted += [(12 + number, (MeetingType.GROUP,), group.id) for number, group in enumerate(groups)]
        if month % 3 == 0:
            wanted.append((25, (MeetingType.GENERAL,), None))
        if month == 1:
            wanted.append((23, (MeetingType.LIFE_MEETING, MeetingType.APPRAISAL), None))
        for day, types, group in sorted(wanted, key=lambda item: item[0]):
            held = date(year, month, day)
            # A few gaps in the last year, so that the board has something to show.
            skipped = year == plan.until.year and (month, types[0]) in (
                (2, MeetingType.COMMITTEE),
                (6, MeetingType.GROUP),
            )
            if held <= plan.until and not (skipped and (group in (None, groups[1].id))):
                _meeting(store, plan, random, held, types, group, roster, posts)


def _meeting(
    store: Store,
    plan: Plan,
    random: Random,
    held: date,
    types: tuple[MeetingType, ...],
    group: int | None,
    roster: Roster,
    posts: list[Post],
) -> None:
    leaders = [roster[post.member].name for post in committee(posts, held)] or ["主持人"]
    text = "\n".join(CONTENT)
    while len(text) < plan.content_length:
        text += "\n" + random.choice(CONTENT)
    meeting = store[Meeting].save(
        Meeting(
            held_on=held,
            start=time(15, 0),
            end=random.choice((time(16, 0), time(16, 30), time(17, 0))),
            place=random.choice(PLACES),
            host=leaders[0],
            recorder=leaders[min(2, len(leaders) - 1)],
            subject=random.choice(SUBJECTS[types[0]]),
            content=text[: plan.content_length] if plan.content_length else text,
            group=group,
        )
    )
    ordered = sorted(types, key=TYPE_ORDER.__getitem__)
    store[MeetingLabel].save_all([MeetingLabel(meeting=meeting.id, type=kind) for kind in ordered])
    roll: list[Attendance] = []
    for person in audience(types, group, held, roster, posts):
        chance = random.random()
        state = AttendanceState.ABSENT if chance < 0.07 else AttendanceState.LATE if chance > 0.985 else None
        reason = random.choice(ABSENCE_REASONS) if state is AttendanceState.ABSENT else ""
        state = state or AttendanceState.PRESENT
        roll.append(Attendance(meeting=meeting.id, member=person.id, state=state, reason=reason))
    store[Attendance].save_all(roll)
    if MeetingType.GENERAL in types:
        entitled, present = entitled_voters(Minutes(meeting, types, tuple(roll)), roster)
        store[Vote].save(
            Vote(
                meeting=meeting.id,
                kind=VoteKind.ORDINARY,
                motion=f"通过{meeting.subject}事项",
                entitled=entitled,
                present=present,
                in_favour=present,
            )
        )


def _talks(store: Store, plan: Plan, random: Random, year: int, roster: Roster, posts: list[Post]) -> None:
    first = date(year, 1, 6)
    last = min(date(year, 12, 20), plan.until)
    leaders = [post.member for post in committee(posts, last)]
    people = [person.id for person in roster.present(last)]
    if not leaders or last <= first:
        return
    wanted = [(a, b) for number, a in enumerate(leaders) for b in leaders[number + 1 :]]
    wanted += [(leader, person) for leader in leaders[:2] for person in people if person not in leaders]
    random.shuffle(wanted)
    span = (last - first).days
    kept = len(wanted) if last.month == 12 else len(wanted) * last.month // 12
    talks = [
        Talk(
            talked_on=first + timedelta(days=span * number // max(1, len(wanted))),
            talker=talker,
            partner=partner,
            kind=random.choice(TALK_KINDS[:2]),
            place="办公室",
            content="了解近期思想、工作和生活情况，肯定成绩，听取对支部工作的意见。",
            opinion=random.choice(("建议多安排业务学习。", "没有意见。", "希望活动时间提前通知。")),
            private="",
        )
        for number, (talker, partner) in enumerate(wanted[:kept])
    ]
    store[Talk].save_all(talks)


def _dues(store: Store, plan: Plan, random: Random, year: int, roster: Roster) -> None:
    dues = load_dues(store, year, roster, rulebook_of(year), dues_day=10)
    payments: list[Payment] = []
    behind = random.choice(list(dues.rows)) if dues.rows else 0
    for month in range(1, 13):
        paid_on = date(year, month, 10)
        if paid_on > plan.until:
            break
        current = month_end(year, month) > plan.until
        for member, row in dues.rows.items():
            cell = row[month - 1]
            late = year == plan.until.year and (
                (member == behind and plan.until.month - month < 3) or (current and random.random() < 0.2)
            )
            if cell.owed_fen and not late:
                payments.append(
                    Payment(member=member, month=PartialDate(year, month), amount_fen=cell.owed_fen, paid_on=paid_on)
                )
    store[Payment].save_all(payments)
