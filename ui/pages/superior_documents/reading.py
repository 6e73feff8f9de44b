"""Reading a document: on the left its text, on the right what each item would become; nothing is entered unticked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QSplitter, QTextEdit, QVBoxLayout, QWidget

from app.documents.plan import PlanDocument, read_plan
from app.documents.taking import Proposal, ProposalKind, Received, known_document, proposals, take_document, turned
from app.documents.text import document_text
from app.errors import AppError
from app.work.superior_documents import DocumentItem
from ui.house.session import Session
from ui.kit.basic import Card, button, column, label, row
from ui.kit.editors import DateEdit, Field, NumberEdit, line_edit
from ui.kit.messages import Bar
from ui.kit.theme import theme
from ui.pages.superior_documents.proposals import ProposalList

DOCUMENTS = "文件 (*.docx *.pdf *.txt *.html *.htm *.doc *.wps)"


class DocumentText(QPlainTextEdit):
    """The text of a document; emits `pasted` when one is pasted into it while it is empty."""

    pasted = Signal()

    def insertFromMimeData(self, source: QMimeData) -> None:
        empty = not self.toPlainText().strip()
        super().insertFromMimeData(source)
        if empty and self.toPlainText().strip():
            self.pasted.emit()


class Reading(QWidget):
    """Choose or paste a document, look at what it asks for, tick, enter; emits `taken` with the document's number."""

    taken = Signal(int)
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._told: PlanDocument | None = None
        self._text, self._name, self._data = "", "", b""
        self.bar = Bar()
        self.file = label(
            "可以读 Word 文档、带文字的 PDF、网页和文本；也可以把文字粘贴到左边。", "secondary", wrap=True
        )
        self.take = button("记入", self.bring, kind="primary")
        self.title = Field("标题", line_edit())
        self.number = Field("文号", line_edit(hint="如 某机党〔2026〕3号"))
        self.issuer = Field("发文单位", line_edit())
        self.year = Field("年度", NumberEdit(80))
        self.year.editor.editingFinished.connect(self._read_again)
        self.received = Field("收到日期", DateEdit(session.today))
        for editor in (self.title.editor, self.number.editor):
            editor.editingFinished.connect(self._compare)
        self.document = DocumentText()
        self.document.pasted.connect(self.read_typed)
        self.document.setAccessibleName("文件正文")
        self.document.setPlaceholderText("把文件的文字粘贴在这里（Ctrl+V），粘贴好就读出要办的事。")
        self.document.setTabChangesFocus(True)
        self._looks = 0
        self.cancel = button("取消", self._give_up, kind="small")
        self.cancel.hide()
        self.read_button = button("读取文字", self.read_typed, icon="document")
        self.wanted = ProposalList(session, self._turned)
        self.wanted.changed.connect(self._count)
        self.wanted.quoted.connect(self._highlight)
        self._build()
        self.setFocusProxy(self.document)
        for keys, action in (("Ctrl+S", self.bring), ("Esc", self.leave)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)
        self.begin()

    # --- how it is built ---

    def _build(self) -> None:
        top = row(
            button("选择文件…", self.choose, icon="folder_open"),
            self.read_button,
            self.file,
            self.cancel,
            button("返回", self.leave, kind="quiet"),
            self.take,
        )
        top.setStretch(2, 1)
        facts = row(
            column(label("标题"), self.title, None, spacing=2),
            column(label("文号"), self.number, None, spacing=2),
            column(label("发文单位"), self.issuer, None, spacing=2),
            column(label("年度"), self.year, None, spacing=2),
            column(label("收到日期"), self.received, None, spacing=2),
            spacing=12,
        )
        for place, weight in enumerate((4, 2, 2)):
            facts.setStretch(place, weight)
        left, right = Card(padding=8), Card(padding=8)
        left.body.addWidget(self.document, 1)
        right.body.addWidget(self.wanted, 1)
        self.middle = QSplitter(Qt.Orientation.Horizontal)
        self.middle.setChildrenCollapsible(False)
        self.middle.addWidget(left)
        self.middle.addWidget(right)
        self.middle.setSizes([500, 640])
        self.facts = QWidget()
        self.facts.setLayout(facts)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(8))
        box.addLayout(top)
        box.addWidget(self.bar)
        box.addWidget(self.facts)
        box.addWidget(self.middle, 1)

    # --- the document ---

    def begin(self) -> None:
        """Nothing read yet."""
        self._told = None
        self._text, self._name, self._data = "", "", b""
        self.bar.hide()
        self.document.clear()
        self.document.setReadOnly(False)
        for field in (self.title, self.number, self.issuer, self.year):
            field.editor.clear()
        self.received.editor.set(self._session.today())
        self._show_document()
        self.wanted.show_proposals(())

    def choose(self) -> None:
        """Ask for a file."""
        name, _ = QFileDialog.getOpenFileName(self, "选择文件", str(Path.home()), DOCUMENTS)
        if name:
            self.load(Path(name))

    def load(self, path: Path) -> None:
        """Read a file on the worker; nothing is entered yet."""
        self.begin()
        self.file.setText(f"正在读 {path.name}…")
        self.cancel.show()
        self._looks += 1
        number = self._looks

        def work() -> tuple[str, bytes, PlanDocument]:
            text = document_text(path)
            return text, path.read_bytes(), read_plan(text)

        def answer(found: tuple[str, bytes, PlanDocument]) -> None:
            if number != self._looks:
                return
            self.cancel.hide()
            self.file.setText(path.name)
            self.show_document(found[2], found[0], path.name, found[1])

        def failed(error: BaseException) -> None:
            if number == self._looks:
                self._failed(error)

        self._session.tasks.start(work, answer, failed, owner=self)

    def _give_up(self) -> None:
        """What the worker finds is not looked at any more."""
        self._looks += 1
        self.cancel.hide()
        self.file.setText("已取消")

    def _failed(self, error: BaseException) -> None:
        self.cancel.hide()
        self.file.setText("")
        if not isinstance(error, AppError):
            raise error
        self.bar.show_error(error)

    def read_typed(self) -> None:
        """Read what was pasted."""
        text = self.document.toPlainText()
        self.bar.hide()
        if not text.strip():
            self.bar.show_text("左边还没有文字。请把文件的文字粘贴进去，或者选择文件。", "warning")
            return
        self.file.setText("粘贴的文字")
        self.show_document(read_plan(text), text, "粘贴的文字.txt", text.encode())

    def show_document(self, told: PlanDocument, text: str, name: str, data: bytes) -> None:
        """Show a document that was read, beside what it would become."""
        self._told, self._text, self._name, self._data = told, text, name, data
        self.wanted.rows = []  # those of another document
        self.document.setPlainText(text)
        self.document.setReadOnly(True)
        self.title.editor.setText(told.title)
        self.issuer.editor.setText(told.issuer)
        self.number.editor.setText(told.number)
        self._ask_year()
        known = known_document(self._session.ledger, told)
        if known is not None:
            self.number.editor.setText(known.number or told.number)
            self.received.editor.set(known.received_on)
        self._compare()

    def _ask_year(self) -> None:
        """Show for which year the document is; one that does not say so is asked for, as its days depend on it."""
        year = self._told.year if self._told else None
        self.year.editor.setText(str(year or ""))
        self.year.show_fault("" if year else "文件没写，请填", warning=True)

    def _read_again(self) -> None:
        """Another year was given: the days are other ones."""
        if self._told is None:
            return
        try:
            year = self.year.take(self.year.editor.read)
        except ValueError:
            return
        if year is None or year == self._told.year:
            return
        if not 1949 <= year <= 2199:
            self.year.show_fault("请填四位年份")
            return
        self._told = replace(read_plan(self._text, year), title=self._told.title)
        self.wanted.rows = []
        self._compare()

    def _compare(self) -> None:
        """Find anew what each item would become, beside what was taken from a document of this title before."""
        if self._told is None:
            return
        title = self.title.editor.text().strip() or self._told.title
        told = replace(self._told, title=title, number=self.number.editor.text().strip())
        if self.wanted.rows and told == self._told:
            return
        self._told = told
        ledger = self._session.ledger
        known = known_document(ledger, told)
        items = ledger[DocumentItem].all(document=known.id) if known else ()
        wanted = proposals(self._told, self._session.today(), items)
        if not wanted:
            self.bar.show_text("这份文件里没有读出要支部做的事。可以只存文件，以后查得到。", "info")
        self._show_document()
        self.wanted.show_proposals(wanted)
        if wanted:
            self.wanted.table.setFocus()

    def _show_document(self) -> None:
        self.take.setEnabled(self._told is not None)
        self.read_button.setVisible(self._told is None)
        self.facts.setVisible(self._told is not None)

    # --- what it would become ---

    def _turned(self, proposal: Proposal, kind: ProposalKind) -> Proposal:
        assert self._told is not None
        return turned(proposal, kind, self._told, self._session.today())

    def _count(self) -> None:
        taken = len(self.wanted.taken)
        words = f"记入 {taken} 项" if taken else "只存文件"
        self.take.setText(f"{words} Ctrl+S")
        self.take.setAccessibleName(words)

    def _highlight(self, quote: str) -> None:
        """Mark the sentence an item comes from, and bring it into view."""
        found = find_quote(self.document.toPlainText(), quote)
        if found is None:
            self.document.setExtraSelections([])
            return
        mark = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setBackground(QColor(theme().color("due_tint")))
        cursor = QTextCursor(self.document.document())
        cursor.setPosition(found[0])
        cursor.setPosition(found[1], QTextCursor.MoveMode.KeepAnchor)
        mark.cursor, mark.format = cursor, look  # pyright: ignore[reportAttributeAccessIssue]
        self.document.setExtraSelections([mark])
        cursor.setPosition(found[0])
        self.document.setTextCursor(cursor)
        self.document.centerCursor()

    # --- taking it in ---

    def bring(self) -> None:
        """Keep the document and enter what is ticked, as one action."""
        self.bar.hide()
        told = self._told
        if told is None:
            return
        try:
            day = self.received.take(self.received.editor.day)
        except ValueError:
            return
        if day is None or day > self._session.today():
            self.received.show_fault("请填收到日期" if day is None else "收到日期在今天之后")
            self.received.setFocus()
            return
        told = replace(told, issuer=self.issuer.editor.text().strip())
        received = Received(told, self._text, self._name, self._data, day, self.number.editor.text().strip())
        try:
            made = take_document(
                self._session.ledger, received, [item.proposal for item in self.wanted.rows], self.wanted.taken
            )
        except AppError as error:
            self.bar.show_error(error)
            return
        self._session.say(f"已存文件，记入 {made} 项" if made else "已存文件", undo=True)
        known = known_document(self._session.ledger, told)
        self.begin()
        self.taken.emit(known.id if known else 0)

    def leave(self) -> None:
        """Back without entering anything."""
        self.begin()
        self.left.emit()


def find_quote(text: str, quote: str) -> tuple[int, int] | None:
    """Where a quotation stands in a text, white space aside: its first and last character, the last exclusive."""
    if not quote.strip():
        return None
    places = [place for place, sign in enumerate(text) if not sign.isspace()]
    plain = "".join(text[place] for place in places)
    wanted = "".join(quote.split())
    at = plain.find(wanted)
    if at < 0:
        return None
    return places[at], places[at + len(wanted) - 1] + 1
