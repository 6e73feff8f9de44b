"""Part by part: the text extracted from the PDF holds what the records say."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from app.dates import chinese
from app.life.attendance import AttendanceState
from app.money import yuan
from app.people.posts import in_force
from app.reports.book import print_book
from app.reports.chapters import chapters
from app.reports.minutes import minutes_code
from app.rules.meeting_types import MeetingType
from app.work.rectifications import of_year
from app.work.tasks import tasks_of_year
from app.year.figures import activities
from app.year.ledger import YearLedger, load_year
from app.year.standing import standing, study_years
from app.year.statistics import party_statistics
from tests.app.reports.test_reports import plain, text_of
from tests.conftest import TODAY
from tests.make import with_every_matter

Words = Callable[[YearLedger], Iterable[object]]


def minutes_of(kind: MeetingType) -> Words:
    """Every meeting of a type: day and subject; in full where it is printed in full."""

    def words(year: YearLedger) -> Iterable[object]:
        names = {member.id: member.name for member in year.roster.members}
        for item in year.minutes:
            if kind not in item.types:
                continue
            yield from (chinese(item.meeting.held_on), item.meeting.subject)
            if kind is not item.types[0]:
                continue
            meeting = item.meeting
            yield from (meeting.place, meeting.host, meeting.recorder, *meeting.content.split("\n"))
            yield f"应到{item.expected}人实到{len(item.attended)}人"
            for row in item.with_state(AttendanceState.ABSENT):
                yield f"{names[row.member or 0]}（{row.reason}）"
            for vote in item.votes:
                yield f"赞成{vote.in_favour}，反对{vote.against}，弃权{vote.abstained}"
            for agenda in item.agenda:
                yield from (agenda.title, agenda.text)

    return words


def roster_words(year: YearLedger) -> Iterable[object]:
    people = year.roster.present(year.reference_day(TODAY))
    yield f"共{len(people)}人"
    for person in people:
        yield from (person.name, str(person.birth).replace("-", "."), str(person.joined).replace("-", "."))


def development_words(year: YearLedger) -> Iterable[object]:
    for way in year.development:
        if not way.finished:
            yield way.applicant.name
        for step in way.steps.values():
            if step.done_on.year == year.year and step.done_on <= year.reference_day(TODAY):
                yield str(step.done_on)


def dues_words(year: YearLedger) -> Iterable[object]:
    for member, cells in year.dues.rows.items():
        yield year.roster[member].name
        yield from (yuan(cell.paid_fen) for cell in cells if cell.paid_fen)
    yield from (yuan(year.dues.totals(month)[1]) for month in range(1, 13))
    yield from (yuan(item.amount_fen) for item in year.remittances)


def election_words(year: YearLedger) -> Iterable[object]:
    for held in year.elections:
        yield chinese(held.election.held_on)
        for candidate in held.candidates:
            name = year.roster[candidate.member].name
            yield f"{name}{candidate.post}{candidate.in_favour}{candidate.against}{candidate.abstained}"


def talk_words(year: YearLedger) -> Iterable[object]:
    yield f"本年度共{len(year.talks)}次"
    for talk in year.talks:
        yield str(talk.talked_on).replace("-", ".")
        yield from (year.roster[talk.talker].name, year.roster[talk.partner].name, talk.content, talk.opinion)


def task_words(year: YearLedger) -> Iterable[object]:
    for task in tasks_of_year(year.tasks, year.year):
        yield from (task.task, task.source, task.lead, f"{task.percent}%")
    for item in of_year(year.rectifications, year.year):
        yield from (item.problem, item.measure, item.who)
    for task in year.follow_ups:
        if year.meeting_days[task.meeting].year == year.year:
            yield task.task


def study_words(year: YearLedger) -> Iterable[object]:
    for item in year.own_studies:
        yield from (str(item.studied_on), item.title)
    for row in study_years(year, year.reference_day(TODAY)):
        yield f"{year.roster[row.member].name}{row.events / 60:g}{row.own / 60:g}{row.minutes / 60:g}"


def branch_words(year: YearLedger) -> Iterable[object]:
    yield from (year.branch.name, year.branch.superior, year.branch.unit)
    for post in in_force(year.posts, year.reference_day(TODAY)):
        yield from (post.title, year.roster[post.member].name)
    yield from year.group_names.values()


SAYS: dict[str, Words] = {
    **{minutes_code(kind): minutes_of(kind) for kind in MeetingType},
    "branch": branch_words,
    "roster": roster_words,
    "development": development_words,
    "plan": lambda year: [event.planned_on for event in year.plan],
    "appraisal": lambda year: [
        word for tally in year.tallies for word in (year.roster[tally.member].name, tally.excellent, tally.qualified)
    ],
    "talks": talk_words,
    "study": study_words,
    "persons": lambda _: ["索引要和别的部分一起打印"],
    "attendance": lambda year: [person.name for person in year.roster.present(year.reference_day(TODAY))],
    "dues": dues_words,
    "transfers": lambda year: [word for item in year.transfers for word in (item.place, item.number, item.moved_on)],
    "elections": election_words,
    "care": lambda year: [word for item in year.cares for word in (year.roster[item.member].name, item.content)],
    "rectifications": task_words,
    "registers": lambda year: [
        word for kept in year.registers for row in kept.rows for word in (row.title, row.dated_on)
    ],
    "self_checks": lambda year: [
        word
        for scheme in year.schemes
        for scored in scheme.checks
        for item in scheme.items
        for word in (item.label, scored.check.checked_on)
    ],
    "inspections": lambda year: [word for item in year.inspections for word in (item.inspected_on, item.finding)],
    "summary": lambda year: [
        word for paper in year.papers if "计划" not in paper.kind for word in paper.text.split("\n")
    ],
    "chronicle": lambda year: [word for m in year.minutes for word in (m.meeting.held_on, m.meeting.subject)],
    "statistics": lambda year: [f"{row.subject}{row.band}{row.count}" for row in party_statistics(year, TODAY)],
    "charts": lambda year: [word for bar in activities(year).bars for word in (bar.label, f"{sum(bar.values):g}")],
    "standing": lambda year: {duty.label for duty in standing(year, TODAY)},
    "sign_off": lambda _: ["支部书记", "上级党组织", "检查人签字"],
}


@pytest.fixture(scope="module")
def every_matter(tmp_path_factory) -> YearLedger:
    from datetime import datetime

    from app.sample.year import Plan, fill_sample
    from db.vault import FileVault

    folder = tmp_path_factory.mktemp("全")
    ledger = FileVault(lambda: datetime(2026, 7, 16, 9, 30), folder).create(folder / "全.zbtz")  # noqa: DTZ001
    fill_sample(ledger, Plan(2, 22, 2, TODAY))
    year = load_year(ledger, 2026)
    ledger.close()
    return with_every_matter(year)


def test_there_is_a_proof_for_every_part() -> None:
    assert {chapter.code for chapter in chapters()} <= set(SAYS)


@pytest.mark.parametrize("code", [chapter.code for chapter in chapters()])
def test_a_part_says_what_the_records_say(every_matter: YearLedger, code: str) -> None:
    printed = plain(text_of(print_book(every_matter, TODAY, [code]).data))
    missing = [word for word in SAYS[code](every_matter) if plain(str(word)) not in printed]
    assert missing == []
