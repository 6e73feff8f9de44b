"""What can be made of one record outside the program: a .docx, a superior's template filled, text for a platform."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Any

from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from app.exchange.document_templates import DocumentTemplate
from app.reports.catalogue import FormGroup, form_of, forms_in
from app.ways import ToPaper
from ui.house.session import Session
from ui.house.ways import ToView
from ui.kit.basic import button
from ui.kit.files import dated
from ui.record.copying import CopyDialog

Attempt = Callable[[Callable[[], Any]], bool]


def more_button(session: Session, subject: str, record: Callable[[], int], attempt: Attempt):
    """A button with the menu of a record; `record` tells which is shown, `attempt` shows what could not be done."""
    made = button("更多", lambda: RecordMenu(session, subject, record(), attempt, made).open(), kind="small")
    made.setAccessibleDescription("导出、上级模板、复制到平台")
    return made


def offer_forms(session: Session, below: QWidget, record: int, group: FormGroup) -> QMenu:
    """A menu of the forms of one applicant or election; choosing one shows it on the print page."""
    menu = QMenu(below)
    for code, form in forms_in(group).items():
        menu.addAction(form.word, lambda code=code: session.go(ToPaper(code, record)))
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
        path = self._ask("导出 Word", dated(self._session.year, f"{self._subject}记录") + ".docx")
        if path:
            self.write_word(path)

    def write_word(self, path: Path) -> None:
        """Write the record as a .docx."""
        from app.exchange.document import document
        from app.reports.forms import form_story

        def make() -> bytes:
            ledger, today = self._session.ledger_of_year(), self._session.today()
            story, paper = form_story(ledger, form_of(self._subject), self._record, today)
            return document(story, f"{self._subject}记录", paper=paper)

        self._write(path, make)

    def _ask_filled(self, template: DocumentTemplate) -> None:
        suffix = PurePath(template.file_name).suffix
        path = self._ask("用上级模板填写", dated(self._session.year, template.name) + suffix)
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
