"""What each item of a document would become: a list with ticks, and the chosen item below it to be changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.documents.taking import FRESH, Change, Proposal, ProposalKind, kinds_for
from app.life.plans import PlannedEvent
from app.work.tasks import Task
from ui.house.session import Session
from ui.kit.basic import button, label, row, scrolled, together
from ui.kit.editors import DateEdit, Field, TextEdit, combo
from ui.kit.flow import Flow
from ui.kit.table import Column, Table
from ui.kit.theme import theme

TONES = {Change.NEW: "info", Change.CHANGED: "due", Change.KNOWN: "ok", Change.GONE: "plain"}


@dataclass(frozen=True)
class ReadRow:
    """One proposal at its place, and whether it is to be entered."""

    place: int
    proposal: Proposal
    taken: bool

    @property
    def mark(self) -> str:
        """Whether it is entered, in a word."""
        return "记入" if self.taken else "不记"


COLUMNS = (
    Column("记入", lambda r: r.mark, 70, tone=lambda r: "ok" if r.taken else "plain"),
    Column("内容", lambda r: r.proposal.text, 200, stretch=True, tip=lambda r: r.proposal.text),
    Column("作为", lambda r: r.proposal.kind.value, 84),
    Column("时限", lambda r: str(r.proposal.due_on or ""), 100),
    Column("与台账", lambda r: r.proposal.change.value, 96, tone=lambda r: TONES[r.proposal.change]),
)


class ProposalList(QWidget):
    """The proposals of a document; emits `changed` when a tick or a proposal is another, `quoted` with a sentence."""

    changed = Signal()
    quoted = Signal(str)

    def __init__(self, session: Session, turn: Callable[[Proposal, ProposalKind], Proposal]) -> None:
        """`turn` makes another kind of thing of a proposal."""
        super().__init__()
        self._session, self._turned = session, turn
        self.rows: list[ReadRow] = []
        self.words = label("", "secondary", wrap=True)
        self.words.setMinimumWidth(theme().px(80))
        self.table = Table("文件条目", COLUMNS)
        self.table.setSortingEnabled(False)
        self.table.selected.connect(self._show)
        self.table.opened.connect(lambda _: self.toggle())
        self.table.clicked.connect(lambda index: self.toggle() if index.column() == 0 else None)
        for keys, action in (("Space", self.toggle), ("Ctrl+A", lambda: self.tick_all(on=True))):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(action)
        self._build_detail()
        every = button("全部记入", lambda: self.tick_all(on=True), kind="small", tip="Ctrl+A")
        none = button("全部不记", lambda: self.tick_all(on=False), kind="small")
        marks = row(self.words, every, none)
        marks.setStretch(0, 1)
        area = scrolled(self.detail)
        area.setMaximumHeight(theme().px(190))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(8))
        box.addLayout(marks)
        box.addWidget(self.table, 1)
        box.addWidget(area)

    def _build_detail(self) -> None:
        self.kind = combo([], accessible="作为")
        self.kind.activated.connect(lambda _: self._turn())
        self.text = Field("内容", TextEdit(rows=2))
        self.text.editor.setMaximumHeight(theme().px(58))
        self.text.editor.textChanged.connect(self._retext)
        self.due = Field("办理时限", DateEdit(self._session.today, ahead=True))
        self.due.editor.editingFinished.connect(self._redate)
        self.due.editor.picked.connect(self._redate)
        self.tick = button("记入这一条（空格）", self.toggle, kind="small", icon="checkmark")
        self.quote = label("", "caption", wrap=True)
        self.detail = QWidget()
        box = QVBoxLayout(self.detail)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(4))
        facts = together(label("作为"), self.kind), together(label("办理时限"), self.due), self.tick
        box.addLayout(Flow(*facts, spacing=12))
        box.addWidget(self.text)
        box.addWidget(self.quote)

    @property
    def taken(self) -> set[int]:
        """The places of what is ticked."""
        return {item.place for item in self.rows if item.taken}

    def show_proposals(self, wanted: Sequence[Proposal]) -> None:
        """Show the proposals of a document, ticked as they say."""
        self.rows = [ReadRow(place, item, item.ticked) for place, item in enumerate(wanted)]
        self.show_rows()

    def show_rows(self) -> None:
        """Show the rows as they stand."""
        self.table.set_rows(self.rows, keep=lambda r: r.place)
        shown = bool(self.rows)
        self.words.setText(f"读出 {len(self.rows)} 项，勾选 {len(self.taken)} 项" if shown else "")
        self.detail.setVisible(shown)
        if shown and self.table.current() is None:
            self.table.selectRow(0)
        elif not shown:
            self._show(None)
        self.changed.emit()

    def _change(self, proposal: Proposal, *, taken: bool | None = None) -> None:
        item = self.table.current()
        kept = replace(item, proposal=proposal, taken=item.taken if taken is None else taken)
        self.rows[item.place] = kept
        self.show_rows()

    def toggle(self) -> None:
        """Enter the current item, or not."""
        item = self.table.current()
        if item is not None and item.proposal.record is not None:
            self._change(item.proposal, taken=not item.taken)

    def tick_all(self, *, on: bool) -> None:
        """Tick every item, or none; one that stands in the ledger unchanged is not ticked again."""
        self.rows = [replace(item, taken=on and item.proposal.change in FRESH) for item in self.rows]
        self.show_rows()

    def _show(self, item: ReadRow | None) -> None:
        """The current item below the list, and its sentence in the document."""
        self.quoted.emit(item.proposal.quote if item else "")
        if item is None:
            return
        proposal = item.proposal
        kinds = kinds_for(proposal)
        self.kind.clear()
        self.kind.addItems([kind.value for kind in kinds])
        self.kind.setCurrentText(proposal.kind.value)
        self.kind.setEnabled(len(kinds) > 1)
        record = proposal.record
        editable = isinstance(record, Task | PlannedEvent)
        self.text.setVisible(editable)
        self.due.editor.setEnabled(editable)
        if editable:
            shown = record.task if isinstance(record, Task) else record.subject
            if self.text.editor.toPlainText() != shown:
                self.text.editor.blockSignals(True)
                self.text.editor.setPlainText(shown)
                self.text.editor.blockSignals(False)
        self.due.editor.set(self._due_of(record))
        self.due.show_fault("")
        self.tick.setText("不记这一条（空格）" if item.taken else "记入这一条（空格）")
        self.tick.setAccessibleName(self.tick.text())
        self.tick.setEnabled(record is not None)
        self.quote.setText(f"原文：{proposal.quote}")

    @staticmethod
    def _due_of(record: Any) -> date | None:
        return (
            record.due_on
            if isinstance(record, Task)
            else record.planned_on
            if isinstance(record, PlannedEvent)
            else None
        )

    def _turn(self) -> None:
        item = self.table.current()
        if item is not None:
            self._change(self._turned(item.proposal, ProposalKind(self.kind.currentText())))

    def _retext(self) -> None:
        item = self.table.current()
        text = self.text.editor.toPlainText().strip()
        if item is None or not text:
            return
        record = item.proposal.record
        if isinstance(record, Task):
            record = replace(record, task=text)
        elif isinstance(record, PlannedEvent):
            record = replace(record, subject=text)
        self.rows[item.place] = replace(item, proposal=replace(item.proposal, record=record))
        self.table.rows_model.rows[self.table.currentIndex().row()] = self.rows[item.place]

    def _redate(self) -> None:
        item = self.table.current()
        if item is None:
            return
        try:
            day = self.due.take(self.due.editor.day)
        except ValueError:
            return
        record = item.proposal.record
        if isinstance(record, Task) and record.due_on != day:
            self._change(replace(item.proposal, record=replace(record, due_on=day)))
        elif isinstance(record, PlannedEvent) and day is not None and record.planned_on != day:
            self._change(replace(item.proposal, record=replace(record, planned_on=day)))
