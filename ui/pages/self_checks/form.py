"""The forms of 自查考核: a score beside what the records tell, and an item with what is looked at for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QMenu, QVBoxLayout

from app.checks.self_checks import Judgement, Told, measures
from app.scores import points
from app.work.self_checks import ChecklistItem
from ui.house.session import Session
from ui.kit.basic import button, label, row
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.record.registers import Register, RegisterForm

TOLD = (Column("记录里的情况", lambda r: r.text, 200, stretch=True, tip=lambda r: r.text, tone=lambda r: _tone(r)),)
MOST_ROWS = 5


def _tone(told: Told) -> str:
    return "ok" if told.met else "missing"


class ScoreForm(RegisterForm):
    """A score: above it the item with its full marks, what is to be shown, and the records behind the proposal."""

    saved_words = "已记分"

    def __init__(
        self,
        session: Session,
        page: str,
        register: Register,
        item_of: Callable[[int], tuple[ChecklistItem, Judgement] | None],
    ) -> None:
        self._item_of = item_of
        super().__init__(session, page, register)

    def inside(self, box: QVBoxLayout) -> None:
        self._about = label("", "secondary", wrap=True)
        self._proposed = label("", wrap=True)
        self.told = Table("记录里的情况", TOLD)
        self.told.horizontalHeader().hide()
        self.told.verticalHeader().setDefaultSectionSize(theme().px(30))
        self.told.opened.connect(self._go)
        for part in (self._about, self._proposed, self.told):
            box.addWidget(part)
        super().inside(box)
        self.heading.setWordWrap(True)

    def _go(self, told: Told) -> None:
        if told.way is not None:
            self._session.go(told.way)

    def fill(self, values: Mapping[str, Any]) -> None:
        super().fill(values)
        found = self._item_of(values.get("item", 0))
        # Without an item there is nothing to score.
        self.setEnabled(found is not None)
        for part in (self._about, self._proposed, self.told):
            part.setVisible(found is not None)
        if found is None:
            self.heading.setText("选一个检查项目评分")
            return
        item, told = found
        self.heading.setText(item.label)
        lost = "按比例给分" if not item.deduct else f"每缺一处扣 {points(item.deduct)} 分"
        evidence = f"　要看：{item.evidence}" if item.evidence else ""
        self._about.setText(f"满分 {points(item.full)} 分，{lost}{evidence}")
        if told.proposed is None:
            self._proposed.setText("记录里还看不出，请按实际情况评分。")
        else:
            self._proposed.setText(f"按记录建议 {points(told.proposed)} 分；给别的分要写理由。")
        self.told.set_rows(sorted(told.told, key=lambda one: one.met))
        self.told.setVisible(bool(told.told))
        self.told.setFixedHeight(theme().px(30) * min(MOST_ROWS, max(1, len(told.told))) + theme().px(6))


class Measures:
    """What is looked at for an item, as a menu of ticks; a part of the form."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._chosen: list[str] = []
        self.button = button("看哪些记录…", self._offer, kind="small", icon="checkbox_checked")
        self.words = label("", "secondary", wrap=True)

    @property
    def codes(self) -> str:
        """The codes of what was chosen, as the item keeps them."""
        return " ".join(self._chosen)

    def show(self, codes: str) -> None:
        """Show what an item looks at."""
        self._chosen = codes.split()
        self._tell()

    def _tell(self) -> None:
        words = dict(measures(self._session.ledger_of_year(), self._session.today()))
        told = "、".join(words.get(code, code.partition(":")[2]) for code in self._chosen)
        self.words.setText(told or "不看记录，由人评分")

    def menu(self) -> QMenu:
        """Everything that can be looked at, by kind, ticked where it is."""
        made = QMenu(self.button)
        inner: dict[str, QMenu] = {}
        for code, words in measures(self._session.ledger_of_year(), self._session.today()):
            kind, _, what = words.partition("：")
            if kind not in inner:
                inner[kind] = made.addMenu(kind)
            action = inner[kind].addAction(what)
            action.setCheckable(True)
            action.setChecked(code in self._chosen)
            action.toggled.connect(lambda on, code=code: self.tick(code, on=on))
        return made

    def _offer(self) -> None:
        self.menu().popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def tick(self, code: str, *, on: bool) -> None:
        """Look at something, or no longer."""
        self._chosen = [known for known in self._chosen if known != code] + ([code] if on else [])
        self._tell()

    def typed(self) -> Any:
        return self.codes

    def type_again(self, typed: Any, /) -> None:
        self.show(typed)


class ItemForm(RegisterForm):
    """An item of a checklist, with what is looked at for it."""

    def make_parts(self) -> dict[str, Any]:
        self._measures = Measures(self._session)
        return {"measures": self._measures}

    def inside(self, box: QVBoxLayout) -> None:
        super().inside(box)
        box.addLayout(row(self._measures.button, None))
        box.addWidget(self._measures.words)

    def fill(self, values: Mapping[str, Any]) -> None:
        super().fill(values)
        self._measures.show(values.get("judged", ""))

    def made(self, values: dict[str, Any]) -> Any:
        return super().made(values | {"judged": self._measures.codes})
