"""The committee's window: side bar and pages over one collection."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from ui.collection.branches import BranchesPage
from ui.collection.documents import DocumentsPage
from ui.collection.figures import FiguresPage
from ui.collection.office import Office
from ui.collection.sampling import SamplingPage
from ui.collection.sources import SourcesPage
from ui.kit.basic import button, label, line, row
from ui.kit.messages import Toast
from ui.kit.page import Page
from ui.kit.side_bar import SideBar, mark_of, page_button, show_current
from ui.kit.theme import theme

PAGES: tuple[tuple[str, str, type[Page]], ...] = (
    ("支部一览", "table", BranchesPage),
    ("汇总数字", "data_bar_vertical", FiguresPage),
    ("上级文件", "clipboard_task", DocumentsPage),
    ("抽查", "checkbox_checked", SamplingPage),
    ("报送情况", "building", SourcesPage),
)


class CollectionView(QWidget):
    """Everything that a committee sees; `left` goes back to the first screen."""

    def __init__(self, office: Office, left: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.office = office
        self._left = left
        self.pages: list[Page] = [make(office) for _, _, make in PAGES]  # pyright: ignore[reportCallIssue]
        self._stack = QStackedWidget()
        for page in self.pages:
            self._stack.addWidget(page)
        self._buttons: list[QPushButton] = []
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._rail())
        box.addWidget(self._stack, 1)
        self.toast = Toast(self)
        office.said.connect(self.toast.show_text)
        office.changed.connect(self._renew)
        office.branch_wanted.connect(self._show_branch)
        for number in range(len(PAGES)):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self)
            shortcut.activated.connect(lambda number=number: self.show_page(number))
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(lambda: self.page.focus_filter())
        self._renew()
        self.show_page(0 if office.years else len(PAGES) - 1)

    def _rail(self) -> SideBar:
        look = theme()
        rail = SideBar()
        box = rail.box
        name = label(self.office.path.stem, "head")
        name.setToolTip(self.office.path.name)
        name.setText(name.fontMetrics().elidedText(name.text(), Qt.TextElideMode.ElideRight, look.px(136)))
        box.addLayout(row(mark_of("building_filled"), name, None))
        box.addSpacing(look.px(6))
        self._earlier = button("上一年度", lambda: self._turn(-1), kind="icon", icon="chevron_left")
        self._later = button("下一年度", lambda: self._turn(1), kind="icon", icon="chevron_right")
        self._year = label("")
        self._year.setStyleSheet("font-weight: bold;")
        box.addLayout(row(self._earlier, None, self._year, None, self._later))
        box.addSpacing(look.px(6))
        for number, (title, _, _) in enumerate(PAGES):
            made = page_button(title, lambda number=number: self.show_page(number), tip=f"Ctrl+{number + 1}")
            self._buttons.append(made)
            box.addWidget(made)
        box.addStretch(1)
        box.addWidget(line())
        box.addWidget(page_button("返回首页", self.go_back, name="home"))
        return rail

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.pages[self._stack.currentIndex()]

    def show_page(self, number: int) -> None:
        """Show a page, unless the one that is shown is at work."""
        if self.pages[number] is not self.page and not self.page.leave():
            return
        self._stack.setCurrentIndex(number)
        for place, made in enumerate(self._buttons):
            show_current(made, PAGES[place][1], current=place == number)
        self._refresh()

    def _refresh(self) -> None:
        """Show what the collection says now; the facts beside the title may leave less room for the actions."""
        self.page.refresh()
        self.page.fit_actions()

    def _show_branch(self, source: int) -> None:
        page = self.pages[0]
        assert isinstance(page, BranchesPage)
        self.show_page(0)
        page.show_branch(source)

    def _renew(self) -> None:
        office = self.office
        self._year.setText(f"{office.year} 年度")
        years = [*office.years, office.year]
        self._earlier.setEnabled(office.year > min(years))
        self._later.setEnabled(office.year < max(*years, office.today().year))
        self._refresh()

    def _turn(self, step: int) -> None:
        if self.page.leave():
            self.office.show_year(self.office.year + step)

    def leave(self) -> bool:
        """Whether the window may be left."""
        return self.page.leave()

    def go_back(self) -> None:
        """Back to the first screen."""
        if self.leave():
            self._left()
