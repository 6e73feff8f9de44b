"""示例支部的年度事项: invented tasks, problems, papers, ballots and plans, so that no page of the sample is empty."""

from __future__ import annotations

from datetime import date, time, timedelta

from app.checks.check import Asked
from app.checks.self_checks import by_records, judge_all
from app.life.follow_ups import FollowUp
from app.life.life_meetings import LifeFinding
from app.life.meetings import AgendaItem, AgendaKind, Meeting, MeetingLabel
from app.life.minutes_templates import MinutesTemplate
from app.life.plans import PlannedEvent
from app.life.study import OwnStudy, StudyForm
from app.life.talks import BEREAVED, TalkOccasion
from app.people.appraisals import Appraisal, AppraisalTally, Grade
from app.people.members import Member
from app.rules.meeting_types import MeetingType
from app.store import Store
from app.work.checklist_packs import add_checklist, shipped_checklists
from app.work.inspections import Inspection, InspectionKind
from app.work.rectifications import Rectification
from app.work.register_packs import add_register, shipped_registers
from app.work.register_rows import save_row
from app.work.repositories import RepositoryItem
from app.work.self_checks import SelfCheck, save_scores
from app.work.special_registers import columns_of, row_kind
from app.work.superior_documents import DocumentItem, DocumentWork, SuperiorDocument
from app.work.tasks import Task
from app.work.year_papers import YearPaper, YearPaperKind
from app.year.ledger import load_year
from app.year.self_checks import periods_of, scheme_of

PROBLEMS = (
    ("学习不够深入，读文件多、研讨少", "多联系岗位谈体会", "每季度至少一次研讨发言"),
    ("联系群众不够主动", "多到一线听意见", "每月走访一个科室"),
    ("工作标准有时不高", "对材料要多核对一遍", "建立交叉核对办法"),
)


def fill_matters(store: Store, until: date) -> None:
    """Write the invented matters of the last year into a ledger that has members and meetings."""
    people = [person for person in store[Member].all() if person.confirmed]
    if len(people) < 8:
        return
    year = until.year
    _tasks(store, until, people)
    _life(store, year, people)
    _meetings(store, until, people)
    _documents(store, until)
    _registers(store, until, people)
    _self_checks(store, until)
    store[TalkOccasion].save(
        TalkOccasion(
            member=people[9 % len(people)].id, kind=BEREAVED, happened_on=until - timedelta(days=12), note="家属住院"
        )
    )
    store[RepositoryItem].save_all(
        [
            RepositoryItem(
                repository="党课库",
                title="党章里的支部",
                lecturer=people[0].name,
                dated_on=date(year, 2, 20),
                source="自编",
            ),
            RepositoryItem(repository="案例库", title="一次窗口服务的整改", lecturer=people[2].name, source="本支部"),
        ]
    )
    store[YearPaper].save(
        YearPaper(
            year=year,
            kind=YearPaperKind.PLAN,
            dated_on=date(year, 1, 15),
            author=people[0].name,
            text="一、按月开展主题党日，按季召开党员大会。\n二、抓好发展党员工作。\n三、每季度开展一次自查。",
        )
    )
    store[MinutesTemplate].save(
        MinutesTemplate(
            name="月度支委会",
            type=MeetingType.COMMITTEE,
            subject="研究支部月度工作",
            agenda="第一议题：\n讨论：上月工作\n决定：下月安排",
        )
    )


def _tasks(store: Store, until: date, people: list[Member]) -> None:
    year = until.year
    store[Task].save_all(
        [
            Task(
                task="完善党员活动室标识和制度上墙",
                source="上级年度党建要点第 6 条",
                lead="组织委员",
                partners="办公室",
                set_on=date(year, 1, 20),
                due_on=until + timedelta(days=10),
                percent=70,
            ),
            Task(
                task="编印支部工作案例一篇",
                source="上级年度党建要点第 11 条",
                lead="宣传委员",
                set_on=date(year, 1, 20),
                due_on=until - timedelta(days=20),
                percent=40,
            ),
        ]
    )
    store[Rectification].save(
        Rectification(
            problem="部分会议记录缺少发言内容",
            source="季度自查",
            category="组织生活",
            measure="记录人会后三日内补全，书记审签",
            leader=people[0].name,
            who=people[2].name,
            raised_on=until - timedelta(days=100),
            due_on=until + timedelta(days=40),
            progress="已补全一季度记录",
        )
    )
    store[Inspection].save(
        Inspection(
            inspected_on=until - timedelta(days=100),
            kind=InspectionKind.SELF,
            inspector=people[0].name,
            score="91 分",
            finding="部分会议记录缺少发言内容",
            outcome="列入整改清单",
        )
    )
    store[OwnStudy].save_all(
        [
            OwnStudy(
                member=people[number].id,
                studied_on=until - timedelta(days=60 + number),
                minutes=240,
                form=StudyForm.TRAINING if number < 2 else StudyForm.ONLINE,
                title="党务工作培训" if number < 2 else "网络课程",
            )
            for number in range(4)
        ]
    )


