"""The workspace of an open ledger: side bar, pages, and the keys that work everywhere."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.errors import AppError
from app.people.members import MemberStatus
from app.record import entries
from app.ways import ToRecord
from app.year.figures import head_count
from app.year.standing import State
from ui.house.entries import PAGES, SETTINGS, PageEntry
from ui.house.session import Session
from ui.house.ways import YEARLY, Place, ToView, page_of
from ui.kit.basic import button, label, line, row, scrolled
from ui.kit.icons import icon
from ui.kit.messages import Toast
from ui.kit.page import Page
from ui.kit.side_bar import SideBar, mark_of, page_button, show_current
from ui.kit.theme import theme

PLANNING_MONTH = 11


class Rail(SideBar):
    """The side bar: whose ledger this is, the year, search, the pages."""

    def __init__(self, session: Session, show_page: Callable[[str], object], search: Callable[[], object]) -> None:
        super().__init__()
        look = theme()
        self._session = session
        self._buttons: dict[str, QPushButton] = {}
        self._branch()
        self._year_switcher()
        found = button("搜索", search, icon="search", tip="搜索全部内容（Ctrl+K）")
        found.setStyleSheet("text-align: left;")
        _beside(found, label("Ctrl K", "keys"))
        self.box.addWidget(found)
        self.box.addSpacing(look.px(4))
        listed = QWidget()
        listed.setObjectName("railpages")
        self._list = QVBoxLayout(listed)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(look.px(1))
        group = ""
        for entry in PAGES:
            if entry.within:
                continue
            if entry.group != group:
                group = entry.group
                self._list.addWidget(label(group, "group"))
            self._add(entry, show_page, self._list)
        self._list.addStretch(1)
        # On a low screen, or with large text, the pages scroll between search and foot.
        self._pages_area = scrolled(listed)
        self._pages_area.setObjectName("railpages")
        self.box.addWidget(self._pages_area, 1)
        self._badge = label("", "badge")
        _beside(self._buttons["home"], self._badge)
        self.box.addWidget(line())
        self._kept = page_button("", lambda: session.go(ToView("history", "backups")), name="save")
        self.box.addWidget(self._kept)
        self._add(SETTINGS, show_page, self.box)
        if session.secret:
            self.box.addWidget(page_button("锁定", session.locking.emit, name="lock_closed", tip="锁定台账（Ctrl+L）"))
        session.safekeeping.told.connect(self.show_kept)

    def _branch(self) -> None:
        look = theme()
        self._name = label("", "head")
        self._count = label("", "caption")
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self._count)
        holder = QHBoxLayout()
        holder.setContentsMargins(look.px(4), 0, 0, look.px(6))
        holder.setSpacing(look.px(10))
        holder.addWidget(mark_of("notebook_filled"))
        holder.addLayout(names, 1)
        self.box.addLayout(holder)

    def _year_switcher(self) -> None:
        self._earlier = button("上一年度", lambda: self._turn(-1), kind="icon", icon="chevron_left")
        self._later = button("下一年度", lambda: self._turn(1), kind="icon", icon="chevron_right")
        self._year = label("")
        self._year.setStyleSheet("font-weight: bold;")
        self._year.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.box.addLayout(row(self._earlier, None, self._year, None, self._later))
        self.box.addSpacing(theme().px(6))

    def _add(self, entry: PageEntry, show_page: Callable[[str], object], box: QVBoxLayout) -> None:
        made = page_button(entry.title, lambda: show_page(entry.code))
        self._buttons[entry.code] = made
        box.addWidget(made)
        self._mark(entry, current=False)

    def _mark(self, entry: PageEntry, *, current: bool) -> None:
        show_current(self._buttons[entry.code], entry.icon, current=current)

    def show_current(self, code: str) -> None:
        """Mark the page that is shown."""
        code = next((entry.within for entry in PAGES if entry.code == code and entry.within), code)
        for entry in (*PAGES, SETTINGS):
            if entry.code in self._buttons:
                self._mark(entry, current=entry.code == code)
        if code in self._buttons and code != SETTINGS.code:
            self._pages_area.ensureWidgetVisible(self._buttons[code], 0, theme().px(8))

    def refresh(self) -> None:
        """Show the branch, its head count and what is missing, as the ledger says now."""
        year = self._session.ledger_of_year()
        day = self._session.reference_day()
        people = year.roster.present(day)
        waiting = sum(year.roster.status(p.id, day) is MemberStatus.PROBATIONARY for p in people)
        name = ("【示例】" if year.branch.sample else "") + year.branch.name
        metrics = self._name.fontMetrics()
        self._name.setText(metrics.elidedText(name, Qt.TextElideMode.ElideRight, theme().px(136)))
        self._name.setToolTip(name)
        self._count.setText(head_count(people, waiting))
        self._year.setText(f"{year.year} 年度")
        today = self._session.today()
        # From November on the next year is open too: its plan is made before it begins.
        self._later.setEnabled(year.year < today.year + (today.month >= PLANNING_MONTH))
        missing = sum(duty.state is State.MISSING for duty in self._session.duties())
        self._badge.setText(str(missing))
        self._badge.setVisible(missing > 0)
        self._buttons["home"].setToolTip(f"{missing} 项缺" if missing else "")

        self.show_kept()

    def show_kept(self) -> None:
        """Say when the last backup that counts was made."""
        text, tone = self._session.safekeeping.in_words(self._session.today())
        self._kept.setText(text)
        self._kept.setAccessibleName(text)
        self._kept.setToolTip(self._session.safekeeping.trouble or "最近一次检查通过的备份。点击查看全部备份")
        self._kept.setIcon(icon("checkmark_circle" if tone == "ok" else "warning", f"{tone}_solid"))

    def _turn(self, step: int) -> None:
        try:
            self._session.show_year(self._session.year + step)
        except AppError as error:
            self._session.say(str(error))


def _beside(holder: QPushButton, mark: QLabel) -> None:
    """Set a small mark at the right end of a button."""
    mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    mark.setMaximumHeight(theme().px(22))
    box = QHBoxLayout(holder)
    box.setContentsMargins(0, 0, theme().px(8), 0)
    box.addStretch(1)
    box.addWidget(mark)


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
        box.addWidget(self.pages, 1)
        session.toast = Toast(self)
        session.changed.connect(self.refresh)
        session.safekeeping.told.connect(self._show_faults)
        session.going.connect(self.go)
        self._keys()
        # The frame is painted first; what has to be read and counted follows at once.
        self.pages.setCurrentWidget(self.make_page(PAGES[0].code))
        self.rail.show_current(PAGES[0].code)
        QTimer.singleShot(0, self, self.refresh)

    def _keys(self) -> None:
        for entry in PAGES:
            if entry.key:
                self._key(f"Ctrl+{entry.key}", lambda code=entry.code: self.show_page(code))
        self._key("Ctrl+0", lambda: self.show_page(SETTINGS.code))
        self._key("Ctrl+K", self.search)
        self._key("Ctrl+N", lambda: self.page.primary())
        self._key("Ctrl+F", lambda: self.page.focus_filter())
        self._key("Ctrl+P", lambda: self.show_page("reports"))
        self._key("Ctrl+Z", lambda: self.session.step(back=True))
        self._key("Ctrl+Y", lambda: self.session.step(back=False))
        self._key("Ctrl+Shift+Z", lambda: self.session.step(back=False))
        self._key("F1", self.show_keys)
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

    def show_keys(self) -> None:
        """The keys (F1)."""
        from ui.house.keys import show_keys

        show_keys(self)
