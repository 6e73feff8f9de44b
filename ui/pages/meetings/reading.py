"""The form of a meeting read: what was typed as minutes, and what is wrong said under its field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.life.meetings import AgendaItem, AgendaKind, Meeting, Minutes
from app.record import Problem
from ui.kit.editors import TimeEdit

if TYPE_CHECKING:
    from ui.pages.meetings.form import MeetingForm


def read_form(form: MeetingForm) -> Minutes | None:
    """The meeting as typed; None when a field cannot be read, with the cursor in the first one."""
    readers = (
        (form.day_field, form.day.day),
        (form.start_field, form.start.read),
        (form.end_field, form.end.read),
        (None, form.minutes.read),
    )
    values: list[Any] = []
    first: QWidget | None = None
    for field, read in readers:
        try:
            values.append(read())
            if field:
                field.show_fault("")
        except ValueError as error:
            values.append(None)
            first = first or field or form.minutes
            if field:
                field.show_fault(str(error))
            else:
                form.bar.show_text(str(error))
    if values[0] is None and first is None:
        form.day_field.show_fault("请填写日期")
        first = form.day_field
    if first is not None:
        first.setFocus()
        return None
    day, start, end, minutes = values
    grouped = form.group.isVisibleTo(form)
    old = form.saved_record.meeting if form.saved_record else Meeting(held_on=day, subject="")
    meeting = replace(
        old,
        held_on=day,
        start=start,
        end=end,
        study_minutes=minutes,
        place=form.place.currentText().strip(),
        host=form.host.text().strip(),
        recorder=form.recorder.text().strip(),
        subject=form.subject.text().strip(),
        content=form.content.toPlainText(),
        group=form.group.currentData() if grouped else None,
        remark=form.remark.text().strip(),
        lecturer=form.lecturer.text().strip() if form.lecturer.isVisibleTo(form) else old.lecturer,
        planned=form.planned or None,
    )
    votes = tuple(vote.read() for vote in form.votes)
    try:
        agenda, tasks = form.agenda.read()
        form.closed = form.agenda.closed()
    except ValueError as error:
        form.bar.show_text(str(error))
        return None
    return Minutes(meeting, form.chosen_types(), tuple(form.roll()), votes, agenda, tasks)


def show_faults(form: MeetingForm, errors: Sequence[Problem]) -> bool:
    """Say each error under its field and go to the first; whether there are any."""
    fields = {
        "held_on": form.day_field,
        "start": form.start_field,
        "end": form.end_field,
        "subject": form.subject_field,
        "content": form.content_field,
    }
    for field in fields.values():
        field.show_fault("")
    first: QWidget | None = None
    for problem in errors:
        text = "请填写主题，打印会议记录时要用" if problem.field == "subject" else problem.text
        if problem.field == "types":
            form.types_fault.setText(text)
            form.types_fault.show()
            first = first or next(iter(form.types.values()))
        elif problem.field in fields:
            fields[problem.field].show_fault(text)
            first = first or fields[problem.field]
        else:
            form.bar.show_text(text)
            first = first or form.content_field
    if first is not None:
        first.setFocus()
    return bool(errors)


def so_far(form: MeetingForm) -> Minutes:
    """The minutes as far as they are typed; what cannot be read counts as not there. For the list of what is open."""

    def read(edit: TimeEdit) -> time | None:
        try:
            return edit.read()
        except ValueError:
            return None

    host, recorder, lecturer = (edit.text().strip() for edit in form.people())
    meeting = Meeting(
        held_on=form.day_or_today(),
        start=read(form.start),
        end=read(form.end),
        place=form.place.currentText().strip(),
        host=host,
        recorder=recorder,
        lecturer=lecturer,
        subject=form.subject.text(),
        content=form.content.toPlainText(),
        remark=form.remark.text(),
    )
    items = [made.texts() for made in form.agenda.items]
    agenda = tuple(
        AgendaItem(kind=AgendaKind(kind), title=title, text=text)
        for kind, title, _, text in items
        if title.strip() or text.strip()
    )
    votes = tuple(vote.read() for vote in form.votes)
    return Minutes(meeting, form.chosen_types(), tuple(form.roll()), votes, agenda)
