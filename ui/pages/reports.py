"""报表打印: what is printed, the very PDF as preview, print and export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import AppError
from app.meetings import lacks
from app.seals import seal_year
from app.standing import State
from ui.kit.basic import Card, button, label, line, row, scrolled
from ui.kit.editors import combo
from ui.kit.messages import Bar, ask
from ui.kit.page import Page
from ui.kit.preview import Preview, print_pdf
from ui.kit.theme import theme
from ui.session import Session

SINGLE = "（整本或所选章节）"
# Forms about the year as a whole; the others are printed from where their record is.
ALONE = (
    "roster_posted",
    "roster_full",
    "dues_notice",
    "receipts",
    "birthdays",
    "transfers",
    "circumstances",
    "honours",
    "dispositions",
    "care",
    "appraisals",
    "handover",
)


class ReportsPage(Page):
    """报表打印."""

    title = "报表打印"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._meeting: int | None = None
        self._form: tuple[str, int] | None = None
        self._printed: Any = None
        self._asked: object = None
        look = theme()
        self._seal = self.add_action(button("年度归档…", self.seal, icon="checkmark_circle"))
        self._save = self.add_action(button("导出 PDF", self.export, icon="arrow_download"))
        self._print = self.add_action(button("打印", self.print, kind="primary", icon="print"))
        left = Card("包含内容")
        left.setFixedWidth(look.px(250))
        inner = QWidget()
        self._ticks_box = QVBoxLayout(inner)
        self._ticks_box.setContentsMargins(0, 0, 0, 0)
        self._ticks_box.setSpacing(0)
        self._ticks: dict[str, QCheckBox] = {}
        self._whole = QCheckBox("整本台账（封面、目录）")
        self._whole.setAccessibleName("整本台账（封面、目录）")
        self._whole.setChecked(True)
        self._whole.clicked.connect(self._whole_clicked)
        left.body.addWidget(self._whole)
        left.body.addWidget(line())
        left.body.addWidget(scrolled(inner), 1)
        left.body.addWidget(line())
        left.body.addWidget(label("单张表格", "secondary"))
        self.single = combo([SINGLE], accessible="单张表格")
        self.single.activated.connect(lambda _: self._choose_form())
        left.body.addWidget(self.single)
        self._gaps = Bar()
        left.body.addWidget(button("更新预览", self.compose, kind="small"))
        right = Card(padding=8)
        self.preview = Preview()
        self.preview.page_changed.connect(self._show_page)
        self._where = label("", "secondary")
        zoom_out = button("缩小", lambda: self.preview.set_zoom(self.preview.zoom / 1.25), kind="icon", icon="zoom_out")
        zoom_in = button("放大", lambda: self.preview.set_zoom(self.preview.zoom * 1.25), kind="icon", icon="zoom_in")
        back = button("上一页", lambda: self.preview.go_to(self.preview.current - 1), kind="icon", icon="chevron_left")
        on = button("下一页", lambda: self.preview.go_to(self.preview.current + 1), kind="icon", icon="chevron_right")
        self._state = label("", "secondary")
        right.body.addLayout(row(self._state, None, back, self._where, on, 12, zoom_out, zoom_in))
        right.body.addWidget(self._gaps)
        right.body.addWidget(self.preview, 1)
        middle = QHBoxLayout()
        middle.setSpacing(look.px(16))
        middle.addWidget(left)
        middle.addWidget(right, 1)
        self.body.addLayout(middle, 1)

    def _make_ticks(self) -> None:
        from app.reports.chapters import chapters

        for chapter in chapters():
            tick = QCheckBox(chapter.title)
            tick.setAccessibleName(chapter.title)
            tick.setChecked(True)
            tick.clicked.connect(self._tick_clicked)
            self._ticks[chapter.code] = tick
            self._ticks_box.addWidget(tick)
        self._ticks_box.addStretch(1)
        from app.reports.forms import FORMS

        for code in ALONE:
            self.single.addItem(FORMS[code].title, code)

    def _choose_form(self) -> None:
        code = self.single.currentData()
        self._form = (code, 0) if code else None
        self._meeting = None
        self.compose()

    def _whole_clicked(self) -> None:
        for tick in self._ticks.values():
            tick.setChecked(self._whole.isChecked())
        self._of_the_book()
        self.compose()

    def _tick_clicked(self) -> None:
        self._whole.setChecked(all(tick.isChecked() for tick in self._ticks.values()))
        self._of_the_book()
        self.compose()

    def _of_the_book(self) -> None:
        self._meeting = self._form = None
        self.single.setCurrentIndex(0)

    def seal(self) -> None:
        """Seal the shown year after its ledger has been printed and signed."""
        year, today = self._session.year, self._session.today()
        text = f"把 {year} 年归档？"
        advice = "请在台账打印、签字以后归档。归档后最后一页印上校验码；再补录或更正要写明原因，并列在下次打印里。"
        if ask(self, text, advice, "归档") and self.attempt(lambda: seal_year(self._session.ledger, year, today)):
            self._session.say(f"{year} 年已归档，请重新打印最后一页", undo=True)

    def refresh(self) -> None:
        over = self._session.year < self._session.today().year
        self._seal.setVisible(over and self._session.ledger_of_year().seal is None)
        if not self._ticks:
            self._make_ticks()
        if self._asked is not self._session.ledger_of_year():
            self.compose()

    def open_with(self, hint: dict[str, Any]) -> None:
        self._meeting = hint.get("meeting")
        self._form = (hint["form"], hint.get("record", 0)) if "form" in hint else None
        self.single.setCurrentIndex(max(0, self.single.findData(hint.get("form"))))
        if "only" in hint or self._meeting:
            for code, tick in self._ticks.items():
                tick.setChecked(code == hint.get("only"))
            self._whole.setChecked(False)
        self.compose()

    def chosen(self) -> list[str] | None:
        """The codes of the ticked chapters; None for the whole book."""
        if self._whole.isChecked():
            return None
        return [code for code, tick in self._ticks.items() if tick.isChecked()]

    def compose(self) -> None:
        """Make the PDF on the worker and show it."""
        ledger, today = self._session.ledger_of_year(), self._session.today()
        chosen, meeting, form = self.chosen(), self._meeting, self._form
        self._asked = asked = ledger
        if chosen == [] and meeting is None and form is None:
            self._state.setText("请至少选一项内容")
            return
        self._state.setText("正在生成预览…")
        self._show_gaps()
        for made in (self._save, self._print):
            made.setEnabled(False)

        def work() -> Any:
            from app.reports.book import print_book, print_meeting
            from app.reports.forms import print_form

            if form:
                return print_form(ledger, form[0], form[1], today)
            return print_meeting(ledger, meeting) if meeting else print_book(ledger, today, chosen)

        def answer(printed: Any) -> None:
            if asked is self._asked and (chosen, meeting, form) == (self.chosen(), self._meeting, self._form):
                self._show(printed)

        self._session.tasks.start(work, answer, self._failed, owner=self)

    def _failed(self, error: BaseException) -> None:
        self._state.setText("")
        if not isinstance(error, AppError):
            raise error
        self.bar.show_error(error)

    def _show(self, printed: Any) -> None:
        self._printed = printed
        self.preview.show_pdf(printed.data)
        self._state.setText(f"{self._what()} · 共 {printed.pages} 页")
        if printed.unprintable:
            text = "字库里没有这些字，会印成〓：" + "、".join(printed.unprintable)
            self.bar.show_text(text, "warning")
        for made in (self._save, self._print):
            made.setEnabled(True)
        for code, tick in self._ticks.items():
            page = printed.pages_of.get(code)
            tick.setText(tick.accessibleName() + (f"　{page} 页起" if page and self._whole.isChecked() else ""))

    def _show_gaps(self) -> None:
        ledger = self._session.ledger_of_year()
        lacking = [m for m in ledger.minutes if lacks(m)]
        missing = sum(duty.state is State.MISSING for duty in self._session.duties())
        words: list[str] = []
        if lacking:
            first = lacking[0]
            words.append(
                f"{len(lacking)} 份会议记录不完整，"
                f"如 {first.meeting.held_on}《{first.meeting.subject[:12]}》{lacks(first)}"
            )
        if missing:
            words.append(f"年度达标有 {missing} 项缺")
        if not ledger.branch.superior:
            words.append("上级党组织没有填写")
        self._gaps.show_text("打印前请看：" + "；".join(words), "warning") if words else self._gaps.hide()

    def _show_page(self, number: int, count: int) -> None:
        self._where.setText(f"{number} / {count}")

    def _what(self) -> str:
        """What is shown: a form, a record, or the ledger of the year."""
        if self._form:
            from app.reports.forms import FORMS

            return FORMS[self._form[0]].title
        return "会议记录" if self._meeting else f"{self._session.year} 年度台账"

    def _name(self) -> str:
        return f"{self._session.year}-{self._what()}.pdf".replace(" ", "")

    def export(self) -> None:
        """Save the PDF where the user says."""
        folder = self._session.path.parent
        name, _ = QFileDialog.getSaveFileName(self, "导出 PDF", str(folder / self._name()), "PDF (*.pdf)")
        if name:
            self.write(Path(name))

    def write(self, path: Path) -> None:
        """Write the shown PDF to a file."""
        from ui.files import write_bytes

        if self.attempt(lambda: write_bytes(path, self._printed.data)):
            self._session.say(f"已导出 {path.name}")

    def print(self) -> None:
        """Print the shown PDF through the system's dialog."""
        if self._printed is not None:
            print_pdf(self, self._printed.data)


def make(session: Session) -> Page:
    """The page for a session."""
    return ReportsPage(session)
