"""全部规定: every figure in force on a day, whose it is and since when; the branch changes one with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.record import Problem
from app.rules.changes import RuleChange, check_change, packs_of, remove_change, save_change
from app.rules.rulebook import FIRST_DAY, rulebook_on
from app.rules.shown import ShownFigure, shown_figures
from ui.house.session import Session
from ui.kit.basic import Card, label, row, search_box
from ui.kit.editors import DateEdit, Field
from ui.kit.record_fields import Fields
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.record.form import RecordForm

TONES = {"中央": "plain", "上级": "info", "本支部": "due"}
COLUMNS = (
    Column("规定", lambda f: f.told, 200, strong=True, stretch=True, tip=lambda f: f"{f.told}\n依据：{f.source}"),
    Column("层级", lambda f: f.layer, 72, tone=lambda f: TONES[f.layer]),
    Column("自", lambda f: f.since.isoformat(), 100, order=lambda f: f.since),
)
CHANGE = Fields(("value", "since", "until", "reason", "source"), hints={"reason": "为什么和上面的规定不一样"})


class ChangeForm(RecordForm):
    """The form that changes one figure for this branch."""

    saved_words = "已改动，按起止日期执行"
    removed_words = "已恢复原来的规定"
    cancel_words = "取消"
    view = "figures"

    def __init__(self, session: Session) -> None:
        super().__init__(session, "settings", "改动这一项", RuleChange, CHANGE, padding=0)
        self.figure: ShownFigure | None = None

    def begins(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {"since": self._session.today(), **values}

    def draft_title(self) -> str:
        return self.figure.caption if self.figure else ""

    def choose(self, figure: ShownFigure | None) -> None:
        """Change this figure, or correct the change of it that the branch made."""
        self.figure = figure
        if figure is None:
            return
        told = {"kind": figure.kind, "code": figure.code, "field": figure.field, "value": figure.value}
        known = self._session.ledger[RuleChange].all(kind=figure.kind, code=figure.code, field=figure.field)
        self.load(vars(known[-1]) if known else told)

    def check(self, record: Any) -> list[Problem]:
        """As changes are checked."""
        return check_change(record)

    def store(self, record: Any) -> RuleChange:
        """Enter it, or correct it."""
        return save_change(self._session.ledger, record)

    def take_away(self, record: Any) -> None:
        """Let it be again what the layer below says."""
        remove_change(self._session.ledger, record)


class FiguresView(QWidget):
    """The figures of a day on the left, the change of one on the right."""

    def __init__(self, session: Session, attempt: Callable[[Callable[[], Any]], bool]) -> None:
        super().__init__()
        self._session, self._attempt = session, attempt
        self.day = Field("看哪一天的规定", DateEdit(session.today))
        self.day.editor.set(session.today())
        self.day.editor.setFixedWidth(theme().px(120))
        self.day.editor.editingFinished.connect(self.refresh)
        self.search = search_box("找一项规定", lambda text: self.table.filter(text))
        self.table = Table("全部规定", COLUMNS, lambda f: f"{f.told}{f.source}")
        self.table.selected.connect(self._choose)
        left = Card("全部规定", padding=12)
        left.body.addLayout(row(label("看哪一天", "secondary"), self.day, None))
        left.body.addWidget(self.search)
        left.body.addWidget(self.table, 1)
        self._about = label("", "secondary", wrap=True)
        self.form = ChangeForm(session)
        self.form.settled.connect(lambda _: self._rest())
        right = Card("改动", padding=12)
        right.setFixedWidth(theme().px(300))
        right.body.addWidget(self._about)
        right.body.addWidget(self.form, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme().px(16))
        whole.addWidget(left, 1)
        whole.addWidget(right)
        self.form.setEnabled(False)

    def refresh(self) -> None:
        """Show the figures of the day that is asked for."""
        try:
            day = self.day.editor.day() or self._session.today()
            self.day.show_fault("" if day >= FIRST_DAY else f"请填 {FIRST_DAY} 以后的日期")
        except ValueError as error:
            self.day.show_fault(str(error))
            return
        book = rulebook_on(max(day, FIRST_DAY), packs_of(self._session.ledger))
        with QSignalBlocker(self.table):
            self.table.set_rows(shown_figures(book), keep=lambda f: (f.kind, f.code, f.field))
        self._rest()

    def _rest(self) -> None:
        """Have the selected figure beside the list, the first one where none is; what is typed stays."""
        self._choose(self.table.rest_on_a_row())

    def _choose(self, figure: ShownFigure | None) -> None:
        self.form.setEnabled(figure is not None)
        if figure is None or self.form.dirty:
            return
        sure = f"\n{figure.sure}" if figure.sure else ""
        why = f"\n理由：{figure.reason}" if figure.reason else ""
        self._about.setText(f"{figure.told}\n{figure.level} · {figure.source}{sure}{why}")
        self.form.choose(figure)
