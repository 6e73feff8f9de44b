"""The first window: make a ledger in three steps, open one, or look at the sample branch."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app import COLLECTION_SUFFIX, LEDGER_SUFFIX, PROGRAM
from app.branch.branch import BranchKind, found_branch
from app.errors import AppError, Refused
from app.file_names import file_stem
from app.people.members import Member, MemberStatus, enrol
from app.people.posts import Post, PostTitle
from app.sample.year import Plan, fill_sample
from app.store import Ledger
from ui.house.host import Host
from ui.house.recent import reachable
from ui.house.unlock import FORGOTTEN, password_edit, password_faults
from ui.importing import ImportPanel
from ui.kit.basic import Card, button, label, line, required, restyle, row, scrolled
from ui.kit.editors import DateEdit, Field, combo, commit_composition, line_edit
from ui.kit.icons import pixmap
from ui.kit.messages import Bar
from ui.kit.theme import theme

STEPS = ("支部", "支委会", "党员名册", "密码")


class Welcome(QWidget):
    """New, open, recent, sample."""

    def __init__(self, desk: Host) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        outer = QVBoxLayout(self)
        self.bar = Bar()
        outer.addWidget(self.bar)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._start())
        outer.addWidget(self._stack, 1)

    def _start(self) -> QWidget:
        look = theme()
        card = Card(padding=32)
        card.setFixedWidth(look.px(560))
        logo = label()
        logo.setPixmap(pixmap("notebook_filled", "accent_text", 40))
        card.body.addLayout(row(logo, label(PROGRAM, "title"), None))
        card.body.addWidget(
            label("开一次会记一次，年底直接打印。不联网，所有内容只在您的一个文件里。", "secondary", wrap=True)
        )
        card.body.addSpacing(look.px(8))
        begin = button("新建台账", self.begin_wizard, kind="primary", icon="add")
        self.setFocusProxy(begin)
        card.body.addWidget(begin)
        card.body.addWidget(button("打开台账", self._open, icon="folder_open"))
        others = row(button("看看示例支部", self.open_sample, icon="book"))
        if self._desk.collections is not None and self._desk.collections.available:
            tip = "党委、党总支用：把各支部报送的数据收到一起"
            others.addWidget(button("汇总下级支部", self._collect, icon="building", tip=tip))
        card.body.addLayout(others)
        recent = reachable(self._desk.preferences.recent)
        if recent:
            card.body.addWidget(line())
            card.body.addWidget(label("最近打开", "caption"))
            for path in recent:
                made = button(
                    path.stem, lambda path=path: self.open_path(path), kind="quiet", icon="notebook", tip=str(path)
                )
                made.setStyleSheet("text-align: left;")
                card.body.addWidget(made)
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.addStretch(1)
        box.addWidget(card, alignment=Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(1)
        return holder

    def open_path(self, path: Path) -> None:
        """Open a ledger file."""
        if not self._desk.try_open(path):
            self.bar.show_text("这个台账已经打开，请看任务栏里的另一个窗口。", "info")

    def _open(self) -> None:
        path = self._desk.choose_file()
        if path is not None:
            self.open_path(path)

    def _collect(self) -> None:
        """Ask for a collection: one that is there, or the name of a new one."""
        with self._telling() as folder:
            name = str(folder / f"{self._desk.today().year}年汇总{COLLECTION_SUFFIX}")
            title, kinds = "打开汇总，或写一个新名字", f"汇总 (*{COLLECTION_SUFFIX})"
            options = QFileDialog.Option.DontConfirmOverwrite
            chosen, _ = QFileDialog.getSaveFileName(self, title, name, kinds, options=options)
            if chosen:
                path = Path(chosen)
                self._desk.open_collection(path if path.suffix else path.with_suffix(COLLECTION_SUFFIX))

    @contextmanager
    def _telling(self) -> Generator[Path]:
        """The folder of ledgers; what is refused inside is told in the bar."""
        try:
            yield self.folder()
        except AppError as error:
            self.bar.show_error(error)

    def open_sample(self) -> None:
        """Make the sample branch beside the ledgers, when it is not there yet, and open it."""
        with self._telling() as folder:
            path = folder / f"示例支部{LEDGER_SUFFIX}"
            if not path.exists():
                ledger = self._desk.vault.create(path)
                fill_sample(ledger, Plan(3, 24, 1, self._desk.today()))
                ledger.close()
                self._desk.preferences.course_shown = True
            self.open_path(path)

    def folder(self) -> Path:
        """文档/支部台账, made when it is not there; raises Refused."""
        folder = self._desk.preferences.ledger_folder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Refused(f"建不了文件夹“{folder}”。", "请检查磁盘空间和权限。") from error
        return folder

    def begin_wizard(self) -> None:
        """The three steps of a new ledger."""
        wizard = Wizard(self._desk, self)
        self._stack.addWidget(wizard)
        self._stack.setCurrentWidget(wizard)

    def back(self) -> None:
        """From the wizard to the start."""
        self._stack.setCurrentIndex(0)
        self.setFocus()


class Wizard(QWidget):
    """Branch, committee, roster; every step but the name can be skipped, and changed later."""

    def __init__(self, desk: Host, welcome: Welcome) -> None:
        super().__init__()
        self._desk = desk
        self._welcome = welcome
        self._ledger: Ledger | None = None
        self._path: Path | None = None
        look = theme()
        rail = QFrame()
        rail.setProperty("kind", "card")
        rail.setFixedWidth(look.px(220))
        rail_box = QVBoxLayout(rail)
        rail_box.setContentsMargins(*([look.px(20)] * 4))
        rail_box.addWidget(label("新建台账", "title"))
        rail_box.addSpacing(look.px(12))
        self._marks = [label(f"{number}　{name}") for number, name in enumerate(STEPS, 1)]
        for mark in self._marks:
            mark.setMinimumHeight(look.px(36))
            rail_box.addWidget(mark)
        rail_box.addStretch(1)
        rail_box.addWidget(label("除了支部名称，都可以先跳过，以后再补。", "caption", wrap=True))
        self._steps = QStackedWidget()
        for step in (self._branch_step(), self._committee_step(), self._roster_step(), self._password_step()):
            self._steps.addWidget(step)
        self.bar = Bar()
        self._back = button("上一步", self._previous)
        self._next = button("下一步", self.forward, kind="primary")
        right = Card(padding=24)
        right.body.addWidget(self.bar)
        right.body.addWidget(self._steps, 1)
        right.body.addLayout(row(button("取消", self._cancel, kind="quiet"), None, self._back, self._next))
        box = QHBoxLayout(self)
        box.setContentsMargins(*([look.px(24)] * 4))
        box.setSpacing(look.px(16))
        box.addWidget(rail)
        box.addWidget(right, 1)
        self._show(0)

    def _branch_step(self) -> QWidget:
        self.name = Field("支部名称", line_edit(hint="如：机关第三党支部"))
        self.unit, self.superior = line_edit(), line_edit()
        self.unit.setAccessibleName("所在单位")
        self.superior.setAccessibleName("上级党组织")
        self.kind = combo([kind.value for kind in BranchKind], accessible="单位类型")
        self.elected = Field("本届选举日期", DateEdit(self._desk.today))
        today = self._desk.today()
        self.since = Field("从哪一天起用本台账记录", DateEdit(self._desk.today))
        self.since.editor.set(today)
        self.january = button(
            "从今年 1 月 1 日起", lambda: self.since.editor.set(today.replace(month=1, day=1)), kind="small"
        )
        hint = label("这一天以前的月份、季度不算缺，也不算欠缴；以后补记的照样算数。", "caption", wrap=True)
        since = QWidget()
        since.setLayout(row(self.since, self.january))
        form = QFormLayout()
        form.setVerticalSpacing(theme().px(10))
        for text, widget in (
            ("支部名称 *", self.name),
            ("上级党组织", self.superior),
            ("所在单位", self.unit),
            ("单位类型", self.kind),
            ("本届选举日期", self.elected),
            ("用本台账自 *", since),
            ("", hint),
        ):
            form.addRow(required(text), widget)
        return _step("先说说您的支部", "名称会印在台账封面上。", form)

    def _committee_step(self) -> QWidget:
        form = QFormLayout()
        form.setVerticalSpacing(theme().px(10))
        self.posts: dict[PostTitle, Field[QLineEdit]] = {}
        titles = list(PostTitle)[:5]
        for title in titles:
            field = Field(title.value, line_edit(hint="姓名"))
            self.posts[title] = field
            form.addRow(label(title.value), field)
        note = "正式党员不足 7 人、不设支委会的，只填书记。名册里有同名的人会自动对上。"
        return _step("支委会有哪些人", note, form)

    def _roster_step(self) -> QWidget:
        self.importing = ImportPanel(self._open_ledger, self._desk.today, self._desk.tasks, "members")
        note = "用单位现有的花名册就行，列名和日期写法不必改。没有表格可以直接完成，以后一个一个加。"
        box = QVBoxLayout()
        box.addWidget(self.importing, 1)
        return _step("把党员名册导进来", note, box)

    def _password_step(self) -> QWidget:
        self.password = Field("密码", password_edit("密码"))
        self.again = Field("再输一次", password_edit("再输一次"))
        form = QFormLayout()
        form.setVerticalSpacing(theme().px(10))
        form.addRow(required("密码"), self.password)
        form.addRow(required("再输一次"), self.again)
        form.addRow(label(FORGOTTEN, "warning", wrap=True))
        note = "可以不设，直接点“完成”。设了以后，整个文件和备份都加密，打开时要输入；以后在“设置”里也能设。"
        return _step("要不要设一个密码", note, form)

    def _open_ledger(self) -> Ledger:
        assert self._ledger is not None
        return self._ledger

    def _show(self, number: int) -> None:
        self._steps.setCurrentIndex(number)
        for index, mark in enumerate(self._marks):
            restyle(mark, "kind", "head" if index == number else "secondary")
            done = index < number
            mark.setText(("✓" if done else str(index + 1)) + f"　{STEPS[index]}")
        self._back.setVisible(number == 1)
        self._next.setText("完成" if number == len(STEPS) - 1 else "下一步")
        self._next.setAccessibleName(self._next.text())
        first = (self.name, self.posts[PostTitle.SECRETARY], self._next, self.password)[number]
        first.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field goes on as the button does; from the first password to where it is typed again."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.password.editor.hasFocus() and self.password.editor.text():
            self.again.setFocus()
        else:
            self.forward()

    def _previous(self) -> None:
        self._show(self._steps.currentIndex() - 1)

    def forward(self) -> None:
        """Go on to the next step, or open the ledger after the last one."""
        commit_composition()
        self.bar.hide()
        number = self._steps.currentIndex()
        try:
            if number == 0 and not self._check_branch():
                return
            if number == 1:
                self._make()
            if number == len(STEPS) - 1:
                if self._check_password():
                    self._finish()
                return
        except AppError as error:
            self.bar.show_error(error)
            return
        self._show(number + 1)

    def _check_branch(self) -> bool:
        self.name.show_fault("" if self.name.editor.text().strip() else "请填写支部名称")
        for field in (self.elected, self.since):
            try:
                day = field.editor.day()
                field.show_fault("请填从哪一天起记录，如 1.1" if field is self.since and day is None else "")
            except ValueError as error:
                field.show_fault(str(error))
        for field in (self.name, self.elected, self.since):
            if field.fault:
                field.setFocus()
                return False
        return True

    def _check_password(self) -> bool:
        fields = (self.password, self.again)
        first, second = (field.editor.text() for field in fields)
        for field, fault in zip(fields, password_faults(first, second, optional=True), strict=True):
            field.show_fault(fault)
        faulty = next((field for field in fields if field.fault), None)
        if faulty:
            faulty.setFocus()
        return faulty is None

    def _make(self) -> None:
        """Make the file with the branch and its committee; what was typed stays when it is refused."""
        if self._ledger is not None:
            return
        folder = self._welcome.folder()
        stem = file_stem(self.name.editor.text(), "支部")
        path = folder / f"{stem}{LEDGER_SUFFIX}"
        number = 1
        while path.exists():
            number += 1
            path = folder / f"{stem}{number}{LEDGER_SUFFIX}"
        ledger = self._desk.vault.create(path)
        with ledger.transaction("建立台账", begins=True):
            found_branch(
                ledger,
                self.name.editor.text(),
                unit=self.unit.text().strip(),
                superior=self.superior.text().strip(),
                kind=BranchKind(self.kind.currentText()),
                elected=self.elected.editor.day(),
                records_since=self.since.editor.day(),
            )
            for title, field in self.posts.items():
                name = field.editor.text().strip()
                if name:
                    member = enrol(ledger, Member(name=name), self._desk.today(), status=MemberStatus.FULL)
                    ledger[Post].save(Post(member=member.id, title=title, since=self.elected.editor.day()))
        self._ledger, self._path = ledger, path

    def _finish(self) -> None:
        assert self._ledger is not None and self._path is not None
        self._ledger.close()
        password = self.password.editor.text()
        if password:
            # Nobody has seen the file yet: the form without a password is not kept.
            self._desk.vault.destroy_copies([self._desk.vault.change_password(self._path, "", password)])
        self._desk.open(self._path, password)

    def _cancel(self) -> None:
        if self._ledger is not None:
            # The file is there with what was entered: open it rather than leave it behind.
            self.password.editor.clear()
            self._finish()
        else:
            self._welcome.back()


def _step(title: str, note: str, content: QLayout) -> QWidget:
    holder = QWidget()
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    box.addWidget(label(title, "title"))
    box.addWidget(label(note, "secondary", wrap=True))
    box.addSpacing(theme().px(12))
    inner = QWidget()
    inner.setMaximumWidth(theme().px(900))
    inner.setLayout(content)
    box.addWidget(scrolled(inner), 1)
    return holder