def _documents(store: Store, until: date) -> None:
    """A superior's document, with the tasks that came from it."""
    document = store[SuperiorDocument].save(
        SuperiorDocument(
            title=f"示例单位党委{until.year}年党建工作要点",
            number=f"示党〔{until.year}〕3号",
            issuer="示例单位党委",
            received_on=date(until.year, 1, 18),
            text="6. 完善党员活动室标识和制度上墙。\n11. 编印支部工作案例一篇。\n12. 修订机关考勤办法。",
        )
    )
    tasks = store[Task].all()
    for number, task in zip(("6", "11"), tasks, strict=False):
        store[DocumentItem].save(
            DocumentItem(
                document=document.id,
                number=number,
                title=task.task,
                quote=f"{number}. {task.task}。",
                work=DocumentWork.TASK,
                target=task.id,
            )
        )
    store[DocumentItem].save(DocumentItem(document=document.id, number="12", title="修订机关考勤办法"))


def _registers(store: Store, until: date, people: list[Member]) -> None:
    """Two registers with a few rows."""
    packs = {pack.register.code: pack for pack in shipped_registers()}
    for code in ("practical_help", "volunteering"):
        made = add_register(store, packs[code], until.year)
        fields = {column.label: column.field for column in columns_of(store, made.id)}
        kind = row_kind(columns_of(store, made.id))
        rows: list[dict[str, object]] = [
            {
                "提出日": until - timedelta(days=60),
                "实事": "为窗口增设等候座椅",
                "牵头人": people[2].name,
                "时限": until,
            },
            {"提出日": until - timedelta(days=90), "实事": "上门办理年度认证", "牵头人": people[3].name},
        ]
        if code == "volunteering":
            day = until - timedelta(days=30)
            rows = [{"日期": day, "项目": "社区环境整治", "党员": people[n].id, "时长": "2.5"} for n in range(3)]
        for told in rows:
            save_row(store, kind(register=made.id, **{fields[label]: value for label, value in told.items()}), until)


def _self_checks(store: Store, until: date) -> None:
    """The quarters of the year that are over, scored as the records say."""
    pack = next(pack for pack in shipped_checklists() if pack.checklist.code == "five_standards")
    made = add_checklist(store, pack)
    ledger = load_year(store, until.year)
    for span in periods_of(scheme_of(ledger, made.id), until.year):
        if span.last <= until:
            scheme = scheme_of(load_year(store, until.year), made.id)
            judged = judge_all(Asked(ledger, until), scheme, span, {})
            check = SelfCheck(checklist=made.id, year=until.year, period=span.name, checked_on=span.last)
            save_scores(store, check, by_records(scheme, None, judged), until)


def _life(store: Store, year: int, people: list[Member]) -> None:
    for person, (problem, criticism, measure) in zip(people, PROBLEMS, strict=False):
        store[LifeFinding].save(
            LifeFinding(member=person.id, year=year, problem=problem, criticism=criticism, measure=measure)
        )
    for number, person in enumerate(people[:6]):
        best = 12 - 2 * number
        store[AppraisalTally].save(
            AppraisalTally(member=person.id, year=year, excellent=best, qualified=20 - best, own_grade=Grade.QUALIFIED)
        )
    for person in people[:2]:
        store[Appraisal].save(Appraisal(member=person.id, year=year, grade=Grade.EXCELLENT))


def _meetings(store: Store, until: date, people: list[Member]) -> None:
    held = [meeting for meeting in store[Meeting].all() if meeting.held_on.year == until.year]
    kinds = {label.meeting: label.type for label in store[MeetingLabel].all()}
    committees = [meeting for meeting in held if kinds.get(meeting.id) is MeetingType.COMMITTEE]
    for meeting in committees[-1:]:
        store[AgendaItem].save(
            AgendaItem(
                meeting=meeting.id,
                kind=AgendaKind.FIRST_TOPIC,
                title="学习上级文件精神",
                speaker=people[0].name,
                text="结合岗位谈体会。",
            )
        )
        store[FollowUp].save(
            FollowUp(meeting=meeting.id, task="整理活动室资料", who=people[2].name, due_on=until + timedelta(days=6))
        )
    store[PlannedEvent].save(
        PlannedEvent(
            planned_on=until + timedelta(days=4),
            start=time(15),
            type=MeetingType.THEME_DAY,
            subject="志愿服务进社区",
            place="社区服务站",
            rule="theme_day",
        )
    )
