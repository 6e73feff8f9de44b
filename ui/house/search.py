"""Search over everything: pages, people, meetings, talks, all other records; by characters, pinyin or initials."""

# The stubs of Qt and pyqtgraph leave out attributes and say None where there is none.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.attachments import Attachment
from app.dates import chinese
from app.guide import found
from app.life.meetings import AgendaItem, Meeting
from app.life.talks import Talk
from app.lines import around
from app.people.members import Member
from app.pinyin import matches
from app.record import Entry, Record, kind_called, kinds, whole_of
from app.store import Reader
from app.ways import ToRecord
from app.wording import names_of, title
from ui.house.entries import PAGES, SETTINGS
from ui.house.session import Session
from ui.house.ways import PLACES, Place, ToView
from ui.kit.basic import label, sized
from ui.kit.theme import theme

MOST, MOST_HELP = 40, 3
Index = QModelIndex | QPersistentModelIndex
# Amounts of months are found by the person; the branch and its posts stand on one page.
FOUND = tuple(
    kind
    for kind, (page, _, _) in PLACES.items()
    if kind not in (Member, Meeting, Talk) and page not in ("dues", "branch")
)


@dataclass(frozen=True)
class Hit:
    """Something found, where it leads, and the line in which the words stand where the name does not have them."""

    text: str
    place: Place
    line: str = ""


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
    spoken = {item.meeting: line for item in session.ledger[AgendaItem].all() if (line := _line(item, query))}
    hits += [
        Hit(f"会议　{chinese(m.held_on)}　{m.subject}", ToRecord(Meeting, m.id), line)
        for m in reversed(meetings)
        if (line := around(m.content, query) or around(m.place, query) or spoken.get(m.id, ""))
        or matches(m.subject, query)
    ]
    hits += [
        Hit(f"谈话　{chinese(t.talked_on)}　{names[t.talker]}—{names[t.partner]}", ToRecord(Talk, t.id), line)
        for t in reversed(session.ledger[Talk].all())
        if (line := around(t.content, query) or around(t.opinion, query))
        or matches(names[t.talker], query)
        or matches(names[t.partner], query)
    ]
    return [*hits, *_others(session.ledger, query), *_attached(session, query)]


def _attached(session: Session, query: str) -> Iterator[Hit]:
    """Attachments by their names and captions, and by what stands in them."""
    ledger = session.ledger
    named = [item for item in reversed(ledger[Attachment].all()) if query in item.name or query in item.caption]
    # One character stands in nearly every document.
    read = session.attached.saying(query) if len(query) > 1 else []
    said = {item.id: around(words, query) for item, words in read}
    names = names_of(ledger, ledger.history)
    for item in [*named, *(file for file, _ in read if file not in named)]:
        kind = kind_called(str(item.owner))
        if found := ledger[kind].all(id=item.owner_id):
            whose = f"{kind.called}　{title(kind, vars(found[0]), names)}"
            yield Hit(f"附件　{item.name}　（{whose}）", ToRecord(kind, item.owner_id), said.get(item.id, ""))


def _others(ledger: Reader, query: str) -> Iterator[Hit]:
    """Records of every other kind that a page shows, by what they are called, their texts and those of their parts."""
    names = names_of(ledger, ledger.history)
    for kind in FOUND:
        inside = {
            getattr(part, whole.name): line
            for parts, whole in _parts_of(kind)
            for part in ledger[parts].all()
            if (line := _line(part, query))
        }
        for record in reversed(ledger[kind].all()):
            called = title(kind, vars(record), names)
            named = matches(called, query)
            if (line := "" if query in called else _line(record, query) or inside.get(record.id, "")) or named:
                yield Hit(f"{kind.called}　{called}", ToRecord(kind, record.id), line)


@cache
def _parts_of(kind: type[Record]) -> list[tuple[type[Record], Entry]]:
    """The kinds whose records are parts of those of a kind, with the field that says of which."""
    return [(part, whole) for part in kinds() if (whole := whole_of(part)) is not None and whole.of is kind]


