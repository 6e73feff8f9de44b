"""The form of a member, new or to be corrected."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.branch import in_force
from app.errors import AppError
from app.members import IN_BRANCH, Member, MemberStatus, Sex, check_member, enrol, update_member
from app.record import Severity
from app.record import label as label_of
from ui.drafting import DraftKeeper
from ui.kit.basic import button, label, required, row, scrolled
from ui.kit.editors import DateEdit, Field, combo, commit_composition, line_edit
from ui.kit.messages import Bar
from ui.kit.theme import theme
from ui.session import Session

TEXTS = ("ethnicity", "native_place", "education", "department", "position", "phone", "address", "note")


class MemberForm(QWidget):
    """The fields of a member, new or to be corrected."""

    def __init__(self, session: Session, done) -> None:
        super().__init__()
        self._session = session
        self._done = done
        self._member: Member | None = None
        self._start: object = None
        self.edits: dict[str, Any] = {"name": line_edit(), "id_number": line_edit(hint="18 位")}
        self.sex = combo(["", *(sex.value for sex in Sex)], accessible="性别")
        self.status = combo([status.value for status in IN_BRANCH], accessible="人员类别")
        self.group = combo([], accessible="党小组")
        for name in ("birth", "joined", "confirmed"):
            self.edits[name] = DateEdit(session.today, partial=True)
        self.since = DateEdit(session.today, partial=True)
        self.since_field = Field("转入本支部日期", self.since)
        for name in TEXTS:
            self.edits[name] = line_edit()
        self.fields = {name: Field(label_of(Member, name), edit) for name, edit in self.edits.items()}
        self.floating = combo(["否", "是"], accessible="流动党员")
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, theme().px(4), 0)
        grid.setVerticalSpacing(theme().px(6))
        self._captions: dict[str, Any] = {}
        lines: list[tuple[str, QWidget]] = [("姓名 *", self.fields["name"]), ("性别", self.sex)]
        lines += [("人员类别 *", self.status), ("党小组", self.group), ("转入日期", self.since_field)]
        for name in ("id_number", "birth", "joined", "confirmed", *TEXTS):
            lines.append((label_of(Member, name), self.fields[name]))
        lines.append(("流动党员", self.floating))
        for number, (text, widget) in enumerate(lines):
            caption = required(text)
            self._captions[text] = caption
            grid.addWidget(caption, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(widget, number, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._title = label("", "head")
        box.addWidget(self._title)
        self.bar = Bar()
        box.addWidget(self.bar)
        box.addWidget(scrolled(inner), 1)
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

    def load(self, member: Member | None) -> None:
        """A new member, or one to be corrected (status and group then change as dated facts, not here)."""
        self._member = member
        self._title.setText("修改党员信息" if member else "新增党员")
        for name in ("人员类别 *", "党小组", "转入日期"):
            self._captions[name].setVisible(member is None)
        for widget in (self.status, self.group, self.since_field):
            widget.setVisible(member is None)
        self.group.clear()
        self.group.addItem("（不分组）", None)
        for group in in_force(self._session.ledger_of_year().groups, self._session.reference_day()):
            self.group.addItem(group.name, group.id)
        shown = member or Member(name="")
        for name, edit in self.edits.items():
            value = getattr(shown, name)
            edit.set(value) if isinstance(edit, DateEdit) else edit.setText(value)
            self.fields[name].show_fault("")
        self.since.set(None)
        self.sex.setCurrentText(shown.sex.value if shown.sex else "")
        self.floating.setCurrentIndex(int(shown.floating))
        self._start = self._snapshot()
        self.edits["name"].setFocus()

    def _snapshot(self) -> object:
        return [edit.text() for edit in self.edits.values()]

    def draft(self) -> dict[str, Any]:
        """What was typed, as it stands in the fields."""
        return {
            "id": self._member.id if self._member else 0,
            "title": self.edits["name"].text(),
            "texts": {name: edit.text() for name, edit in self.edits.items()},
            "since": self.since.text(),
            "choices": [box.currentText() for box in (self.sex, self.status, self.group, self.floating)],
        }

    def open_draft(self, content: dict[str, Any]) -> None:
        """Go on with what was typed and not saved."""
        roster = self._session.ledger_of_year().roster
        self.load(next((member for member in roster.members if member.id == content["id"]), None))
        for name, edit in self.edits.items():
            edit.setText(content["texts"].get(name, ""))
        self.since.setText(content["since"])
        for box, text in zip((self.sex, self.status, self.group, self.floating), content["choices"], strict=True):
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

    def save(self) -> None:
        """Check and save."""
        commit_composition()
        values: dict[str, Any] = {}
        first: Field | None = None
        for name, edit in self.edits.items():
            try:
                values[name] = edit.read() if isinstance(edit, DateEdit) else edit.text().strip()
                self.fields[name].show_fault("")
            except ValueError as error:
                self.fields[name].show_fault(str(error))
                first = first or self.fields[name]
        try:
            since = self.since.read()
            self.since_field.show_fault("")
        except ValueError as error:
            self.since_field.show_fault(str(error))
            first, since = first or self.since_field, None
        if first is not None:
            first.setFocus()
            return
        values["id_number"] = values["id_number"].upper()
        sex = Sex(self.sex.currentText()) if self.sex.currentText() else None
        base = self._member or Member(name="")
        member = replace(base, sex=sex, floating=self.floating.currentIndex() == 1, **values)
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
        ledger = self._session.ledger
        try:
            if self._member is None:
                status = MemberStatus(self.status.currentText())
                saved = enrol(ledger, member, today, status=status, since=since, group=self.group.currentData())
            else:
                saved = update_member(ledger, member, today)
        except AppError as error:
            self.bar.show_error(error)
            return
        self._start = None
        self.keeper.done()
        warnings = "；".join(p.text for p in problems if p.severity is Severity.WARNING)
        self._session.say("已保存" + (f"，提示：{warnings}" if warnings else ""))
        self._done(saved.id)
