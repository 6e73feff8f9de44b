"""民主测评 as a sheet: a row a member, the ballots by grade, the sum against the ballots returned, the grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.people.appraisals import (
    Appraisal,
    AppraisalTally,
    Grade,
    check_appraisal,
    check_tally,
    excellent_cap,
    remove_appraisal,
    remove_tally,
    save_appraisal,
    save_tally,
)
from app.record import Entry, Problem, Record, Severity, Unit, entries, entry, stored
from app.year.appraisals import MemberRow, member_rows
from ui.house.session import Session
from ui.house.ways import ToView
from ui.kit.grid_model import GridColumn, GridRow, Texts
from ui.kit.record_fields import Fields
from ui.pages.sheets.counting import Counting
from ui.record.sheet import NAME, Sheet

COUNTS = {"excellent": "优秀", "qualified": "合格", "barely": "基本合格", "unqualified": "不合格"}
GRADE, NOTE = "grade", "note"
NOT_GRADED = "参加评议，不评定等次"


@stored
class BallotsHead(Record):
    """What is common to all rows: the ballots that came back, and the day of the decision on the grades."""

    ballots: int | None = entry("收回测评票", default=None, unit=Unit.BALLOTS)
    decided_on: date | None = entry("评定日期", default=None)


class Ballots(Sheet):
    """The ballots and grades of the year."""

    code, title, action = "ballots", "民主测评成表录入", "登记民主测评"
    back = ToView("appraisal", "tallies")
    hint = (
        "先填收回测评票，再一人一行填票数；余下的票以灰字显示在空格里，按空格键采用。"
        "等次按 1 优秀、2 合格、3 基本合格、4 不合格。"
    )
    kind = AppraisalTally
    head_kind, head_fields = BallotsHead, Fields(("ballots", "decided_on"))

    def __init__(self, session: Session, choice: str = "") -> None:
        super().__init__(session, choice)
        self._members: dict[int, MemberRow] = {}
        """What the ledger had of each member when the rows were made."""
        self._counting = Counting(COUNTS, lambda: self.head.get("ballots"))

    def begins(self) -> dict[str, Any]:
        """The ballots that all members were given so far, where they agree."""
        ledger = self.session.ledger_of_year()
        counts = {tally.ballots for tally in ledger.tallies if tally.ballots}
        days = {grade.decided_on for grade in ledger.appraisals if grade.year == ledger.year}
        return {
            "ballots": counts.pop() if len(counts) == 1 else None,
            "decided_on": days.pop() if len(days) == 1 else None,
        }

    def field(self, column: str) -> Entry | None:
        if column == GRADE:
            return next(item for item in entries(Appraisal) if item.name == GRADE)
        return super().field(column)

    def columns(self) -> Sequence[GridColumn]:
        return (
            GridColumn(NAME, "姓名", 110, typed=False),
            *self._counting.columns(84),
            self._counting.sum_column(),
            GridColumn("own_grade", "自评", 100, words=tuple(Grade)),
            GridColumn(GRADE, "评定等次", 110, words=tuple(Grade), tip="预备党员参加评议，不评定等次"),
            GridColumn(NOTE, "说明", 120, typed=False, stretch=True),
        )

    def rows(self) -> Sequence[GridRow]:
        ledger = self.session.ledger_of_year()
        self._members = {row.member: row for row in member_rows(ledger, self.session.today())}
        made: list[GridRow] = []
        for member, row in self._members.items():
            texts = {NAME: ledger.roster[member].name, NOTE: "" if row.graded else NOT_GRADED}
            if row.tally:
                texts |= {**self._counting.texts(row.tally), "own_grade": row.tally.own_grade or ""}
            made.append(GridRow(member, {**texts, GRADE: row.grade.grade if row.grade else ""}))
        return made

    def facts(self, rows: Sequence[Texts]) -> str:
        counted = sum(self._counting.counted(texts) is not None for texts in rows)
        graded = [texts for texts in rows if not texts.get(NOTE)]
        best = sum(texts.get(GRADE) == Grade.EXCELLENT for texts in rows)
        cap = excellent_cap(len(graded), self.session.ledger_of_year().rulebook.appraisal)
        done = sum(bool(texts.get(GRADE)) for texts in graded)
        return f"已填票数 {counted}/{len(rows)} 人 · 已评 {done}/{len(graded)} 人 · 优秀 {best} 人，一般不超过 {cap} 人"

    def check(self, key: int, values: Mapping[str, Any]) -> list[Problem]:
        ledger = self.session.ledger_of_year()
        problems: list[Problem] = []
        tally = self._tally(key, values)
        ballots = self.head.get("ballots")
        if tally.ballots and ballots and tally.ballots != ballots:
            text = f"合计 {tally.ballots} 票，收回测评票 {ballots} 张，请核对"
            severity = Severity.ERROR if tally.ballots > ballots else Severity.WARNING
            problems.append(Problem("sum", text, severity))
        elif not ballots:
            problems += check_tally(tally, ledger.tallies)
        if values.get(GRADE):
            wrong = check_appraisal(self._grade(key, values), (), ledger.roster)
            problems += [replace(problem, field=GRADE) for problem in wrong]
        return problems

    def _tally(self, key: int, values: Mapping[str, Any]) -> AppraisalTally:
        begun = self._members[key].tally or AppraisalTally(member=key, year=self.session.year)
        return replace(begun, **{name: values.get(name) or 0 for name in COUNTS}, own_grade=values.get("own_grade"))

    def _grade(self, key: int, values: Mapping[str, Any]) -> Appraisal:
        known, day = self._members[key].grade, self.head.get("decided_on")
        if known is None:
            return Appraisal(member=key, year=self.session.year, grade=values[GRADE], decided_on=day)
        return replace(known, grade=values[GRADE], decided_on=day or known.decided_on)

    def store(self, changed: Mapping[int, Mapping[str, Any]]) -> None:
        session = self.session
        for key, values in changed.items():
            tally = self._tally(key, values)
            if tally.ballots or tally.own_grade or tally.own_words or tally.mutual_words:
                save_tally(session.ledger, tally)
            elif tally.id:
                remove_tally(session.ledger, tally)
            if values.get(GRADE):
                save_appraisal(session.ledger, self._grade(key, values), session.ledger_of_year().roster)
            elif grade := self._members[key].grade:
                remove_appraisal(session.ledger, grade)
