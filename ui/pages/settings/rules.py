"""规则: what a year is judged by: central rules that may be set aside, sets of a superior's plan, own rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QInputDialog, QStackedWidget, QVBoxLayout, QWidget

from app.record import Problem
from app.rules.kinds import Quota
from app.rules.local_rules import (
    PERIOD_NAMES,
    ChosenRuleSet,
    LocalRule,
    check_local_rule,
    choose_rule_set,
    in_year,
    mute_rule,
    remove_local_rule,
    rule_sets,
    save_local_rule,
    unmute_rule,
)
from ui.house.session import Session
from ui.kit.basic import Card, button, clear, label, line, row, scrolled
from ui.kit.record_fields import Fields
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.record.following import Following
from ui.record.form import RecordForm

OWN = Fields(("label", "type", "activity", "period", "minimum", "audience", "source", "first_year", "last_year"))


class LocalRuleForm(RecordForm):
    """The form of a rule of the branch's own."""

    saved_words = "规则已保存"
    removed_words = "已删除一条自定规则"
    view = "rules"

    def __init__(self, session: Session) -> None:
        super().__init__(session, "settings", "自定规则", LocalRule, OWN, padding=0)

    def begins(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {"first_year": self._session.year, "minimum": 1, "period": "每月", **values}

    def draft_title(self) -> str:
        return self.form.texts()["label"]

    def check(self, record: Any) -> list[Problem]:
        """As rules are checked."""
        return check_local_rule(record)

    def store(self, record: Any) -> LocalRule:
        """Enter it, or correct it."""
        return save_local_rule(self._session.ledger, record)

    def take_away(self, record: Any) -> None:
        """Delete one entered by mistake."""
        remove_local_rule(self._session.ledger, record)


class RulesView(QWidget):
    """Every rule of the shown year, with its source; what is chosen and entered here holds from the shown year on."""

    def __init__(self, session: Session, attempt: Callable[[Callable[[], Any]], bool]) -> None:
        super().__init__()
        self._session, self._attempt = session, attempt
        columns = (
            Column("规则", lambda q: q.label, 150, strong=True),
            Column("要求", lambda q: f"{PERIOD_NAMES[q.period]}至少 {q.minimum} 次", 120),
            Column("层级", lambda q: q.level, 90, tone=lambda _: "plain"),
            Column("情况", self._state, 80, tone=lambda q: "due" if self._muted(q) else "ok"),
            Column("依据", lambda q: q.source, 200, stretch=True, tip=lambda q: q.source),
        )
        self.table = Table("本年度的规则", columns)
        self.table.selected.connect(self._choose)
        left = Card("本年度的规则", padding=12)
        left.body.addWidget(self.table, 1)
        self._toggle = button("不适用…", self.toggle, kind="small")
        self._why = label("", "caption", wrap=True)
        add = button("增加规则", self.begin, kind="small", icon="add")
        left.body.addLayout(row(self._toggle, self._why, None, add))
        self._sets: dict[str, QCheckBox] = {}
        for code, known in rule_sets().items():
            tick = self._sets[code] = QCheckBox(known.title.partition("（")[0])
            tick.setToolTip(f"{known.title}\n{known.source}")
            tick.clicked.connect(lambda on, code=code: self._set(code, on=on))
        self.form = LocalRuleForm(session)
        self._following = Following(
            self.table, self.form, self._show, is_record=lambda quota, rule: quota.code == f"local_{rule}"
        )
        self._following.rested.connect(lambda _: self._tell())
        self.form.resumes.connect(lambda: self._beside.setCurrentWidget(self.form))
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, theme().px(4), 0)
        self._lines.setSpacing(theme().px(2))
        self._lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        told = QWidget()
        told.setLayout(self._lines)
        self._reading = scrolled(told)
        self._beside = QStackedWidget()
        for part in (self._reading, self.form):
            self._beside.addWidget(part)
        right = Card("规则集", padding=12)
        right.setFixedWidth(theme().px(344))
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, theme().px(4), 0)
        for tick in self._sets.values():
            box.addWidget(tick)
        right.body.addWidget(inner)
        right.body.addWidget(line())
        right.body.addWidget(self._beside, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme().px(16))
        whole.addWidget(left, 1)
        whole.addWidget(right)
        self.form.reset()

    def _muted(self, quota: Quota) -> str:
        return self._session.ledger_of_year().rulebook.muted.get(quota.code, "")

    def _state(self, quota: Quota) -> str:
        return "已停用" if self._muted(quota) else "执行中"

    def refresh(self) -> None:
        """Show the rules of the shown year."""
        session, year = self._session, self._session.year
        with QSignalBlocker(self.table):
            self.table.set_rows(session.ledger_of_year().rulebook.quotas, keep=lambda q: q.code)
        self._following.rest()
        self._tell()
        chosen = {item.code for item in in_year(session.ledger[ChosenRuleSet].all(), year)}
        for code, tick in self._sets.items():
            tick.setChecked(code in chosen)

    def begin(self) -> None:
        """A new rule of the own, with the cursor in its form."""
        self._following.begin()
        self._tell()
        self.form.load({})
        self._beside.setCurrentWidget(self.form)
        self.form.form.editors["label"].setFocus()

    def _read(self, quota: Quota) -> None:
        """Show what a rule that is not of the own asks, and where it is written."""
        clear(self._lines)
        self._lines.addWidget(label(quota.label, "head", wrap=True))
        reason = self._muted(quota)
        facts = (
            ("要求", f"{PERIOD_NAMES[quota.period]}至少 {quota.minimum} 次"),
            ("层级", quota.level),
            ("情况", f"已停用：{reason}" if reason else "执行中"),
            ("依据", quota.source),
        )
        for caption, text in facts:
            self._lines.addSpacing(theme().px(6))
            self._lines.addWidget(label(caption, "caption"))
            self._lines.addWidget(label(text, wrap=True))
        self._beside.setCurrentWidget(self._reading)

    def _choose(self, quota: Quota | None) -> None:
        self._tell()
        if not self.form.dirty:
            self._following.follow(quota)

    def _tell(self) -> None:
        """Say whether the selected rule can be set aside, or why it is."""
        quota = self.table.current()
        self._toggle.setVisible(quota is not None)
        reason = self._muted(quota) if quota is not None else ""
        self._toggle.setText("恢复执行" if reason else "不适用…")
        self._toggle.setAccessibleName(self._toggle.text())
        self._why.setText(f"停用理由：{reason}" if reason else "")

    def _show(self, quota: Quota) -> None:
        number = quota.code.removeprefix("local_") if quota.code.startswith("local_") else "0"
        known = self._session.ledger[LocalRule].all(id=int(number))
        if known:
            self.form.load(vars(known[0]))
            self._beside.setCurrentWidget(self.form)
        else:
            self._read(quota)

    def _set(self, code: str, *, on: bool) -> None:
        self._attempt(lambda: choose_rule_set(self._session.ledger, code, self._session.year, on=on))

    def toggle(self) -> None:
        """Set the chosen rule aside from the shown year on, with a reason; or let it count again."""
        quota, ledger, year = self.table.current(), self._session.ledger, self._session.year
        if self._muted(quota):
            self._attempt(lambda: unmute_rule(ledger, quota.code, year))
            return
        why, sure = QInputDialog.getText(self, "不适用", f"“{quota.label}”为什么不适用于本支部？")
        if sure:
            self._attempt(lambda: mute_rule(ledger, quota.code, year, why))
