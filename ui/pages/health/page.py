"""台账体检: looked through year by year, so that typing never waits; a line a kind, open to its findings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QHBoxLayout

from app.branch.branch import update_branch
from app.checks.acknowledgement import Acknowledgement, acknowledge, take_up_again
from app.checks.branch import forecast
from app.checks.health import Found, found_in_people, found_in_year
from app.checks.matter import Level, Matter
from app.checks.meetings import Copied
from app.life.meetings import Meeting
from app.year.ledger import load_year
from app.year.seal import YearSeal
from ui.house.session import Session
from ui.house.ways import TONES
from ui.kit.basic import Card, button, label, line, row, search_box
from ui.kit.editors import DateEdit, Field, line_edit
from ui.kit.page import Page
from ui.kit.segmented import Segmented
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.pages.health.rows import Line, lines

FORECAST = "forecast"


class HealthPage(Page):
    """台账体检."""

    title = "台账体检"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._found: list[Found] = []
        self._opened: set[str] = set()
        """The keys of the lines whose findings are shown."""
        self._years: list[int] = []
        self._run = object()
        self._created: dict[int, date] = {}
        self._copied = Copied()
        self._seen: object = None
        self.add_action(button("重新体检", self.begin, kind="primary", icon="checkmark_circle"))
        options = [
            ("open", "待处理"),
            *((level.value, level.value) for level in Level),
            ("known", "已知悉"),
            (FORECAST, "检查预测"),
        ]
        self.views = Segmented(options)
        self.views.chosen.connect(lambda _: self._show())
        self.filter_box = search_box("内容或拼音首字母", lambda text: self.table.filter(text))
        self.inspected = DateEdit(session.today, ahead=True)
        self.inspected.setAccessibleName("下次检查日期")
        self._inspected = Field("下次检查日期", self.inspected)
        self._inspected.setFixedWidth(theme().px(156))
        self.inspected.editingFinished.connect(self._set_day)
        self.body.addLayout(row(self.views, None, label("下次检查", "secondary"), self._inspected, self.filter_box))
        columns = (
            Column("程度", lambda f: f.level, 70, keep=True, tone=lambda f: TONES[f.level]),
            Column("条数", lambda f: f.count, 56, right=True, keep=True),
            Column("编号", lambda f: f.code, 60),
            Column("发现", lambda f: f.text, 420, stretch=True, tip=lambda f: f.title),
            Column("依据", lambda f: f.source, 200, tip=lambda f: f.source),
        )
        self.table = Table("体检结果", columns, lambda f: " ".join(matter.text for matter in f.matters))
        self.table.setSortingEnabled(False)
        self.table.selected.connect(self._choose)
        self.table.opened.connect(self._go)
        card = Card(padding=4)
        card.body.addWidget(self.table)
        middle = QHBoxLayout()
        middle.setSpacing(theme().px(16))
        middle.addWidget(card, 1)
        middle.addWidget(self._side())
        self.body.addLayout(middle, 1)

    def _side(self) -> Card:
        """What the chosen line says, and the word that it is known."""
        side = Card(padding=14)
        side.setFixedWidth(theme().px(300))
        self._text, self._rule = label("", wrap=True), label("", "caption", wrap=True)
        self.why = line_edit(hint="为什么可以这样")
        self.why.setAccessibleName("已知悉的理由")
        self._known = label("", "secondary", wrap=True)
        self._lead = button("去处理", lambda: self._go(self.table.current()), kind="small", icon="edit")
        self._keep = button("已知悉", self.keep, kind="small", icon="checkmark")
        self._again = button("恢复为待处理", self.take_up, kind="small")
        for part in (self._text, self._rule):
            side.body.addWidget(part)
        side.body.addLayout(row(self._lead, None))
        side.body.addWidget(line())
        self._keep_words = label("查过没有问题、或已经说明的，写明理由", "caption", wrap=True)
        side.body.addWidget(self._keep_words)
        side.body.addWidget(self.why)
        side.body.addLayout(row(self._keep, self._again, None))
        side.body.addWidget(self._known)
        side.body.addStretch(1)
        return side

    def refresh(self) -> None:
        if not self.inspected.hasFocus():
            self.inspected.set(self._session.ledger_of_year().branch.inspected_on)
        if self._seen is not self._session.ledger_of_year():
            self.begin()
        else:
            self._show()

    def begin(self) -> None:
        """Look through the records anew: each year is read here and looked at on the worker, so that typing goes on."""
        session, today = self._session, self._session.today()
        self._seen = session.ledger_of_year()
        self._found, self._run = [], object()
        self._copied = Copied()
        self._created = {id: at.date() for id, at in session.ledger.history.entered(Meeting).items()}
        self._years = sorted({m.held_on.year for m in session.ledger[Meeting].all()} | {today.year})
        self._step()

    @property
    def busy(self) -> bool:
        """Whether years are still to be looked at."""
        return bool(self._years)

    def _step(self) -> None:
        if not self._years:
            self._found += found_in_people(self._session.ledger_of_year(), self._session.today())
            self._show()
            return
        year, today = self._years[0], self._session.today()
        self.head_facts.setText(f"正在看 {year} 年…")
        ledger, run = load_year(self._session.ledger, year), self._run
        created, copied = self._created, self._copied

        def answer(found: list[Found]) -> None:
            if run is self._run:
                self._found += found
                self._years = self._years[1:]
                self._step()

        day = min(today, date(year + 1, 1, 1))
        self._session.tasks.start(lambda: found_in_year(ledger, created, copied, day), answer, owner=self)

    def _show(self) -> None:
        known = {item.finding: item for item in self._session.ledger[Acknowledgement].all()}
        # What is sealed was looked at when it was signed.
        sealed = {seal.year for seal in self._session.ledger[YearSeal].all()}
        told = [item for item in self._found if item.year not in sealed]
        waiting = [item for item in told if item.matter.key not in known]
        groups: dict[str, list[Found]] = {"open": waiting, "known": [f for f in told if f.matter.key in known]}
        for level in Level:
            groups[level.value] = [item for item in waiting if item.matter.level is level]
        groups[FORECAST] = [Found(matter.text, None, matter) for matter in self.forecast()]
        words = {"open": "待处理", "known": "已知悉", FORECAST: "检查预测"}
        for code, found in groups.items():
            self.views.set_text(code, f"{words.get(code, code)} {len(found)}")
        shown = lines(groups[self.views.current], self._session.year, self._opened)
        self.table.set_rows(shown, keep=lambda f: f.key)
        if not self.busy:
            told = f" · {'、'.join(map(str, sorted(sealed)))} 年已归档，不再检查" if sealed else ""
            self.head_facts.setText(f"共 {len(waiting)} 项待处理{told}")
        if self.table.current() is None and shown:
            self.table.selectRow(0)
        self._choose(self.table.current())

    def forecast(self) -> list[Matter]:
        """What the next inspection will find missing; nothing while no day is set in the shown year."""
        day = self._session.ledger_of_year().branch.inspected_on
        if day is None or day.year != self._session.year:
            return []
        return forecast(self._session.ledger_of_year(), self._session.today(), day)

    def _set_day(self) -> None:
        """Keep the day of the next inspection."""
        try:
            day = self.inspected.day()
        except ValueError as error:
            self._inspected.show_fault(str(error))
            return
        self._inspected.show_fault("")
        branch = self._session.ledger_of_year().branch
        if day != branch.inspected_on and self.attempt(
            lambda: update_branch(self._session.ledger, replace(branch, inspected_on=day))
        ):
            self.views.choose(FORECAST)
            self._show()

    def _choose(self, chosen: Line | None) -> None:
        predicted = self.views.current == FORECAST
        if chosen is None:
            told = "填上下次检查日期，就能看到到那天会缺什么。" if predicted else "没有要处理的。"
        else:
            told = f"{chosen.title}，共 {len(chosen.matters)} 条" if chosen.opened is not None else chosen.title
        self._text.setText(told)
        self._rule.setText(f"依据：{chosen.source}" if chosen and chosen.source else "")
        folds = chosen is not None and chosen.opened is not None
        self._lead.setVisible(chosen is not None)
        self._lead.setText("去处理" if not folds else "收起" if chosen and chosen.opened else "逐条展开")
        self._lead.setAccessibleName(self._lead.text())
        for part in (self.why, self._keep, self._keep_words):
            part.setVisible(chosen is not None and not predicted)
        self._keep.setText("全部已知悉" if folds else "已知悉")
        keys = {matter.key for matter in chosen.matters} if chosen else set[str]()
        held = self._session.ledger[Acknowledgement].all(finding=keys) if keys else []
        reasons = list(dict.fromkeys(f"{item.acknowledged_on} 已知悉：{item.reason}" for item in held))
        self._known.setText("\n".join(reasons[:3]))
        self._again.setVisible(bool(held))
        self.why.clear()

    def _go(self, chosen: Line | None) -> None:
        """To what a finding is about; a line that folds findings is opened or closed."""
        if chosen is None:
            return
        if chosen.opened is not None:
            self._opened ^= {chosen.key}
            self._show()
            return
        way = chosen.matters[0].way
        if way is not None:
            self._session.go(way)

    def keep(self) -> None:
        """Note that the chosen findings are known, and why."""
        chosen, session = self.table.current(), self._session
        if chosen and self.attempt(
            lambda: acknowledge(session.ledger, chosen.matters, self.why.text(), session.today())
        ):
            number = len(chosen.matters)
            session.say(f"已知悉 {number} 项，理由存在一起" if number > 1 else "已知悉，理由存在一起", undo=True)

    def take_up(self) -> None:
        """Let the chosen findings count again."""
        chosen = self.table.current()
        if chosen:
            self.attempt(lambda: take_up_again(self._session.ledger, chosen.matters))
