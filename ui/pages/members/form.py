"""The form of a member, new or to be corrected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.branch.groups import Group
from app.branch.lists import offered
from app.dates import PartialDate
from app.people import identity
from app.people.extra_fields import ExtraField, ExtraValue, set_extra
from app.people.members import (
    IN_BRANCH,
    Employment,
    Member,
    MemberStatus,
    Sex,
    check_member,
    employ,
    enrol,
    update_member,
)
from app.people.posts import in_force
from app.record import Problem
from app.record import label as label_of
from ui.house.session import Session
from ui.kit.basic import label, required
from ui.kit.editors import DateEdit, Field, combo, line_edit, put_text, text_of
from ui.kit.record_fields import Fields, RecordFields
from ui.kit.theme import theme
from ui.record.form import RecordForm
from ui.record.part import Part

# Fields of a member in the order of the paper form, after name and sex.
FIELDS = Fields(
    (
        "name",
        "sex",
        "id_number",
        "birth",
        "ethnicity",
        "native_place",
        "birthplace",
        "education",
        "degree",
        "joined",
        "confirmed",
        "work_started",
        "technical_title",
        "social_stratum",
        "front_line",
        "phone",
        "address",
        "note",
    ),
    hints={"id_number": "18 位"},
)


def _two_columns(parts: Sequence[tuple[QWidget, QWidget]]) -> QGridLayout:
    """Captions on the left, editors on the right."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(theme().px(6))
    grid.setHorizontalSpacing(theme().px(6))
    for number, (caption, editor) in enumerate(parts):
        caption.setFixedWidth(theme().px(88))
        caption.setMinimumHeight(theme().px(34))  # beside the middle of the editor, also above a fault
        grid.addWidget(caption, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(editor, number, 1)
    return grid


class Arrival(QWidget):
    """What only a new member has: status, group, the day of coming, work. Later these change as dated facts."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.status = combo([status.value for status in IN_BRANCH], accessible="人员类别")
        self.group = combo([], accessible="党小组")
        self.since = DateEdit(session.today, partial=True)
        self.since_field = Field("转入本支部日期", self.since)
        position = combo([], editable=True)
        self.work: dict[str, Any] = {"department": line_edit(), "duty": line_edit(), "position": position}
        work = [(required(label_of(Employment, n)), Field(label_of(Employment, n), e)) for n, e in self.work.items()]
        self.setLayout(
            _two_columns(
                [
                    (required("人员类别 *"), self.status),
                    (required("党小组"), self.group),
                    (required("转入日期"), self.since_field),
                    *work,
                ]
            )
        )

    def load(self, groups: Sequence[Group]) -> None:
        """As for somebody who has just come."""
        self.group.clear()
        self.group.addItem("（不分组）", None)
        for group in groups:
            self.group.addItem(group.name, group.id)
        self.work["position"].clear()
        self.work["position"].addItems(["", *offered(self._session.ledger, "position")])
        self.status.setCurrentIndex(0)
        self.since.set(None)
        self.since_field.show_fault("")
        for edit in self.work.values():
            put_text(edit, "")

    def typed(self) -> dict[str, Any]:
        """What stands in it."""
        return {
            "since": self.since.text(),
            "status": self.status.currentText(),
            "group": self.group.currentText(),
            "work": {name: text_of(edit) for name, edit in self.work.items()},
        }

    def type_again(self, typed: Mapping[str, Any]) -> None:
        """Put what was typed back."""
        self.since.setText(typed["since"])
        self.status.setCurrentText(typed["status"])
        self.group.setCurrentText(typed["group"])
        for name, edit in self.work.items():
            put_text(edit, typed["work"].get(name, ""))

    def read_since(self) -> PartialDate | None:
        """The day of coming; raises ValueError in Chinese, said under it."""
        return self.since_field.take(self.since.read)


class Extras(QWidget):
    """The fields of the branch's own."""

    def __init__(self) -> None:
        super().__init__()
        self.edits: dict[int, Any] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._inside = QWidget()
        self._box.addWidget(self._inside)

    def load(self, fields: Sequence[ExtraField], values: Mapping[int, str]) -> None:
        """The fields there are, with what they say of a member."""
        self.edits = {}
        parts: list[tuple[QWidget, QWidget]] = []
        for field in fields:
            edit = line_edit(values.get(field.id, ""))
            edit.setAccessibleName(field.name)
            self.edits[field.id] = edit
            parts.append((label(field.name), edit))
        old, self._inside = self._inside, QWidget()
        self._inside.setLayout(_two_columns(parts))
        self._box.replaceWidget(old, self._inside)
        old.hide()
        old.deleteLater()

    def typed(self) -> dict[str, str]:
        """What stands in them."""
        return {str(field): edit.text() for field, edit in self.edits.items()}

    def type_again(self, typed: Mapping[str, str]) -> None:
        """Put what was typed back."""
        for field, edit in self.edits.items():
            edit.setText(typed.get(str(field), ""))


class MemberForm(RecordForm):
    """The fields of a member, new or to be corrected; `done` is called with the id saved, None when it was left."""

    removable = False  # the list does it
    view = "members"

    def __init__(self, session: Session, done: Callable[[int | None], object]) -> None:
        self._done = done
        super().__init__(session, "members", "新增党员", Member, FIELDS, padding=0)
        self.edits, self.fields = self.form.editors, self.form.fields
        self.edits["id_number"].editingFinished.connect(self._read_number)

    def make_fields(self, fields: Fields) -> RecordFields:
        return RecordFields(Member, fields, self._session.today, placed=True, parent=self)

    def make_parts(self) -> dict[str, Part]:
        self.arrival, self.extra = Arrival(self._session), Extras()
        return {"arrival": self.arrival, "extras": self.extra}

    @property
    def extras(self) -> dict[int, Any]:
        """The editors of the branch's own fields."""
        return self.extra.edits

    def inside(self, box: QVBoxLayout) -> None:
        form = self.form
        box.setSpacing(theme().px(6))
        pairs = {name: (form.captions[name], form.fields[name]) for name in FIELDS.names}
        box.addLayout(_two_columns([pairs.pop("name"), pairs.pop("sex")]))
        box.addWidget(self.arrival)
        box.addLayout(_two_columns(list(pairs.values())))
        box.addWidget(self.extra)

    def _read_number(self) -> None:
        """An old number of 15 digits is converted; birth and sex are read from it where the form has none yet."""
        edit = self.edits["id_number"]
        number = identity.read_id_number(edit.text())
        told = ""
        if len(number) == 15 and number.isdigit():
            try:
                number = identity.from_15_digits(number)
                told = "已由 15 位旧号换算成 18 位，请与证件核对"
            except ValueError as error:
                self.fields["id_number"].show_fault(str(error))
                return
        if number:
            edit.setText(number)
        if not identity.doubt_of(number, self._session.today()):
            if not self.edits["birth"].text():
                self.edits["birth"].set(identity.birth_of(number))
                told = told or "出生日期和性别按身份证号填入，与档案不同的请改"
            if not self.edits["sex"].currentText():
                self.edits["sex"].setCurrentText((Sex.MALE if identity.is_male(number) else Sex.FEMALE).value)
        if told:
            self.fields["id_number"].show_fault(told, warning=True)

    def fill(self, values: Mapping[str, Any]) -> None:
        ledger, member = self._session.ledger, self.record
        self.heading.setText("修改党员信息" if member else "新增党员")
        self.arrival.setVisible(member is None)
        day = self._session.reference_day()
        self.arrival.load(in_force(self._session.ledger_of_year().groups, day))
        told = ledger[ExtraValue].all(member=member.id) if member else []
        self.extra.load(ledger[ExtraField].all(), {value.field: value.text for value in told})
        self.edits["name"].setFocus()

    def draft_title(self) -> str:
        return self.edits["name"].text()

    def leave(self) -> None:
        self._done(None)

    def save(self) -> bool:
        """Check and save; a number that was typed last is read first."""
        self._read_number()
        return super().save()

    def made(self, values: dict[str, Any]) -> Member | None:
        try:
            self._since = self.arrival.read_since()
        except ValueError:
            return None
        return super().made(values)

    def check(self, record: Any) -> list[Problem]:
        """As members are checked."""
        return check_member(record, self._session.ledger_of_year().roster.members, self._session.today())

    def store(self, record: Any) -> Member:
        """Enter the member with the facts of coming, or correct the fields; own fields with it, as one action."""
        ledger, today = self._session.ledger, self._session.today()
        with ledger.transaction("修改党员信息" if record.id else "登记党员"):
            saved = update_member(ledger, record, today) if record.id else self._enrol(record)
            if self.extras:
                set_extra(ledger, saved.id, {id: edit.text().strip() for id, edit in self.extras.items()})
        return saved

    def _enrol(self, member: Member) -> Member:
        ledger, told = self._session.ledger, self.arrival
        status, group = MemberStatus(told.status.currentText()), told.group.currentData()
        saved = enrol(ledger, member, self._session.today(), status=status, since=self._since, group=group)
        texts: dict[str, Any] = {name: text_of(edit).strip() for name, edit in told.work.items()}
        if any(texts.values()):
            employ(ledger, Employment(member=saved.id, since=self._since, **texts))
        return saved

    def after_save(self, saved: Member) -> None:
        self._done(saved.id)
