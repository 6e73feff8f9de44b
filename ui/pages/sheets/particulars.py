"""The members' particulars as a sheet: a row a member, the fields of the roster in three groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.branch.lists import offered
from app.people import identity
from app.people.members import Member, Sex, check_member, update_member
from app.record import Problem, label
from ui.house.session import Session
from ui.house.ways import ToView
from ui.kit.grid_model import GridColumn, GridRow, Texts
from ui.record.sheet import NAME, Sheet

GROUPS: dict[str, tuple[str, dict[str, int]]] = {
    "person": (
        "基本情况",
        {
            "sex": 60,
            "id_number": 184,
            "birth": 110,
            "ethnicity": 80,
            "native_place": 130,
            "education": 110,
            "degree": 90,
        },
    ),
    "party": (
        "党内和工作",
        {
            "joined": 110,
            "confirmed": 110,
            "work_started": 120,
            "technical_title": 140,
            "social_stratum": 120,
            "front_line": 120,
        },
    ),
    "reach": ("联系方式", {"phone": 140, "address": 260, "note": 220}),
}
"""The groups of fields by code: their titles, and the width of each field."""


class Particulars(Sheet):
    """What the roster says of each member, to be filled in or corrected."""

    code, title, action = "particulars", "党员信息成表录入", "修改党员信息"
    back = ToView("members")
    hint = "日期可只写到年或月；填了身份证号，出生日期和性别以灰字提出，核对后按空格键采用。"
    kind = Member

    @classmethod
    def choices(cls, session: Session) -> Sequence[tuple[str, str]]:
        """The groups of fields."""
        del session
        return [(code, title) for code, (title, _) in GROUPS.items()]

    def columns(self) -> Sequence[GridColumn]:
        offers: dict[str, Callable[[Texts], str]] = {"birth": self._birth, "sex": self._sex}
        made = [GridColumn(NAME, "姓名", 110, typed=False)]
        for name, width in GROUPS[self.choice][1].items():
            field = self.field(name)
            assert field is not None
            words = tuple(Sex) if field.type is Sex else ()
            if field.words:
                words = tuple(offered(self.session.ledger, field.words))[:9]
            made.append(
                GridColumn(
                    name, label(Member, name), width, words=words, offer=offers.get(name), stretch=name == "note"
                )
            )
        return made

    def _number(self, texts: Texts) -> str:
        """The number of identity of a row, where nothing is wrong with it."""
        number = texts.get("id_number", "")
        return number if number and not identity.doubt_of(number, self.session.today()) else ""

    def _birth(self, texts: Texts) -> str:
        number = self._number(texts)
        return str(identity.birth_of(number)) if number else ""

    def _sex(self, texts: Texts) -> str:
        number = self._number(texts)
        return "" if not number else Sex.MALE if identity.is_male(number) else Sex.FEMALE

    def rows(self) -> Sequence[GridRow]:
        roster, day = self.session.ledger_of_year().roster, self.session.reference_day()
        names = GROUPS[self.choice][1]
        return [
            GridRow(person.id, {NAME: person.name, **{name: self.said(name, getattr(person, name)) for name in names}})
            for person in roster.present(day)
        ]

    def facts(self, rows: Sequence[Texts]) -> str:
        names = GROUPS[self.choice][1]
        open_cells = sum(not texts.get(name) for texts in rows for name in names if name != "note")
        return f"{len(rows)} 人 · 还空着 {open_cells} 格"

    def _member(self, key: int, values: Mapping[str, Any]) -> Member:
        known = self.session.ledger_of_year().roster[key]
        told = {name: "" if value is None and self._is_text(name) else value for name, value in values.items()}
        return replace(known, **told)

    def _is_text(self, name: str) -> bool:
        field = self.field(name)
        return field is not None and field.type is str

    def check(self, key: int, values: Mapping[str, Any]) -> list[Problem]:
        others = self.session.ledger_of_year().roster.members
        return check_member(self._member(key, values), others, self.session.today())

    def store(self, changed: Mapping[int, Mapping[str, Any]]) -> None:
        for key, values in changed.items():
            update_member(self.session.ledger, self._member(key, values), self.session.today())
