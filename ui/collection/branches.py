"""支部一览: branch and duty in one table, coloured as on a branch's first screen; a branch opens beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from app.collection.overview import BranchRow, in_words, spans
from app.collection.papers import branch_story, paper_of, summary_workbook
from app.year.periods import period_words
from app.year.standing import State
from ui.collection.office import Office
from ui.kit.basic import button, label, row, search_box
from ui.kit.editors import combo
from ui.kit.files import write_bytes
from ui.kit.page import Page
from ui.kit.segmented import Segmented
from ui.kit.table import Column, Table

TONES = {State.MISSING: "missing", State.DUE: "due", State.DONE: "ok"}
# The labels that fit above a column of numbers.
SHORT = {
    "general_meeting": "大会",
    "committee_meeting": "支委会",
    "group_meeting": "小组会",
    "party_lecture": "党课",
    "theme_day": "党日",
    "life_meeting": "生活会",
    "appraisal": "评议",
    "talk_each_member": "谈心",
    "talk_committee": "委员间",
    "talk_committee_member": "与党员",
    "study_hours": "学时",
    "dues_collection": "党费",
}


class BranchesPage(Page):
    """支部一览."""

    title = "支部一览"

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.add_action(button("各支部一页", self.print_branches, icon="document"))
        self.add_action(button("通报 Word", lambda: self._export("通报", "docx"), icon="document"))
        self.add_action(button("通报 PDF", lambda: self._export("通报", "pdf"), icon="print"))
        self.add_action(button("汇总表", lambda: self._export("汇总表", "xlsx"), kind="primary", icon="table"))
        self.span = combo([span.words for span in spans(office.year)], accessible="时段")
        self.span.currentIndexChanged.connect(lambda _: self._fill())
        self.filter_box = search_box("搜索支部", lambda text: self.table.filter(text))
        self._matrix = QWidget()
        box = QVBoxLayout(self._matrix)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(row(self.span, label("红：缺　黄：待办　绿：已完成", "caption"), None, self.filter_box))
        self._holder = box
        self.table = self._table(())
        box.addWidget(self.table, 1)
        self.one = BranchPanel(office, self.back)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._matrix)
        self._stack.addWidget(self.one)
        self.body.addWidget(self._stack, 1)
        self._rules: tuple[tuple[str, str], ...] = ()

    def _table(self, rules: tuple[tuple[str, str], ...]) -> Table:
        columns = [
            Column("支部", lambda b: b.name, 148, strong=True, tip=lambda b: f"{b.place}\n{b.origin}"),
            Column("截至", lambda b: str(b.as_of), 94),
            Column("缺", lambda b: str(b.missing), 38, right=True, order=lambda b: b.missing),
            Column("待办", lambda b: str(b.due), 46, right=True, order=lambda b: b.due),
            Column("错误", lambda b: str(b.wrong), 46, right=True, order=lambda b: b.wrong),
            *(_duty_column(rule, words) for rule, words in rules),
        ]
        made = Table("支部一览", columns, lambda b: f"{b.name} {b.place} {b.code}")
        made.opened.connect(lambda branch: self.show_branch(branch.source))
        return made

    def refresh(self) -> None:
        self._fill()
        if self._stack.currentWidget() is self.one:
            self.one.show_again()

    def _fill(self) -> None:
        told = self._office.overview(spans(self._office.year)[max(0, self.span.currentIndex())])
        if told.rules != self._rules:
            self._rules = told.rules
            made = self._table(told.rules)
            self._holder.replaceWidget(self.table, made)
            self.table.deleteLater()
            self.table = made
        self.table.set_rows(told.rows, keep=lambda branch: branch.branch_id)
        self.table.filter(self.filter_box.text())
        missing = sum(branch.missing > 0 for branch in told.rows)
        self.head_facts.setText(f"{told.year} 年度 · {len(told.rows)} 个支部 · {missing} 个有缺项")
        if not told.rows:
            self.bar.show_text("还没有收到这个年度的报送。请到“报送情况”点“收报送”，选支部交来的文件夹。", "info")
        else:
            self.bar.hide()

    def show_branch(self, source: int) -> None:
        """Show one branch."""
        found = next((branch for branch in self._office.overview().rows if branch.source == source), None)
        if found is not None:
            self.one.show_branch(found)
            self._stack.setCurrentWidget(self.one)

    def back(self) -> None:
        """From a branch to the table."""
        self._stack.setCurrentWidget(self._matrix)
        self.table.setFocus()

    def print_branches(self) -> None:
        """A page for each branch as a PDF."""
        self._export("各支部情况", "pdf")

    def _export(self, what: str, suffix: str) -> None:
        name = f"{self._office.year}年度{what}.{suffix}"
        start = str(self._office.path.parent / name)
        chosen, _ = QFileDialog.getSaveFileName(self, what, start, f"{what} (*.{suffix})")
        if chosen:
            self.attempt(lambda: self.write(what, Path(chosen)))

    def write(self, what: str, path: Path) -> None:
        """Write one of the committee's papers; raises AppError."""
        office = self._office
        told = office.overview()
        if what == "汇总表":
            write_bytes(path, summary_workbook(office.collection, told))
            office.said.emit(f"已导出“{path.name}”")
            return
        paper = paper_of(office.collection, office.year, _committee(told.rows), office.today())
        stories = (
            [branch_story(office.collection, branch, told.year) for branch in told.rows] if what == "各支部情况" else []
        )

        def make() -> bytes:
            from app.collection.papers import bulletin_word, print_bulletin, print_stories

            if what == "各支部情况":
                return print_stories(stories, told.year).data
            return bulletin_word(paper) if path.suffix == ".docx" else print_bulletin(paper).data

        def done(data: bytes) -> None:
            if self.attempt(lambda: write_bytes(path, data)):
                office.said.emit(f"已导出“{path.name}”")

        office.tasks.start(make, done, owner=self)


