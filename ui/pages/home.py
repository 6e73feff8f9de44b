"""工作台: the year as a matrix, what to do next, and the charts."""

# The stubs of Qt and pyqtgraph leave out attributes and say None where there is none.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.chart_data import ChartData
from app.checks.diary import DiaryEntry, DiaryKind, diary
from app.checks.duties import way_of
from app.checks.matter import Matter
from app.checks.reasons import reason_of
from app.checks.reminders import reminders
from app.checks.year_end import progress, year_end
from app.dates import month_end, weekday
from app.drafts import Draft
from app.life.meetings import Meeting
from app.life.talks import Talk
from app.people.members import Member
from app.rules.local_rules import PERIOD_NAMES
from app.ways import ToList, ToNew
from app.year.figures import activities, ages, dues_collected, study
from app.year.ledger import YearLedger
from app.year.periods import period_months, period_words
from app.year.standing import Duty, State
from ui.house.entries import PAGES
from ui.house.session import Session
from ui.house.ways import TONES, ToDraft, ToImport, ToView, icon_of, word_of
from ui.kit.basic import Card, ElidedButton, button, clear, label, line, restyle, row, scrolled
from ui.kit.chart_wall import ChartWall
from ui.kit.icons import pixmap
from ui.kit.messages import ask
from ui.kit.page import Page
from ui.kit.theme import theme

LEGEND = (State.DONE, State.MISSING, State.DUE, State.UPCOMING)
NOT_COUNTED = (State.UPCOMING, State.NOT_APPLICABLE, State.BEFORE_RECORDS)
SHOWN_REMINDERS = 6
DECEMBER = 12


NARROW = 960
"""Pixels of 100 % below which matrix and reminders stand one below the other."""


