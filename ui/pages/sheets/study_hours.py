"""Study outside the branch's events as a sheet: one training of many, a row a member."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.life.study import OwnStudy, StudyForm, check_study, hours, record_study
from app.record import Problem, Record, Severity, Unit, entry, stored
from app.typed import as_typed
from app.year.standing import study_years
from ui.house.ways import ToView
from ui.kit.grid_model import GridColumn, GridRow, Texts
from ui.kit.record_fields import Fields
from ui.record.sheet import NAME, Sheet

MINUTES = "minutes"


@stored
class TrainingHead(Record):
    """What is common to all who took part."""

    studied_on: date = entry("日期", required=True)
    form: StudyForm = entry("学习形式", default=StudyForm.TRAINING)
    minutes: int | None = entry("每人时长", default=None, unit=Unit.MINUTES)
    title: str = entry("学习内容", default="")


class StudyHours(Sheet):
    """Who took part in a training, and how long."""

    code, title, action = "study_hours", "学习成表录入", "登记个人学习"
    back = ToView("study", "study")
    hint = (
        "先填这次学习的日期、形式、内容和每人时长；参加的人按空格键采用时长，不同的直接打字，没参加的空着。"
        "可写 90、1.5 小时、2 天。"
    )
    kind, head_kind = OwnStudy, TrainingHead
    head_fields = Fields(("studied_on", "form", MINUTES, "title"))

    def begins(self) -> dict[str, Any]:
        return {"form": StudyForm.TRAINING}

    def columns(self) -> Sequence[GridColumn]:
        return (
            GridColumn(NAME, "姓名", 110, typed=False),
            GridColumn("asked", "本年要求", 90, typed=False),
            GridColumn("done", "已有学时", 90, typed=False),
            GridColumn(MINUTES, "这次时长", 110, offer=self._usual),
            GridColumn("note", "备注", 200, stretch=True),
        )

    def rows(self) -> Sequence[GridRow]:
        ledger, day = self.session.ledger_of_year(), self.session.reference_day()
        return [
            GridRow(
                year.member,
                {
                    NAME: ledger.roster[year.member].name,
                    "asked": f"{year.asked}" if year.asked else "不要求",
                    "done": hours(year.minutes),
                },
            )
            for year in study_years(ledger, day)
        ]

    def _usual(self, texts: Texts) -> str:
        del texts
        field = self.field(MINUTES)
        usual = self.head.get(MINUTES)
        return as_typed(field, usual) if field and usual else ""

    def facts(self, rows: Sequence[Texts]) -> str:
        return f"已填 {sum(bool(texts.get(MINUTES)) for texts in rows)}/{len(rows)} 人"

    def _study(self, key: int, values: Mapping[str, Any]) -> OwnStudy:
        return OwnStudy(
            member=key,
            studied_on=self.head.get("studied_on") or self.session.today(),
            minutes=values[MINUTES] or 0,
            form=self.head.get("form") or StudyForm.TRAINING,
            title=self.head.get("title") or "",
            note=values["note"] or "",
        )

    def check(self, key: int, values: Mapping[str, Any]) -> list[Problem]:
        study = self._study(key, values)
        found = [problem for problem in check_study(study, self.session.today()) if problem.field in values]
        twins = [
            known
            for known in self.session.ledger_of_year().own_studies
            if (known.member, known.studied_on, known.title) == (key, study.studied_on, study.title)
        ]
        if twins:
            text = f"{study.studied_on} 已经登记过同一内容 {hours(twins[0].minutes)} 学时，保存会再记一次"
            found.append(Problem(MINUTES, text, Severity.WARNING))
        return found

    def store(self, changed: Mapping[int, Mapping[str, Any]]) -> None:
        for key, values in changed.items():
            record_study(self.session.ledger, self._study(key, values), self.session.today())
