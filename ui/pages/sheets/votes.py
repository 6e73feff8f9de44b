"""The votes of an election as a sheet: a row a candidate, the counts against the valid ballots, who is elected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.life.elections import Candidate, HeldElection, count, save_election
from app.record import Problem, Severity
from ui.house.session import Session
from ui.house.ways import ToView
from ui.kit.grid_model import GridColumn, GridRow, Texts
from ui.pages.sheets.counting import Counting
from ui.record.sheet import NAME, Sheet

COUNTS = {"in_favour": "赞成", "against": "反对", "abstained": "弃权"}


class Votes(Sheet):
    """What each candidate of an election got."""

    code, title, action = "votes", "选举票数成表录入", "登记选举票数"
    back = ToView("branch", "elections")
    hint = "候选人、应到实到和发票收票在选举里登记；这里填每位候选人的票数，余下的票以灰字显示在空格里，按空格键采用。"
    kind = Candidate

    def __init__(self, session: Session, choice: str = "") -> None:
        super().__init__(session, choice)
        self._counting = Counting(COUNTS, lambda: self._valid)

    @classmethod
    def choices(cls, session: Session) -> Sequence[tuple[str, str]]:
        """The elections that have candidates, the latest first."""
        return [
            (str(held.election.id), f"{held.election.held_on} {held.election.kind}")
            for held in session.ledger_of_year().elections
            if held.candidates
        ]

    @property
    def _held(self) -> HeldElection | None:
        elections = self.session.ledger_of_year().elections
        return next((held for held in elections if str(held.election.id) == self.choice), None)

    @property
    def _valid(self) -> int:
        held = self._held
        return held.election.ballots_returned - held.election.ballots_void if held else 0

    def columns(self) -> Sequence[GridColumn]:
        return (
            GridColumn(NAME, "候选人", 110, typed=False),
            GridColumn("post", "职务", 90, typed=False),
            GridColumn("nominated", "提名", 90, typed=False),
            *self._counting.columns(90),
            self._counting.sum_column(),
            GridColumn("result", "按已保存的票数", 260, typed=False, stretch=True),
        )

    def rows(self) -> Sequence[GridRow]:
        held, ledger = self._held, self.session.ledger_of_year()
        if held is None:
            return []
        counted = count(held.election, held.candidates, ledger.rulebook)
        results = {item.candidate.id: item.text for item in counted.candidates}
        return [
            GridRow(
                item.id,
                {
                    NAME: ledger.roster[item.member].name,
                    "post": item.post.value,
                    "nominated": "正式" if item.nominated else "另选他人",
                    **self._counting.texts(item),
                    "result": results.get(item.id, ""),
                },
            )
            for item in held.candidates
        ]

    def facts(self, rows: Sequence[Texts]) -> str:
        held = self._held
        if held is None:
            return "还没有登记选举和候选人"
        election = held.election
        return f"{election.held_on} {election.kind} · 有效票 {self._valid} 张 · 应选 {election.seats} 名"

    def check(self, key: int, values: Mapping[str, Any]) -> list[Problem]:
        del key
        counted = sum(values[name] or 0 for name in COUNTS)
        if counted == self._valid:
            return []
        text = f"合计 {counted} 票，有效票 {self._valid} 张，请核对"
        return [Problem("sum", text, Severity.WARNING)]

    def store(self, changed: Mapping[int, Mapping[str, Any]]) -> None:
        held = self._held
        assert held is not None
        told = {key: {name: values[name] or 0 for name in COUNTS} for key, values in changed.items()}
        wanted = [replace(item, **told.get(item.id, {})) for item in held.candidates]
        save_election(self.session.ledger, held.election, wanted, self.session.ledger_of_year().rulebook)
