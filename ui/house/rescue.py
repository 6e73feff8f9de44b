"""A ledger that cannot be opened: what happened, and the backups that can take its place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.backups import Backup
from app.dates import chinese_minute
from app.errors import AppError, Damaged, PasswordNeeded
from ui.house.host import Host
from ui.kit.basic import Card, button, clear, label, line, row
from ui.kit.messages import Bar
from ui.kit.theme import theme

SHOWN = 6


class Rescue(QWidget):
    """Offers the newest backup that counts; when that one fails too, the next older."""

    def __init__(self, desk: Host, path: Path, error: AppError) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self._path = path
        self._failed: set[Path] = set()
        card = Card(padding=28)
        card.setFixedWidth(theme().px(640))
        card.body.addWidget(label("这个台账打不开", "title"))
        card.body.addWidget(label(str(error), wrap=True))
        card.body.addWidget(label(f"文件：{path}", "caption", wrap=True))
        card.body.addWidget(
            label("程序没有改动这个文件。恢复时它会另外留存，备份里的内容不会丢。", "secondary", wrap=True)
        )
        self.bar = Bar()
        card.body.addWidget(self.bar)
        self._list = QVBoxLayout()
        card.body.addLayout(self._list)
        self._retry = button("重试", self._again, icon="history")
        card.body.addLayout(row(self._retry, None, button("其他台账", self._other)))
        box = QVBoxLayout(self)
        box.addStretch(1)
        box.addWidget(card, alignment=Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(1)
        self.fill()

    @property
    def choices(self) -> list[Backup]:
        """The backups that may still help, those that count first, newest first."""
        found = [b for b in self._desk.vault.backups(self._path) if b.path not in self._failed]
        return sorted(found, key=lambda b: b.verified, reverse=True)

    def fill(self) -> None:
        """List the backups; the first is the one to take."""
        clear(self._list)
        self.setFocusProxy(self._retry)
        for number, backup in enumerate(self.choices[:SHOWN]):
            self._list.addWidget(line())
            words = f"{chinese_minute(backup.made_at)} 的{backup.reason.value}备份"
            state = "已检查" if backup.verified else "没有检查记录"
            if backup.counts:
                state += "，" + "、".join(f"{word} {n}" for word, n in list(backup.counts.items())[:3])
            kind = "primary" if number == 0 else "small"
            go = button("恢复这个备份", lambda backup=backup: self.take(backup), kind=kind)
            go.setAccessibleDescription(words)
            if number == 0:
                self.setFocusProxy(go)
            texts = QVBoxLayout()
            texts.addWidget(label(words, "head" if number == 0 else ""))
            texts.addWidget(label(state, "caption"))
            self._list.addLayout(row(texts, None, go))
            if number == 0:
                self._list.addWidget(label(self._missing(backup), "warning", wrap=True))

    def _missing(self, backup: Backup) -> str:
        steps = self._desk.vault.missing_since(self._path, backup)
        if steps:
            shown = "；".join(steps[-5:])
            return f"这个备份之后还做过 {len(steps)} 步，恢复后需要补记：{shown}"
        return f"{chinese_minute(backup.made_at)} 以后记的内容不在这个备份里，恢复后请核对补记。"

    def take(self, backup: Backup) -> None:
        """Restore a backup and open the ledger."""
        try:
            self._desk.restore_and_open(backup, self._path)
        except PasswordNeeded:
            self._desk.ask_password(self._path, lambda word: self._desk.restore_and_open(backup, self._path, word))
        except Damaged as error:
            self._failed.add(backup.path)
            self.fill()
            self.bar.show_text(f"{error} 请用更早的一个。")
        except AppError as error:
            self.bar.show_error(error)

    def _again(self) -> None:
        self._desk.try_open(self._path)

    def _other(self) -> None:
        self._desk.show_welcome()
