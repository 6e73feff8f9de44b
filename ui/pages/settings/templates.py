"""上级模板: the superior's documents that are filled from the records, and the fields they may name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget, QWidget

from app.errors import Refused
from app.exchange.document_templates import LARGEST, DocumentTemplate, add_document_template, remove_document_template
from app.exchange.filling import SUBJECTS, field_names, unknown_places
from app.whole_files import whole
from ui.house.session import Session
from ui.kit.basic import Card, button, label, row
from ui.kit.editors import combo
from ui.kit.table import Column, Table
from ui.kit.theme import theme

COLUMNS = (
    Column("模板名称", lambda t: t.name, 200, strong=True, stretch=True),
    Column("填什么", lambda t: t.subject, 100, tone=lambda _: "info"),
    Column("文件名", lambda t: t.file_name, 220, tip=lambda t: t.file_name),
    Column("加入日期", lambda t: str(t.added_on), 110),
)


class TemplatesView(QWidget):
    """The templates on the left, the fields on the right."""

    def __init__(self, session: Session, attempt: Callable[[Callable[[], Any]], bool]) -> None:
        super().__init__()
        self._session = session
        self._attempt = attempt
        self.subject = combo(SUBJECTS, accessible="填什么")
        self.subject.currentTextChanged.connect(lambda _: self._show_fields())
        self.table = Table("上级模板", COLUMNS, lambda t: t.name)
        self.table.removed.connect(self.remove)
        self._empty = label(
            "把上级发的 .docx 或 .xlsx 表样里要填的地方写成 {{字段}}，加到这里；"
            "在会议、谈话、党员的“更多”里就能一键填好。",
            "secondary",
            wrap=True,
        )
        left = Card("上级模板", padding=14)
        left.body.addLayout(
            row(
                label("填什么", "secondary"),
                self.subject,
                None,
                button("删除", lambda: self.remove(self.table.current()), kind="small", icon="delete"),
                button("加入模板…", self.choose, kind="small", icon="add"),
            )
        )
        left.body.addWidget(self.table, 1)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        left.body.addWidget(self._empty, 1)
        right = Card("字段清单", padding=14)
        right.setFixedWidth(theme().px(280))
        self.fields = QListWidget()
        self.fields.setAccessibleName("字段清单")
        self.fields.itemActivated.connect(lambda item: self.copy(item.text()))
        right.body.addWidget(label("双击复制，粘贴到模板里", "caption"))
        right.body.addWidget(self.fields, 1)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(16))
        box.addWidget(left, 1)
        box.addWidget(right)
        self._show_fields()

    def refresh(self) -> None:
        """Show the templates as the ledger has them."""
        known = self._session.ledger[DocumentTemplate].all()
        self.table.set_rows(known, keep=lambda template: template.id)
        self.table.setVisible(bool(known))
        self._empty.setVisible(not known)

    def _show_fields(self) -> None:
        self.fields.clear()
        self.fields.addItems(["{{" + name + "}}" for name in field_names(self.subject.currentText())])

    def copy(self, text: str) -> None:
        """Put a field onto the clipboard."""
        QGuiApplication.clipboard().setText(text)
        self._session.say(f"已复制 {text}")

    def choose(self) -> None:
        """Ask for a file and add it."""
        name, _ = QFileDialog.getOpenFileName(self, "加入模板", str(Path.home()), "模板 (*.docx *.xlsx)")
        if name:
            self.add(Path(name))

    def add(self, path: Path) -> None:
        """Add a template for the chosen kind of record; fields that are not known are named, and it is not added."""

        def keep() -> None:
            data = whole(path, LARGEST)
            subject = self.subject.currentText()
            unknown = unknown_places(subject, path.name, data)
            if unknown:
                words = "、".join(unknown[:6])
                raise Refused(f"模板里有不认识的字段：{words}。", "请照右边的字段清单改好，再加入。")
            add_document_template(self._session.ledger, path.stem, subject, path.name, data, self._session.today())

        if self._attempt(keep):
            self._session.say("已加入模板", undo=True)
            self.refresh()

    def remove(self, template: DocumentTemplate | None) -> None:
        """Take a template out; it can be undone."""
        if template is not None and self._attempt(lambda: remove_document_template(self._session.ledger, template)):
            self._session.say("已删除一个模板", undo=True)
            self.refresh()
