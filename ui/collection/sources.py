"""报送情况: what was handed in, what was set aside and why, who has not handed in; and the collecting itself."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QStackedWidget

from app.collection.collecting import Order, Outcome, collect
from app.collection.collection import SourceState
from app.collection.structure import read_structure
from app.errors import AppError
from app.year.extract import DETAILS, Detail
from ui.collection.office import Office
from ui.kit.basic import Card, button, label, row
from ui.kit.editors import combo, line_edit
from ui.kit.page import Page
from ui.kit.table import Column, Table
from ui.kit.theme import theme

TONES = {
    SourceState.TAKEN: "ok",
    SourceState.OLDER: "plain",
    SourceState.SAME: "plain",
    SourceState.REFUSED: "missing",
    SourceState.LOCKED: "due",
}


class SourcesPage(Page):
    """报送情况."""

    title = "报送情况"
    _progress = Signal(int, int)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._stop = Event()
        self.busy = False
        self.structure_button = self.add_action(button("组织架构表…", self._choose_structure, icon="building"))
        self.dataset_button = self.add_action(button("导出数据集…", self._choose_dataset, icon="arrow_download"))
        self.collect_button = self.add_action(
            button(
                "收报送…", self._choose_folder, kind="primary", icon="folder_open", tip="选支部交来的文件夹，可以重复收"
            )
        )
        self.password = line_edit(hint="报送包密码，没有可以不填")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName("报送包密码")
        self.password.setFixedWidth(theme().px(240))
        self.detail = combo([detail.words for detail in DETAILS], accessible="直接读台账文件时")
        self.detail.setToolTip("文件夹里有支部的台账文件（.zbtz）时，从里面读多少；报送包按支部选的报")
        self._state = label("", "secondary")
        self.stop_button = button("停下", self._stop.set, kind="small")
        self.stop_button.hide()
        self.body.addLayout(row(self.password, label("台账文件"), self.detail, self._state, self.stop_button, None))
        self.table = Table(
            "收到的文件",
            (
                Column("文件", lambda f: Path(f[1]).name, 190, strong=True, tip=lambda f: f[1]),
                Column("结果", lambda f: f[2], 96, tone=lambda f: TONES.get(f[2], "plain")),
                Column("支部", lambda f: f[4] or "", 150),
                Column("年度", lambda f: str(f[5] or ""), 56),
                Column("截至", lambda f: str(f[6] or ""), 92),
                Column("内容", lambda f: Detail(f[8]).words if f[8] else "", 96),
                Column("说明", lambda f: f[3], 200, stretch=True, tip=lambda f: f[3]),
            ),
            lambda f: f"{f[1]} {f[4] or ''}",
        )
        self.table.opened.connect(lambda file: office.branch_wanted.emit(file[0]))
        card = Card("还没有报送")
        self.absent = QPlainTextEdit()
        self.absent.setReadOnly(True)
        self.absent.setAccessibleName("催报名单")
        self._no_structure = label(
            "选一张组织架构表（支部、代码、党总支、党委，合并了的写并入），就能看出谁还没有报。", "secondary", wrap=True
        )
        self._who = QStackedWidget()
        self._who.addWidget(self._no_structure)
        self._who.addWidget(self.absent)
        card.body.addWidget(self._who, 1)
        self.copy_button = button("复制催报名单", self.copy, kind="small")
        card.body.addLayout(row(None, self.copy_button))
        self._renamed = label("", "caption", wrap=True)
        card.body.addWidget(self._renamed)
        middle = QHBoxLayout()
        middle.setSpacing(theme().px(12))
        middle.addWidget(self.table, 3)
        middle.addWidget(card, 1)
        self.body.addLayout(middle, 1)
        self._progress.connect(lambda done, whole: self._state.setText(f"正在收 {done}/{whole} 个文件…"))

    def refresh(self) -> None:
        office = self._office
        found = office.collection.ask("sources")
        self.table.set_rows(found, keep=lambda file: file[0])
        taken = sum(file[2] == SourceState.TAKEN for file in found)
        away = sum(file[2] in (SourceState.REFUSED, SourceState.LOCKED) for file in found)
        self.head_facts.setText(f"{len(found)} 个文件 · 采用 {taken} · 没有收下 {away}")
        lines = [
            "　".join(part for part in (" › ".join(p for p in (committee, general) if p), branch, code) if part)
            for committee, general, branch, code in office.collection.ask("not_handed_in", year=office.year)
        ]
        lines += [
            f"{branch}（{year} 年报过）"
            for _, branch, year in office.collection.ask("earlier_branches", year=office.year)
        ]
        self.absent.setPlainText("\n".join(lines) or "都报了。")
        placed = bool(lines) or bool(office.collection.ask("placed_count")[0][0])
        self._who.setCurrentIndex(int(placed))
        self.copy_button.setEnabled(bool(lines))
        names: dict[str, list[str]] = {}
        for branch_id, name, _ in office.collection.ask("renamed"):
            names.setdefault(branch_id, []).append(name)
        renamed = ["／".join(used) for used in names.values()]
        told = ["用过不同名称的支部：" + "；".join(renamed)] if renamed else []
        merged = [self._merged(*row) for row in office.collection.ask("merged")]
        self._renamed.setText("\n".join([*told, "已合并的支部：" + "；".join(merged)] if merged else told))

    def _merged(self, branch: str, _: str, into: str, last: int | None) -> str:
        """A branch that became a part of another; that it still hands up is told."""
        told = f"，最后报 {last} 年" if last and last < self._office.year else ""
        told = f"，{last} 年还报了，请核对" if last and last >= self._office.year else told
        return f"{branch} → {into}{told}"

    def copy(self) -> None:
        """Put the list of who has not handed in on the clipboard."""
        QGuiApplication.clipboard().setText(
            f"{self._office.year} 年度还没有报送的党支部：\n{self.absent.toPlainText()}"
        )
        self._office.said.emit("已复制催报名单")

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "支部交来的文件夹", str(self._office.path.parent))
        if chosen:
            self.gather(Path(chosen))

    def gather(self, folder: Path) -> None:
        """Collect what is new in a folder, on the worker; the pages wait until it is done."""
        office = self._office
        order = Order((folder,), office.year, office.today(), office.today(), self.password.text(), self._detail())
        self._stop.clear()
        self._wait(on=True)
        # While files come in, only the worker uses the collection.
        office.tasks.start(
            lambda: collect(office.collection, order, office.collections.take, self._progress.emit, self._stop.is_set),
            self._gathered,
            self._failed,
            owner=self,
        )

    def _detail(self) -> Detail:
        """How much is read of ledgers."""
        return DETAILS[self.detail.currentIndex()]

    def _wait(self, *, on: bool) -> None:
        self.busy = on
        self.stop_button.setVisible(on)
        for made in (self.collect_button, self.structure_button, self.dataset_button, self.table):
            made.setEnabled(not on)
        self._state.setText("正在收…" if on else "")

    def _gathered(self, outcome: Outcome) -> None:
        self._wait(on=False)
        self._office.renew()
        stopped = "，已停下，下次接着收" if self._stop.is_set() else ""
        text = f"共 {outcome.files} 个文件，新的 {outcome.new} 个：收下 {outcome.taken} 个"
        text += f"，没有收下 {outcome.away} 个，原因见下表" if outcome.away else ""
        self.bar.show_text(text + stopped, "warning" if outcome.away else "info")

    def _failed(self, error: BaseException) -> None:
        self._wait(on=False)
        self._office.renew()
        if not isinstance(error, AppError):
            raise error
        self.bar.show_error(error)

    def _choose_structure(self) -> None:
        tables = "表格 (*.xlsx *.xls *.ods *.csv)"
        chosen, _ = QFileDialog.getOpenFileName(self, "组织架构表", str(self._office.path.parent), tables)
        if chosen:
            self.attempt(lambda: self.take_structure(Path(chosen)))

    def take_structure(self, path: Path) -> None:
        """Take the structure of the committee from a table; raises AppError."""
        placed = read_structure(path)
        self._office.collection.place(placed)
        self._office.renew()
        self._office.said.emit(f"已读入 {len(placed)} 个支部")

    def _choose_dataset(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "数据集放到哪个文件夹", str(self._office.path.parent))
        if chosen:
            self.attempt(lambda: self.write_dataset(Path(chosen) / f"{self._office.path.stem}-数据集"))

    def write_dataset(self, folder: Path) -> None:
        """Write everything as a Parquet dataset; raises AppError."""
        folder.mkdir(exist_ok=True)
        count = self._office.collection.dataset(folder)
        self._office.said.emit(f"已导出数据集 {count} 个文件")

    def leave(self) -> bool:
        return not self.busy
