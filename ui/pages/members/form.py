"""The form of a member, new or to be corrected."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.branch.lists import offered
from app.errors import AppError
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
from app.record import Severity
from app.record import label as label_of
from ui.house.session import Session
from ui.kit.basic import button, label, required, row, scrolled
from ui.kit.editors import DateEdit, Field, combo, commit_composition, line_edit
from ui.kit.messages import Bar, with_warnings
from ui.kit.theme import theme
from ui.record.drafting import DraftKeeper

# Fields of a member in the order of the paper form, after name, sex and what only a new member has.
LISTED = ("ethnicity", "education", "degree", "technical_title", "social_stratum", "front_line")
DATED = ("birth", "joined", "confirmed", "work_started")
ORDER = (
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
)
WORK = ("department", "duty", "position")


class MemberForm(QWidget):
    """The fields of a member, new or to be corrected."""

    def __init__(self, session: Session, done) -> None:
        super().__init__()
        self._session = session
        self._done = done
        self._member: Member | None = None
        self._start: object = None
        self.edits: dict[str, Any] = {"name": line_edit()}
        self.sex = combo(["", *(sex.value for sex in Sex)], accessible="性别")
        self.status = combo([status.value for status in IN_BRANCH], accessible="人员类别")
        self.group = combo([], accessible="党小组")
        self.since = DateEdit(session.today, partial=True)
        self.since_field = Field("转入本支部日期", self.since)
        for name in ORDER:
            self.edits[name] = (
                DateEdit(session.today, partial=True)
                if name in DATED
                else combo([], editable=True, accessible=label_of(Member, name))
                if name in LISTED
                else line_edit(hint="18 位" if name == "id_number" else "")
            )
        self.edits["id_number"].editingFinished.connect(self._read_number)
        self.work: dict[str, Any] = {
            "department": line_edit(),
            "duty": line_edit(),
            "position": combo([], editable=True),
        }
        self.fields = {name: Field(label_of(Member, name), edit) for name, edit in self.edits.items()}
        self._work_fields = {name: Field(label_of(Employment, name), edit) for name, edit in self.work.items()}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._title = label("", "head")
        box.addWidget(self._title)
        self.bar = Bar()
        box.addWidget(self.bar)
        box.addWidget(scrolled(self._grid()), 1)
        save = button("保存 Ctrl+S", self.save, kind="primary")
        save.setAccessibleName("保存")
        box.addLayout(row(button("取消", self._leave, kind="quiet"), None, save))
        self._note = label("", "caption")
        box.addWidget(self._note)
        self.keeper = DraftKeeper(session, "members", self, self)
        self.keeper.told.connect(self._note.setText)
        for keys, action in (("Ctrl+S", self.save), ("Ctrl+Return", self.save), ("Esc", self._leave)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def _grid(self) -> QWidget:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, theme().px(4), 0)
        grid.setVerticalSpacing(theme().px(6))
        lines: list[tuple[str, QWidget]] = [("姓名 *", self.fields["name"]), ("性别", self.sex)]
        only_new: list[tuple[str, QWidget]] = [
            ("人员类别 *", self.status),
            ("党小组", self.group),
            ("转入日期", self.since_field),
            *((label_of(Employment, name), field) for name, field in self._work_fields.items()),
        ]
        lines += only_new
        lines += [(label_of(Member, name), self.fields[name]) for name in ORDER]
        self._only_new: list[QWidget] = []
        for number, (text, widget) in enumerate(lines):
            caption = required(text)
            if (text, widget) in only_new:
                self._only_new += [caption, widget]
            grid.addWidget(caption, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(widget, number, 1)
        self._extra_grid, self._extra_from = grid, len(lines)
        self.extras: dict[int, Any] = {}
        self._extra_captions: list[QWidget] = []
        return inner

    def _offer(self, member: Member) -> None:
        """The lists as the branch has them, and its own fields with what they say of this member."""
        ledger = self._session.ledger
        for name, edit in (*((n, self.edits[n]) for n in LISTED), ("position", self.work["position"])):
            edit.clear()
            edit.addItems(["", *offered(ledger, name)])
        for old in (*self.extras.values(), *self._extra_captions):
            old.hide()
            old.deleteLater()
        self.extras, self._extra_captions = {}, []
        values = {v.field: v.text for v in ledger[ExtraValue].all(member=member.id)} if member.id else {}
        for number, field in enumerate(ledger[ExtraField].all(), self._extra_from):
            edit = line_edit(values.get(field.id, ""))
            edit.setAccessibleName(field.name)
            caption = label(field.name)
            self._extra_grid.addWidget(caption, number, 0)
            self._extra_grid.addWidget(edit, number, 1)
            self.extras[field.id] = edit
            self._extra_captions.append(caption)

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
        if not identity.fault_of(number, self._session.today()):
            if not self.edits["birth"].text():
                self.edits["birth"].set(identity.birth_of(number))
                told = told or "出生日期和性别按身份证号填入，与档案不同的请改"
            if not self.sex.currentText():
                self.sex.setCurrentText((Sex.MALE if identity.is_male(number) else Sex.FEMALE).value)
        if told:
            self.fields["id_number"].show_fault(told, warning=True)

    def load(self, member: Member | None) -> None:
        """A new member, or one to be corrected (status, group and work then change as dated facts, not here)."""
        self._member = member
        self._title.setText("修改党员信息" if member else "新增党员")
        for widget in self._only_new:
            widget.setVisible(member is None)
        self.group.clear()
        self.group.addItem("（不分组）", None)
        for group in in_force(self._session.ledger_of_year().groups, self._session.reference_day()):
            self.group.addItem(group.name, group.id)
        shown = member or Member(name="")
        self._offer(shown)
        for name, edit in self.edits.items():
            value = getattr(shown, name)
            if isinstance(edit, DateEdit):
                edit.set(value)
            elif name in LISTED:
                edit.setCurrentText(value)
            else:
                edit.setText(value)
            self.fields[name].show_fault("")
        for name, edit in self.work.items():
            edit.setCurrentText("") if name == "position" else edit.setText("")
        self.since.set(None)
        self.sex.setCurrentText(shown.sex.value if shown.sex else "")
        self._start = self._snapshot()
        self.edits["name"].setFocus()

    def _texts(self) -> dict[str, str]:
        return {
            name: edit.currentText() if hasattr(edit, "currentText") else edit.text()
            for name, edit in self._named().items()
        }

    def _named(self) -> dict[str, Any]:
        """Every editor that holds text, by the name it has in a draft."""
        return {**self.edits, **self.work, **{f"extra_{id}": edit for id, edit in self.extras.items()}}

    def _snapshot(self) -> object:
        return self._texts()

    def draft(self) -> dict[str, Any]:
        """What was typed, as it stands in the fields."""
        return {
            "id": self._member.id if self._member else 0,
            "title": self.edits["name"].text(),
            "texts": self._texts(),
            "since": self.since.text(),
            "choices": [box.currentText() for box in (self.sex, self.status, self.group)],
        }

    def open_draft(self, content: dict[str, Any]) -> None:
        """Go on with what was typed and not saved."""
        roster = self._session.ledger_of_year().roster
        self.load(next((member for member in roster.members if member.id == content["id"]), None))
        for name, edit in self._named().items():
            text = content["texts"].get(name, "")
            edit.setCurrentText(text) if hasattr(edit, "currentText") else edit.setText(text)
        self.since.setText(content["since"])
        for box, text in zip((self.sex, self.status, self.group), content["choices"], strict=False):
            box.setCurrentText(text)

    @property
    def dirty(self) -> bool:
        """Whether something was changed."""
        return self._start is not None and self._start != self._snapshot()

    def forget(self) -> None:
        """Let the text go."""
        self._start = None

    def _leave(self) -> None:
        self._done(None)

    def _values(self) -> dict[str, Any] | None:
        """What the fields say; None when one cannot be read, which is said under it."""
        values: dict[str, Any] = {}
        first: Field | None = None
        for name, edit in self.edits.items():
            try:
                text = edit.currentText() if name in LISTED else edit.text()
                values[name] = edit.read() if isinstance(edit, DateEdit) else text.strip()
                if name != "id_number":
                    self.fields[name].show_fault("")
            except ValueError as error:
                self.fields[name].show_fault(str(error))
                first = first or self.fields[name]
        try:
            values["since"] = self.since.read()
            self.since_field.show_fault("")
        except ValueError as error:
            self.since_field.show_fault(str(error))
            first = first or self.since_field
        if first is not None:
            first.setFocus()
            return None
        return values

    def save(self) -> None:
        """Check and save."""
        commit_composition()
        self._read_number()
        values = self._values()
        if values is None:
            return
        since = values.pop("since")
        sex = Sex(self.sex.currentText()) if self.sex.currentText() else None
        member = replace(self._member or Member(name=""), sex=sex, **values)
        others, today = self._session.ledger_of_year().roster.members, self._session.today()
        problems = check_member(member, others, today)
        for problem in reversed(problems):
            if problem.field in self.fields:
                self.fields[problem.field].show_fault(problem.text, warning=problem.severity is Severity.WARNING)
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        if errors:
            if errors[0].field in self.fields:
                self.fields[errors[0].field].setFocus()
            return
        try:
            saved = self._save(member, since)
        except AppError as error:
            self.bar.show_error(error)
            return
        self._start = None
        self.keeper.done()
        self._session.say(with_warnings("已保存", problems))
        self._done(saved.id)

    def _save(self, member: Member, since: Any) -> Member:
        ledger, today = self._session.ledger, self._session.today()
        with ledger.transaction("修改党员信息" if self._member else "登记党员"):
            if self._member is None:
                status = MemberStatus(self.status.currentText())
                saved = enrol(ledger, member, today, status=status, since=since, group=self.group.currentData())
                texts = {
                    name: (edit.currentText() if name == "position" else edit.text()).strip()
                    for name, edit in self.work.items()
                }
                if any(texts.values()):
                    employ(ledger, Employment(member=saved.id, since=since, **texts))
            else:
                saved = update_member(ledger, member, today)
            if self.extras:
                set_extra(ledger, saved.id, {id: edit.text().strip() for id, edit in self.extras.items()})
        return saved