def _line(record: Record, query: str) -> str:
    """Where one of the texts of a record has the words; empty where none does."""
    return next((around(text, query) for text in vars(record).values() if isinstance(text, str) and query in text), "")


class _Lines(QStyledItemDelegate):
    """A hit with the line below it in which the words stand, the words in bold."""

    def __init__(self, parent: QListWidget, edit: QLineEdit) -> None:
        super().__init__(parent)
        self._edit = edit

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the hit above, the line below."""
        hit: Hit = index.data(Qt.ItemDataRole.UserRole)
        upper = QStyleOptionViewItem(option)
        self.initStyleOption(upper, index)
        upper.text = ""
        upper.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, upper, painter, upper.widget)
        look, pad = theme(), theme().px(10)
        area = option.rect.adjusted(pad, look.px(2), -pad, -look.px(3))
        half = area.height() // 2 if hit.line else 0
        painter.save()
        told = option.fontMetrics.elidedText(hit.text, Qt.TextElideMode.ElideRight, area.width())
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(option.palette.color(QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text))
        painter.drawText(area.adjusted(0, 0, 0, -half), Qt.AlignmentFlag.AlignVCenter, told)
        if hit.line:
            painter.setPen(look.color("text2"))
            _draw_line(painter, area.adjusted(pad, half, 0, 0), hit.line, self._edit.text().strip())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Twice as high where there is a line."""
        hit: Hit = index.data(Qt.ItemDataRole.UserRole)
        return QSize(0, theme().px(48 if hit.line else 28))


def _draw_line(painter: QPainter, area: QRect, line: str, words: str) -> None:
    """One line in three parts, as far as there is room: before the words, the words in bold, after them."""
    at = line.casefold().find(words.casefold())
    bold = QFont(painter.font())
    bold.setBold(True)
    plain = QFont(painter.font())
    for part, font in ((line[:at], plain), (line[at : at + len(words)], bold), (line[at + len(words) :], plain)):
        painter.setFont(font)
        told = painter.fontMetrics().elidedText(part, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, told)
        area = area.adjusted(painter.fontMetrics().horizontalAdvance(told), 0, 0, 0)


class SearchDialog(QDialog):
    """Type, choose with the arrows, Enter goes there."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("搜索")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        look = theme()
        sized(self, 680, 480)
        box = QVBoxLayout(self)
        box.setContentsMargins(*([look.px(16)] * 4))
        self.edit = QLineEdit()
        self.edit.setPlaceholderText("姓名、会议主题、内容、附件里的字；可用拼音首字母")
        self.edit.setAccessibleName("搜索")
        self.list = QListWidget()
        self.list.setAccessibleName("搜索结果")
        self.list.setItemDelegate(_Lines(self.list, self.edit))
        self.note = label("", "caption")
        box.addWidget(self.edit)
        box.addWidget(self.list, 1)
        box.addWidget(self.note)
        self.edit.textChanged.connect(self._search)
        self.edit.returnPressed.connect(self._go)
        self.edit.installEventFilter(self)
        self.list.itemActivated.connect(lambda _: self._go())
        self.list.itemClicked.connect(lambda _: self._go())
        session.attached.told.connect(self._read_more)
        session.attached.begin()
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
            item.setToolTip(hit.line)
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        more = f"，先列出 {MOST} 条" if len(hits) > MOST else ""
        told = f"找到 {len(hits)} 条{more}" if hits else "没有找到。可以换个字，或只写拼音首字母。"
        left = self._session.attached.left
        self.note.setText(told + (f"　还有 {left} 个附件正在读，读完也能搜到。" if left else ""))

    def _read_more(self) -> None:
        """Look again when another file was read, and leave the choice where it is."""
        row = self.list.currentRow()
        self._search(self.edit.text())
        self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))

    def _go(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        hit: Hit = item.data(Qt.ItemDataRole.UserRole)
        self.accept()
        self._session.did.emit("search")
        self._session.go(hit.place)
