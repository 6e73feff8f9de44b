"""Agenda and tasks of a meeting as rows of editors; nothing is there until it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from app.life.follow_ups import FollowUp
from app.life.meetings import AgendaItem, AgendaKind
from ui.kit.basic import button, clear, label, row
from ui.kit.editors import Choice, DateEdit, Field, PersonEdit, TextEdit, combo, line_edit
from ui.kit.theme import theme


class AgendaRow(QWidget):
    """One item: its kind, what it was about, who spoke, what was said."""

    def __init__(self, choices: Sequence[Choice], gone: Callable[[AgendaRow], object]) -> None:
        super().__init__()
        self.kind = combo([kind.value for kind in AgendaKind], accessible="议题类别")
        self.kind.setCurrentText(AgendaKind.DISCUSSION.value)
        self.title = line_edit(hint="议题")
        self.title.setAccessibleName("议题")
        self.speaker = PersonEdit(free=True, hint="发言人")
        self.speaker.setAccessibleName("发言人")
        self.speaker.setMaximumWidth(theme().px(110))
        self.speaker.set_choices(choices)
        self.text = TextEdit("讲了什么、决定了什么", rows=2)
        self.text.setAccessibleName("议题内容")
        self.text.setMaximumHeight(theme().px(64))
        away = button("去掉这个议题", lambda: gone(self), kind="icon", icon="dismiss")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(4))
        box.addLayout(row(self.kind, self.title, self.speaker, away, spacing=6))
        box.addWidget(self.text)

    def texts(self) -> list[str]:
        """What stands in the row."""
        return [self.kind.currentText(), self.title.text(), self.speaker.text(), self.text.toPlainText()]

    def set_texts(self, texts: Sequence[str]) -> None:
        """Show these."""
        self.kind.setCurrentText(texts[0])
        self.title.setText(texts[1])
        self.speaker.setText(texts[2])
        self.text.setPlainText(texts[3])

    def read(self, position: int) -> AgendaItem | None:
        """The item; None while nothing was written."""
        self.speaker.settle()
        kind, title, speaker, text = self.texts()
        if not title.strip() and not text.strip():
            return None
        return AgendaItem(
            position=position, kind=AgendaKind(kind), title=title.strip(), speaker=speaker.strip(), text=text
        )


class TaskRow(QWidget):
    """One task: what, who, by when."""

    def __init__(self, today: Callable[[], date], choices: Sequence[Choice], gone: Callable[[TaskRow], object]) -> None:
        super().__init__()
        self.known: FollowUp | None = None
        self.task = line_edit(hint="要办的事")
        self.task.setAccessibleName("后续事项")
        self.who = PersonEdit(free=True, hint="责任人")
        self.who.setAccessibleName("责任人")
        self.who.setMaximumWidth(theme().px(110))
        self.who.set_choices(choices)
        self.due = DateEdit(today, ahead=True)
        self.due.setAccessibleName("期限")
        self.due_field = Field("期限", self.due)
        self.due_field.setFixedWidth(theme().px(140))
        away = button("去掉这个事项", lambda: gone(self), kind="icon", icon="dismiss")
        self.setLayout(row(self.task, self.who, self.due_field, away, spacing=6))

    def texts(self) -> list[str]:
        """What stands in the row."""
        return [self.task.text(), self.who.text(), self.due.text()]

    def set_texts(self, texts: Sequence[str]) -> None:
        """Show these."""
        self.task.setText(texts[0])
        self.who.setText(texts[1])
        self.due.setText(texts[2])

    def read(self) -> FollowUp | None:
        """The task; None while nothing was written. Raises ValueError in Chinese, said under the day."""
        self.who.settle()
        if not self.task.text().strip():
            return None
        try:
            due = self.due.day()
            self.due_field.show_fault("")
        except ValueError as error:
            self.due_field.show_fault(str(error))
            self.due.setFocus()
            raise
        told = self.known or FollowUp(task="")
        return replace(told, task=self.task.text().strip(), who=self.who.text().strip(), due_on=due)


class TickWords(QLabel):
    """The words of a tick where they may go over several lines; a click on them turns it."""

    def __init__(self, tick: QCheckBox) -> None:
        super().__init__(tick.accessibleName())
        self._tick = tick
        self.setWordWrap(True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event
        self._tick.click()


class AgendaBox(QWidget):
    """The agenda and the tasks of one meeting, and what earlier meetings left open."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._choices: Sequence[Choice] = ()
        self.items: list[AgendaRow] = []
        self.tasks: list[TaskRow] = []
        self.earlier: list[tuple[FollowUp, QCheckBox, Any]] = []
        self._earlier_box, self._items_box, self._tasks_box = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(6))
        for part in (self._earlier_box, self._items_box, self._tasks_box):
            part.setSpacing(theme().px(6))
            box.addLayout(part)
        add_item = button("添加议题", self.add_item, kind="link", icon="add")
        add_task = button("添加后续事项", self.add_task, kind="link", icon="add")
        self.adders = (add_item, add_task)
        box.addLayout(row(add_item, add_task, None))

    def load(
        self,
        agenda: Sequence[AgendaItem],
        tasks: Sequence[FollowUp],
        earlier: Sequence[FollowUp],
        choices: Sequence[Choice],
    ) -> None:
        """Show the agenda and tasks of a meeting, and the open tasks from before."""
        self._choices = choices
        self.drop()
        for item in agenda:
            self.add_item().set_texts([item.kind.value, item.title, item.speaker, item.text])
        for task in tasks:
            made = self.add_task()
            made.known = task
            made.set_texts([task.task, task.who, str(task.due_on or "")])
        if earlier:
            self._earlier_box.addWidget(label("以前会议还没办结的事项，办结的勾上并写明情况", "secondary", wrap=True))
        for task in earlier:
            due = f"（{task.due_on} 前）" if task.due_on else ""
            tick = QCheckBox()
            tick.setAccessibleName(f"{task.task} {task.who}{due}")
            words = TickWords(tick)
            how = line_edit(hint="怎么办结的")
            how.setAccessibleName(f"{task.task}的办结情况")
            line = row(tick, words, how)
            line.setStretch(1, 1)
            line.setStretch(2, 1)
            self._earlier_box.addLayout(line)
            self.earlier.append((task, tick, how))

    def drop(self) -> None:
        """Take everything out."""
        for part in (self._earlier_box, self._items_box, self._tasks_box):
            clear(part)
        self.items, self.tasks, self.earlier = [], [], []

    def add_item(self) -> AgendaRow:
        """One more item of the agenda."""
        made = AgendaRow(self._choices, self._drop_item)
        self.items.append(made)
        self._items_box.addWidget(made)
        made.title.setFocus()
        return made

    def add_task(self) -> TaskRow:
        """One more task."""
        made = TaskRow(self._today, self._choices, self._drop_task)
        self.tasks.append(made)
        self._tasks_box.addWidget(made)
        made.task.setFocus()
        return made

    def _drop_item(self, gone: AgendaRow) -> None:
        self.items.remove(gone)
        gone.hide()
        gone.deleteLater()

    def _drop_task(self, gone: TaskRow) -> None:
        self.tasks.remove(gone)
        gone.hide()
        gone.deleteLater()

    def read(self) -> tuple[tuple[AgendaItem, ...], tuple[FollowUp, ...]]:
        """Agenda and tasks as typed; raises ValueError in Chinese."""
        agenda = [item for number, made in enumerate(self.items, 1) if (item := made.read(number))]
        agenda = [replace(item, position=number) for number, item in enumerate(agenda, 1)]
        return tuple(agenda), tuple(task for made in self.tasks if (task := made.read()))

    def frame(self) -> str:
        """Kind and title of each row as the lines of a template; nothing that was said."""
        rows = [made.texts() for made in self.items]
        return "\n".join(f"{kind}：{title.strip()}" for kind, title, _, _ in rows)

    def closed(self) -> list[tuple[FollowUp, str]]:
        """The earlier tasks that were ticked, each with the words how; raises ValueError without them."""
        found: list[tuple[FollowUp, str]] = []
        for task, tick, how in self.earlier:
            if tick.isChecked():
                if not how.text().strip():
                    how.setFocus()
                    raise ValueError(f"“{task.task}”请写明怎么办结的")
                found.append((task, how.text().strip()))
        return found

    def typed(self) -> dict[str, Any]:
        """What stands in all rows."""
        return {
            "agenda": [made.texts() for made in self.items],
            "tasks": [made.texts() for made in self.tasks],
            "closed": {str(task.id): how.text() for task, tick, how in self.earlier if tick.isChecked()},
        }

    def type_again(self, content: dict[str, Any]) -> None:
        """Put what was typed back."""
        known = {made.texts()[0]: made.known for made in self.tasks}
        for made in list(self.items):
            self._drop_item(made)
        for task_row in list(self.tasks):
            self._drop_task(task_row)
        for texts in content.get("agenda", ()):
            self.add_item().set_texts(texts)
        for texts in content.get("tasks", ()):
            again = self.add_task()
            again.set_texts(texts)
            again.known = known.get(texts[0])
        closed = content.get("closed", {})
        for task, tick, how in self.earlier:
            if str(task.id) in closed:
                tick.setChecked(True)
                how.setText(closed[str(task.id)])
