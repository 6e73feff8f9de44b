"""What stands in the form of a meeting, as plain values and back: also what could not be saved as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit

from app.life.attendance import Attendance, AttendanceState

if TYPE_CHECKING:
    from ui.pages.meetings.form import MeetingForm


def _line_edits(form: MeetingForm) -> dict[str, QLineEdit]:
    names = ("day", "start", "end", "minutes", "host", "recorder", "subject", "remark", "lecturer")
    return {name: getattr(form, name) for name in names}


def typed(form: MeetingForm) -> dict[str, Any]:
    """What was typed."""
    return {
        "id": form.record,
        "title": form.subject.text() or "、".join(form.chosen_types()),
        "types": [kind.value for kind in form.chosen_types()],
        "texts": {name: edit.text() for name, edit in _line_edits(form).items()},
        "place": form.place.currentText(),
        "group": form.group.currentData(),
        "content": form.content.toPlainText(),
        "roll": [[row.member, row.name, row.state.value, row.reason] for row in form.pane.read()],
        "approvals": [row.approval for row in form.pane.read()],
        "planned": form.planned,
        "touched": form.pane.touched,
        "votes": [vote.draft() for vote in form.votes],
        **form.agenda.typed(),
    }


def type_again(form: MeetingForm, content: dict[str, Any]) -> None:
    """Put what was typed back into the fields."""
    for kind, made in form.types.items():
        made.setChecked(kind.value in content["types"])
    for name, edit in _line_edits(form).items():
        edit.setText(content["texts"].get(name, ""))
    form.place.setCurrentText(content["place"])
    form.refresh_people()
    form.group.setCurrentIndex(max(0, form.group.findData(content["group"])))
    form.content.setPlainText(content["content"])
    form.refresh_people()
    states = {state.value: state for state in AttendanceState}
    form.pane.load(
        [
            Attendance(member=member, name=name, state=states[state], reason=reason, approval=approval)
            for (member, name, state, reason), approval in zip(
                content["roll"], content.get("approvals") or [""] * len(content["roll"]), strict=True
            )
        ]
    )
    form.pane.touched = content["touched"]
    form.planned = content.get("planned", 0)
    form.drop_votes()
    for vote in content["votes"]:
        form.add_vote().take_draft(vote)
    form.agenda.type_again(content)
    form.content.setFocus()
