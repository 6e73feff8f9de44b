"""The card in which it is chosen what to print: chapters, options, single forms, the meetings of a briefing."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.reports.catalogue import USUAL, FormGroup, forms_in
from app.ways import ToPaper
from ui.house.session import Session
from ui.house.ways import Place, ToChapter
from ui.kit.basic import Card, button, label, line, row, scrolled
from ui.kit.editors import combo
from ui.kit.theme import theme
from ui.pages.reports.binding import BindingDialog
from ui.pages.reports.briefing import BriefingChoice
from ui.pages.reports.form_choice import FormChoice
from ui.pages.reports.wanted import BRIEFING, Wanted

ALL_PEOPLE = "全部，一人一份"
# Forms that may be of one member, or of one applicant, alone.
OF_A_MEMBER = ("person_year", "appraisal_sheet", "birthday_cards")
OF_AN_APPLICANT = tuple(forms_in(FormGroup.DEVELOPMENT))
OF_ONE = (*OF_A_MEMBER, *OF_AN_APPLICANT)


class Contents(Card):
    """What to print; emits `changed` when something else is wanted."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__("包含内容")
        self.setFixedWidth(theme().px(272))
        self._session = session
        self._meeting: int | None = None
        self._others: tuple[int, ...] = ()
        self._form: tuple[str, int] | None = None
        self.ticks: dict[str, QCheckBox] = {}
        self.whole = self._tick("整本台账（封面、目录）", self._whole_clicked)
        self.whole.setChecked(True)
        self.leave_out = self._tick("不印没有记录的部分", self.changed.emit)
        self.photos = self._tick("附照片、扫描件（每页四张）", self.changed.emit)
        self.duplex = self._tick("双面打印（装订边左右交替）", self.changed.emit)
        self.binding = USUAL
        self.body.addLayout(row(button("封面和装订…", self._bind, kind="link"), None))
        self.body.addWidget(line())
        inner = QWidget()
        self._ticks_box = QVBoxLayout(inner)
        self._ticks_box.setContentsMargins(0, 0, 0, 0)
        self._ticks_box.setSpacing(0)
        self._parts = scrolled(inner)
        self.body.addWidget(self._parts, 1)
        self.briefing = BriefingChoice(session)
        self.briefing.wanted.connect(self.changed)
        self.briefing.hide()
        self.body.addWidget(self.briefing, 1)
        self.body.addWidget(line())
        self.body.addWidget(label("单张表格", "secondary"))
        self.single = FormChoice()
        self.single.chosen.connect(lambda _: self._choose_form())
        self.body.addWidget(self.single)
        self.person = combo([ALL_PEOPLE], accessible="哪一位")
        self.person.activated.connect(lambda _: self._choose_form())
        self.person.hide()
        self.body.addWidget(self.person)

    def _tick(self, text: str, clicked: Any) -> QCheckBox:
        made = QCheckBox(text)
        made.setAccessibleName(text)
        made.clicked.connect(lambda _: clicked())
        self.body.addWidget(made)
        return made

    def fill(self) -> None:
        """The chapters and forms, once: what prints them is imported only now."""
        if self.ticks:
            return
        from app.reports.chapters import chapters

        for chapter in chapters():
            tick = QCheckBox(chapter.title)
            tick.setAccessibleName(chapter.title)
            tick.setChecked(True)
            tick.clicked.connect(self._tick_clicked)
            self.ticks[chapter.code] = tick
            self._ticks_box.addWidget(tick)
        self._ticks_box.addStretch(1)
        self.single.fill()

    def wanted(self) -> Wanted:
        """What is chosen now."""
        chosen = tuple(code for code, tick in self.ticks.items() if tick.isChecked())
        number = self.briefing.number.text()
        return Wanted(
            None if self.whole.isChecked() else chosen,
            self._meeting,
            self._form,
            self.leave_out.isChecked(),
            self.duplex.isChecked(),
            self.photos.isChecked(),
            int(number) if number.isdigit() else 1,
            self.briefing.note.toPlainText(),
            self.briefing.chosen(),
            self._others,
            self.binding,
        )

    def _bind(self) -> None:
        """Ask for cover and binding; they are of the whole book and of its chapters."""
        dialog = BindingDialog(self.binding, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def take() -> None:
            self.binding = dialog.binding
            self.changed.emit()

        dialog.accepted.connect(take)
        dialog.open()

    def open_with(self, place: Place) -> None:
        """Choose what somebody came for: a meeting, a form with its record, one chapter."""
        self.fill()
        paper = place if isinstance(place, ToPaper) else ToPaper("")
        # The minutes of one meeting are a print of their own, those of all a form.
        alone = paper.form == "minutes" and paper.about and not paper.others
        self._meeting, self._others = paper.about if alone else None, paper.others
        form = "" if self._meeting else paper.form
        self._form = (form, paper.about) if form else None
        self.single.show_form(form)
        self._show_choice(form)
        if form in OF_ONE:
            self.person.setCurrentIndex(max(0, self.person.findData(paper.about)))
        chapter = place.chapter if isinstance(place, ToChapter) else ""
        if chapter or self._meeting:
            for code, tick in self.ticks.items():
                tick.setChecked(code == chapter)
            self.whole.setChecked(False)

    def show_pages(self, counts: dict[str, int]) -> None:
        """Say beside each chapter how many pages it has."""
        for code, tick in self.ticks.items():
            number = counts.get(code, 0)
            tick.setText(tick.accessibleName() + (f"　{number} 页" if number else ""))

    def _choose_form(self) -> None:
        code = self.single.code
        self._show_choice(code)
        record = (self.person.currentData() or 0) if code in OF_ONE else 0
        self._form = (code, record) if code else None
        self._meeting, self._others = None, ()
        self.changed.emit()

    def _show_choice(self, code: str | None) -> None:
        """What can be chosen for a form: the meetings of a briefing, the member of a form about one."""
        self.briefing.setVisible(code == BRIEFING)
        self._parts.setVisible(code != BRIEFING)
        if code == BRIEFING:
            self.briefing.refresh()
        self.person.setVisible(code in OF_ONE)
        if code in OF_ONE:
            ledger = self._session.ledger_of_year()
            applicants = [way.applicant for way in ledger.development]
            people = applicants if code in OF_AN_APPLICANT else ledger.roster.members
            shown = self.person.currentText(), self.person.currentData()
            self.person.clear()
            self.person.addItem(ALL_PEOPLE, 0)
            for person in people:
                self.person.addItem(person.name, person.id)
            same = [n for n, person in enumerate(people, 1) if (person.name, person.id) == shown]
            self.person.setCurrentIndex(same[0] if same else 0)

    def _whole_clicked(self) -> None:
        for tick in self.ticks.values():
            tick.setChecked(self.whole.isChecked())
        self._of_the_book()

    def _tick_clicked(self) -> None:
        self.whole.setChecked(all(tick.isChecked() for tick in self.ticks.values()))
        self._of_the_book()

    def _of_the_book(self) -> None:
        self._meeting, self._form, self._others = None, None, ()
        self.single.show_form("")
        self._show_choice(None)
        self.changed.emit()
