"""复制到填报平台: the fields of a record one below the other, each copied with one key, marked when it was."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.exchange.copy_texts import CopiedText, CopyText, copy_texts, note_copied
from ui.house.session import Session
from ui.kit.basic import button, clear, label, line, row, scrolled, sized
from ui.kit.clipboard import copy_briefly
from ui.kit.theme import theme


class CopyDialog(QDialog):
    """A window that stays beside the platform's."""

    def __init__(self, session: Session, subject: str, record: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._subject, self._record = session, subject, record
        self.setWindowTitle("复制到填报平台")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sized(self, 560, 600)
        inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setSpacing(theme().px(6))
        box = QVBoxLayout(self)
        box.addWidget(label("点“复制”，再到平台的栏目里粘贴。字数上限是常见值，以平台提示为准。", "caption", wrap=True))
        box.addWidget(scrolled(inner), 1)
        box.addLayout(row(None, button("关闭", self.close)))
        self.refresh()

    def fields(self) -> list[CopyText]:
        """The fields as the ledger has them now."""
        from app.exchange.filling import fields_of, own_field_names

        found = fields_of(self._session.ledger_of_year(), self._subject, self._record)
        # What is of the record first, then what is the same for all.
        values = {name: found[name] for name in (*own_field_names(self._subject), *found)}
        copied = self._session.ledger[CopiedText].all(owner=self._subject, owner_id=self._record)
        return copy_texts(self._subject, self._record, values, copied)

    def refresh(self) -> None:
        """Show each field with its length and its mark."""
        clear(self._list)
        for item in self.fields():
            count = f"{len(item.text)}/{item.limit} 字" if item.limit else f"{len(item.text)} 字"
            over = f"，超出 {item.over} 字" if item.over else ""
            mark = "" if item.copied_on is None else f"{item.copied_on} 已复制" + ("，之后改过" if item.changed else "")
            copy = button("复制", lambda item=item: self.copy(item), kind="small")
            copy.setAccessibleName(f"复制{item.field}")
            tone = "warning" if item.over or item.changed else "caption"
            self._list.addLayout(
                row(label(item.field, "head"), label(f"{count}{over}", tone), None, label(mark, tone), copy)
            )
            shown = item.text if len(item.text) <= 200 else item.text[:200] + "…"
            self._list.addWidget(label(shown, "secondary", wrap=True))
            self._list.addWidget(line())
        self._list.addStretch(1)

    def copy(self, item: CopyText) -> None:
        """Put a field onto the clipboard, for a minute, and remember that it was."""
        copy_briefly(item.text)
        note_copied(self._session.ledger, self._subject, self._record, item.field, item.text, self._session.today())
        self.refresh()
