"""上级文件: the documents on the left, item by item how far the branch is with the chosen one on the right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.attachments import Owner
from app.record import Problem
from app.ways import ToNew, ToPaper, ToRecord
from app.work.superior_documents import SuperiorDocument, check_document, remove_document, save_document
from app.year.superior_documents import document_progress, tally
from ui.house.session import Session
from ui.house.ways import Place, ToDraft, ToView
from ui.kit.basic import Card, button, label, row
from ui.kit.empty import Empty
from ui.kit.files import ask_workbook, dated, write_bytes
from ui.kit.page import Page
from ui.kit.record_fields import Fields
from ui.kit.segmented import Segmented
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.pages.superior_documents.reading import Reading
from ui.record.attachments import Attachments
from ui.record.form import RecordForm
from ui.record.progress import LIGHT_TONES

EMPTY = "这里把上级发来的计划、方案、通知读进来：要支部做的事变成任务，次数要求变成规则，办到哪一步这里一条一条看得见。"
EXAMPLE = "“2026年党建工作要点”，19 条；第 6 条“9月底前完成支部规范化建设”成为一项任务。"
LISTED = 330
"""Pixels of 100 % that the list beside a document has."""
WIDEST = (1 << 24) - 1
"""What Qt takes for no bound."""
VIEWS = (("progress", "逐项进度"), ("facts", "文件信息"))
DOCUMENTS = (
    Column("标题", lambda r: r.title, 200, strong=True, stretch=True, tip=lambda r: r.title),
    Column("收到", lambda r: str(r.received_on), 96),
)
ITEMS = (
    Column("条目", lambda r: r.item.number, 60),
    Column("内容", lambda r: r.item.title, 200, stretch=True, tip=lambda r: r.item.quote),
    Column("时限", lambda r: str(r.due_on or ""), 96),
    Column("进展", lambda r: r.words, 190, keep=True, tip=lambda r: r.words),
    Column("状态", lambda r: r.state, 84, keep=True, tone=lambda r: LIGHT_TONES[r.light] if r.light else "plain"),
)


class DocumentForm(RecordForm):
    """What is said of a document: title, number, issuer, day, and its file."""

    saved_words = "已保存文件信息"
    removed_words = "已删除上级文件，由它来的任务和规则还在"

    def __init__(self, session: Session) -> None:
        fields = Fields(("title", "number", "issuer", "received_on", "text"), rows={"text": 8})
        super().__init__(session, "superior_documents", "文件信息", SuperiorDocument, fields, padding=0)

    def inside(self, box: QVBoxLayout) -> None:
        super().inside(box)
        self._files = Attachments(self._session, Owner.DOCUMENT)
        box.addWidget(self._files)

    def begins(self, values: Any) -> dict[str, Any]:
        return {"received_on": self._session.today(), **values}

    def fill(self, values: Any) -> None:
        self._files.setVisible(self.record is not None)
        self._files.show_of(values["id"] if self.record is not None else 0)
        self.heading.setText("文件信息" if self.record is not None else "登记上级文件")

    def check(self, record: Any) -> list[Problem]:
        return check_document(record, self._session.today())

    def store(self, record: Any) -> Any:
        return save_document(self._session.ledger, record, self._session.today())

    def take_away(self, record: Any) -> None:
        remove_document(self._session.ledger, record)

    def after_save(self, saved: Any) -> None:
        self.load(vars(saved))


class SuperiorDocumentsPage(Page):
    """上级文件."""

    title = "上级文件"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._papers = [
            self.add_action(button("导出表格", self.export, icon="arrow_download")),
            self.add_action(button("学习报告", self._study, icon="document")),
            self.add_action(button("打印", self._print, icon="print")),
        ]
        self._read = self.add_action(button("从文件读取", self.read, kind="primary", icon="arrow_import"))
        self.documents = Table("上级文件", DOCUMENTS, lambda r: f"{r.title} {r.number} {r.issuer}")
        self.documents.selected.connect(self._show)
        self.items = Table("文件条目进度", ITEMS)
        self.items.opened.connect(self._open)
        self.form = DocumentForm(session)
        self.views = Segmented(VIEWS)
        self.views.chosen.connect(lambda _: self._show_view())
        self.heading = label("", "head", wrap=True)
        self.tally = label("", "secondary", wrap=True)
        self.go_button = button("打开办理记录", self._open_current, kind="small", icon="chevron_right")
        self.reading = Reading(session)
        self.reading.taken.connect(self._taken)
        self.reading.left.connect(self._leave_reading)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._kept())
        self._stack.addWidget(self.reading)
        self.body.addWidget(self._stack, 1)

    def _kept(self) -> QWidget:
        listed, detail = Card(padding=4), Card(padding=12)
        listed.body.addWidget(self.documents, 1)
        self._empty = Empty(EMPTY, EXAMPLE, button("从文件读取", self.read, icon="arrow_import"))
        listed.body.addWidget(self._empty, 1)
        self._listed = listed
        self._detail = QStackedWidget()
        shown = QWidget()
        box = QVBoxLayout(shown)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.items, 1)
        box.addLayout(row(label("双击或回车打开一条的办理记录", "caption"), None, self.go_button))
        self._detail.addWidget(shown)
        self._detail.addWidget(self.form)
        detail.body.addWidget(self.heading)
        detail.body.addWidget(self.tally)
        detail.body.addLayout(row(self.views, None))
        detail.body.addWidget(self._detail, 1)
        whole = QWidget()
        across = QHBoxLayout(whole)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme().px(16))
        across.addWidget(listed)
        across.addWidget(detail, 1)
        self._detail_card = detail
        return whole

    # --- what is shown ---

    def refresh(self) -> None:
        ledger = self._session.ledger_of_year()
        found = list(reversed(ledger.documents))
        self.documents.blockSignals(True)
        self.documents.set_rows(found, keep=lambda r: r.id)
        self.documents.blockSignals(False)
        if self.documents.current() is None and found:
            self.documents.selectRow(0)
        self._empty.setVisible(not found)
        self.documents.setVisible(bool(found))
        # Without a document the list has the whole page.
        self._listed.setMinimumWidth(theme().px(LISTED) if found else 0)
        self._listed.setMaximumWidth(theme().px(LISTED) if found else WIDEST)
        self.head_facts.setText(f"{len(found)} 份")
        self._show(self.documents.current())

    def _show(self, document: SuperiorDocument | None) -> None:
        self._detail_card.setVisible(document is not None)
        for made in self._papers:
            made.setEnabled(document is not None)
        if document is None:
            return
        progress = document_progress(self._session.ledger_of_year(), document.id, self._session.today())
        number = f"　{document.number}" if document.number else ""
        self.heading.setText(document.title + number)
        self.tally.setText(
            " · ".join(part for part in (document.issuer, f"{len(progress)} 条", tally(progress)) if part)
        )
        self.items.set_rows(progress, keep=lambda r: r.item.id)
        if self.form.record is None or self.form.record.id != document.id or not self.form.dirty:
            self.form.load(vars(document))
        self._show_view()

    def _show_view(self) -> None:
        self._detail.setCurrentIndex(0 if self.views.current == "progress" else 1)

    def _open(self, progress: Any) -> None:
        if progress is not None and progress.way is not None:
            self._session.go(progress.way)

    def _open_current(self) -> None:
        self._open(self.items.current())

    # --- reading ---

    def read(self) -> None:
        """Read a document in."""
        if self.form.may_leave():
            self._stack.setCurrentIndex(1)
            for made in (self._read, *self._papers):
                made.hide()
            self.reading.setFocus()

    def _taken(self, document: int) -> None:
        self._leave_reading()
        self.refresh()
        self.documents.choose(lambda r: r.id == document)

    def _leave_reading(self) -> None:
        self._stack.setCurrentIndex(0)
        for made in (self._read, *self._papers):
            made.show()

    # --- papers ---

    def _print(self) -> None:
        self._session.go(ToPaper("document_progress", self.documents.current().id))

    def _study(self) -> None:
        self._session.go(ToPaper("document_study", self.documents.current().id))

    def export(self) -> None:
        """Ask where, then write the items with what was done."""
        start = self._session.path.parent / (dated(self._session.year, "上级文件落实情况") + ".xlsx")
        if path := ask_workbook(self, "导出表格", start):
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the items of the chosen document."""
        from app.exchange.export import workbook
        from app.reports.superior_documents import HEADINGS, progress_rows

        ledger, today = self._session.ledger_of_year(), self._session.today()
        rows = progress_rows(document_progress(ledger, self.documents.current().id, today))
        if self.attempt(lambda: write_bytes(path, workbook("上级文件落实情况", list(HEADINGS), rows))):
            self._session.say(f"已导出 {path.name}")

    # --- coming and going ---

    def open_with(self, place: Place) -> None:
        match place:
            case ToView(view="read"):
                self.read()
            case ToDraft():
                self.views.choose("facts")
                self.form.resume(place)
                self._detail_card.show()
                self._show_view()
            case ToRecord():
                self.refresh()
                self.documents.choose(lambda r: r.id == place.id)
            case ToNew():
                self.read()
            case _:
                self.refresh()

    def leave(self) -> bool:
        return self.form.may_leave()
