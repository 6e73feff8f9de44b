"""The workspace of an open ledger: side bar, pages, and the keys that work everywhere."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.branch.branch import the_branch
from app.record import entries
from app.ways import ToRecord
from ui.house.entries import PAGES, SETTINGS, family
from ui.house.rail import Rail
from ui.house.session import Session
from ui.house.ways import YEARLY, Place, ToView, page_of
from ui.kit.messages import Toast
from ui.kit.page import Page

if TYPE_CHECKING:
    from ui.house.course import CourseBar


class Workspace(QWidget):
    """Side bar and pages of one open ledger."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("window")
        self.session = session
        self.rail = Rail(session, self.show_page, self.search)
        self.pages = QStackedWidget()
        self.pages.setObjectName("pages")
        self._made: dict[str, Page] = {}
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.rail)
        self._right = QVBoxLayout()
        self._right.setSpacing(0)
        self._right.addWidget(self.pages, 1)
        box.addLayout(self._right, 1)
        self.course: CourseBar | None = None
        session.toast = Toast(self)
        session.changed.connect(self.refresh)
        session.safekeeping.told.connect(self._show_faults)
        session.going.connect(self.go)
        session.course_wanted.connect(self.begin_course)
        self._keys()
        # The frame is painted first; what has to be read and counted follows at once.
        self.pages.setCurrentWidget(self.make_page(PAGES[0].code))
        self.rail.show_current(PAGES[0].code)
        QTimer.singleShot(0, self, self.refresh)
        if session.preferences.course_shown and the_branch(session.ledger).sample:
            QTimer.singleShot(0, self, self.show_course)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.fit()

    def _keys(self) -> None:
        for entry in PAGES:
            if entry.key:
                self._key(f"Ctrl+{entry.key}", lambda code=entry.code: self.show_page(code))
        self._key("Ctrl+0", lambda: self.show_page(SETTINGS.code))
        self._key("Ctrl+K", self.search)
        self._key("Ctrl+N", lambda: self.page.primary())
        self._key("Ctrl+B", self.rail.toggle)
        self._key("Ctrl+F", lambda: self.page.focus_filter())
        self._key("Ctrl+P", lambda: self.show_page("reports"))
        self._key("Ctrl+Z", lambda: self.session.step(back=True))
        self._key("Ctrl+Y", lambda: self.session.step(back=False))
        self._key("Ctrl+Shift+Z", lambda: self.session.step(back=False))
        self._key("F1", self.show_help)
        if self.session.secret:
            self._key("Ctrl+L", self.session.locking.emit)

    def _key(self, keys: str, action: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(lambda: action())

    @property
    def page(self) -> Page:
        """The page that is shown."""
        shown = self.pages.currentWidget()
        assert isinstance(shown, Page)
        return shown

    def make_page(self, code: str) -> Page:
        """The page of a code, made when it is first asked for."""
        if code not in self._made:
            module = importlib.import_module(f"ui.pages.{code}")
            made: Page = module.make(self.session)
            self._made[code] = made
            tabs = family(code)
            if tabs:
                made.show_tabs([(entry.code, entry.title) for entry in tabs], code, self.show_page)
            self.pages.addWidget(made)
        return self._made[code]

    def show_page(self, code: str) -> None:
        """Show a page, unless the present one has a form that is not to be left."""
        if self.pages.count() and code != self.current_code and not self.page.leave():
            self.rail.show_current(self.current_code)
            return
        page = self.make_page(code)
        self.pages.setCurrentWidget(page)
        self.rail.show_current(code)
        page.attempt(page.refresh)
        page.fit_actions()

    @property
    def current_code(self) -> str:
        """The code of the page that is shown."""
        return next((code for code, page in self._made.items() if page is self.pages.currentWidget()), "")

    def go(self, place: Place) -> None:
        """Show the page of a place, in a year in which there is what it leads to."""
        code = page_of(place)
        self.show_page(code)
        if self.current_code != code:
            return
        if isinstance(place, ToRecord) and place.kind in YEARLY:
            self._show_year_of(place)
        self.page.open_with(place)
        self.rail.show_current(self.page.beside or code)

    def _show_year_of(self, place: ToRecord) -> None:
        """Turn to the year of a record that the shown year does not hold."""
        found = self.session.ledger[place.kind].all(id=place.id)
        told = [getattr(found[0], item.name) for item in entries(place.kind) if item.tells_year] if found else []
        years = [day if isinstance(day, int) else day.year for day in told if day is not None]
        if years and self.session.year not in years:
            self.page.attempt(lambda: self.session.show_year(max(years)))

    def refresh(self) -> None:
        """Show what has changed: the side bar and the present page; the others when they are shown again."""
        self.rail.refresh()
        self.rail.fit()
        self.page.attempt(self.page.refresh)
        self.page.fit_actions()

    def _show_faults(self) -> None:
        """Say on the present page that the file is not as it was left."""
        faults = self.session.safekeeping.faults
        if faults:
            text = f"台账文件有问题：{'；'.join(faults[:3])}。请先不要再录入，到“历史与备份”里恢复最近的备份。"
            self.page.bar.show_text(text)

    def search(self) -> None:
        """Search everything (Ctrl+K)."""
        from ui.house.search import SearchDialog

        SearchDialog(self.session, self).open()

    def show_course(self) -> CourseBar:
        """The course for a new clerk below the pages, where it stands; it is about the sample branch."""
        if self.course is None:
            from ui.house.course import CourseBar

            self.course = CourseBar(self.session)
            self._right.addWidget(self.course)
        return self.course

    def begin_course(self) -> None:
        """The course is wanted: show it, a finished one anew."""
        self.show_course().begin()

    def show_help(self) -> None:
        """What the guide says of the present page (F1)."""
        if self.current_code != "help":
            self.go(ToView("help", self.current_code))
