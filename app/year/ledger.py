"""The year as one frozen value: what every chart, table, print and rule looks at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from app.attachments import Attachment
from app.branch.branch import Branch, the_branch
from app.branch.groups import Group
from app.calendar import Holiday, WorkCalendar
from app.development.steps import Development, load_development
from app.dues.months import DuesYear, load_dues
from app.dues.remittances import DuesNotice, Remittance
from app.life.elections import HeldElection, load_elections
from app.life.follow_ups import FollowUp
from app.life.life_meetings import LifeFinding
from app.life.meetings import FinalMinutes, Meeting, Minutes, absent_before, load_minutes
from app.life.plans import PlannedEvent
from app.life.study import OwnStudy, own_minutes, study_minutes
from app.life.talks import Talk, TalkOccasion
from app.people.appraisals import Appraisal, AppraisalTally
from app.people.care import Care
from app.people.dispositions import Disposition
from app.people.honours import Honour
from app.people.posts import Post
from app.people.roster import Roster, load_roster
from app.people.transfers import Transfer
from app.rules.changes import year_rules
from app.rules.local_rules import LocalRule
from app.rules.rulebook import FIRST_DAY, Rulebook
from app.store import WRITTEN, Between, Reader
from app.work.inspections import Inspection
from app.work.rectifications import Light, Rectification, light
from app.work.repositories import RepositoryItem
from app.work.self_checks import Scheme, load_schemes
from app.work.special_registers import Register, load_registers
from app.work.superior_documents import DocumentItem, SuperiorDocument
from app.work.tasks import Task
from app.work.year_papers import YearPaper
from app.year.seal import Correction, YearSeal, corrections, seal_of


@dataclass(frozen=True)
class YearLedger:
    """Everything of one year, read once; nothing in it changes."""

    year: int
    branch: Branch
    posts: tuple[Post, ...]
    groups: tuple[Group, ...]
    roster: Roster
    minutes: tuple[Minutes, ...]
    """The meetings of the year, in order of time."""
    talks: tuple[Talk, ...]
    dues: DuesYear
    rulebook: Rulebook
    seal: YearSeal | None = None
    corrections: tuple[Correction, ...] = ()
    """What was changed after the year was sealed."""
    absent_before: tuple[tuple[int, date], ...] = ()
    """Absences with which the year before ended, of those who were absent when this one began: member and day."""
    dues_before: DuesYear | None = None
    """The dues of the year before, for arrears that go back into it."""
    calendar: WorkCalendar = WorkCalendar({})
    transfers: tuple[Transfer, ...] = ()
    dispositions: tuple[Disposition, ...] = ()
    honours: tuple[Honour, ...] = ()
    cares: tuple[Care, ...] = ()
    appraisals: tuple[Appraisal, ...] = ()
    remittances: tuple[Remittance, ...] = ()
    dues_notices: tuple[DuesNotice, ...] = ()
    development: tuple[Development, ...] = ()
    elections: tuple[HeldElection, ...] = ()
    own_studies: tuple[OwnStudy, ...] = ()
    finals: tuple[FinalMinutes, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    """The tasks of all years: an open one comes back until it is closed."""
    meeting_days: dict[int, date] = field(default_factory=dict[int, date])
    """The days of the meetings those tasks come from."""
    plan: tuple[PlannedEvent, ...] = ()
    """The planned events of the year, in order of day."""
    open_talks: tuple[Talk, ...] = ()
    """Talks of any year that promised something which is still to be done."""
    occasions: tuple[TalkOccasion, ...] = ()
    life_findings: tuple[LifeFinding, ...] = ()
    rectifications: tuple[Rectification, ...] = ()
    """Of all years: what is open goes on into the next."""
    tasks: tuple[Task, ...] = ()
    tallies: tuple[AppraisalTally, ...] = ()
    repository: tuple[RepositoryItem, ...] = ()
    papers: tuple[YearPaper, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    documents: tuple[SuperiorDocument, ...] = ()
    """Of all years, the newest last."""
    document_items: tuple[DocumentItem, ...] = ()
    local_rules: tuple[LocalRule, ...] = ()
    """Of all years, also those that do not hold in this one."""
    registers: tuple[Register, ...] = ()
    """专项台账 with the rows of the year and those still open."""
    schemes: tuple[Scheme, ...] = ()
    """考核清单 with the self-checks of the year and of the year before."""
    attachments: tuple[Attachment, ...] = ()
    """Of all records of the ledger; their contents are not read."""

    @cached_property
    def minutes_by_meeting(self) -> dict[int, Minutes]:
        """The minutes of the year, by the number of their meeting."""
        return {item.meeting.id: item for item in self.minutes}

    @cached_property
    def final_minutes(self) -> dict[int, FinalMinutes]:
        """The final versions that stand, by meeting."""
        return {item.meeting: item for item in self.finals if item.reopened_on is None}

    @cached_property
    def studied(self) -> dict[int, int]:
        """Minutes of study per member in the year: events and own study."""
        return study_minutes(self.minutes, own_minutes(self.own_studies, date(self.year, 12, 31)))

    @cached_property
    def standings(self) -> dict[date, tuple[Any, ...]]:
        """How the year stood on the days that were asked for already, as `standing` answered."""
        return {}

    @cached_property
    def group_names(self) -> dict[int, str]:
        """Names of the groups by id."""
        return {group.id: group.name for group in self.groups}

    def light(self, due_on: date | None, closed_on: date | None, day: date) -> Light:
        """The light of a matter with a last day, by the rule of how long ahead it is told."""
        return light(due_on, closed_on, day, self.rulebook.remind.task_days)

    def reference_day(self, today: date) -> date:
        """The day the year's roster is shown as of: today within the year, its last day when it is over."""
        return min(max(today, date(self.year, 1, 1)), date(self.year, 12, 31))


