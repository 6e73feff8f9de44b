"""The choice of a single form: a button that shows it, and a menu in which the forms stand by subject."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton

from ui.pages.reports.wanted import BRIEFING
from ui.record.record_menu import DEVELOPMENT_FORMS, ELECTION_FORMS

NONE = "（整本或所选章节）"
# Forms that can be printed for a year, an applicant or an election; the others are printed from where their record is.
GROUPS: dict[str, tuple[str, ...]] = {
    "党员名册和个人": ("roster", "roster_posted", "roster_full", "roster_a3", "person_year"),
    "会议和谈话": ("minutes", "theme_days", "talks", "life_findings", "follow_ups", "plan"),
    "党费": ("dues_register", "dues_register_a3", "dues_notice", "remittances", "receipts"),
    "民主评议": ("appraisal_ballot", "appraisal_tally", "appraisal_sheet", "appraisals"),
    "发展党员": tuple(DEVELOPMENT_FORMS),
    "换届选举": tuple(ELECTION_FORMS),
    "党员管理": ("transfers", "circumstances", "honours", "dispositions", "care", "birthdays", "birthday_cards"),
    "学习、任务和检查": ("study_hours", "repository", "tasks", "rectifications", "inspections"),
    "年度材料和移交": ("papers", "handover"),
}


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
        """The menu, once: what prints the forms is imported only now."""
        from app.reports.forms import FORMS

        menu = QMenu(self)
        self._offer(menu, "", NONE)
        for title, codes in GROUPS.items():
            group = menu.addMenu(title)
            for code in codes:
                self._offer(group, code, FORMS[code].title)
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
