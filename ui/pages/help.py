"""帮助: what the program can do, section by section, searched by words; F1 shows the section of the present page."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QImage, QResizeEvent, QTextBlockFormat, QTextCursor, QTextDocument, QTextImageFormat
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser

from app.branch.branch import the_branch
from app.guide import Section, found, section_of
from app.ways import ToPaper
from ui.house.session import Session
from ui.house.ways import Place, ToView
from ui.kit.basic import Card, button, label, row, search_box
from ui.kit.page import Page
from ui.kit.theme import theme

PICTURE = "page"
LINE = 140
"""The height of a line of the guide, in hundredths of the text's."""


class _Reading(QTextBrowser):
    """The text of a section; tells when there is more or less room for it."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.resized.emit()


class HelpPage(Page):
    """帮助."""

    title = "帮助"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._before = "home"
        self._section: Section | None = None
        self._back = button("返回", lambda: session.go(ToView(self._before)), kind="link")
        self.head.insertWidget(0, self._back)
        if the_branch(session.ledger).sample:
            self.add_action(button("新手十步", session.course_wanted.emit, icon="hat_graduation"))
        self.add_action(button("打印手册", lambda: session.go(ToPaper("guide")), icon="print"))
        self.filter_box = search_box("搜索帮助", self._search)
        self.list = QListWidget()
        self.list.setAccessibleName("帮助目录")
        self.list.currentItemChanged.connect(lambda now, _: now and self._show(now.data(Qt.ItemDataRole.UserRole)))
        self.text = _Reading()
        self.text.resized.connect(self._show_again)
        self.text.setAccessibleName("帮助内容")
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setSpacing(theme().px(3))
        left, right = Card(padding=8), Card(padding=16)
        left.setFixedWidth(theme().px(240))
        left.body.addWidget(self.list, 1)
        self._heading = label("", "title")
        right.body.addWidget(self._heading)
        right.body.addWidget(self.text, 1)
        middle = QHBoxLayout()
        middle.setSpacing(theme().px(16))
        middle.addWidget(left)
        middle.addWidget(right, 1)
        self.body.addLayout(row(self.filter_box, None))
        self.body.addLayout(middle, 1)
        self._search("")

    def _search(self, query: str) -> None:
        """Show the titles of the sections that are meant."""
        self.list.clear()
        for section in found(query):
            item = QListWidgetItem(section.title)
            item.setData(Qt.ItemDataRole.UserRole, section)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        if not self.list.count():
            self._section = None
            self._heading.setText("没有找到")
            self.text.setPlainText("换一个词，或清空搜索框看全部目录。")

    def _show(self, section: Section) -> None:
        self._heading.setText(section.title)
        self._section = section
        self.text.setMarkdown(section.text)
        # Air between the lines and below each paragraph, for reading.
        spaced = QTextBlockFormat()
        spaced.setLineHeight(LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        spaced.setBottomMargin(theme().px(8))
        cursor = QTextCursor(self.text.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spaced)
        self._show_picture()

    def _show_picture(self) -> None:
        """The page as it looks below its text, as wide as there is room."""
        picture = self._section.picture if self._section else None
        if picture is None:
            return
        cursor = QTextCursor(self.text.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertBlock(QTextBlockFormat())  # of its own, where a list stands above
        width = max(theme().px(320), self.text.viewport().width() - theme().px(24))
        sharp = self.devicePixelRatioF()
        image = QImage(str(picture)).scaledToWidth(round(width * sharp), Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(sharp)
        self.text.document().addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(PICTURE), image)
        shown = QTextImageFormat()
        shown.setName(PICTURE)
        shown.setWidth(width)
        cursor.insertImage(shown)

    def _show_again(self) -> None:
        """Make the picture as wide as there is room now."""
        if self._section is not None and self._section.picture is not None:
            self._show(self._section)

    def open_with(self, place: Place) -> None:
        if not isinstance(place, ToView) or not place.view:
            return
        section = section_of(place.view)
        if section is not None:
            self._before = self.beside = place.view
        title = section.title if section else place.view
        self.filter_box.clear()
        for number in range(self.list.count()):
            if self.list.item(number).text() == title:
                self.list.setCurrentRow(number)
        self.list.setFocus()


def make(session: Session) -> Page:
    """The page for a session."""
    return HelpPage(session)
