"""The form of a meeting: filled in one pass by keyboard."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.errors import AppError
from app.life.attendance import Attendance
from app.life.final_minutes import checklist
from app.life.follow_ups import FollowUp, open_before
from app.life.meetings import Meeting, Minutes, audience, check_minutes, entitled_voters, record_meeting
from app.life.minutes_templates import MinutesTemplate, agenda_of
from app.life.plans import PlannedEvent
from app.people.posts import in_force
from app.record import Severity
from app.rules.meeting_types import MeetingType
from app.ways import ToNew
from ui.house.session import Session
from ui.kit.basic import button, label, restyle, row
from ui.kit.editors import Choice, commit_composition
from ui.kit.messages import Bar
from ui.kit.theme import theme
from ui.pages.meetings.attendance import AttendancePane
from ui.pages.meetings.drafts import type_again, typed
from ui.pages.meetings.fields import COMMON_PLACES, MeetingFields
from ui.pages.meetings.reading import read_form, show_faults, so_far
from ui.pages.meetings.vote_row import VoteRow
from ui.record.drafting import DraftKeeper

CHECK_EVERY = 800  # ms


class MeetingForm(MeetingFields):
    """A meeting being written. Emits `saved` with its id, or `left`."""

    saved = Signal(int, bool)
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.saved_record: Minutes | None = None
        """The meeting that is corrected; None for a new one."""
        self.closed: list[tuple[FollowUp, str]] = []
        self.planned = 0
        """The planned event that these minutes come from; 0 for none."""
        self._start: object = None
        look = theme()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(look.px(10))
        self.bar = Bar()
        outer.addWidget(self.bar)
        self.pane = AttendancePane()
        self.pane.setFixedWidth(look.px(372))
        self.pane.changed.connect(self._propose_votes)
        middle = QHBoxLayout()
        middle.setSpacing(look.px(16))
        middle.addWidget(self.fields_card(), 1)
        middle.addWidget(self.pane)
        outer.addLayout(middle, 1)
        self.types_changed.connect(self._types_changed)
        self.day_changed.connect(self._day_changed)
        self.group_changed.connect(self._refresh_people)
        self.vote_wanted.connect(self.add_vote)
        self._note = label("", "caption")
        self.keeper = DraftKeeper(session, "meetings", self, self)
        self.keeper.told.connect(self._note.setText)
        self.save_print = button("保存并打印记录", lambda: self.save(then_print=True))
        self.save_button = button("保存 Ctrl+S", self.save, kind="primary")
        self.save_button.setAccessibleName("保存")
        cancel = button("取消", self.leave, kind="quiet")
        self.open_elements = label("", "caption")
        self.open_elements.setAccessibleName("还缺的要素")
        self._beat = QTimer(self)
        self._beat.setInterval(CHECK_EVERY)
        self._beat.timeout.connect(self.show_checklist)
        outer.addLayout(row(self._note, self.open_elements, None, cancel, self.save_print, self.save_button))
        for keys, action in (("Ctrl+S", self.save), ("Ctrl+Return", self.save_and_next), ("Esc", self.leave)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def showEvent(self, event: QShowEvent) -> None:
        """While it is shown, what is still open is told as it is typed."""
        super().showEvent(event)
        self._beat.start()
        self.show_checklist()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is looked at while nobody sees it."""
        self._beat.stop()
        super().hideEvent(event)

    def show_checklist(self) -> None:
        """The required elements that are still missing, in words."""
        still = [item.label for item in checklist(so_far(self)) if item.needed and not item.there]
        self.open_elements.setText("还缺：" + "、".join(still) if still else "要素齐全")
        restyle(self.open_elements, "kind", "caption" if still else "ok")

    def open_new(self, way: ToNew) -> None:
        """An empty form, with what is known already filled in; a day that is not certain stays open."""
        self.saved_record, self.planned = None, 0
        today = self._session.today()
        kinds: tuple[MeetingType, ...] = tuple(way.values.get("types", ()))
        first, last = way.within or (today, today)
        certain = first <= today <= last
        self._fill(Minutes(Meeting(held_on=today, subject=""), kinds))
        if not certain:
            self.day.clear()
            self.day.setPlaceholderText(f"{first.month}月内的哪一天" if first.month == last.month else "哪一天")
        last_one = self.last_minutes()
        if last_one:
            self.place.setCurrentText(last_one.meeting.place)
            self.host.setText(last_one.meeting.host)
            self.recorder.setText(last_one.meeting.recorder)
        if way.values.get("group"):
            self.group.setCurrentIndex(max(0, self.group.findData(way.values["group"])))
        self._refresh_people()
        self._begin(f"记一次{kinds[0]}" if kinds else "")

    def open_planned(self, event: PlannedEvent) -> None:
        """The minutes of a planned event, with everything that the plan knows; the day only when it has come."""
        self.open_new(ToNew(Meeting, {"types": (event.type,), "group": event.group}))
        self.planned = event.id
        if event.planned_on <= self._session.today():
            self.day.set(event.planned_on)
        else:
            self.day.clear()
        self.start.set(event.start)
        for edit, text in ((self.host, event.host), (self.subject, event.subject)):
            if text:
                edit.setText(text)
        if event.place:
            self.place.setCurrentText(event.place)
        for item in agenda_of(event.outline):
            self.agenda.add_item().set_texts([item.kind.value, item.title, "", ""])
        self.refresh_people()
        self._begin("按计划填好，请补充内容")

    def use_template(self, template: MinutesTemplate) -> None:
        """Take type, subject, agenda and outline of a template; what was typed stays."""
        self.types[template.type].setChecked(True)
        if not self.subject.text().strip():
            self.subject.setText(template.subject)
        for item in agenda_of(template.agenda):
            self.agenda.add_item().set_texts([item.kind.value, item.title, "", ""])
        if not self.content.toPlainText().strip():
            self.content.setPlainText(template.content)
        self.refresh_people()
        self.content.setFocus()

    def as_template(self, name: str) -> MinutesTemplate:
        """The frame of what stands in the form: never what was said."""
        kinds = self.chosen_types()
        return MinutesTemplate(
            name=name.strip(),
            type=kinds[0] if kinds else MeetingType.OTHER,
            subject=self.subject.text().strip(),
            agenda=self.agenda.frame(),
        )

    def open_record(self, minutes: Minutes) -> None:
        """A saved meeting to be corrected."""
        self.saved_record, self.planned = minutes, minutes.meeting.planned or 0
        self._fill(minutes)
        self._begin("")

    def draft(self) -> dict[str, Any]:
        """What was typed, as it stands in the fields."""
        return typed(self)

    def open_draft(self, content: dict[str, Any]) -> None:
        """Go on with what was typed and not saved."""
        found = [m for m in self._session.ledger_of_year().minutes if m.meeting.id == content["id"]]
        if found:
            self.open_record(found[0])
        else:
            self.open_new(ToNew(Meeting))
        type_again(self, content)

    @property
    def record(self) -> int:
        """The id of the meeting that is corrected; 0 for a new one."""
        return self.saved_record.meeting.id if self.saved_record else 0

    def refresh_people(self) -> None:
        """Show who should come, and the day's name, for what is chosen now."""
        self._weekday.setText(self.day.weekday_text())
        self._types_changed()

    def drop_votes(self) -> None:
        """Take all votes out."""
        for vote_row in list(self.votes):
            self._remove_vote(vote_row)

    def last_minutes(self) -> Minutes | None:
        """The latest meeting of the shown year, of the chosen types when there is one."""
        found = self._session.ledger_of_year().minutes
        chosen = set(self.chosen_types())
        same = [minutes for minutes in found if chosen and set(minutes.types) == chosen]
        return (same or list(found) or [None])[-1]

    def copy_last(self) -> None:
        """Types, place, people and span of time of the last meeting; never its text."""
        last = self.last_minutes()
        if last is None:
            return
        for kind, made in self.types.items():
            made.setChecked(kind in last.types)
        self.place.setCurrentText(last.meeting.place)
        self.host.setText(last.meeting.host)
        self.recorder.setText(last.meeting.recorder)
        self.start.set(last.meeting.start)
        self.end.set(last.meeting.end)
        self._types_changed()

    def _begin(self, note: str) -> None:
        self.bar.hide()
        for field in (self.day_field, self.start_field, self.end_field, self.subject_field, self.content_field):
            field.show_fault("")
        self.types_fault.hide()
        self._note.setText(note)
        self._start = self._snapshot()
        if not self.chosen_types():
            next(iter(self.types.values())).setFocus()
        elif not self.day.text():
            self.day.setFocus()
        else:
            self.subject.setFocus()

    def _fill(self, minutes: Minutes) -> None:
        meeting = minutes.meeting
        ledger = self._session.ledger_of_year()
        for kind, made in self.types.items():
            made.setChecked(kind in minutes.types)
        self.day.set(meeting.held_on)
        self.start.set(meeting.start)
        self.end.set(meeting.end)
        self.minutes.setText("" if meeting.study_minutes is None else str(meeting.study_minutes))
        self.group.clear()
        self.group.addItem("（不分组）", None)
        for group in in_force(ledger.groups, meeting.held_on):
            self.group.addItem(group.name, group.id)
        self.group.setCurrentIndex(max(0, self.group.findData(meeting.group)))
        places = dict.fromkeys(m.meeting.place for m in reversed(ledger.minutes) if m.meeting.place)
        self.place.clear()
        self.place.addItems(list(places)[:12] or list(COMMON_PLACES))
        self.place.setCurrentText(meeting.place)
        choices = [Choice(person.id, person.name) for person in ledger.roster.present(meeting.held_on)]
        for edit, text in ((self.host, meeting.host), (self.recorder, meeting.recorder)):
            edit.set_choices(choices)
            edit.setText(text)
        self.subject.setText(meeting.subject)
        self.content.setPlainText(meeting.content)
        self.remark.setText(meeting.remark)
        self.lecturer.set_choices(choices)
        self.lecturer.setText(meeting.lecturer)
        earlier = open_before(ledger.follow_ups, ledger.meeting_days, meeting.held_on)
        self.agenda.load(minutes.agenda, minutes.follow_ups, earlier, choices)
        self.pane.load(minutes.attendance)
        self._refresh_people()
        self.drop_votes()
        for vote in minutes.votes:
            self.add_vote().load(vote)
        self._weekday.setText(self.day.weekday_text())

    def chosen_types(self) -> tuple[MeetingType, ...]:
        """The types that are on."""
        return tuple(kind for kind, made in self.types.items() if made.isChecked())

    def _types_changed(self) -> None:
        if self.chosen_types():
            self.types_fault.hide()
        self._refresh_people()

    def _day_changed(self) -> None:
        self._weekday.setText(self.day.weekday_text())
        self.day_field.show_fault(self._fault_of(self.day.read))
        self._refresh_people()

    def _refresh_people(self) -> None:
        types = self.chosen_types()
        grouped = types == (MeetingType.GROUP,) and self.group.count() > 1
        self.group.setVisible(grouped)
        self._group_label.setVisible(grouped)
        lecture = MeetingType.LECTURE in types
        self.lecturer.setVisible(lecture)
        self._lecturer_label.setVisible(lecture)
        ledger = self._session.ledger_of_year()
        group = self.group.currentData() if grouped else None
        people = audience(types, group, self.day_or_today(), ledger.roster, ledger.posts)
        if self.saved_record is not None and self.saved_record.attendance:
            # A saved roll stays what it was; only somebody new is added by hand.
            listed = {row.member for row in self.saved_record.attendance}
            same = (
                set(types) == set(self.saved_record.types) and self.day_or_today() == self.saved_record.meeting.held_on
            )
            people = [m for m in ledger.roster.members if m.id in listed] if same else people
        self.pane.set_people(people)
        self._propose_votes()

    def add_vote(self) -> VoteRow:
        """One more vote, its numbers as the roll tells them."""
        made = VoteRow(self._session.ledger_of_year().rulebook)
        made.removed.connect(lambda: self._remove_vote(made))
        self.votes.append(made)
        self._votes_box.addWidget(made)
        self._propose_votes()
        return made

    def _remove_vote(self, made: VoteRow) -> None:
        self.votes.remove(made)
        made.hide()
        made.deleteLater()

    def _propose_votes(self) -> None:
        if not self.votes:
            return
        meeting = Meeting(held_on=self.day_or_today(), subject="—")
        roll = Minutes(meeting, self.chosen_types(), tuple(self.pane.read()))
        entitled, present = entitled_voters(roll, self._session.ledger_of_year().roster)
        for vote_row in self.votes:
            vote_row.propose(entitled, present)

    # --- saving ---

    def _snapshot(self) -> object:
        return (
            self.chosen_types(),
            [edit.text() for edit in (self.day, self.start, self.end, self.minutes, *self.people())],
            [self.subject.text(), self.content.toPlainText(), self.place.currentText(), self.remark.text()],
            self.pane.read(),
            [vote.read() for vote in self.votes],
            self.agenda.typed(),
        )

    @property
    def dirty(self) -> bool:
        """Whether something was changed since the form was opened."""
        return self._start is not None and self._snapshot() != self._start

    def roll(self) -> list[Attendance]:
        """The roll; a saved record that had none gets one only when somebody has marked it."""
        unknown = self.saved_record is not None and not self.saved_record.attendance and not self.pane.touched
        return [] if unknown else self.pane.read()

    def save(self, *, then_print: bool = False) -> bool:
        """Check and save; whether it was saved. Faults stand under their fields, the first has the cursor."""
        commit_composition()
        self.bar.hide()
        for edit in self.people():
            edit.settle()
        minutes = read_form(self)
        if minutes is None:
            return False
        roster = self._session.ledger_of_year().roster
        problems = check_minutes(minutes, roster, self._session.today())
        if show_faults(self, [p for p in problems if p.severity is Severity.ERROR]):
            return False
        try:
            saved = record_meeting(self._session.ledger, minutes, roster, self._session.today(), self.closed)
        except AppError as error:
            self.bar.show_error(error)
            return False
        self._start = None
        self.keeper.done()
        warnings = [p.text for p in problems if p.severity is Severity.WARNING]
        self._session.say("已保存" + (f"，另有提示：{'；'.join(warnings)}" if warnings else ""))
        self.saved.emit(saved.meeting.id, then_print)
        return True

    def save_and_next(self) -> None:
        """Save, then begin the next one of the same kind."""
        kinds = self.chosen_types()
        if self.save():
            self._session.go(ToNew(Meeting, {"types": kinds[:1]}))

    def leave(self) -> None:
        """Go back to the list (the page asks first when something would be lost)."""
        self.left.emit()

    def forget(self) -> None:
        """Let the text go."""
        self._start = None