class HomePage(Page):
    """The first screen: nothing missing goes unseen."""

    title = "工作台"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.add_action(button("记一次谈话", lambda: session.go(ToNew(Talk)), icon="add"))
        self.add_action(
            button("记一次会议", lambda: session.go(ToNew(Meeting)), kind="primary", icon="edit", tip="Ctrl+N")
        )
        look = theme()
        self._facts = label("", "secondary")
        self._matrix_card = Card("组织生活达标", self._legend())
        self._matrix_card.body.itemAt(0).layout().insertWidget(1, self._facts)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(look.px(3))
        self._grid.setVerticalSpacing(look.px(4))
        self._matrix_card.body.addLayout(self._grid)
        self._matrix_card.body.addStretch(1)
        self._all = button("", self._toggle_all, kind="link")
        self._todo_card = Card("待办与提醒", self._all, padding=18)
        self._todo_list = QVBoxLayout()
        self._todo_list.setSpacing(look.px(4))
        self._todo_card.body.addLayout(self._todo_list)
        self._todo_card.body.addStretch(1)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(look.px(16))
        self._top.addWidget(self._matrix_card, 1)
        self._top.addWidget(self._todo_card)
        self._drafts = QVBoxLayout()
        self._drafts.setSpacing(look.px(6))
        self.charts = ChartWall(4)
        self.charts.opened.connect(lambda title, kind, ids: session.go(ToList(kind, ids, title)))
        # On a low screen, or with large text, the page scrolls; nothing in it is pressed together.
        inner = QWidget()
        inner.setProperty("kind", "page")
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.px(12))
        whole.addLayout(self._drafts)
        whole.addLayout(self._top)
        self._weeks = QHBoxLayout()
        self._weeks.setSpacing(look.px(8))
        whole.addLayout(self._weeks)
        whole.addWidget(self.charts, 1)
        self.body.addWidget(scrolled(inner), 1)
        self._show_all = False
        self._filled: tuple[YearLedger, date, bool] | None = None
        """What is shown: of which year, as of which day, whether with every reminder."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme().px(NARROW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._top.setDirection(direction)
        self._todo_card.setMinimumWidth(0 if narrow else theme().px(346))
        self._todo_card.setMaximumWidth(theme().px(2000 if narrow else 346))
        self.charts.set_columns(2 if narrow else 4)
        self.charts.setMinimumHeight(theme().px(400 if narrow else 170))

    def refresh(self) -> None:
        today = self._session.today()
        left = (month_end(today.year, (today.month + 2) // 3 * 3) - today).days
        quarter = "一二三四"[(today.month - 1) // 3]
        self.head_facts.setText(
            f"{today.month}月{today.day}日 星{weekday(today).replace('周', '期')} · 第{quarter}季度还有 {left} 天"
        )
        self._offer_drafts()
        self._offer_year_end(today)
        ledger = self._session.ledger_of_year()
        # The year is read anew whenever anything in it changed: of the same one the same is shown.
        if self._filled is not None and self._filled[0] is ledger and self._filled[1:] == (today, self._show_all):
            return
        self._filled = (ledger, today, self._show_all)
        duties = self._session.duties()
        self._fill_matrix(duties, today)
        matters = reminders(ledger, duties, today)
        self._fill_reminders(matters)
        self._fill_weeks(matters, today)
        self.charts.show_figures(ledger, self._figures)

    def _fill_weeks(self, matters: Sequence[Matter], today: date) -> None:
        """The next four weeks, each with what lies on its days; a click shows the month."""
        clear(self._weeks)
        ledger = self._session.ledger_of_year()
        if ledger.year != today.year:
            return
        monday = today - timedelta(days=today.weekday())
        coming = diary(ledger, matters, today, today, monday + timedelta(days=27))
        for number in range(4):
            first, last = (monday + timedelta(days=7 * number + day) for day in (0, 6))
            of_week = [e for e in coming if first <= e.day <= last and e.kind is not DiaryKind.HELD]
            self._weeks.addWidget(self._week(number, first, last, of_week), 1)

    def _week(self, number: int, first: date, last: date, coming: Sequence[DiaryEntry]) -> QPushButton:
        name = ("本周", "下周")[number] if number < 2 else f"{first.month}.{first.day}—{last.month}.{last.day}"
        said = "；".join(f"{item.day.month}.{item.day.day} {item.text}" for item in coming)
        made = ElidedButton(f"{name}　{said or '没有安排'}", "day", "info" if coming else "")
        made.setToolTip("\n".join(f"{item.day.month}月{item.day.day}日 {item.kind}：{item.text}" for item in coming))
        made.clicked.connect(lambda _=False: self._session.go(ToView("calendar", str(first.month))))
        return made

    def _offer_drafts(self) -> None:
        """What was typed and not saved, each with the form it belongs to."""
        clear(self._drafts)
        for draft in self._session.drafts.all()[:3]:
            code = draft.form.partition("/")[0]
            title = next((entry.title for entry in PAGES if entry.code == code), "")
            what = f"“{draft.content['title'][:20]}”" if draft.content.get("title") else ""
            text = f"{title}{what}还没有保存 · 草稿 {draft.kept_at.month}月{draft.kept_at.day}日 {draft.kept_at:%H:%M}"
            card = Card(padding=12)
            place = ToDraft(draft.form, draft.content)
            go = button("继续填写", lambda place=place: self._session.go(place), kind="small", icon="edit")
            away = button("丢弃", lambda draft=draft: self._discard(draft), kind="quiet")
            for made in (go, away):
                made.setAccessibleDescription(text)
            card.body.addLayout(row(label(text), None, go, away))
            self._drafts.addWidget(card)

    def _offer_year_end(self, today: date) -> None:
        """In December the year is brought to its end, step by step."""
        year = self._session.ledger_of_year()
        if (year.year, DECEMBER) != (today.year, today.month) or year.seal is not None:
            return
        done, told = progress(year_end(year, self._session.duties(), today))
        text = f"年终整理：{done}/{told} 步已完成，一步一步补齐、打印、归档、报送"
        card = Card(padding=12)
        go = button("开始整理", lambda: self._session.go(ToView("year_end")), kind="small", icon="checkbox_checked")
        card.body.addLayout(row(label(text), None, go))
        self._drafts.addWidget(card)

    def _discard(self, draft: Draft) -> None:
        if ask(self, "丢弃这份草稿？", "丢弃后找不回来。", "丢弃"):
            self._session.drafts.forget(draft.form)
            self.refresh()

    @staticmethod
    def _legend() -> QWidget:
        holder = QWidget()
        box = QHBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        for state in LEGEND:
            square = QFrame()
            square.setFixedSize(theme().px(12), theme().px(12))
            square.setObjectName("legend")
            colors = theme().colors
            fill = {"done": colors["ok_tint"], "missing": colors["missing_tint"]}.get(state, colors["card"])
            edge = {
                "done": f"1px solid {colors['ok_solid']}",
                "missing": f"1px solid {colors['missing_solid']}",
                "due": f"1px dashed {colors['due_solid']}",
            }.get(state, f"1px solid {colors['line2']}")
            square.setStyleSheet(f"#legend {{ background: {fill}; border: {edge}; border-radius: 3px; }}")
            box.addWidget(square)
            box.addWidget(label(state.words, "caption"))
        return holder

    def _fill_matrix(self, duties: Sequence[Duty], today: date) -> None:
        grid = self._grid
        clear(grid)
        year = self._session.year
        countable = [d for d in duties if d.first <= today and d.state not in NOT_COUNTED]
        over = [d for d in countable if d.due_on < today or d.state is State.DONE]
        done = sum(d.state is State.DONE for d in over)
        self._facts.setText(f"截至今日应完成 {len(over)} 项，已完成 {done} 项")
        for month in range(1, 13):
            head = label(f"{month}月", "caption")
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            if (year, month) == (today.year, today.month):
                head.setStyleSheet(f"color: {theme().colors['accent_text']}; font-weight: bold;")
            grid.addWidget(head, 0, month + 1)
        rules = list(dict.fromkeys(duty.rule for duty in duties))
        number = 0
        for code in rules:
            own = [duty for duty in duties if duty.rule == code]
            if code in ("talk_committee", "talk_committee_member"):
                continue  # their gaps are shown on 谈心谈话 as a matrix of people
            number += 1
            self._matrix_row(2 * number - 1, code, own)
            grid.addWidget(line(), 2 * number, 0, 1, 15)
        grid.setColumnStretch(0, 0)
        for column in range(2, 14):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, theme().px(28))

    def _matrix_row(self, at: int, code: str, own: Sequence[Duty]) -> None:
        grid = self._grid
        name = label(own[0].label)
        name.ensurePolished()
        name.setMinimumWidth(name.fontMetrics().horizontalAdvance(own[0].label) + theme().px(4))
        grid.addWidget(name, at, 0)
        asked = label(self._rule_words(code), "caption")
        for made in (name, asked):
            made.setToolTip(f"{own[0].label}：{asked.text()}\n依据：{own[0].source}")
        grid.addWidget(self._right(asked), at, 1)
        applicable = [duty for duty in own if duty.state not in (State.NOT_APPLICABLE, State.BEFORE_RECORDS)]
        for duty in own:
            span = period_months(duty.period)
            grid.addWidget(self._cell(duty, span), at, 1 + duty.first.month, 1, span)
        done = sum(duty.state is State.DONE for duty in own)
        begun = [duty for duty in applicable if duty.state in (State.DONE, State.MISSING)]
        if len(own) == 1 and own[0].required > 1:
            text = f"{100 * own[0].done // own[0].required}%"
        else:
            asked = begun if len(own) > 1 else applicable
            text = f"{done}/{len(asked)}" if applicable else "—"
        total = label(text)
        total.setStyleSheet("font-weight: bold;")
        grid.addWidget(self._right(total), at, 14)

    def _rule_words(self, code: str) -> str:
        ledger = self._session.ledger_of_year()
        versions = [quota for quota in ledger.rulebook.quotas if quota.code == code]
        begun = [quota for quota in versions if quota.since <= self._session.reference_day()] or versions
        quota = max(begun, key=lambda quota: quota.since, default=None)
        if quota:
            return f"{PERIOD_NAMES[quota.period]} ≥{quota.minimum}"
        hours = ledger.rulebook.hours
        if hours and code == hours.code:
            return f"≥{hours.member} 学时"
        return "每人每年 ≥1" if code.startswith("talk") else f"每月 {ledger.branch.dues_day} 日"

    @staticmethod
    def _right(made: QLabel) -> QLabel:
        made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return made

    def _cell(self, duty: Duty, span: int) -> QPushButton:
        text = _cell_text(duty, span)
        made = button(text, lambda: self._open(duty), kind="cell")
        restyle(made, "state", duty.state.value)
        told = f"{duty.label} {period_words(duty.period)} {duty.state.words} {duty.done}/{duty.required}"
        made.setAccessibleDescription(told)
        names = ("\n缺：" + "、".join(duty.missing[:8])) if duty.missing and duty.state is not State.UPCOMING else ""
        made.setToolTip(f"{told}{names}\n最迟 {duty.due_on}\n依据：{duty.source}")
        made.setEnabled(duty.state is not State.NOT_APPLICABLE)
        return made

    def _open(self, duty: Duty) -> None:
        self._session.go(way_of(self._session.ledger_of_year(), duty))

    def _toggle_all(self) -> None:
        self._show_all = not self._show_all
        self.refresh()

    def _fill_reminders(self, found: Sequence[Matter]) -> None:
        clear(self._todo_list)
        most = 20 if self._show_all else SHOWN_REMINDERS
        self._all.setText("收起" if self._show_all else f"全部 {len(found)} 项")
        self._all.setAccessibleName(self._all.text())
        self._all.setVisible(len(found) > SHOWN_REMINDERS)
        if not found:
            if self._session.ledger_of_year().roster.members:
                self._todo_list.addWidget(label("眼下没有要办的事。", "secondary"))
            else:
                self._offer_roster()
        for number, item in enumerate(found[:most]):
            if number:
                self._todo_list.addWidget(line())
            self._todo_list.addWidget(self._reminder(item))

    def _offer_roster(self) -> None:
        """The first thing to do, before there is anybody in the roster."""
        # Not wrapped: a label whose height goes by its width has the whole page laid out otherwise.
        self._todo_list.addWidget(label("先把党员录进名册，这里才知道\n会议、党费、谈话各缺什么。", "secondary"))
        bring = button("导入名册", lambda: self._session.go(ToImport("members")), icon="arrow_import")
        add = button("新增党员", lambda: self._session.go(ToNew(Member)), icon="person_add")
        self._todo_list.addLayout(row(bring, add, None))

    def _reminder(self, item: Matter) -> QWidget:
        look = theme()
        tone = TONES[item.level]
        holder = QWidget()
        holder.setFixedHeight(look.px(44))
        tile = QLabel()
        tile.setFixedSize(look.px(32), look.px(32))
        tile.setAlignment(Qt.AlignmentFlag.AlignCenter)
        tile.setPixmap(pixmap(icon_of(item), tone, 18))
        tile.setStyleSheet(f"background: {look.colors[tone + '_tint']}; border-radius: {look.px(8)}px;")
        width = look.px(190)
        title, detail = label(item.text), label(item.detail, "caption")
        why = reason_of(item, self._session.ledger_of_year().rulebook)
        for made in (title, detail):
            made.ensurePolished()
            made.setToolTip("\n".join(part for part in (made.text(), why) if part))
            made.setText(made.fontMetrics().elidedText(made.text(), Qt.TextElideMode.ElideRight, width))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(title)
        words.addWidget(detail)
        go = button(word_of(item), lambda: item.way and self._session.go(item.way), kind="small")
        go.setAccessibleDescription("\n".join(part for part in (item.text, why) if part))
        box = QHBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look.px(10))
        box.addWidget(tile)
        box.addLayout(words, 1)
        box.addWidget(go)
        return holder

    def _figures(self) -> list[ChartData]:
        ledger, today = self._session.ledger_of_year(), self._session.today()
        collected = dues_collected(ledger, self._session.reference_day())
        return [activities(ledger), study(ledger, today), collected, ages(ledger, today)]


def _cell_text(duty: Duty, span: int) -> str:
    wide = span >= 3
    if duty.state is State.NOT_APPLICABLE:
        return "不适用" if wide else "—"
    if duty.state is State.BEFORE_RECORDS:
        return duty.state.words if span == 12 else "未用本台账" if wide else "未用"
    if duty.state is State.DONE:
        return f"✓ {duty.done}" if span < 12 or duty.required == 1 else f"✓ {duty.done} / {duty.required} {duty.unit}"
    if span == 12 and duty.required > 1:
        return f"已完成 {duty.done} / {duty.required} {duty.unit} · 还差 {duty.required - duty.done} {duty.unit}"
    if duty.state is State.MISSING:
        if duty.required > 1:
            return f"缺 {duty.required - duty.done}"
        return f"缺{period_words(duty.period)}" if wide else "缺"
    if duty.state is State.DUE:
        return f"{duty.due_on.month}月{duty.due_on.day}日前" if wide else "本月"
    return "·"


def make(session: Session) -> Page:
    """The page for a session."""
    return HomePage(session)
