"""报送上级: what leaves is chosen and listed in words, then written as one file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QRadioButton, QVBoxLayout, QWidget

from app import PACKAGE_SUFFIX
from app.collection.package import pack, package_name, submission
from app.errors import AppError, Refused
from app.year.extract import DETAILS, Detail
from ui.house.session import Session
from ui.house.unlock import password_edit, password_faults
from ui.kit.basic import button, label, required, row, scrolled, sized
from ui.kit.editors import DateEdit, Field
from ui.kit.files import write_bytes
from ui.kit.messages import Bar
from ui.kit.theme import theme

LEAVES = {
    Detail.FIGURES: "各项应做与已做的次数、党员统计、分月会议和党费合计、发展党员人数、"
    "体检发现的种类、上级文件条目的进度。不含任何人的姓名。",
    Detail.LISTS: "另加名单：党员姓名和职务学历，会议、学习、谈话、党费的日期、题目和参加人，缺谁。"
    "不含身份证号、电话、住址、谈话内容和会议记录正文。",
    Detail.WHOLE: "另加全部记录的每一项，包括身份证号、电话、住址、谈话内容和会议记录正文。附件不在内。",
}


class SubmitDialog(QDialog):
    """Asks as of which day, how much and with which password a year is handed up."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle("报送上级")
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(8))
        box.addWidget(
            label(f"把 {session.year} 年度的情况导出成一个文件，用U盘或内网交给上级汇总。", "secondary", wrap=True)
        )
        self.bar = Bar()
        box.addWidget(self.bar)
        self.day = DateEdit(session.today)
        self.day.set(session.today())
        self.day_field = Field("截至日期", self.day)
        box.addLayout(row(required("截至日期 *"), self.day_field, None))
        box.addWidget(label("交多少", "head"))
        self.choices: dict[Detail, QRadioButton] = {}
        for detail in DETAILS:
            choice = QRadioButton(detail.words)
            choice.setAccessibleDescription(LEAVES[detail])
            self.choices[detail] = choice
            box.addWidget(choice)
            told = label(LEAVES[detail], "caption", wrap=True)
            told.setContentsMargins(theme().px(22), 0, 0, 0)
            box.addWidget(told)
        self.choices[Detail.FIGURES].setChecked(True)
        self.password = password_edit("文件密码")
        self.again = password_edit("再输一次文件密码")
        for edit, hint in ((self.password, "文件密码，可以不设"), (self.again, "再输一次")):
            edit.setPlaceholderText(hint)
        box.addWidget(label("文件密码", "head"))
        box.addLayout(row(self.password, self.again))
        box.addWidget(
            label(
                "设了密码，上级要用同一个密码才能收；请当面或打电话告诉上级，不要写在文件名里。", "caption", wrap=True
            )
        )
        self.go = button("导出", self.export, kind="primary", icon="arrow_download")
        # With large text, or on a low screen, what is told scrolls; the buttons stay.
        whole = QVBoxLayout(self)
        whole.addWidget(scrolled(inner), 1)
        whole.addLayout(row(None, button("取消", self.reject), self.go))
        sized(self, 600, 520)

    @property
    def detail(self) -> Detail:
        """How much leaves."""
        return next(detail for detail, choice in self.choices.items() if choice.isChecked())

    def export(self) -> None:
        """Ask for a name and write the file."""
        try:
            day = self.day.day()
        except ValueError as error:
            self.day_field.show_fault(str(error))
            return
        self.day_field.show_fault("")
        try:
            if day is None:
                raise Refused("请填截至日期。")
            self._refuse_password()
            name = package_name(self._session.ledger_of_year().branch.name, self._session.year)
            start = str(self._session.path.parent / name)
            chosen, _ = QFileDialog.getSaveFileName(self, "报送上级", start, f"报送包 (*{PACKAGE_SUFFIX})")
            if chosen:
                self.write(Path(chosen))
                self.accept()
        except AppError as error:
            self.bar.show_error(error)

    def _refuse_password(self) -> None:
        # That both differ comes first: what was meant is not known then.
        for fault in reversed(password_faults(self.password.text(), self.again.text(), optional=True)):
            if fault:
                raise Refused(f"文件密码{fault}。")

    def write(self, path: Path) -> None:
        """Write the package; raises AppError."""
        session, password = self._session, self.password.text()
        day = self.day.day() or session.today()
        told, rows = submission(session.ledger, session.year, day, self.detail, session.today())
        data = pack(told, rows)
        write_bytes(path, session.vault.locked(data, password) if password else data)
        session.say(f"已导出“{path.name}”：截至 {day}，{self.detail.words}")
