"""换届选举: the elections of the branch, the form of the chosen one, and its papers."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.dates import chinese
from app.life.elections import HeldElection, term_of
from ui.house.session import Session
from ui.kit.basic import Card, button, label, narrow, row, together
from ui.kit.editors import combo
from ui.kit.empty import Empty
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.pages.branch.election_form import ElectionForm

EMPTY = (
    "换届、补选以后在这里登记候选人、应到实到和票数：程序判定选举是否有效、谁当选，再登记任职、打印选举结果报告。",
    "3 月 5 日支部党员大会换届，应到会 23 人、实到会 21 人，选出委员 5 名。",
)


class ElectionsView(QWidget):
    """The elections of the branch; the chosen one with candidates and papers."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._term = label("", "secondary", wrap=True)
        columns = (
            Column("日期", lambda h: str(h.election.held_on), 112, strong=True),
            Column("类别", lambda h: h.election.kind, 80, stretch=True, tip=lambda h: h.election.body),
        )
        self.table = Table("选举", columns)
        self.table.selected.connect(self._selected)
        left = Card("历次选举", padding=10)
        left.setFixedWidth(theme().px(250))
        left.body.addWidget(self._term)
        left.body.addWidget(self.table, 1)
        left.body.addLayout(row(None, button("登记选举", self.begin, kind="small", icon="add")))
        self.form = ElectionForm(session, self._saved)
        self.form.resumes.connect(self._go_on)
        self._left = left
        self._choice = combo([], accessible="选举")
        self._choice.setPlaceholderText("还没有登记的选举")
        self._choice.setMinimumWidth(theme().px(180))
        self._choice.activated.connect(self._chosen)
        self._strip = together(
            label("历次选举", "secondary"), self._choice, button("登记选举", self.begin, kind="small", icon="add"), None
        )
        self._strip.hide()
        self._begun = False
        self._first_term = label("", "secondary", wrap=True)
        self.empty = Empty(*EMPTY, button("登记选举", self.begin, icon="add"))
        self._first = Card("换届选举")
        self._first.body.addWidget(self._first_term)
        self._first.body.addWidget(self.empty, 1)
        self._elections = QWidget()
        beside = QHBoxLayout(self._elections)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(theme().px(16))
        beside.addWidget(left)
        beside.addWidget(self.form, 1)
        beside.addWidget(self.form.papers)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(10))
        box.addWidget(self._strip)
        box.addWidget(self._first, 1)
        box.addWidget(self._elections, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without room for the list beside the form the elections are chosen above it."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Say what belongs here while there is no election; its list stands beside the form or above it."""
        shown = self._begun or self.form.dirty or bool(self._session.ledger_of_year().elections)
        tight = narrow(self.width())
        self._first.setVisible(not shown)
        self._elections.setVisible(shown)
        self._left.setVisible(not tight)
        self._strip.setVisible(tight and shown)

    def begin(self) -> None:
        """A new election, with the cursor in its form."""
        self._begun = True
        self.load(None)
        self.form.form.editors["held_on"].setFocus()

    def _go_on(self) -> None:
        """A draft is gone on with."""
        self._begun = True
        self._arrange()

    def _selected(self, held: HeldElection | None) -> None:
        if held is not None:
            self._begun = False
            self.load(held)

    def _chosen(self, number: int) -> None:
        elections = self._session.ledger_of_year().elections
        if number < len(elections):
            self._selected(elections[number])

    def refresh(self) -> None:
        """Show the elections as the ledger says now."""
        ledger, today = self._session.ledger_of_year(), self._session.today()
        term = term_of(ledger.branch, ledger.rulebook)
        if term is None:
            self._term.setText("还没有填本届选举日期。")
        else:
            left = term.left(today)
            until = f"，经批准延期至 {chinese(term.extended_until)}" if term.extended_until else ""
            told = f"还有 {left} 天" if left >= 0 else f"已超期 {-left} 天"
            reminders = "、".join(chinese(day) for day in term.reminders)
            text = f"本届任期至 {chinese(term.last)}{until}，{told}。提醒日：{reminders}。"
            self._term.setText(f"{text}延期一般不超过 {chinese(term.latest)}。")
        self._first_term.setText(self._term.text())
        self.table.blockSignals(True)
        self.table.set_rows(ledger.elections, keep=lambda h: h.election.id)
        self.table.blockSignals(False)
        self._choice.clear()
        self._choice.addItems([f"{held.election.held_on} {held.election.kind}" for held in ledger.elections])
        if self.form.dirty or self._begun:
            self._arrange()
            return
        known = {held.election.id: held for held in ledger.elections}
        shown = known.get(self.form.record.id) if self.form.record else None
        self.load(shown or (ledger.elections[0] if ledger.elections else None))

    def load(self, held: HeldElection | None) -> None:
        """An election, or an empty form."""
        self.form.load(vars(held.election) if held else {})
        known = [item.election.id for item in self._session.ledger_of_year().elections]
        self._choice.setCurrentIndex(known.index(held.election.id) if held and held.election.id in known else -1)
        self._arrange()

    def _saved(self, election: int | None) -> None:
        self._begun = False
        elections = self._session.ledger_of_year().elections
        known = next((held for held in elections if held.election.id == election), None)
        self.load(known or (elections[0] if elections and election is None else None))
