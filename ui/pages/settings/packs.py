"""规则包: what superiors sent, taken in after a look at what it changes; the branch's own written out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.errors import Refused
from app.rules.changes import RulePack, changes_by, own_pack, remove_pack, take_pack
from app.rules.packs import SUFFIX, pack_file, read_pack
from ui.house.session import Session
from ui.kit.basic import Card, button, label, row
from ui.kit.messages import ask
from ui.kit.table import Column, Table
from ui.kit.theme import theme

PACKS = (
    Column("规则包", lambda p: p.title, 140, strong=True, stretch=True, tip=lambda p: f"{p.title}\n{p.issuer}"),
    Column("层级", lambda p: p.layer, 72, tone=lambda p: "info" if p.layer == "上级" else "due"),
    Column("导入日期", lambda p: str(p.taken_on), 100),
)
CHANGED = (
    Column("规定", lambda d: d.caption, 140, stretch=True, tip=lambda d: f"{d.caption}\n依据：{d.source}"),
    Column("原来", lambda d: d.was or "没有", 72),
    Column("改为", lambda d: d.becomes or "不再执行", 80, strong=True),
)
SHOWN_IN_QUESTION = 8


class PacksView(QWidget):
    """The packs on the left, what the chosen one changes today on the right."""

    def __init__(self, session: Session, attempt: Callable[[Callable[[], Any]], bool]) -> None:
        super().__init__()
        self._session, self._attempt = session, attempt
        self.table = Table("规则包", PACKS, lambda p: p.title)
        self.table.selected.connect(self._choose)
        self.table.removed.connect(self.remove)
        self._empty = label(
            "上级发来的规则包（.zbgz）从U盘导入：先看会改变什么，再决定要不要。导入以后按包里写的起止日期执行，可以撤销。",
            "secondary",
            wrap=True,
        )
        left = Card("规则包", padding=12)
        left.body.addLayout(
            row(
                button("导入…", self.choose_file, kind="small", icon="arrow_import"),
                button("移除", lambda: self.remove(self.table.current()), kind="small", icon="delete"),
                None,
                button("导出自定规则…", self.write_own, kind="small", icon="arrow_download"),
            )
        )
        left.body.addWidget(self._empty)
        left.body.addWidget(self.table, 1)
        self.changed = Table("改变了什么", CHANGED, lambda d: d.caption)
        right = Card("这个规则包今天改变了什么", padding=12)
        right.body.addWidget(self.changed, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme().px(16))
        whole.addWidget(left, 1)
        whole.addWidget(right, 1)

    def refresh(self) -> None:
        """Show the packs of the ledger."""
        self.table.set_rows(self._session.ledger[RulePack].all(), keep=lambda p: p.id)
        if self.table.current() is None:
            self.table.selectRow(0)
        self._choose(self.table.current())

    def _choose(self, item: RulePack | None) -> None:
        if item is None:
            self.changed.set_rows(())
            return
        self.changed.set_rows(changes_by(self._session.ledger, read_pack(item.text), self._session.today()))

    def choose_file(self) -> None:
        """Ask for a file and take it in."""
        name, _ = QFileDialog.getOpenFileName(self, "导入规则包", "", f"规则包 (*{SUFFIX} *.toml);;所有文件 (*)")
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Say what a pack would change, and take it in when that is wanted."""
        self._attempt(lambda: self._take(path))

    def _take(self, path: Path) -> None:
        text = pack_file(path)
        pack = read_pack(text)
        lines = [item.words for item in changes_by(self._session.ledger, pack, self._session.today())]
        more = len(lines) - SHOWN_IN_QUESTION
        lines = lines[:SHOWN_IN_QUESTION] + ([f"还有 {more} 项"] if more > 0 else [])
        told = "\n".join(lines) if lines else "今天没有变化，到包里写的日期才执行。"
        if ask(self, f"导入“{pack.title}”（{pack.layer}）？", told, "导入"):
            take_pack(self._session.ledger, text, self._session.today())
            self._session.say(f"已导入规则包“{pack.title}”", undo=True)

    def remove(self, item: RulePack | None) -> None:
        """Work no longer by a pack, with a way back."""
        if item is not None and self._attempt(lambda: remove_pack(self._session.ledger, item)):
            self._session.say(f"已移除规则包“{item.title}”", undo=True)

    def write_own(self) -> None:
        """Write the branch's own rules as a pack for others."""
        session = self._session
        branch = session.ledger_of_year().branch.name
        name, _ = QFileDialog.getSaveFileName(self, "导出本支部的规则", f"本支部规则{SUFFIX}", f"规则包 (*{SUFFIX})")
        if name:
            self._attempt(lambda: self._write(Path(name), branch))

    def _write(self, path: Path, branch: str) -> None:
        text = own_pack(self._session.ledger, f"{branch}自定规则", branch, self._session.today())
        try:
            path.write_text(text, "utf-8")
        except OSError as error:
            raise Refused(f"写不了“{path.name}”。", "请换一个文件夹，或检查磁盘空间。") from error
        self._session.say("已导出本支部的规则")
