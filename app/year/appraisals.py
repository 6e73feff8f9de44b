"""The year's appraisal, member by member: the ballots and the grade, as far as there are any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.people.appraisals import Appraisal, AppraisalTally, graded_members
from app.year.ledger import YearLedger


@dataclass(frozen=True)
class MemberRow:
    """A member in the year's appraisal, with the ballots and the grade as far as there are any."""

    member: int
    id: int
    graded: bool
    tally: AppraisalTally | None
    grade: Appraisal | None


def member_rows(ledger: YearLedger, today: date) -> Sequence[MemberRow]:
    """Everybody of the branch: who is graded first, then who takes part without a grade."""
    day = ledger.reference_day(today)
    graded = {person.id for person in graded_members(ledger.roster, day)}
    tallies = {tally.member: tally for tally in ledger.tallies}
    grades = {grade.member: grade for grade in ledger.appraisals if grade.year == ledger.year}
    rows = [
        MemberRow(person.id, person.id, person.id in graded, tallies.get(person.id), grades.get(person.id))
        for person in ledger.roster.present(day)
    ]
    return sorted(rows, key=lambda row: (not row.graded, row.member))
