"""The bases of the dues as a sheet: a row a member, what held before offered, the month's dues as it is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.dates import PartialDate
from app.dues.bases import DuesBasis, DuesCategory, assess, check_basis, set_basis
from app.money import yuan
from app.record import Problem
from ui.house.ways import ToView
from ui.kit.grid_model import GridColumn, GridRow, Texts
from ui.record.sheet import NAME, Sheet

FIELDS = ("category", "base_fen", "fixed_fen", "since", "note")
FIXED_TIP = "只在直接核定金额时填"
OFFERED = ("category", "base_fen", "fixed_fen")


class Bases(Sheet):
    """The bases of all members for the shown year."""

    code, title, action = "bases", "党费基数成表核定", "核定党费基数"
    back = ToView("dues", "bases")
    hint = (
        "灰字是上次的标准，没有变的选中后按空格键采用（Ctrl+空格选中整列）。"
        "类别按 1 在职、2 离退休、3 农民、4 学生、5 下岗失业、6 低保、7 经批准免交。"
    )
    kind = DuesBasis

    def columns(self) -> Sequence[GridColumn]:
        return (
            GridColumn(NAME, "姓名", 110, typed=False),
            GridColumn("category", "党费类别", 110, words=tuple(DuesCategory), offer=self._before("category")),
            GridColumn("base_fen", "月收入基数（元）", 130, offer=self._before("base_fen")),
            GridColumn("fixed_fen", "核定月交额（元）", 130, offer=self._before("fixed_fen"), tip=FIXED_TIP),
            GridColumn("since", "自何月", 96, offer=lambda texts: str(self._month())),
            GridColumn("owed", "月应交（元）", 110, typed=False, said=self._owed),
            GridColumn("note", "依据", 160, stretch=True),
        )

    @staticmethod
    def _before(name: str):
        return lambda texts: texts.get(f"before_{name}", "")

    def _month(self) -> PartialDate:
        return PartialDate(self.session.year, 1)

    def rows(self) -> Sequence[GridRow]:
        ledger = self.session.ledger_of_year()
        made: list[GridRow] = []
        for member in ledger.dues.rows:
            basis = ledger.dues.standing_basis(member)
            texts = {NAME: ledger.roster[member].name}
            if basis is not None and basis.fixed_in(ledger.year):
                texts |= {name: self.said(name, getattr(basis, name)) for name in FIELDS}
            elif basis is not None:
                texts |= {f"before_{name}": self.said(name, getattr(basis, name)) for name in OFFERED}
            made.append(GridRow(member, texts))
        return made

    def _owed(self, texts: Texts) -> str:
        values, problems = self.read(texts)
        if problems or values["category"] is None:
            return ""
        assessed = assess(self._basis(0, values), self.session.ledger_of_year().rulebook)
        return yuan(assessed.owed_fen) if assessed else ""

    def facts(self, rows: Sequence[Texts]) -> str:
        return f"已核定 {sum(bool(texts.get('category')) for texts in rows)}/{len(rows)} 人"

    def _basis(self, key: int, values: Mapping[str, Any]) -> DuesBasis:
        since = values["since"] or self._month()
        told = {"note": values["note"] or "", **{name: values[name] for name in ("base_fen", "fixed_fen")}}
        known = self.session.ledger_of_year().dues.bases
        same = next((basis for basis in known if basis.member == key and basis.since == since), None)
        begun = same or DuesBasis(member=key, since=since)
        return replace(begun, category=values["category"], **told)

    def check(self, key: int, values: Mapping[str, Any]) -> list[Problem]:
        if values["category"] is None:
            return [Problem("category", "请填党费类别")]
        problems = check_basis(self._basis(key, values), self.session.ledger_of_year().rulebook)
        return [problem if problem.field in values else replace(problem, field="note") for problem in problems]

    def store(self, changed: Mapping[int, Mapping[str, Any]]) -> None:
        rulebook = self.session.ledger_of_year().rulebook
        for key, values in changed.items():
            set_basis(self.session.ledger, self._basis(key, values), rulebook)
