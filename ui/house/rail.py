"""The side bar of an open ledger: whose it is, the year, search, the pages; as icons alone where there is no room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from app.errors import AppError
from app.people.members import MemberStatus
from app.year.figures import head_count
from app.year.standing import State
from ui.house.entries import PAGES, SETTINGS, PageEntry, family, line_of
from ui.house.session import Session
from ui.house.ways import ToView
from ui.kit.basic import button, label, line, restyle, row, scrolled
from ui.kit.icons import icon
from ui.kit.side_bar import WIDTH, SideBar, mark_of, page_button, show_current
from ui.kit.theme import theme

PLANNING_MONTH = 11
NARROW = 1000
"""Pixels of 100 % below which a window has no room for the words of the side bar."""


class Rail(SideBar):
    """The side bar: whose ledger this is, the year, search, the pages."""

    def __init__(self, session: Session, show_page: Callable[[str], object], search: Callable[[], object]) -> None:
        super().__init__()
        self._session = session
        self.narrow = False
        """Whether there are icons alone."""
        self.wanted: bool | None = None
        """Whether icons alone are wanted; None where the room decides."""
        self._current = ""
        self._buttons: dict[str, QPushButton] = {}
        self._groups: list[QLabel] = []
        self._wordy: list[QWidget] = []
        """What is not shown where there are icons alone."""
        self._named: list[QPushButton] = []
        """Buttons that lose their words there."""
        self._branch()
        self._year_switcher()
        self._pages(show_page, search)
        self.box.addWidget(line())
        self._kept = page_button("", lambda: session.go(ToView("history", "backups")), name="save")
        self.box.addWidget(self._kept)
        self._add(SETTINGS, show_page, self.box)
        if session.secret:
            lock = page_button("锁定", session.locking.emit, name="lock_closed", tip="锁定台账（Ctrl+L）")
            self._named.append(lock)
            self.box.addWidget(lock)
        session.safekeeping.told.connect(self.show_kept)

    def _pages(self, show_page: Callable[[str], object], search: Callable[[], object]) -> None:
        look = theme()
        found = button("搜索", search, kind="find", icon="search", tip="搜索全部内容（Ctrl+K）")
        self._named.append(found)
        keys = label("Ctrl K", "keys")
        self._wordy.append(keys)
        _beside(found, keys)
        self.box.addWidget(found)
        self.box.addSpacing(look.px(4))
        listed = QWidget()
        listed.setObjectName("railpages")
        self._list = QVBoxLayout(listed)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(look.px(1))
        group = ""
        for entry in (entry for entry in PAGES if not entry.within):
            if entry.group != group:
                group = entry.group
                self._groups.append(label(group, "group"))
                self._list.addWidget(self._groups[-1])
            self._add(entry, show_page, self._list)
        self._list.addStretch(1)
        # On a low screen, or with large text, the pages scroll between search and foot.
        self._pages_area = scrolled(listed)
        self._pages_area.setObjectName("railpages")
        self.box.addWidget(self._pages_area, 1)
        self._badge = label("", "badge")
        _beside(self._buttons["home"], self._badge)

    def _branch(self) -> None:
        look = theme()
        self._name = label("", "head")
        self._count = label("", "caption")
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self._count)
        self._wordy += [self._name, self._count]
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
        self._wordy += [self._earlier, self._year, self._later]
        self.box.addLayout(row(self._earlier, None, self._year, None, self._later))
        self._years = button("", self._offer_years, kind="small", tip="换一个年度")
        self._years.setAccessibleName("换一个年度")
        self._years.hide()
        self.box.addWidget(self._years)
        self.box.addSpacing(theme().px(6))

    def _add(self, entry: PageEntry, show_page: Callable[[str], object], box: QVBoxLayout) -> None:
        tabs = "、".join(other.title for other in family(entry.code))
        made = page_button(entry.line or entry.title, lambda: show_page(entry.code), tip=tabs)
        self._buttons[entry.code] = made
        self._named.append(made)
        box.addWidget(made)
        self._mark(entry, current=False)

    def _mark(self, entry: PageEntry, *, current: bool) -> None:
        show_current(self._buttons[entry.code], entry.icon, current=current)

    def show_current(self, code: str) -> None:
        """Mark the page that is shown, or beside which it stands."""
        self._current = code = line_of(code)
        for entry in (*PAGES, SETTINGS):
            if entry.code in self._buttons:
                self._mark(entry, current=entry.code == code)
        self._show_page_in_view()

    def _show_page_in_view(self) -> None:
        code = self._current
        if code in self._buttons and code != SETTINGS.code and self._pages_area.verticalScrollBar().maximum():
            self._pages_area.ensureWidgetVisible(self._buttons[code], 0, theme().px(8))

    # --- as much as there is room for ---

    def toggle(self) -> None:
        """Icons alone, or with their words (Ctrl+B)."""
        self.wanted = not self.narrow
        self.fit()

    def fit(self) -> None:
        """Show words, headings and heights as there is room for: pages are not scrolled on a usual screen."""
        window = self.window()
        little = window.width() < theme().px(NARROW)
        self._show_narrow(little if self.wanted is None else self.wanted)
        for tight, headings in ((False, True), (False, False), (True, False)):
            for heading in self._groups:
                heading.setVisible(headings and not self.narrow)
            self._list.setSpacing(0 if tight else theme().px(1))
            for made in self._buttons.values():
                restyle(made, "tight", tight)
            self._list.invalidate()
            self.box.invalidate()
            if self._needed() <= self.height():
                break

    def _needed(self) -> int:
        """The height of everything without scrolling."""
        listed = self._list.sizeHint().height()
        return self.box.sizeHint().height() - self._pages_area.sizeHint().height() + listed

    def _show_narrow(self, narrow: bool) -> None:
        if narrow == self.narrow:
            return
        self.narrow = narrow
        restyle(self, "narrow", narrow)
        for made in self.findChildren(QPushButton):
            restyle(made, "narrow", narrow)
        self.setFixedWidth(theme().px(60 if narrow else WIDTH))
        for part in self._wordy:
            part.setVisible(not narrow)
        self._years.setVisible(narrow)
        for made in (*self._named, self._kept):
            made.setText("" if narrow else made.accessibleName())
            if narrow and not made.toolTip():
                made.setToolTip(made.accessibleName())
        self.refresh()

    def _offer_years(self) -> None:
        """The years that can be shown, where the arrows have no room."""
        menu = QMenu(self._years)
        for step, words in ((-1, "上一年度"), (1, "下一年度")):
            action = menu.addAction(f"{words}（{self._session.year + step}）", lambda step=step: self._turn(step))
            action.setEnabled(step < 0 or self._later.isEnabled())
        menu.popup(self._years.mapToGlobal(self._years.rect().bottomLeft()))

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
        self._years.setText(str(year.year))
        today = self._session.today()
        # From November on the next year is open too: its plan is made before it begins.
        self._later.setEnabled(year.year < today.year + (today.month >= PLANNING_MONTH))
        missing = sum(duty.state is State.MISSING for duty in self._session.duties())
        self._badge.setText(str(missing))
        self._badge.setVisible(missing > 0 and not self.narrow)
        self._buttons["home"].setToolTip(f"{missing} 项缺" if missing else "工作台" if self.narrow else "")

        self.show_kept()

    def show_kept(self) -> None:
        """Say when the last backup that counts was made."""
        text, tone = self._session.safekeeping.in_words(self._session.today())
        self._kept.setText("" if self.narrow else text)
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
