"""The form of an applicant, new or to be corrected, and the end of the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.development.recording import (
    check_applicant,
    close_applicant,
    remove_applicant,
    reopen_applicant,
    save_applicant,
)
from app.development.steps import APPLICATION, Applicant, DevelopmentStep
from app.record import Problem
from ui.house.session import Session
from ui.kit.basic import button, required, row
from ui.kit.editors import DateEdit, Field, line_edit
from ui.kit.record_fields import Fields
from ui.record.form import RecordForm
from ui.record.part import Part

FIELDS = Fields(
    (
        "name",
        "sex",
        "birth",
        "id_number",
        "ethnicity",
        "education",
        "department",
        "position",
        "phone",
        "league_member",
        "note",
    )
)


class AppliedOn(Field[DateEdit]):
    """递交申请书日期: the first step, asked together with the person."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__("递交申请书日期", DateEdit(today))

    def typed(self) -> str:
        """What stands in it."""
        return self.editor.text()

    def type_again(self, typed: str) -> None:
        """Put what was typed back."""
        self.editor.setText(typed)

    def read(self) -> date:
        """The day; raises ValueError in Chinese, said under it."""
        return self.take(self._day)

    def _day(self) -> date:
        day = self.editor.day()
        if day is None:
            raise ValueError("请填写递交申请书的日期")
        return day


class ApplicantForm(RecordForm):
    """An applicant; `done` is called with the id that was saved, or None when the form was left."""

    removed_words = "已删除申请人和全部步骤"

    def __init__(self, session: Session, done: Callable[[int | None], object]) -> None:
        self._done = done
        super().__init__(session, "develop", "新增申请人", Applicant, FIELDS)
        self.remove_button.setText("删除（录错的）")

    def make_parts(self) -> dict[str, Part]:
        self.applied = AppliedOn(self._session.today)
        return {"applied": self.applied}

    def inside(self, box: QVBoxLayout) -> None:
        box.addWidget(required("递交申请书日期 *"))
        box.addWidget(self.applied)
        super().inside(box)
        self.why = line_edit(hint="如：本人撤回、调离")
        self.why.setAccessibleName("终止原因")
        self._end = button("终止发展", self._close, kind="small")
        self._again = button("恢复发展", self._reopen, kind="small")
        self._end_box = QWidget()
        self._end_box.setLayout(row(self.why, self._end, self._again))
        box.addWidget(self._end_box)

    def fill(self, values: Mapping[str, Any]) -> None:
        applicant: Applicant | None = self.record
        self.heading.setText("修改申请人信息" if applicant else "新增申请人")
        steps = self._session.ledger[DevelopmentStep].all(applicant=applicant.id, step=APPLICATION) if applicant else []
        self.applied.editor.set(steps[0].done_on if steps else None)
        self.applied.show_fault("")
        closed = applicant is not None and applicant.closed_on is not None
        self._end_box.setVisible(applicant is not None)
        self.why.setText(applicant.closed_why if applicant else "")
        self._end.setVisible(not closed)
        self._again.setVisible(closed)
        (self.form.editors["name"] if applicant else self.applied).setFocus()

    def draft_title(self) -> str:
        return self.form.texts()["name"]

    def made(self, values: dict[str, Any]) -> Applicant | None:
        try:
            self._applied_on = self.applied.read()
        except ValueError:
            return None
        return super().made(values)

    def check(self, record: Any) -> list[Problem]:
        """As applicants are checked."""
        return check_applicant(record, self._session.ledger_of_year().roster.members, self._session.today())

    def store(self, record: Any) -> Applicant:
        """Keep the applicant with the day of the application."""
        return save_applicant(self._session.ledger, record, self._session.today(), self._applied_on)

    def take_away(self, record: Any) -> None:
        """Delete the applicant with all steps."""
        remove_applicant(self._session.ledger, record.id)

    def after_save(self, saved: Applicant) -> None:
        self._done(saved.id)

    def after_removal(self) -> None:
        self._done(None)

    def leave(self) -> None:
        self._done(None)

    def _close(self) -> None:
        day, why = self._session.today(), self.why.text()
        if self.attempt(lambda: close_applicant(self._session.ledger, self.record, day, why), "已终止，记录保留"):
            self._done(None)

    def _reopen(self) -> None:
        if self.attempt(lambda: reopen_applicant(self._session.ledger, self.record), "已恢复"):
            self._done(None)
