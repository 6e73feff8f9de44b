"""Search over everything: pages, people, meetings, talks; by characters, pinyin or initials."""

# The stubs of Qt and pyqtgraph leave out attributes and say None where there is none.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.dates import chinese
from app.life.meetings import Meeting
from app.life.talks import Talk
from app.people.members import Member
from app.pinyin import matches
from app.ways import ToRecord
from ui.house.entries import PAGES, SETTINGS
from ui.house.session import Session
from ui.house.ways import Place, ToView
from ui.kit.basic import label
from ui.kit.theme import theme

MOST = 40


@dataclass(frozen=True)
class Hit:
    """Something found, and where it leads."""

    text: str
    place: Place


def find(session: Session, query: str) -> list[Hit]:
    """What a query means, pages first; long texts are searched by characters only."""
    query = query.strip()
    hits = [Hit(f"页面　{e.title}", ToView(e.code)) for e in (*PAGES, SETTINGS) if matches(e.title, query)]
    if not query:
        return hits
    members = session.ledger[Member].all()
    names = {member.id: member.name for member in members}
    roster, today = session.ledger_of_year().roster, session.today()
    hits += [
        Hit(f"党员　{m.name}　{roster.department(m.id, today)}", ToRecord(Member, m.id))
        for m in members
        if matches(m.name, query) or (len(query) > 3 and query in (m.phone, m.id_number))
    ]
    meetings = session.ledger[Meeting].all()
    hits += [
        Hit(f"会议　{chinese(m.held_on)}　{m.subject}", ToRecord(Meeting, m.id))
        for m in reversed(meetings)
        if query in m.content or query in m.place or matches(m.subject, query)
    ]
    hits += [
        Hit(f"谈话　{chinese(t.talked_on)}　{names[t.talker]}—{names[t.partner]}", ToRecord(Talk, t.id))
        for t in reversed(session.ledger[Talk].all())
        if query in t.content
        or query in t.opinion
        or matches(names[t.talker], query)
        or matches(names[t.partner], query)
    ]
    return hits


class SearchDialog(QDialog):
    """Type, choose with the arrows, Enter goes there."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("搜索")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        look = theme()
        self.resize(look.px(620), look.px(420))
        box = QVBoxLayout(self)
        box.setContentsMargins(*([look.px(16)] * 4))
        self.edit = QLineEdit()
        self.edit.setPlaceholderText("姓名、会议主题、内容；可用拼音首字母")
        self.edit.setAccessibleName("搜索")
        self.list = QListWidget()
        self.list.setAccessibleName("搜索结果")
        self.note = label("", "caption")
        box.addWidget(self.edit)
        box.addWidget(self.list, 1)
        box.addWidget(self.note)
        self.edit.textChanged.connect(self._search)
        self.edit.returnPressed.connect(self._go)
        self.edit.installEventFilter(self)
        self.list.itemActivated.connect(lambda _: self._go())
        self.list.itemClicked.connect(lambda _: self._go())
        self._search("")
        self.edit.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move in the list while the cursor stays in the field."""
        if event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))
            return True
        return super().eventFilter(watched, event)

    def _search(self, text: str) -> None:
        hits = find(self._session, text)
        self.list.clear()
        for hit in hits[:MOST]:
            item = QListWidgetItem(hit.text)
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        more = f"，先列出 {MOST} 条" if len(hits) > MOST else ""
        self.note.setText(f"找到 {len(hits)} 条{more}" if hits else "没有找到。可以换个字，或只写拼音首字母。")

    def _go(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        hit: Hit = item.data(Qt.ItemDataRole.UserRole)
        self.accept()
        self._session.go(hit.place)
