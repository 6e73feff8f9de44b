"""历史与备份: everything that was done, the trash, and the backups, each with its way back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.backups import Backup, BackupReason
from app.dates import chinese_minute
from app.exchange.export import export_audit
from app.history import Action, ActionKind, Change
from app.record import Record
from app.wording import in_words, main_first, names_of, summary, title
from ui.house.session import Session
from ui.house.ways import Place, ToHistory, ToView
from ui.kit.basic import Card, button, clear, label, line, row, scrolled
from ui.kit.empty import Empty
from ui.kit.files import ask_workbook, write_bytes
from ui.kit.page import Page
from ui.kit.segmented import Segmented
from ui.kit.table import Column, Table
from ui.kit.theme import theme

VIEWS = (("actions", "操作历史"), ("trash", "回收站"), ("backups", "备份"))
EMPTY = {
    "actions": "",
    "trash": "这里是删除的记录，随时可以恢复。现在是空的。",
    "backups": "备份是另存的整本台账，程序每天做一次，打不开或改错了从这里恢复。现在还没有。",
}
SHOWN_CHANGES = 30


class HistoryPage(Page):
    """历史与备份."""

    title = "历史与备份"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._actions: list[Action] = []
        self._names = names_of(session.ledger, session.ledger.history)
        look = theme()
        self._export = self.add_action(button("导出清单", self.export, icon="table"))
        self._second = self.add_action(button("第二备份位置…", self.choose_second, icon="folder_open"))
        self.add_action(button("立即备份", self.back_up, kind="primary", icon="save", tip="Ctrl+N"))
        self.views = Segmented(VIEWS)
        self.views.chosen.connect(lambda _: self.refresh())
        self._record: tuple[type[Record], int] | None = None
        self._read: Action | None = None
        self._only = button("", self._show_all, kind="link")
        self.body.addLayout(row(self.views, self._only, None))
        self.tables = {"actions": self._action_table(), "trash": self._trash_table(), "backups": self._backup_table()}
        card = Card(padding=4)
        for table in self.tables.values():
            table.selected.connect(self._show_detail)
            card.body.addWidget(table)
        self._empty = Empty("", "", button("立即备份", self.back_up, icon="save"))
        card.body.addWidget(self._empty)
        self._pane = Card()
        self._pane.setFixedWidth(look.px(344))
        inner = QWidget()
        self._detail = QVBoxLayout(inner)
        self._detail.setContentsMargins(0, 0, look.px(4), 0)
        self._pane.body.addWidget(scrolled(inner), 1)
        middle = QHBoxLayout()
        middle.setSpacing(look.px(16))
        middle.addWidget(card, 1)
        middle.addWidget(self._pane)
        self.body.addLayout(middle, 1)
        session.safekeeping.told.connect(self._backed_up)

    @staticmethod
    def _action_table() -> Table:
        columns = (
            Column("时间", lambda a: f"{a.made_at:%Y-%m-%d %H:%M}", 140, order=lambda a: a.id),
            Column("操作", lambda a: a.name, 240, strong=True, stretch=True),
            Column("序号", lambda a: str(a.id), 60, right=True, order=lambda a: a.id),
        )
        return Table("操作历史", columns, lambda a: a.name)

    def _trash_table(self) -> Table:
        columns = (
            Column("删除时间", lambda a: f"{a.made_at:%Y-%m-%d %H:%M}", 140, order=lambda a: a.id),
            Column("操作", lambda a: a.name, 120, strong=True),
            Column("内容", self._about, 240, stretch=True),
        )
        return Table("回收站", columns, lambda a: a.name)

    @staticmethod
    def _backup_table() -> Table:
        columns = (
            Column("备份时间", lambda b: f"{b.made_at:%Y-%m-%d %H:%M}", 140, strong=True, order=lambda b: b.made_at),
            Column("原因", lambda b: b.reason.value, 90),
            Column("大小", lambda b: f"{b.size / 1048576:.1f} MB", 80, right=True, order=lambda b: b.size),
            Column(
                "检查",
                lambda b: "已通过" if b.verified else "未通过",
                90,
                tone=lambda b: "ok" if b.verified else "missing",
            ),
            Column("文件", lambda b: b.path.name, 200, stretch=True),
        )
        return Table("备份列表", columns, lambda b: b.path.name)

    def refresh(self) -> None:
        view = self.views.current
        history, kept = self._session.ledger.history, self._session.safekeeping
        self._names = names_of(self._session.ledger, history)
        kept.list = self._session.vault.backups(self._session.path)
        everything = history.of(*self._record) if self._record else history.actions()
        self._actions = everything[::-1]
        trash = history.deletions()
        rows = {"actions": self._actions, "trash": trash, "backups": kept.list}
        for code, words in VIEWS:
            self.views.set_text(code, f"{words} {len(rows[code])}")
            table = self.tables[code]
            table.show_rows(rows[code], keep=lambda item: getattr(item, "id", None) or getattr(item, "path", None))
            table.setVisible(code == view and bool(rows[code]))
        self._empty.show_text(EMPTY[view])
        self._empty.buttons[0].setVisible(view == "backups")
        self._empty.setVisible(not rows[view])
        self._only.setVisible(self._record is not None and view == "actions")
        self._export.setVisible(view != "backups")
        self._second.setVisible(view == "backups")
        text, _ = kept.in_words(self._session.today())
        self.head_facts.setText(f"{text} · 每一步都能撤销，删除的随时能恢复")
        self._show_detail(self.tables[view].current())
        if kept.trouble:
            self.bar.show_text(kept.trouble)

    def open_with(self, place: Place) -> None:
        self._record = (place.kind, place.id) if isinstance(place, ToHistory) else None
        if self._record:
            kind, id = self._record
            found = self._session.ledger.history.of(kind, id)
            self._only.setText(f"只看：{self._called(found[-1].changes[-1]) if found else ''}　✕")
            self._only.setAccessibleName("取消只看")
        self.views.choose(place.view if isinstance(place, ToView) and place.view else "actions")
        self.refresh()

    def _show_all(self) -> None:
        self._record = None
        self.refresh()

    def _about(self, action: Action) -> str:
        gone = main_first([change for change in action.changes if change.after is None])
        return self._called(gone[0]) if gone else ""

    def _called(self, change: Change) -> str:
        return title(change.kind, change.after or change.before or {}, self._names)

    # --- the detail beside ---

    def _show_detail(self, item: Action | Backup | None) -> None:
        clear(self._detail)
        self._pane.setVisible(item is not None)
        if isinstance(item, Backup):
            self._show_backup(item)
        elif item is not None:
            # What an action changed stays what it was: one that is shown again is not read again.
            if self._read is None or self._read.id != item.id:
                self._read = self._session.ledger.history.action(item.id)
            self._show_action(self._read)
        self._detail.addStretch(1)

    def _show_action(self, action: Action) -> None:
        box, names = self._detail, self._names
        box.addWidget(label(action.name, "head", wrap=True))
        box.addWidget(label(f"{chinese_minute(action.made_at)}:{action.made_at:%S} · 第 {action.id} 步", "secondary"))
        if action.kind is not ActionKind.BEGIN:
            trash = self.views.current == "trash"
            text = "恢复" if trash else "撤回这一步"
            box.addLayout(row(button(text, lambda: self.take_back(action), kind="small", icon="arrow_undo"), None))
        box.addWidget(label(summary(action), "secondary", wrap=True))
        for change in main_first(action.changes)[:SHOWN_CHANGES]:
            told = in_words(change, names)
            box.addWidget(line())
            box.addWidget(label(told.about, wrap=True))
            lines = [_told(*field, gone=change.after is None) for field in told.fields]
            if lines:  # one label for all: hundreds of them take the time in which one looks for the next step
                box.addWidget(label("\n".join(lines), "caption", wrap=True))
        if len(action.changes) > SHOWN_CHANGES:
            box.addWidget(label(f"另有 {len(action.changes) - SHOWN_CHANGES} 处，见导出的清单", "caption"))

    def take_back(self, action: Action) -> None:
        """Reverse one action, whenever it was."""
        if self.attempt(lambda: self._session.ledger.history.take_back(action.id)):
            self._session.say(f"已撤回：{action.name}", undo=True)

    def _show_backup(self, backup: Backup) -> None:
        box = self._detail
        box.addWidget(label(chinese_minute(backup.made_at), "head"))
        state = "已打开检查过，校验值已登记" if backup.verified else "没有检查记录，恢复前会先检查"
        box.addWidget(label(f"{backup.reason.value}备份 · {state}", "secondary", wrap=True))
        for word, number in backup.counts.items():
            box.addLayout(row(label(word, "secondary"), None, label(str(number))))
        later = self._session.ledger.history.head()[0] - backup.actions
        box.addWidget(line())
        text = f"此后又做了 {later} 步操作，恢复后会回到备份时的样子。" if later > 0 else "与现在的台账相同。"
        box.addWidget(label(text, wrap=True))
        box.addWidget(label("恢复前，现在的台账会另存一份，不会丢失。", "secondary", wrap=True))
        go = button("恢复到这个备份", lambda: self._session.restoring.emit(backup), kind="small", icon="history")
        box.addLayout(row(go, None))
        box.addWidget(label(str(backup.path), "caption", wrap=True))

    # --- verbs of the page ---

    def back_up(self) -> None:
        """Make a backup by hand: it is never removed."""
        self.views.choose("backups")
        if self.attempt(lambda: self._session.safekeeping.now(BackupReason.MANUAL)):
            self._session.say("已备份，并打开检查过")

    def _backed_up(self) -> None:
        if self.isVisible():
            self.refresh()

    def choose_second(self) -> None:
        """Ask for a second place of the backups, such as a USB stick."""
        preferences = self._session.preferences
        start = preferences.second_place or str(Path.home())
        chosen = QFileDialog.getExistingDirectory(self, "第二备份位置（如U盘上的文件夹）", start)
        if chosen:
            preferences.second_place, preferences.second_at = chosen, ""
            preferences.save()
            self.back_up()

    def export(self) -> None:
        """The whole history as a workbook."""
        if path := ask_workbook(self, "导出变更历史", self._session.path.parent / "变更历史.xlsx"):
            self._write(path, lambda: self._session.say(f"已导出 {path.name}"))

    def _write(self, path: Path, done: Callable[[], object]) -> None:
        history = self._session.ledger.history
        actions = [history.action(action.id) for action in history.actions()]
        if self.attempt(lambda: write_bytes(path, export_audit(actions, self._names))):
            done()


def _told(name: str, before: str, after: str, *, gone: bool) -> str:
    """What became of one field."""
    if before and after:
        return f"{name}：{_short(before)} → {_short(after)}"
    if before:
        return f"{name}：{_short(before)}" + ("" if gone else " → 空")
    return f"{name}：{_short(after)}"


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"


def make(session: Session) -> Page:
    """The page for a session."""
    return HistoryPage(session)
