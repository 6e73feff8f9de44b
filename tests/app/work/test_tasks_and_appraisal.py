"""Tasks and problems with their lights, ballots and grades, findings of the life meeting, papers of the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.attachments import Owner, attach
from app.checks.health import Copied, health_of_year
from app.checks.reminders import reminders
from app.durations import read_minutes
from app.errors import Refused
from app.life.life_meetings import LifeFinding, remove_finding, save_finding, to_rectify
from app.people.appraisals import Appraisal, AppraisalTally, Grade, check_tally, graded_members, save_tally
from app.record import Severity
from app.work.rectifications import Light, Rectification, light, of_year, raise_all, save_rectification
from app.work.tasks import Task, check_task, save_task, tasks_of_year
from app.work.year_papers import YearPaper, YearPaperKind, save_paper
from app.year.ledger import load_year
from app.year.standing import pro_rata_hours
from tests.conftest import TODAY
from tests.make import full, probationary, roster, year_ledger

DAY = date(2026, 7, 16)


@pytest.mark.parametrize(
    ("due", "closed", "expected"),
    [
        (None, None, Light.GREEN),
        (DAY - timedelta(days=1), None, Light.RED),
        (DAY, None, Light.AMBER),
        (DAY + timedelta(days=15), None, Light.AMBER),
        (DAY + timedelta(days=16), None, Light.GREEN),
        (DAY - timedelta(days=30), DAY, Light.CLOSED),
    ],
)
def test_the_light_of_a_matter(due, closed, expected) -> None:
    assert light(due, closed, DAY, soon=15) is expected


def test_a_closed_task_without_evidence_is_warned_and_kept(staffed) -> None:
    task = Task(task="制度上墙", set_on=TODAY, closed_on=TODAY, percent=80)
    problems = check_task(task, TODAY)
    assert {problem.field for problem in problems} == {"percent", "evidence"}
    assert all(problem.severity is Severity.WARNING for problem in problems)
    assert save_task(staffed, task, TODAY).id
    for wrong in ({"percent": 101}, {"due_on": TODAY - timedelta(days=1)}, {"task": " "}):
        with pytest.raises(Refused):
            save_task(staffed, replace(Task(task="甲", set_on=TODAY), **wrong), TODAY)


def test_an_open_matter_goes_on_into_the_next_year() -> None:
    old = Task(task="甲", set_on=date(2024, 3, 1))
    closed = replace(old, closed_on=date(2025, 2, 1))
    assert tasks_of_year([old], 2026) == [old]
    assert tasks_of_year([closed], 2025) == [closed] and tasks_of_year([closed], 2026) == []
    assert tasks_of_year([old], 2023) == []
    item = Rectification(problem="乙", raised_on=date(2025, 3, 1), closed_on=date(2025, 8, 1))
    assert of_year([item], 2025) == [item] and of_year([item], 2026) == []


def test_findings_go_onto_the_list_once_with_no_day_made_up(staffed) -> None:
    found = save_finding(staffed, LifeFinding(member=1, year=2026, problem="学习不深入", measure="每月研讨"))
    save_finding(staffed, LifeFinding(member=2, year=2026, criticism="多联系群众"))
    ledger = load_year(staffed, 2026)
    wanted = to_rectify(ledger.life_findings, ledger.rectifications, {1: "甲某", 2: "乙某"})
    assert [(item.problem, item.who, item.due_on) for item in wanted] == [("学习不深入", "甲某", None)]
    assert raise_all(staffed, wanted, TODAY) == 1
    again = load_year(staffed, 2026)
    assert again.rectifications[0].finding == found.id and again.rectifications[0].raised_on == TODAY
    assert to_rectify(again.life_findings, again.rectifications, {1: "甲某", 2: "乙某"}) == []
    with pytest.raises(Refused, match="没有要列入"):
        raise_all(staffed, [], TODAY)


def test_closing_before_completing_is_refused(staffed) -> None:
    item = Rectification(
        problem="甲", raised_on=TODAY, completed_on=TODAY, closed_on=TODAY - timedelta(days=1), evidence="照片"
    )
    with pytest.raises(Refused, match="早于完成日期"):
        save_rectification(staffed, item, TODAY)


def test_what_is_past_its_day_is_told_until_it_is_closed(staffed) -> None:
    late = Rectification(problem="记录不全", raised_on=TODAY, due_on=TODAY - timedelta(days=2))
    kept = save_rectification(staffed, late, TODAY)
    titles = [item.text for item in reminders(load_year(staffed, 2026), [], TODAY)]
    assert "整改：记录不全" in titles
    save_rectification(staffed, replace(kept, closed_on=TODAY, evidence="已补齐", checked_by="书记"), TODAY)
    assert "整改：记录不全" not in [item.text for item in reminders(load_year(staffed, 2026), [], TODAY)]


def test_probationary_members_take_part_and_are_not_graded() -> None:
    who = roster(full(1), full(2), probationary(3))
    assert [person.id for person in graded_members(who, DAY)] == [1, 2]


def test_ballots_that_differ_between_members_are_told(staffed) -> None:
    first = AppraisalTally(member=1, year=2026, excellent=5, qualified=5)
    second = AppraisalTally(member=2, year=2026, excellent=4, qualified=5)
    (problem,) = check_tally(second, [first])
    assert "合计 9 票，其他人都是 10 票" in problem.text and problem.severity is Severity.WARNING
    assert check_tally(replace(second, qualified=6), [first]) == []
    with pytest.raises(Refused, match="负数"):
        save_tally(staffed, replace(first, excellent=-1))
    kept = save_tally(staffed, first)
    assert save_tally(staffed, replace(first, excellent=4)).id == kept.id


def test_hours_of_somebody_who_came_in_july_are_shown_pro_rata_as_a_reference() -> None:
    ledger = year_ledger(roster(full(1), full(2, "2026-07-10")))
    assert (pro_rata_hours(ledger, 1, DAY), pro_rata_hours(ledger, 2, DAY)) == (32, 16)


def test_a_paper_of_a_sealed_year_takes_a_reason(staffed) -> None:
    from app.year.seal import seal_year

    save_paper(staffed, YearPaper(year=2025, kind=YearPaperKind.SUMMARY, text="总结"))
    seal_year(staffed, 2025, TODAY)
    asked: list[frozenset[int]] = []

    def reason(years: frozenset[int]) -> str:
        asked.append(years)
        return "补交材料"

    staffed.reason_for = reason
    save_paper(staffed, YearPaper(year=2025, kind=YearPaperKind.REPORT, text="述职"))
    save_finding(staffed, LifeFinding(member=1, year=2025, problem="甲", measure="乙"))
    assert asked == [frozenset({2025})] * 2


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("90", 90), ("1.5小时", 90), ("半天", 240), ("2天", 960), ("4 学时", 240), ("0.5天", 240), ("45分钟", 45)],
)
def test_a_duration_is_read_as_it_is_written(text: str, minutes: int) -> None:
    assert read_minutes(text) == minutes


@pytest.mark.parametrize("text", ["很久", "-5", "1.5", "１天半", "0.001天"])
def test_a_duration_that_cannot_be_read_says_how_to_write_it(text: str) -> None:
    with pytest.raises(ValueError, match="分钟"):
        read_minutes(text)


def codes(ledger) -> list[str]:
    return [finding.code for finding in health_of_year(ledger, {}, Copied(), DAY)]


def test_the_health_check_finds_photos_used_twice_and_matters_left_open(sample) -> None:
    today = date(2026, 7, 16)
    year = load_year(sample, 2026)
    before = codes(year)
    meetings = [item.meeting for item in year.minutes[:2]]
    for meeting in meetings:
        attach(sample, Owner.MEETING, meeting.id, "会场.jpg", b"the same picture", today)
    late = Rectification(problem="拖着的", raised_on=date(2026, 1, 5), due_on=date(2026, 2, 1))
    save_rectification(sample, late, today)
    bare = Task(task="办完的", set_on=date(2026, 1, 5), closed_on=date(2026, 2, 1), percent=100)
    save_task(sample, bare, today)
    found = codes(load_year(sample, 2026))
    assert found.count("C20") == before.count("C20") + 1
    assert found.count("G45") == before.count("G45") + 2


def test_the_health_check_finds_too_many_excellent_and_a_graded_probationary_member() -> None:
    who = roster(*(full(n) for n in range(1, 7)), probationary(7, "2026-01-05"))
    grades = tuple(Appraisal(id=n, member=n, year=2026, grade=Grade.EXCELLENT) for n in (1, 2, 7))
    found = codes(replace(year_ledger(who), appraisals=grades))
    assert found.count("E39") == 2
    assert "E39" not in codes(replace(year_ledger(who), appraisals=grades[:2]))


def test_undoing_the_removal_of_a_finding_ties_it_to_its_list_again(staffed) -> None:
    found = save_finding(staffed, LifeFinding(member=1, year=2026, problem="学习不深入", measure="每月研讨"))
    ledger = load_year(staffed, 2026)
    raise_all(staffed, to_rectify(ledger.life_findings, (), {1: "甲某"}), TODAY)
    remove_finding(staffed, found)
    assert staffed[Rectification].all()[0].finding is None
    staffed.history.undo()
    assert staffed[Rectification].all()[0].finding == found.id
    assert staffed.history.faults() == []
