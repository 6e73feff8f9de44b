"""The form of a meeting: filled in one pass by keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent

from app.branch.lists import offered
from app.life.attendance import Attendance
from app.life.final_minutes import checklist
from app.life.follow_ups import open_before
from app.life.meetings import (
    AgendaItem,
    AgendaKind,
    Meeting,
    Minutes,
    audience,
    check_minutes,
    entitled_voters,
    load_minutes,
    record_meeting,
)
from app.life.minutes_templates import MinutesTemplate, agenda_of
from app.life.plans import PlannedEvent
from app.people.posts import in_force
from app.record import Problem, Severity
from app.rules.meeting_types import MeetingType
from app.ways import ToNew
from ui.house.session import Session
from ui.kit.basic import restyle
from ui.kit.editors import Choice
from ui.pages.meetings.sheet import COMMON_PLACES, FIELDS, PEOPLE, MeetingSheet

CHECK_EVERY = 250  # ms


class MeetingForm(MeetingSheet):
    """A meeting being written. Emits `saved` with its id, or `left`."""

    saved = Signal(int, bool)
    left = Signal()
    view = "list"

    def __init__(self, session: Session) -> None:
        self.saved_record: Minutes | None = None
        """The meeting that is corrected; None for a new one."""
        self._then_print = False
        super().__init__(session, "meetings", "", Meeting, FIELDS)
        self.resumes.connect(self._go_on)
        self.day.editingFinished.connect(self._day_changed)
        self.subject.returnPressed.connect(lambda: self.content.setFocus())
        self._beat = QTimer(self)
        self._beat.setInterval(CHECK_EVERY)
        self._beat.timeout.connect(self.show_checklist)

    # --- what is shown ---

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
        still = [item.label for item in checklist(self.so_far()) if item.needed and not item.there]
        self.open_elements.setText("还缺：" + "、".join(still) if still else "要素齐全")
        restyle(self.open_elements, "kind", "caption" if still else "ok")

    def open_new(self, way: ToNew) -> None:
        """An empty form, with what is known already filled in; a day that is not certain stays open."""
        today = self._session.today()
        kinds: tuple[MeetingType, ...] = tuple(way.values.get("types", ()))
        first, last = way.within or (today, today)
        certain = first <= today <= last
        usual = self.last_minutes(kinds)
        told = {name: getattr(usual.meeting, name) for name in ("place", "host", "recorder")} if usual else {}
        self.load({**told, "held_on": today if certain else None, **way.values})
        if not certain:
            self.day.setPlaceholderText(f"{first.month}月内的哪一天" if first.month == last.month else "哪一天")
        self._go(f"记一次{kinds[0]}" if kinds else "")

    def open_planned(self, event: PlannedEvent) -> None:
        """The minutes of a planned event, with everything that the plan knows; the day only when it has come."""
        told = {name: text for name in ("host", "subject", "place", "activity") if (text := getattr(event, name))}
        values = {"types": (event.type,), "group": event.group, "planned": event.id, "start": event.start, **told}
        come = event.planned_on <= self._session.today()
        self.open_new(ToNew(Meeting, {**values, "held_on": event.planned_on if come else None}))
        for item in agenda_of(event.outline):
            self.agenda.add_item().set_texts([item.kind.value, item.title, "", ""])
        self.begin()
        self._go("按计划填好，请补充内容")

    def open_record(self, minutes: Minutes) -> None:
        """A saved meeting to be corrected."""
        self.load(vars(minutes.meeting))
        self._go("")

    def fill(self, values: Mapping[str, Any]) -> None:
        self.saved_record = self._minutes_of(self.record) if self.record else None
        held = self.saved_record or Minutes(Meeting(held_on=self.day_or_today(), subject=""), values.get("types", ()))
        ledger, day = self._session.ledger_of_year(), held.meeting.held_on
        self.chips.offer(offered(self._session.ledger, "activity"))
        self.chips.choose(held.types, values.get("activity") or "")
        self.group.load(in_force(ledger.groups, day), values.get("group"))
        places = dict.fromkeys(m.meeting.place for m in reversed(ledger.minutes) if m.meeting.place)
        self.form.set_words("place", list(places)[:12] or COMMON_PLACES)
        choices = [Choice(person.id, person.name) for person in ledger.roster.present(day)]
        for name in PEOPLE:
            self.form.offer(name, choices)
        earlier = open_before(ledger.follow_ups, ledger.meeting_days, day)
        self.agenda.load(held.agenda, held.follow_ups, earlier, choices)
        self.pane.load(held.attendance)
        self.vote_box.load(())
        self.refresh_people()
        self.vote_box.load(held.votes)
        self.chips.show_fault("")

    def _minutes_of(self, meeting: Meeting) -> Minutes:
        found = load_minutes(self._session.ledger, meeting.held_on.year)
        return next(item for item in found if item.meeting.id == meeting.id)

    def _go(self, note: str) -> None:
        """Say what is begun, and put the cursor where typing begins."""
        self.note.setText(note)
        self.show_checklist()
        if not self.chosen_types():
            self.chips.setFocus()
        elif not self.day.text():
            self.day.setFocus()
        else:
            self.subject.setFocus()

    def _go_on(self) -> None:
        self.refresh_people()
        self.show_checklist()
        self.content.setFocus()

    def draft_title(self) -> str:
        return self.subject.text() or "、".join(self.chosen_types())

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
        self.show_checklist()
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

    def last_minutes(self, kinds: Sequence[MeetingType]) -> Minutes | None:
        """The latest meeting of the shown year, of these types when there is one."""
        found = self._session.ledger_of_year().minutes
        same = [minutes for minutes in found if kinds and set(minutes.types) == set(kinds)]
        return (same or list(found) or [None])[-1]

    def copy_last(self) -> None:
        """Types, place, people and span of time of the last meeting; never its text."""
        last = self.last_minutes(self.chosen_types())
        if last is None:
            return
        self.chips.choose(last.types, last.meeting.activity)
        self.place.setCurrentText(last.meeting.place)
        self.host.setText(last.meeting.host)
        self.recorder.setText(last.meeting.recorder)
        self.start.set(last.meeting.start)
        self.end.set(last.meeting.end)
        self.refresh_people()

    def take_dictation(self, told: Mapping[str, Any]) -> None:
        """Put in what a text said of the meeting; whoever is absent and was not expected is told, not added."""
        if "types" in told:
            self.chips.choose(told["types"], self.chips.activity)
        if "held_on" in told:
            self.day.set(told["held_on"])
        for name, edit in (("start", self.start), ("end", self.end)):
            if name in told:
                edit.set(told[name])
        self.form.set_texts({name: told[name] for name in (*PEOPLE, "place", "subject", "content") if name in told})
        self._day_changed()
        strangers: list[str] = []
        for item in told.get("absent", ()):
            if self.pane.expects(item.member):
                self.pane.mark(item.member, item.state)
                self.pane.set_reason(item.member, item.reason)
            else:
                strangers.append(self._session.ledger_of_year().roster[item.member].name)
        for name in told.get("observers", ()):
            self.pane.add_guest(name)
        for item in told.get("agenda", ()):
            self.agenda.add_item().set_texts([item.kind.value, item.title, item.speaker, item.text])
        odd = f"{'、'.join(strangers)}不在这次的应到名单里，没有记缺席；" if strangers else ""
        self.note.setText(odd + "已按文字填好，请核对后保存")

    def chosen_types(self) -> tuple[MeetingType, ...]:
        """The types that are on."""
        return self.chips.chosen()

    def day_or_today(self) -> date:
        """The day as typed; today while it cannot be read."""
        try:
            return self.day.day() or self._session.today()
        except ValueError:
            return self._session.today()

    def _day_changed(self) -> None:
        try:
            self.day.read()
            self.form.fields["held_on"].show_fault("")
        except ValueError as error:
            self.form.fields["held_on"].show_fault(str(error))
        self.refresh_people()

    @property
    def _grouped(self) -> bool:
        """Whether it is the meeting of a group alone."""
        return self.chosen_types() == (MeetingType.GROUP,) and self.group.offers

    def refresh_people(self) -> None:
        """Show who should come, and the day's name, for what is chosen now."""
        types, day = self.chosen_types(), self.day_or_today()
        if types:
            self.chips.show_fault("")
        self._weekday.setText(self.day.weekday_text())
        self.group.setVisible(self._grouped)
        self.put_agenda_first(MeetingType.GENERAL in types)
        lecture = MeetingType.LECTURE in types
        # The whole field is hidden, or Tab would stop at an editor that is not there.
        for part in (self.form.fields["lecturer"], self.lecturer, self._lecturer_label):
            part.setVisible(lecture)
        ledger = self._session.ledger_of_year()
        group = self.group.typed() if self._grouped else None
        people = audience(types, group, day, ledger.roster, ledger.posts)
        was = self.saved_record
        if was is not None and was.attendance and set(types) == set(was.types) and day == was.meeting.held_on:
            # A saved roll stays what it was; only somebody new is added by hand.
            listed = {entry.member for entry in was.attendance}
            people = [member for member in ledger.roster.members if member.id in listed]
        self.pane.set_people(people)
        self.propose_votes()

    def propose_votes(self) -> None:
        if not self.votes:
            return
        meeting = Meeting(held_on=self.day_or_today(), subject="—")
        roll = Minutes(meeting, self.chosen_types(), tuple(self.pane.read()))
        self.vote_box.propose(*entitled_voters(roll, self._session.ledger_of_year().roster))

    # --- reading and saving ---

    def roll(self) -> list[Attendance]:
        """The roll; a saved record that had none gets one only when somebody has marked it."""
        unknown = self.saved_record is not None and not self.saved_record.attendance and not self.pane.touched
        return [] if unknown else self.pane.read()

    def so_far(self) -> Minutes:
        """The minutes as far as they are typed; what cannot be read counts as not there."""
        told = {name: value for name, value in self.form.readable().items() if value is not None}
        base = Meeting(held_on=self.day_or_today(), subject="")
        meeting = replace(base, activity=self.chips.activity, **told)
        items = [made.texts() for made in self.agenda.items]
        agenda = tuple(
            AgendaItem(kind=AgendaKind(kind), title=title, text=text)
            for kind, title, _, text in items
            if title.strip() or text.strip()
        )
        return Minutes(meeting, self.chosen_types(), tuple(self.roll()), self.vote_box.read(), agenda)

    def made(self, values: dict[str, Any]) -> Minutes:
        old = self.record or Meeting(held_on=values["held_on"], subject="")
        lecturing = self.lecturer.isVisibleTo(self)
        meeting = replace(
            old,
            **{
                **self._given,
                **values,
                "content": self.content.toPlainText(),
                "activity": self.chips.activity,
                "group": self.group.typed() if self._grouped else None,
                "lecturer": values["lecturer"] if lecturing else old.lecturer,
            },
        )
        agenda, tasks = self.agenda.read()
        self._closed = self.agenda.closed()
        return Minutes(meeting, self.chosen_types(), tuple(self.roll()), self.vote_box.read(), agenda, tasks)

    def check(self, record: Any) -> list[Problem]:
        """As minutes are checked."""
        return check_minutes(record, self._session.ledger_of_year().roster, self._session.today())

    def show_problems(self, problems: Sequence[Problem]) -> bool:
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        told = {"subject": "请填写主题，打印会议记录时要用"}
        errors = [replace(problem, text=told.get(problem.field, problem.text)) for problem in errors]
        super().show_problems([problem for problem in errors if problem.field != "types"])
        for problem in errors:
            if problem.field == "types":
                self.chips.show_fault(problem.text)
                self.chips.setFocus()
        return bool(errors)

    def store(self, record: Any) -> Minutes:
        """Keep the meeting with its parts, and the earlier tasks that it closes."""
        session = self._session
        return record_meeting(session.ledger, record, session.ledger_of_year().roster, session.today(), self._closed)

    def look_over(self) -> list[Problem]:
        return self.check(self.saved_record) if self.saved_record else []

    def number_of(self, saved: Minutes) -> int:
        return saved.meeting.id

    def save(self, *, then_print: bool = False) -> bool:
        """Check and save; whether it was saved. Faults stand under their fields, the first has the cursor."""
        self._then_print = then_print
        return super().save()

    def save_and_print(self) -> None:
        """Save and go on to the print."""
        self.save(then_print=True)

    def after_save(self, saved: Minutes) -> None:
        self.saved.emit(saved.meeting.id, self._then_print)

    def save_and_next(self) -> None:
        """Save, then begin the next one of the same kind."""
        kinds = self.chosen_types()
        if self.save():
            self._session.go(ToNew(Meeting, {"types": kinds[:1]}))

    def leave(self) -> None:
        """Go back to the list (the page asks first when something would be lost)."""
        self.left.emit()
