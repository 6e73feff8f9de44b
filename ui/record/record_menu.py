"""What can be made of one record outside the program: a .docx, a superior's template filled, text for a platform."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path, PurePath
from typing import Any

from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from app.exchange.document_templates import DocumentTemplate
from app.ways import ToPaper
from ui.house.session import Session
from ui.house.ways import ToView
from ui.kit.basic import button
from ui.record.copying import CopyDialog

# The papers of an election and of an applicant, in the order they are needed.
ELECTION_FORMS = {
    "election_request": "选举请示",
    "candidates_request": "候选人预备人选请示",
    "election_notice": "会议通知",
    "ballot_rule": "选举办法（草案）",
    "ballot": "选票",
    "count_sheet": "计票单",
    "election_report": "选举结果报告",
}
DEVELOPMENT_FORMS = {
    "development_record": "发展党员纪实表",
    "materials": "材料目录",
    "filing_report": "备案报告",
    "development_checks": "培养教育考察登记表",
    "opinions": "征求意见表",
    "development_notice": "公示",
    "preview_request": "预审请示",
    "admission_ballot": "表决票",
    "resolution": "支部大会决议",
    "approval_request": "审批请示",
}
Attempt = Callable[[Callable[[], Any]], bool]
# The form that a record of each kind is written as.
FORMS = {"会议活动": "minutes", "谈心谈话": "talks", "党员": "person_year"}


def more_button(session: Session, subject: str, record: Callable[[], int], attempt: Attempt):
    """A button with the menu of a record; `record` tells which is shown, `attempt` shows what could not be done."""
    made = button("更多", lambda: RecordMenu(session, subject, record(), attempt, made).open(), kind="small")
    made.setAccessibleDescription("导出、上级模板、复制到平台")
    return made


def offer_forms(session: Session, below: QWidget, record: int, forms: Mapping[str, str]) -> QMenu:
    """A menu of forms of one record, by code with their words; choosing one shows it on the print page."""
    menu = QMenu(below)
    for code, words in forms.items():
        menu.addAction(words, lambda code=code: session.go(ToPaper(code, record)))
    menu.popup(below.mapToGlobal(below.rect().bottomLeft()))
    return menu


class RecordMenu(QMenu):
    """The menu of one record."""

    def __init__(self, session: Session, subject: str, record: int, attempt: Attempt, parent: QPushButton) -> None:
        super().__init__(parent)
        self._session, self._subject, self._record = session, subject, record
        self._attempt = attempt
        self.addAction("导出 Word…", self._word)
        known = session.ledger[DocumentTemplate].all(subject=subject)
        filling = self.addMenu("用上级模板填写")
        for template in known:
            filling.addAction(f"{template.name}…", lambda t=template: self._ask_filled(t))
        if not known:
            filling.addAction("还没有模板，去设置里加入", lambda: session.go(ToView("settings", "templates")))
        self.addAction("复制到填报平台…", self._copy)

    def open(self) -> None:
        """Show it below its button."""
        parent = self.parent()
        assert isinstance(parent, QWidget)
        self.popup(parent.mapToGlobal(parent.rect().bottomLeft()))

    def _ask(self, title: str, name: str) -> Path | None:
        start = str(self._session.path.parent / name)
        suffix = PurePath(name).suffix
        chosen, _ = QFileDialog.getSaveFileName(None, title, start, f"文件 (*{suffix})")
        return Path(chosen) if chosen else None

    def _word(self) -> None:
        path = self._ask("导出 Word", f"{self._session.year}-{self._subject}记录.docx")
        if path:
            self.write_word(path)

    def write_word(self, path: Path) -> None:
        """Write the record as a .docx."""
        from app.exchange.document import document
        from app.reports.forms import form_story

        def make() -> bytes:
            ledger, today = self._session.ledger_of_year(), self._session.today()
            story, paper = form_story(ledger, FORMS[self._subject], self._record, today)
            return document(story, f"{self._subject}记录", paper=paper)

        self._write(path, make)

    def _ask_filled(self, template: DocumentTemplate) -> None:
        path = self._ask("用上级模板填写", f"{self._session.year}-{template.name}{PurePath(template.file_name).suffix}")
        if path:
            self.write_filled(template, path)

    def write_filled(self, template: DocumentTemplate, path: Path) -> None:
        """Write a superior's template filled from the record."""
        from app.exchange.filling import fields_of, fill

        def make() -> bytes:
            values = fields_of(self._session.ledger_of_year(), self._subject, self._record)
            return fill(template, self._session.ledger.blobs.get(template.digest), values)

        self._write(path, make)

    def _write(self, path: Path, make: Callable[[], bytes]) -> None:
        from ui.kit.files import write_bytes

        if self._attempt(lambda: write_bytes(path, make())):
            self._session.say(f"已导出 {path.name}")

    def _copy(self) -> None:
        parent = self.parent()
        assert isinstance(parent, QWidget)
        CopyDialog(self._session, self._subject, self._record, parent.window()).show()
