"""What the form of a meeting holds beside its fields: the types, the group, the votes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.branch.groups import Group
from app.life.votes import Vote
from app.rules.meeting_types import MeetingType
from app.rules.rulebook import Rulebook
from ui.kit.basic import ToggleRow, button, label, row
from ui.kit.editors import combo
from ui.kit.flow import Flow
from ui.kit.theme import theme
from ui.pages.meetings.vote_row import VoteRow

SHORT = {MeetingType.APPRAISAL: "民主评议"}


class TypeChips(QWidget):
    """The types of a meeting, several at once; `changed` when one is turned on or off, `entered` at Enter."""

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[MeetingType, QPushButton] = {}
        self.own: dict[str, QPushButton] = {}
        """The kinds of activity of the branch's own, at most one of which is on."""
        self._line = Flow()
        for kind in MeetingType:
            self.buttons[kind] = self._chip(SHORT.get(kind, kind.value), kind.value, f"{kind.value}（可同时选几种）")
        self._keys = ToggleRow(list(self.buttons.values()))
        self._keys.entered.connect(self.entered)
        line = self._line
        self._fault = label("", "error")
        self._fault.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(2))
        box.addLayout(line)
        box.addWidget(self._fault)
        self.setFocusProxy(next(iter(self.buttons.values())))

    def _chip(self, text: str, name: str, tip: str) -> QPushButton:
        made = button(text, self.changed.emit, kind="toggle")
        made.setCheckable(True)
        made.setAccessibleName(name)
        made.setToolTip(tip)
        made.setStyleSheet(f"padding: 0 {theme().px(5)}px; font-size: {theme().px(13)}px;")
        self._line.addWidget(made)
        return made

    def offer(self, own: Sequence[str]) -> None:
        """Offer these kinds of activity of the branch's own behind the types."""
        if list(self.own) == list(own):
            return
        for made in self.own.values():
            self._line.removeWidget(made)
            made.deleteLater()
        self.own = {}
        for name in own:
            made = self._chip(name, name, f"自定活动“{name}”（在设置的名单里增减）")
            made.clicked.connect(lambda on, name=name: self._only(name if on else ""))
            self.own[name] = made
        self._keys.add(list(self.own.values()))

    def _only(self, name: str) -> None:
        for known, made in self.own.items():
            made.setChecked(known == name)

    @property
    def activity(self) -> str:
        """The kind of activity of the branch's own that is on; "" for none."""
        return next((name for name, made in self.own.items() if made.isChecked()), "")

    def chosen(self) -> tuple[MeetingType, ...]:
        """The types that are on; an activity of the branch's own alone is of another type."""
        found = tuple(kind for kind, made in self.buttons.items() if made.isChecked())
        return found or ((MeetingType.OTHER,) if self.activity else ())

    def choose(self, kinds: Sequence[MeetingType], activity: str = "") -> None:
        """Turn these on and the others off; an activity that is no longer offered is offered with them."""
        if activity and activity not in self.own:
            self.offer([*self.own, activity])
        self._only(activity)
        for kind, made in self.buttons.items():
            # What an activity implies is not shown beside it.
            made.setChecked(kind in kinds and not (activity and kind is MeetingType.OTHER))

    def show_fault(self, text: str) -> None:
        """Say what is wrong; an empty text takes it back."""
        self._fault.setText(text)
        self._fault.setVisible(bool(text))

    @property
    def fault(self) -> str:
        """What is shown as wrong."""
        return self._fault.text()

    def typed(self) -> list[str]:
        """What is chosen."""
        types = [kind.value for kind, made in self.buttons.items() if made.isChecked()]
        return [*types, self.activity] if self.activity else types

    def type_again(self, typed: Sequence[str]) -> None:
        """Choose what was chosen."""
        known = {kind.value: kind for kind in MeetingType}
        own = next((name for name in typed if name not in known), "")
        self.choose([known[name] for name in typed if name in known], own)


class GroupChoice(QWidget):
    """Whose meeting it is, where it is that of a group alone."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice = combo([], accessible="党小组")
        self.setLayout(row(label("党小组", "secondary"), self.choice))
        self.choice.currentIndexChanged.connect(lambda _: self.changed.emit())

    def load(self, groups: Sequence[Group], chosen: int | None) -> None:
        """Offer the groups of a day."""
        self.choice.clear()
        self.choice.addItem("（不分组）", None)
        for group in groups:
            self.choice.addItem(group.name, group.id)
        self.type_again(chosen)

    @property
    def offers(self) -> bool:
        """Whether there are groups to choose from."""
        return self.choice.count() > 1

    def typed(self) -> int | None:
        """The id of the chosen group."""
        return self.choice.currentData()

    def type_again(self, typed: int | None) -> None:
        """Choose a group."""
        self.choice.setCurrentIndex(max(0, self.choice.findData(typed)) if typed else 0)


class Votes(QWidget):
    """The votes of a meeting, one below the other; `added` when there is a new one."""

    added = Signal()

    def __init__(self, rulebook: Callable[[], Rulebook]) -> None:
        super().__init__()
        self._rulebook = rulebook
        self.rows: list[VoteRow] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme().px(8))

    def load(self, votes: Sequence[Vote]) -> None:
        """Show these."""
        self.drop()
        for vote in votes:
            self.add().load(vote)

    def add(self) -> VoteRow:
        """One more vote."""
        made = VoteRow(self._rulebook())
        made.removed.connect(lambda: self._remove(made))
        self.rows.append(made)
        self._box.addWidget(made)
        self.added.emit()
        return made

    def _remove(self, made: VoteRow) -> None:
        self.rows.remove(made)
        made.hide()
        made.deleteLater()

    def drop(self) -> None:
        """Take all out."""
        for made in list(self.rows):
            self._remove(made)

    def read(self) -> tuple[Vote, ...]:
        """The votes as typed."""
        return tuple(made.read() for made in self.rows)

    def propose(self, entitled: int, present: int) -> None:
        """Numbers as the roll tells them, where nobody has typed others."""
        for made in self.rows:
            made.propose(entitled, present)

    def typed(self) -> list[dict[str, str]]:
        """What stands in the rows."""
        return [made.draft() for made in self.rows]

    def type_again(self, typed: Sequence[dict[str, str]]) -> None:
        """Put what was typed back."""
        self.drop()
        for content in typed:
            self.add().take_draft(content)
