"""The choice of a single form: a button that shows it, and a menu in which the forms stand by subject."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton

from app.reports.catalogue import FormGroup, forms_in
from ui.pages.reports.wanted import BRIEFING

NONE = "（整本或所选章节）"


class FormChoice(QPushButton):
    """Shows the chosen form; emits `chosen` with its code, "" for none, when another is picked."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "choice")
        self.setAutoDefault(False)
        self.code = ""
        self._titles: dict[str, str] = {"": NONE}
        self.show_form("")

    def fill(self) -> None:
        """The menu, once, without those that are printed from where their record is."""
        menu = QMenu(self)
        self._offer(menu, "", NONE)
        for group in FormGroup:
            if group is not FormGroup.RECORD:
                below = menu.addMenu(group)
                for code, form in forms_in(group).items():
                    self._offer(below, code, form.title)
        self._offer(menu, BRIEFING, "党建工作简报…")
        self.setMenu(menu)

    def _offer(self, menu: QMenu, code: str, title: str) -> None:
        self._titles[code] = title
        menu.addAction(title, lambda: self._pick(code))

    def _pick(self, code: str) -> None:
        self.show_form(code)
        self.chosen.emit(code)

    def show_form(self, code: str) -> None:
        """Show a form as chosen; one that is printed only for its record shows none."""
        self.code = code if code in self._titles else ""
        self.setText(self._titles[self.code])
        self.setAccessibleName(f"单张表格：{self.text()}")