def load_year(store: Reader, year: int) -> YearLedger:
    """Read one year of an open ledger; raises Refused for a year before the regulations."""
    roster = load_roster(store)
    branch = the_branch(store)
    rulebook = year_rules(store, year)
    minutes = load_minutes(store, year)
    span = Between(date(year, 1, 1), date(year, 12, 31))
    calendar = WorkCalendar.of(store[Holiday].all())
    transfers = tuple(store[Transfer].all())

    def dues_of(wanted: int) -> DuesYear:
        rules, since = rulebook.on(date(wanted, 12, 31)), branch.records_since
        return load_dues(store, wanted, roster, rules, branch.dues_day, calendar, transfers, since)

    return YearLedger(
        year=year,
        branch=branch,
        posts=tuple(store[Post].all()),
        groups=tuple(store[Group].all()),
        roster=roster,
        minutes=tuple(minutes),
        absent_before=tuple(absent_before(store, year, minutes)),
        talks=tuple(sorted(store[Talk].all(talked_on=span), key=lambda talk: (talk.talked_on, talk.id))),
        dues=dues_of(year),
        rulebook=rulebook,
        seal=(seal := seal_of(store, year)),
        corrections=tuple(corrections(store, seal)) if seal else (),
        dues_before=dues_of(year - 1) if year > FIRST_DAY.year else None,
        calendar=calendar,
        transfers=transfers,
        dispositions=tuple(store[Disposition].all()),
        honours=tuple(store[Honour].all()),
        cares=tuple(store[Care].all()),
        appraisals=tuple(store[Appraisal].all()),
        remittances=tuple(item for item in store[Remittance].all() if item.first_month.year == year),
        dues_notices=tuple(item for item in store[DuesNotice].all() if item.first_month.year == year),
        development=tuple(load_development(store)),
        elections=tuple(load_elections(store)),
        own_studies=tuple(store[OwnStudy].all(studied_on=span)),
        finals=tuple(store[FinalMinutes].all()),
        follow_ups=(tasks := tuple(store[FollowUp].all())),
        meeting_days=_days(store, {task.meeting for task in tasks}),
        plan=tuple(sorted(store[PlannedEvent].all(planned_on=span), key=lambda event: (event.planned_on, event.id))),
        open_talks=tuple(talk for talk in store[Talk].all(follow_up=WRITTEN) if talk.open),
        occasions=tuple(store[TalkOccasion].all()),
        life_findings=tuple(store[LifeFinding].all(year=year)),
        rectifications=tuple(store[Rectification].all()),
        tasks=tuple(store[Task].all()),
        tallies=tuple(store[AppraisalTally].all(year=year)),
        repository=tuple(store[RepositoryItem].all()),
        papers=tuple(store[YearPaper].all(year=year)),
        inspections=tuple(store[Inspection].all(inspected_on=span)),
        documents=tuple(sorted(store[SuperiorDocument].all(), key=lambda item: (item.received_on, item.id))),
        document_items=tuple(store[DocumentItem].all()),
        local_rules=tuple(store[LocalRule].all()),
        registers=load_registers(store, year),
        schemes=load_schemes(store, year),
        attachments=tuple(store[Attachment].all()),
    )


def _days(store: Reader, meetings: set[int]) -> dict[int, date]:
    return {meeting.id: meeting.held_on for meeting in store[Meeting].all(id=meetings)} if meetings else {}
