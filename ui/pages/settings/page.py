"""设置: the look, tables in and out, the ledger file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from app import PROGRAM, VERSION
from app.backups import BackupReason
from app.checks.records import ledger_findings
from app.year.ledger import load_year
from ui.house.handing_over import hand_over
from ui.house.preferences import IDLE_MINUTES
from ui.house.session import Session
from ui.house.ways import Place, ToDraft, ToImport, ToView
from ui.importing import ImportPanel
from ui.kit.basic import Card, button, label, row
from ui.kit.editors import combo
from ui.kit.messages import ask
from ui.kit.page import Page
from ui.kit.segmented import Segmented
from ui.kit.theme import theme
from ui.pages.settings.figures import FiguresView
from ui.pages.settings.lists import ListsView
from ui.pages.settings.packs import PacksView
from ui.pages.settings.rules import RulesView
from ui.pages.settings.templates import TemplatesView
from ui.record.exporting import ask_and_write
from ui.record.form import may_leave

VIEWS: dict[str, Callable[..., Any]] = {
    "lists": ListsView,
    "rules": RulesView,
    "figures": FiguresView,
    "packs": PacksView,
    "templates": TemplatesView,
}
"""The views that are made when they are first turned to."""


class SettingsPage(Page):
    """设置."""

    title = "设置"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        look = theme()
        self.importing = ImportPanel(lambda: session.ledger, session.today, session.tasks, before=self._back_up)
        bring = Card(padding=14)
        bring.body.addWidget(
            label(
                "认得 .xlsx、.xls、.ods 和 .csv，表头自己找。先看每一行，有错就地改；已有的记录，勾上才会改。",
                "secondary",
                wrap=True,
            )
        )
        bring.body.addWidget(self.importing, 1)
        general = QWidget()
        columns = QHBoxLayout(general)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(look.px(16))
        cards = (
            self._look_card(),
            self._password_card(),
            self._export_card(),
            self._file_card(),
            self._handover_card(),
        )
        for own in (cards[:3], cards[3:]):
            side = QVBoxLayout()
            side.setSpacing(look.px(16))
            for card in own:
                side.addWidget(card)
            side.addStretch(1)
            columns.addLayout(side, 1)
        self.views = Segmented(
            [
                ("general", "常用"),
                ("import", "导入表格"),
                ("lists", "名单和节假日"),
                ("rules", "规则"),
                ("figures", "全部规定"),
                ("packs", "规则包"),
                ("templates", "上级模板"),
            ]
        )
        self.views.chosen.connect(lambda _: self._turn())
        self.head.insertWidget(2, self.views)
        self._made: dict[str, Any] = {}
        self._stack = QStackedWidget()
        self._stack.addWidget(general)
        self._stack.addWidget(bring)
        self.body.addWidget(self._stack, 1)

    def _turn(self) -> None:
        code = self.views.current
        if code in VIEWS and code not in self._made:
            self._made[code] = VIEWS[code](self._session, self.attempt)
            self._stack.addWidget(self._made[code])
        own = self._made.get(code)
        if own is not None:
            self._stack.setCurrentWidget(own)
        else:
            self._stack.setCurrentIndex(("general", "import").index(code))
        self.refresh()

    def _look_card(self) -> Card:
        card = Card("外观")
        preferences = self._session.preferences
        dark = Segmented([("light", "浅色"), ("dark", "深色")])
        dark.choose("dark" if preferences.dark else "light")
        size = Segmented([("100", "标准"), ("125", "大"), ("150", "特大")])
        size.choose(str(preferences.percent))

        def take_dark(key: str) -> None:
            preferences.dark = key == "dark"
            preferences.save()
            self._session.look_changed.emit()

        def take_size(key: str) -> None:
            preferences.percent = int(key)
            preferences.save()
            self._session.look_changed.emit()

        dark.chosen.connect(take_dark)
        size.chosen.connect(take_size)
        card.body.addLayout(row(label("颜色", "secondary"), None, dark))
        card.body.addLayout(row(label("文字大小", "secondary"), None, size))
        return card

    def _back_up(self) -> None:
        self._session.safekeeping.now(BackupReason.IMPORT)

    def _password_card(self) -> Card:
        card = Card("密码")
        session = self._session
        wanted = session.password_wanted
        if not session.secret:
            words = "没有密码：拿到文件的人都能看到内容。"
            card.body.addLayout(
                row(
                    label(words, "secondary", wrap=True),
                    button("设置密码…", lambda: wanted.emit(True), kind="small", icon="lock_closed"),
                )
            )
            return card
        words = "整个文件和备份都已加密。"
        buttons = [
            button("修改…", lambda: wanted.emit(True), kind="small"),
            button("取消密码…", lambda: wanted.emit(False), kind="small"),
        ]
        card.body.addLayout(row(label(words, "secondary"), None, *buttons))
        idle = combo(["不自动锁定" if not m else f"{m} 分钟" for m in IDLE_MINUTES], accessible="无操作多久后锁定")
        idle.setCurrentIndex(IDLE_MINUTES.index(session.preferences.idle_minutes))

        def take(index: int) -> None:
            session.preferences.idle_minutes = IDLE_MINUTES[index]
            session.preferences.save()

        idle.currentIndexChanged.connect(take)
        card.body.addLayout(row(label("无操作多久后锁定", "secondary"), None, idle))
        return card

    def _export_card(self) -> Card:
        card = Card("导出表格")
        card.body.addWidget(label("所选年度的任何一个清单，存为 .xlsx", "secondary"))
        self._lists = button("选择清单…", self._offer_lists, kind="small", icon="table")
        card.body.addLayout(row(self._lists, None))
        return card

    def _offer_lists(self) -> QMenu:
        """A menu of every list."""
        from app.exchange.lists import list_titles

        menu = QMenu(self)
        for code, title in list_titles().items():
            menu.addAction(title, lambda code=code: ask_and_write(self, self._session, code))
        menu.popup(self._lists.mapToGlobal(self._lists.rect().bottomLeft()))
        return menu

    def _handover_card(self) -> Card:
        card = Card("换人移交")
        words = "生成一个台账文件和一份移交清单，拷到新电脑上就能打开。台账有密码的，移交文件用同一个密码。"
        card.body.addWidget(label(words, "secondary", wrap=True))
        card.body.addLayout(row(button("生成移交包…", self.hand_over, kind="small", icon="folder_open"), None))
        return card

    def hand_over(self) -> None:
        """Ask for a folder and write the package into it."""
        name = QFileDialog.getExistingDirectory(self, "移交包放在哪个文件夹", str(self._session.path.parent))
        if name:
            self.write_package(Path(name))

    def write_package(self, folder: Path) -> None:
        """Write the package into a folder and say what it is called."""
        session = self._session

        def write() -> None:
            ledger = load_year(session.ledger, session.today().year)
            package, listed = hand_over(session.vault, ledger, session.path, folder, session.today())
            session.say(f"已生成 {package.name} 和 {listed.name}")

        self.attempt(write)

    def _file_card(self) -> Card:
        card = Card("台账文件")
        self._path = label("", "secondary", wrap=True)
        card.body.addWidget(self._path)
        check = button("检查台账", self.check, kind="small")
        other = button("打开其他台账", self._session.leaving.emit, kind="small", icon="folder_open")
        card.body.addLayout(row(check, other, None))
        self._repair = button("修复…", self.repair, kind="small")
        self._repair.hide()
        card.body.addLayout(row(self._repair, None))
        self._checked = label("", "secondary", wrap=True)
        card.body.addWidget(self._checked)
        card.body.addWidget(label(f"{PROGRAM} {VERSION} · 不联网，所有内容只在这一个文件里", "caption", wrap=True))
        return card

    def refresh(self) -> None:
        self._path.setText(str(self._session.path))
        made = self._made.get(self.views.current)
        if made is not None:
            made.refresh()

    def __getattr__(self, name: str) -> Any:
        """The views by their codes; None while one was not turned to."""
        if name in VIEWS:
            return self._made.get(name)
        raise AttributeError(name)

    def leave(self) -> bool:
        forms = [self._made[code].form for code in ("rules", "figures") if code in self._made]
        return may_leave(forms)

    def open_with(self, place: Place) -> None:
        view = place.view if isinstance(place, ToView) else ""
        view = str(place.content.get("view") or "rules") if isinstance(place, ToDraft) else view
        self.views.choose("import" if isinstance(place, ToImport) else view or "general")
        self._turn()
        if isinstance(place, ToDraft):
            self._made[view].form.resume(place)
        if isinstance(place, ToImport):
            self.importing.choose_kind(place.table)
            self.importing.setFocus()

    def check(self) -> None:
        """Check the file and the records, and say what was found."""

        def look() -> None:
            faults = self._session.ledger.check()
            self._repair.setVisible(bool(faults))
            found = faults or ledger_findings(self._session.ledger, self._session.today())
            more = f"\n等 {len(found)} 处" if len(found) > 20 else ""
            self._checked.setText("\n".join(found[:20]) + more if found else "台账文件完好，记录没有矛盾。")

        self.attempt(look)

    def repair(self) -> None:
        """Mend the file after a copy of it was put aside, then look again."""
        if not ask(self, "修复台账？", "修复前会先把现在的文件另存一份；修复也可以撤销。", "修复"):
            return
        session = self._session

        def mend() -> None:
            session.vault.copy_aside(session.path)
            done = session.ledger.repair()
            self.check()
            left = self._checked.text()
            self._checked.setText("\n".join([*(f"已修复：{line}" for line in done), left]))

        self.attempt(mend)
