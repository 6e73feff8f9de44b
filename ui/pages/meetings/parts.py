"""What the form of a meeting holds beside its fields: the types, the group, the votes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.branch.groups import Group
from app.life.votes import Vote
from app.rules.meeting_types import MeetingType
from app.rules.rulebook import Rulebook
from ui.kit.basic import Flow, ToggleRow, button, label, row
from ui.kit.editors import combo
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
        line = Flow()
        for kind in MeetingType:
            made = button(SHORT.get(kind, kind.value), self.changed.emit, kind="toggle")
            made.setCheckable(True)
            made.setAccessibleName(kind.value)
            made.setToolTip(f"{kind.value}（可同时选几种）")
            made.setStyleSheet(f"padding: 0 {theme().px(5)}px; font-size: {theme().px(13)}px;")
            self.buttons[kind] = made
            line.addWidget(made)
        self._keys = ToggleRow(list(self.buttons.values()))
        self._keys.entered.connect(self.entered)
        self._fault = label("", "error")
        self._fault.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(2))
        box.addLayout(line)
        box.addWidget(self._fault)
        self.setFocusProxy(next(iter(self.buttons.values())))

    def chosen(self) -> tuple[MeetingType, ...]:
        """The types that are on."""
        return tuple(kind for kind, made in self.buttons.items() if made.isChecked())

    def choose(self, kinds: Sequence[MeetingType]) -> None:
        """Turn these on and the others off."""
        for kind, made in self.buttons.items():
            made.setChecked(kind in kinds)

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
        return [kind.value for kind in self.chosen()]

    def type_again(self, typed: Sequence[str]) -> None:
        """Choose what was chosen."""
        self.choose([kind for kind in MeetingType if kind.value in typed])


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
