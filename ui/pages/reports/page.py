"""The page on which the ledger is printed: what, the very PDF as preview, print and export."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QSizePolicy

from app.errors import AppError
from app.life.meetings import lacks
from app.spool import Spool
from app.year.seal import seal_year
from app.year.standing import State
from ui.house.session import Session
from ui.house.ways import Place
from ui.kit.basic import Card, button, label, row
from ui.kit.editors import combo
from ui.kit.files import dated
from ui.kit.messages import Bar, ask
from ui.kit.page import Page
from ui.kit.preview import Preview, print_pdf
from ui.kit.theme import theme
from ui.pages.reports.contents import Contents
from ui.pages.reports.job import PhotoGatherer, PrintJob
from ui.pages.reports.wanted import Wanted


class ReportsPage(Page):
    """报表打印."""

    title = "报表打印"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._printed: Any = None
        self._asked: object = None
        self._wanted = Wanted()
        self._job: PrintJob | None = None
        self._gatherer: PhotoGatherer | None = None
        self._seal = self.add_action(button("年度归档…", self.seal, icon="checkmark_circle"))
        self._submit = self.add_action(button("报送上级…", self.submit, icon="building"))
        self._word = self.add_action(button("导出 Word", self.export_word, icon="document"))
        self._save = self.add_action(button("导出 PDF", self.export, icon="arrow_download"))
        self._print = self.add_action(button("打印", self.print, kind="primary", icon="print"))
        self.contents = Contents(session)
        self.contents.changed.connect(self.compose)
        middle = QHBoxLayout()
        middle.setSpacing(theme().px(16))
        middle.addWidget(self.contents)
        middle.addWidget(self._preview_card(), 1)
        self.body.addLayout(middle, 1)

    def _preview_card(self) -> Card:
        card = Card(padding=8)
        self.preview = Preview()
        self.preview.page_changed.connect(lambda number, count: self._where.setText(f"{number} / {count}"))
        self.thumbnails = Preview(narrow=True)
        self.thumbnails.chosen.connect(self.preview.go_to)
        self._where = label("", "secondary")
        self._state = label("", "secondary")
        self._stop = button("取消", self.cancel, kind="small")
        self._stop.hide()
        self.jump = combo([], accessible="跳到")
        self.jump.setMinimumWidth(theme().px(80))
        self.jump.setMaximumWidth(theme().px(200))
        self.jump.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.jump.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.jump.activated.connect(lambda _: self.preview.go_to((self.jump.currentData() or 1) - 1))
        shown = self.preview
        steps = (
            button("上一页", lambda: shown.go_to(shown.current - 1), kind="icon", icon="chevron_left"),
            self._where,
            button("下一页", lambda: shown.go_to(shown.current + 1), kind="icon", icon="chevron_right"),
            12,
            button("缩小", lambda: shown.set_zoom(shown.zoom / 1.25), kind="icon", icon="zoom_out"),
            button("放大", lambda: shown.set_zoom(shown.zoom * 1.25), kind="icon", icon="zoom_in"),
        )
        self._gaps = Bar()
        card.body.addLayout(row(self._state, self._stop, None, self.jump, *steps))
        card.body.addWidget(self._gaps)
        pages = QHBoxLayout()
        pages.addWidget(self.thumbnails)
        pages.addWidget(self.preview, 1)
        card.body.addLayout(pages, 1)
        return card

    def submit(self) -> None:
        """Hand up the shown year."""
        from ui.pages.reports.submit import SubmitDialog

        SubmitDialog(self._session, self).exec()

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
        self.contents.fill()
        if self._asked is not self._session.ledger_of_year():
            self.compose()

    def open_with(self, place: Place) -> None:
        self.contents.open_with(place)
        self.compose()

    def compose(self) -> None:
        """Make the PDF on the worker and show it; of the whole book the cover is there at once."""
        self.give_up()
        self._asked = ledger = self._session.ledger_of_year()
        wanted = self.contents.wanted()
        if wanted.nothing:
            self._state.setText("请至少选一项内容")
            return
        self._state.setText("正在生成预览…")
        self._show_gaps()
        self._enable(on=False)
        if wanted.book and self._printed is None:
            today = self._session.today()

            def cover() -> Any:
                from app.reports.book import print_cover

                return print_cover(ledger, today, wanted.binding)

            self._session.tasks.start(cover, self._show_first, self._failed, owner=self)
        spool = self._session.vault.spool()
        if wanted.pictured:
            self._gather_photos(wanted, spool)
        else:
            self._run(wanted, spool, ())

    def _gather_photos(self, wanted: Wanted, spool: Spool) -> None:
        from app.reports.tasks import year_files

        files = [(item, of) for item, of in year_files(self._session.ledger_of_year()) if item.printed]
        self._gatherer = gatherer = PhotoGatherer(self._session, self)

        def progress(done: int, total: int) -> None:
            self._state.setText(f"正在准备照片 {done}/{total}")
            self._stop.setVisible(done < total)

        gatherer.progress.connect(progress)
        gatherer.gather(files, spool, lambda photos: self._run(wanted, spool, photos), self._failed)

    def _run(self, wanted: Wanted, spool: Spool, photos: tuple[Any, ...]) -> None:
        ledger, today = self._session.ledger_of_year(), self._session.today()
        self._job = job = PrintJob(self._session, self)
        job.progress.connect(self._show_progress)
        job.start(
            lambda told: wanted.printed(ledger, today, photos, told, spool),
            lambda printed: self._show(printed, wanted),
            self._failed,
        )

    def _enable(self, *, on: bool) -> None:
        """Whether what is shown can be printed and exported."""
        for made in (self._save, self._print, self._word):
            made.setEnabled(on)

    def cancel(self) -> None:
        """The user wants it no more: what was shown before stays, and can be printed again."""
        self.give_up()
        self._enable(on=self._printed is not None)

    def give_up(self) -> None:
        """Stop what is being made."""
        for running in (self._job, self._gatherer):
            if running is not None:
                running.give_up()
        self._job = self._gatherer = None
        self._stop.hide()
        self._state.setText("已取消")

    def _show_progress(self, pages: int) -> None:
        if self._job is self.sender():
            self._state.setText(f"正在生成，已完成 {pages} 页")
            self._stop.show()

    def _failed(self, error: BaseException) -> None:
        self._state.setText("")
        self._stop.hide()
        self._enable(on=self._printed is not None)
        if not isinstance(error, AppError):
            raise error
        self.bar.show_error(error)

    def _show_first(self, printed: Any) -> None:
        if self._printed is None:
            self.preview.show_pdf(printed.file)

    def _show(self, printed: Any, wanted: Wanted) -> None:
        self._printed, self._wanted = printed, wanted
        self._stop.hide()
        self.bar.hide()
        self.thumbnails.setVisible(printed.pages > 2)
        self.preview.show_pdf(printed.file)
        self.thumbnails.show_pdf(printed.file)
        self._state.setText(f"{self._wanted.title(self._session.year)} · 共 {printed.pages} 页")
        if printed.unprintable:
            text = "字库里没有这些字，会印成〓：" + "、".join(printed.unprintable)
            self.bar.show_text(text, "warning")
        self._enable(on=True)
        self._show_contents(printed)

    def _show_contents(self, printed: Any) -> None:
        """How many pages each part has, and where to jump to."""
        names = {code: tick.accessibleName() for code, tick in self.contents.ticks.items()} | {"photos": "照片附录"}
        starts = sorted((page, code) for code, page in printed.pages_of.items() if code in names)
        ends = [page for page, _ in starts[1:]] + [printed.pages + 1]
        self.contents.show_pages({code: end - page for (page, code), end in zip(starts, ends, strict=False)})
        self.jump.clear()
        for page, code in starts:
            self.jump.addItem(f"{page}　{names[code]}", page)
        self.jump.setVisible(len(starts) > 1)

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

    def file_name(self, suffix: str) -> str:
        """What a file of what is shown is called: year and title, nobody's name."""
        return dated(self._session.year, self._wanted.title(self._session.year)) + suffix

    def _ask_name(self, title: str, suffix: str, kind: str) -> Path | None:
        start = str(self._session.path.parent / self.file_name(suffix))
        chosen, _ = QFileDialog.getSaveFileName(self, title, start, f"{kind} (*{suffix})")
        return Path(chosen) if chosen else None

    def export(self) -> None:
        """Save the PDF where the user says."""
        path = self._ask_name("导出 PDF", ".pdf", "PDF")
        if path:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the shown PDF to a file."""
        self._write(path, self._printed.file.pieces())

    def export_word(self) -> None:
        """Save what is shown as a .docx where the user says."""
        path = self._ask_name("导出 Word", ".docx", "Word 文档")
        if path:
            self.write_word(path)

    def write_word(self, path: Path) -> None:
        """Write what is shown as a .docx; made on the worker."""
        ledger, today, wanted = self._session.ledger_of_year(), self._session.today(), self._wanted
        work, answer = lambda: wanted.written(ledger, today), lambda data: self._write(path, (data,))
        self._session.tasks.start(work, answer, self._failed, owner=self)

    def _write(self, path: Path, pieces: Iterable[bytes]) -> None:
        from ui.kit.files import write_pieces

        if self.attempt(lambda: write_pieces(path, pieces)):
            self._session.say(f"已导出 {path.name}")
            self._session.did.emit("paper")

    def print(self) -> None:
        """Print the shown PDF through the system's dialog."""
        if self._printed is not None:
            name, wanted = self.file_name(""), self._wanted

            def print_it() -> None:
                if print_pdf(self, self._printed.file, name, duplex=wanted.duplex):
                    self._session.did.emit("paper")

            self.attempt(print_it)