def _duty_column(rule: str, words: str) -> Column:
    return Column(
        SHORT.get(rule, words[:4]),
        lambda branch: branch.cell(rule).text,
        60,
        tone=lambda branch: branch.cell(rule).tone,
        order=lambda branch: (-branch.cell(rule).missing, -branch.cell(rule).due),
        tip=lambda branch: branch.cell(rule).words,
    )


def _committee(rows: tuple[BranchRow, ...]) -> str:
    """The committee that all branches name; empty where they name several."""
    named = {branch.committee for branch in rows}
    return named.pop() if len(named) == 1 else ""


class BranchPanel(QWidget):
    """One branch: where its figures come from; its duties, figures, findings and, where handed up, its records."""

    def __init__(self, office: Office, back: Callable[[], object]) -> None:
        super().__init__()
        self._office = office
        self._branch: BranchRow | None = None
        self._name = label("", "head")
        self._origin = label("", "caption", wrap=True)
        self.views = Segmented(
            (("duties", "应做事项"), ("figures", "全年数字"), ("findings", "体检发现"), ("records", "名单"))
        )
        self.views.chosen.connect(lambda _: self.show_again())
        self.return_button = button("返回一览", back, icon="chevron_left")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(row(self.return_button, self._name, None, self.views))
        box.addWidget(self._origin)
        self._stack = QStackedWidget()
        self.tables = {
            "duties": Table("应做事项", DUTIES),
            "figures": Table("全年数字", FIGURES),
            "findings": Table("体检发现", FINDINGS),
            "records": Table("名单", RECORDS, lambda r: f"{r[0]} {r[2]} {r[3]}"),
        }
        for table in self.tables.values():
            self._stack.addWidget(table)
        box.addWidget(self._stack, 1)

    def show_branch(self, branch: BranchRow) -> None:
        """Show a branch."""
        self._branch = branch
        self._name.setText(branch.name)
        term = f"本届委员会任期到 {branch.term_ends}" if branch.term_ends else ""
        merged = self._office.collection.ask("merged")
        into = next((f"已并入{row[2]}" for row in merged if row[1] == branch.code != "" or row[0] == branch.name), "")
        told = (branch.place, into, branch.origin, branch.detail.words, term)
        self._origin.setText("　".join(part for part in told if part))
        self.show_again()
        self.tables[self.views.current].setFocus()

    def show_again(self) -> None:
        """Show the chosen view of the branch."""
        if self._branch is None:
            return
        view, source = self.views.current, self._branch.source
        queries = {"duties": "duties", "figures": "branch_figures", "findings": "branch_findings", "records": "records"}
        self.tables[view].set_rows(self._office.collection.ask(queries[view], source=source))
        self._stack.setCurrentWidget(self.tables[view])


def _duty_tone(duty: Any) -> str:
    return TONES.get(State(duty[3]), "plain")


DUTIES = (
    Column("事项", lambda d: d[1], 180, strong=True),
    Column("时段", lambda d: period_words(d[2]), 90),
    Column("状态", lambda d: State(d[3]).words, 90, tone=_duty_tone),
    Column("已做/应做", lambda d: f"{d[5]}/{d[4]} {d[6]}" if d[4] else "—", 100),
    Column("最后一天", lambda d: str(d[8]), 96),
    Column("缺谁", lambda d: d[9] or "", 200, stretch=True, tip=lambda d: d[9] or ""),
    Column("依据", lambda d: d[10] or "", 240, tip=lambda d: d[10] or ""),
)
FIGURES = (
    Column("项目", lambda f: f[1], 240, strong=True),
    Column("数字", lambda f: in_words(f[3], f[2]), 200, order=lambda f: f[3], stretch=True),
)
FINDINGS = (
    Column("轻重", lambda f: f[0], 76, tone=lambda f: {"错误": "missing", "警告": "due"}.get(f[0], "plain")),
    Column("检查", lambda f: f[1], 160, strong=True),
    Column("内容", lambda f: f[2] or "（只报了数字）", 400, stretch=True, tip=lambda f: f[2] or ""),
    Column("依据", lambda f: f[3] or "", 260, tip=lambda f: f[3] or ""),
)


def _fields(record: Any) -> str:
    told: dict[str, str] = json.loads(record[3])
    return "　".join(f"{name}：{text}" for name, text in told.items())


RECORDS = (
    Column("种类", lambda r: r[0], 110),
    Column("日期", lambda r: str(r[1] or ""), 96),
    Column("名称", lambda r: r[2], 240, strong=True),
    Column("内容", _fields, 400, stretch=True, tip=lambda r: _fields(r).replace("　", "\n")),
)
