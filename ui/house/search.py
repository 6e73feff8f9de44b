"""Search over everything: pages, people, meetings, talks, all other records; by characters, pinyin or initials."""

# The stubs of Qt and pyqtgraph leave out attributes and say None where there is none.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.dates import chinese
from app.life.meetings import AgendaItem, Meeting
from app.life.talks import Talk
from app.people.members import Member
from app.pinyin import matches
from app.record import Entry, Record, kinds, whole_of
from app.store import Reader
from app.ways import ToRecord
from app.wording import names_of, title
from ui.house.entries import PAGES, SETTINGS
from ui.house.guide import found
from ui.house.session import Session
from ui.house.ways import PLACES, Place, ToView
from ui.kit.basic import label
from ui.kit.theme import theme

MOST, MOST_HELP = 40, 3
# Amounts of months are found by the person; the branch and its posts stand on one page.
FOUND = tuple(
    kind
    for kind, (page, _, _) in PLACES.items()
    if kind not in (Member, Meeting, Talk) and page not in ("dues", "branch")
)


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
    hits += [Hit(f"帮助　{section.title}", ToView("help", section.title)) for section in found(query)[:MOST_HELP]]
    members = session.ledger[Member].all()
    names = {member.id: member.name for member in members}
    roster, today = session.ledger_of_year().roster, session.today()
    hits += [
        Hit(f"党员　{m.name}　{roster.department(m.id, today)}", ToRecord(Member, m.id))
        for m in members
        if matches(m.name, query) or (len(query) > 3 and query in (m.phone, m.id_number))
    ]
    meetings = session.ledger[Meeting].all()
    spoken = {item.meeting for item in session.ledger[AgendaItem].all() if _says(item, query)}
    hits += [
        Hit(f"会议　{chinese(m.held_on)}　{m.subject}", ToRecord(Meeting, m.id))
        for m in reversed(meetings)
        if query in m.content or query in m.place or m.id in spoken or matches(m.subject, query)
    ]
    hits += [
        Hit(f"谈话　{chinese(t.talked_on)}　{names[t.talker]}—{names[t.partner]}", ToRecord(Talk, t.id))
        for t in reversed(session.ledger[Talk].all())
        if query in t.content
        or query in t.opinion
        or matches(names[t.talker], query)
        or matches(names[t.partner], query)
    ]
    return [*hits, *_others(session.ledger, query)]


def _others(ledger: Reader, query: str) -> Iterator[Hit]:
    """Records of every other kind that a page shows, by what they are called, their texts and those of their parts."""
    names = names_of(ledger, ledger.history)
    for kind in FOUND:
        inside = {
            getattr(part, whole.name)
            for parts, whole in _parts_of(kind)
            for part in ledger[parts].all()
            if _says(part, query)
        }
        for record in reversed(ledger[kind].all()):
            called = title(kind, vars(record), names)
            if record.id in inside or _says(record, query) or matches(called, query):
                yield Hit(f"{kind.called}　{called}", ToRecord(kind, record.id))


@cache
def _parts_of(kind: type[Record]) -> list[tuple[type[Record], Entry]]:
    """The kinds whose records are parts of those of a kind, with the field that says of which."""
    return [(part, whole) for part in kinds() if (whole := whole_of(part)) is not None and whole.of is kind]


def _says(record: Record, query: str) -> bool:
    return any(isinstance(value, str) and query in value for value in vars(record).values())


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
