"""The one form of a record: its fields and parts, what is wrong or doubtful, its draft, its keys, its bar.

From one state, what stands in fields and parts as it was typed, follow the draft, whether something was changed, and
whether it may be left. Who inherits says how a record is made of what was typed, checked, saved and taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.branch.groups import Group
from app.branch.lists import offered
from app.checks.explanation import doubts, explanations_of
from app.errors import AppError
from app.people.members import Member
from app.people.posts import in_force
from app.record import Entry, Problem, Record, Severity, entries
from ui.house.session import Session
from ui.house.ways import ToDraft
from ui.kit.basic import Card, button, label, scrolled
from ui.kit.editors import Choice, commit_composition
from ui.kit.flow import foot
from ui.kit.messages import Bar, ask, with_warnings
from ui.kit.record_fields import Fields, RecordFields
from ui.kit.theme import theme
from ui.record.drafting import LOST, UNSAVED, DraftKeeper
from ui.record.earlier_drafts import as_now
from ui.record.part import Part
from ui.record.reasons import Reasons, remove_with_reasons
from ui.record.staleness import take_over


class RecordForm(QWidget):
    """The form of a new record, or of one to be corrected."""

    settled, resumes = Signal(int), Signal()
    """A record was saved, by its number, 0 when it was left or is gone; a draft goes on in it and is to be seen."""
    saved_words = "已保存"
    removed_words = "已删除"
    view = ""
    """The view of its page in which it stands; goes into its drafts."""
    cancel_words = "取消"
    removable = True

    def __init__(
        self, session: Session, page: str, title: str, kind: type[Record], fields: Fields, *, padding: int = 16
    ) -> None:
        """`page` is the code of the page whose drafts these are; without padding it stands in a card of its page."""
        super().__init__()
        self._session = session
        self._kind = kind
        self.record: Any = None
        """The record that is corrected; None for a new one."""
        self._given: dict[str, Any] = {}
        self._start: dict[str, Any] | None = None
        self.bar = Bar()
        self.form = self.make_fields(fields)
        self.reasons = Reasons()
        self.parts: dict[str, Part] = {**self.make_parts(), "reasons": self.reasons}
        self.note = label("", "caption")
        self.save_button = button("保存 Ctrl+S", self.save, kind="primary")
        self.save_button.setAccessibleName("保存")
        self.remove_button = button("删除", self.remove, kind="small", icon="delete")
        # Also where a form does not show it, it goes with the form.
        self.remove_button.setParent(self)
        self.keeper = DraftKeeper(session, page, self, self)
        self.keeper.told.connect(self.note.setText)
        self.lay_out(title, padding)
        for keys, action in self.keys():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    # --- how it is built ---

    def make_fields(self, fields: Fields) -> RecordFields:
        """The editors of the record's own fields."""
        return RecordFields(self._kind, fields, self._session.today)

    def make_parts(self) -> dict[str, Part]:
        """What it holds beside the fields, by name."""
        return {}

    def inside(self, box: QVBoxLayout) -> None:
        """Put fields and parts into the part of the form that scrolls."""
        box.addWidget(self.form)

    def more_buttons(self) -> Sequence[QWidget]:
        """What stands beside 删除."""
        return ()

    def lay_out(self, title: str, padding: int) -> None:
        """A card with the fields in a scrolled area, the bar above, the buttons below."""
        card = Card(title, padding=padding)
        if not padding:
            card.setProperty("kind", "")
            card.body.setContentsMargins(0, 0, 0, 0)
        self.heading = card.heading
        self.card = card
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, theme().px(4), 0)
        box.setSpacing(theme().px(4))
        self.inside(box)
        box.addWidget(self.reasons)
        box.addStretch(1)
        card.body.addWidget(self.bar)
        card.body.addWidget(scrolled(inner), 1)
        cancel = [button(self.cancel_words, self.leave, kind="quiet")] if self.cancel_words else []
        remove = [self.remove_button] if self.removable else []
        card.body.addLayout(foot([*cancel, *remove, *self.more_buttons()], self.save_button))
        card.body.addWidget(self.note)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)

    def keys(self) -> Iterable[tuple[str, Any]]:
        """The keys that work anywhere in the form."""
        return (("Ctrl+S", self.save), ("Ctrl+Return", self.save_and_next), ("Esc", self.leave))

    # --- what stands in it ---

    def choices(self, entry: Entry) -> list[Choice]:
        """What a field that means a record, or completes a name, is chosen from."""
        ledger = self._session.ledger_of_year()
        if entry.of is Group:
            return [Choice(group.id, group.name) for group in in_force(ledger.groups, self._session.reference_day())]
        if entry.of in (Member, None):
            return [Choice(person.id, person.name) for person in ledger.roster.members]
        return []

    def offer(self) -> None:
        """Let the fields offer what the ledger has now."""
        for entry in self.form.entries:
            if hasattr(self.form.editors[entry.name], "set_choices"):
                self.form.offer(entry.name, self.choices(entry))
            elif entry.words:
                self.form.set_words(entry.name, offered(self._session.ledger, entry.words))

    def begins(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What a new record begins with: the given values and the usual ones."""
        return dict(values)

    def load(self, values: Mapping[str, Any]) -> None:
        """A record with these values, `id` telling a known one, or an empty form; what was typed stays as a draft."""
        self.keeper.release()
        known = bool(values.get("id"))
        told = {entry.name for entry in entries(self._kind)}
        self.record = self._record_of(values) if known else None
        shown = dict(values) if known else self.begins(values)
        # What a new record is told that its form does not show.
        hidden = told - set(self.form.editors)
        self._given = {name: value for name, value in shown.items() if name in hidden and not known}
        self.offer()
        self.form.load(shown)
        self.remove_button.setVisible(known and self.removable)
        self.bar.hide()
        self.fill(shown)
        told = doubts(self.look_over()) if known else []
        self.reasons.load(told, explanations_of(self._session.ledger, self._kind, values["id"]) if told else {})
        self.begin()

    def fill(self, values: Mapping[str, Any]) -> None:
        """Show what is beside the fields: parts, headings, buttons."""

    def begin(self) -> None:
        """From here on what is typed is a change."""
        self._start = self.state()

    def state(self) -> dict[str, Any]:
        """What stands in fields and parts, as it was typed."""
        return {"fields": self.form.texts(), "parts": {name: part.typed() for name, part in self.parts.items()}}

    @property
    def dirty(self) -> bool:
        """Whether something was changed since the record was shown."""
        return self._start is not None and self._start != self.state()

    @property
    def record_kind(self) -> type[Record]:
        """The kind of record it is the form of."""
        return self._kind

    def holds(self, kind: str) -> bool:
        """Whether drafts of a kind, by its name, are of this form; any are where none is named."""
        return kind in ("", self._kind.__name__)

    def reset(self) -> None:
        """An empty form."""
        self.load({})

    def leave(self) -> None:
        """Leave the form (Esc): what was typed stays as a draft."""
        self.reset()
        self.settled.emit(0)

    def forget(self) -> None:
        """Let the text go."""
        self._start = None

    def may_leave(self) -> bool:
        """Whether the form may be left: what was typed is a draft now, or the user lets it go."""
        if not self.dirty:
            return True
        if not self.keeper.release() and not ask(self, UNSAVED, LOST, "不保存，离开"):
            return False
        self.forget()
        self.load({})
        return True

    # --- drafts ---

    def draft_title(self) -> str:
        """What a draft of it is called."""
        return self._kind.called

    def draft(self) -> dict[str, Any]:
        """What was typed, as it stands in the form."""
        return {
            "kind": self._kind.__name__,
            "view": self.view,
            "id": self.record.id if self.record else 0,
            "title": self.draft_title(),
            "given": {name: value for name, value in self._given.items() if isinstance(value, int | str)},
            "was": self._start["fields"] if self.record and self._start else {},
            **self.state(),
        }

    def open_draft(self, content: Mapping[str, Any]) -> None:
        """Go on with what was typed and not saved, also by an earlier program."""
        told = as_now(self._kind, content)
        known = self.known(told["id"]) if told["id"] else None
        self.load(known or told["given"])
        # What was not typed in stays as the ledger has it now.
        was = content.get("was", {})
        self.form.set_texts({name: text for name, text in told["fields"].items() if was.get(name) != text})
        for name, part in self.parts.items():
            if name in told["parts"]:
                part.type_again(told["parts"][name])
        self.resumes.emit()
        if content.get("explain"):
            self.reasons.begin()

    def known(self, record: int) -> Mapping[str, Any] | None:
        """The values of a record of the ledger; None where it is gone."""
        found = self._session.ledger[self._kind].all(id=record)
        return vars(found[0]) if found else None

    def resume(self, draft: ToDraft) -> None:
        """Go on with a draft that was kept; what is typed now is kept in its place."""
        self.open_draft(draft.content)
        self.keeper.adopt(draft.key)

    # --- verbs ---

    def made(self, values: dict[str, Any]) -> Any:
        """The record that is checked and saved; None, or a ValueError in Chinese, when a part cannot be read."""
        return replace(self.record, **values) if self.record else self._kind(**self._given, **values)

    def check(self, record: Any) -> list[Problem]:
        """What is wrong or doubtful with a record."""
        raise NotImplementedError

    def look_over(self) -> list[Problem]:
        """What is doubtful with the known record that is shown."""
        return self.check(self.record)

    def store(self, record: Any) -> Any:
        """Save a record and return it; raises AppError."""
        raise NotImplementedError

    def take_away(self, record: Any) -> None:
        """Delete a record; raises AppError."""
        raise NotImplementedError

    def show_problems(self, problems: Sequence[Problem]) -> bool:
        """Say each problem where it belongs, above the fields where none shows it; whether one of them is an error."""
        unseen = [p.text for p in problems if p.severity is Severity.ERROR and p.field not in self.form.fields]
        if unseen:
            self.bar.show_text("\n".join(unseen))
        return self.form.show_problems(problems)

    def after_save(self, saved: Any) -> None:
        """What is shown when a record was saved."""
        number = self.number_of(saved)
        self.reset()
        self.settled.emit(number)

    def save(self) -> bool:
        """Check and save; whether it was saved. Warnings are told and do not block."""
        commit_composition()
        self.form.settle()
        self.bar.hide()
        if self._changed_elsewhere():
            return False
        values = self.form.read()
        if values is None:
            return False
        try:
            record = self.made(values)
            if record is None:
                return False
            problems = self.check(record)
            if self.show_problems(problems):
                return False
            saved, number = self._store_with_reasons(record, problems)
        except ValueError as error:
            self.bar.show_text(str(error))
            return False
        except AppError as error:
            self.bar.show_error(error)
            return False
        self.forget()
        self.keeper.done()
        self._tell(problems, number)
        self.after_save(saved)
        return True

    def _changed_elsewhere(self) -> bool:
        """Whether the record is no longer what was shown; then what it is now is shown first."""
        known = self.known(self.record.id) if self.record else None
        if known is None or self._start is None:
            return False
        now = self._record_of(known)
        if now == self.record:
            return False
        self.bar.show_text(take_over(self.form, self.record, now, self._start["fields"]), "warning")
        self.record = now
        return True

    def _record_of(self, values: Mapping[str, Any]) -> Record:
        told = {entry.name for entry in entries(self._kind)}
        return self._kind(**{k: v for k, v in values.items() if k == "id" or k in told})

    def _store_with_reasons(self, record: Any, problems: Sequence[Problem]) -> tuple[Any, int]:
        """Save a record with the reasons for what is still doubtful, as one action; the record and its number."""
        with self._session.ledger.transaction():
            saved = self.store(record)
            number = self.number_of(saved)
            self.reasons.keep(self._session.ledger, self._kind, number, problems, self._session.today())
        return saved, number

    def number_of(self, saved: Any) -> int:
        """The number of what `store` returned."""
        return saved.id

    def _tell(self, problems: Sequence[Problem], number: int) -> None:
        """Say that it was saved, and where something is doubtful and not explained, offer to give the reason."""
        known = explanations_of(self._session.ledger, self._kind, number) if doubts(problems) else {}
        silent = set(doubts(problems)) - set(known)
        more = ("写明理由", lambda: self._session.go(self._untouched(number))) if silent else None
        self._session.say(with_warnings(self.saved_words, problems), undo=True, more=more)

    def save_and_next(self) -> None:
        """Save and begin the next one (Ctrl+Enter)."""
        self.save()

    def attempt(self, action: Any, told: str = "") -> bool:
        """Do something with the record; whether it was done, or refused and said so."""
        self.bar.hide()
        try:
            action()
        except AppError as error:
            self.bar.show_error(error)
            return False
        if told:
            self.forget()
            self._session.say(told, undo=True)
        return True

    def remove(self) -> None:
        """Take the shown record away; it can be undone."""
        record = self.record
        if record is not None and self.attempt(
            lambda: remove_with_reasons(self._session.ledger, record, self.take_away)
        ):
            self.forget()
            self._session.say(self.removed_words, undo=True)
            self.after_removal()

    def _untouched(self, number: int) -> ToDraft:
        """The way to a saved record in its form: a draft of it in which nothing was typed yet."""
        told = {"kind": self._kind.__name__, "view": self.view, "id": number, "title": "", "explain": True}
        return ToDraft(self.keeper.new_key(), {**told, "given": {}, "fields": {}, "parts": {}})

    def after_removal(self) -> None:
        """What is shown when the record is gone."""
        self.reset()
        self.settled.emit(0)


def may_leave(forms: Iterable[RecordForm]) -> bool:
    """Whether all forms of a page may be left; those that held something are empty afterwards."""
    return all(form.may_leave() for form in forms)
