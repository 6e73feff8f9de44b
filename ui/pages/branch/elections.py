"""换届选举: the counts of an election judged as they are typed, its candidates, its papers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.dates import chinese
from app.errors import AppError, Refused
from app.life.elections import (
    Candidate,
    Election,
    ElectionBody,
    ElectionPaper,
    ElectionResult,
    HeldElection,
    PaperKind,
    count,
    keep_paper,
    remove_election,
    save_election,
    take_office,
    term_of,
)
from app.strokes import unknown
from ui.house.session import Session
from ui.house.ways import ToChapter
from ui.kit.basic import Card, button, clear, label, line, row, scrolled
from ui.kit.editors import Choice, DateEdit, commit_composition, line_edit
from ui.kit.messages import Bar, ask, with_warnings
from ui.kit.record_form import Fields, RecordForm
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.pages.branch.candidate_row import CandidateRow, heads
from ui.record.drafting import DraftKeeper
from ui.record.record_menu import ELECTION_FORMS, offer_forms

FIELDS = Fields(
    (
        "kind",
        "body",
        "held_on",
        "seats",
        "entitled",
        "present",
        "ballots_given",
        "ballots_returned",
        "ballots_void",
        "presider",
        "teller",
        "note",
    )
)


class ElectionsView(QWidget):
    """The elections of the branch; the chosen one with candidates and papers."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._held: HeldElection | None = None
        self._start: object = None
        self._choices: list[Choice] = []
        self._term = label("", "secondary", wrap=True)
        columns = (
            Column("日期", lambda h: str(h.election.held_on), 112, strong=True),
            Column("类别", lambda h: h.election.kind, 80, stretch=True, tip=lambda h: h.election.body),
        )
        self.table = Table("选举", columns)
        self.table.selected.connect(lambda held: held and self.load(held))
        left = Card("历次选举", padding=10)
        left.setFixedWidth(theme().px(250))
        left.body.addWidget(self._term)
        left.body.addWidget(self.table, 1)
        left.body.addLayout(row(None, button("登记选举", lambda: self.load(None), kind="small", icon="add")))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(16))
        box.addWidget(left)
        box.addWidget(self._form_card(), 1)
        box.addWidget(self._papers_card())
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.save)

    def _form_card(self) -> Card:
        card = Card("登记选举", padding=14)
        self._heading = card.heading
        self.bar = Bar()
        self.form = RecordForm(Election, FIELDS, self._session.today)
        self.form.edited.connect(self._judge)
        self.rows: list[CandidateRow] = []
        self._rows_box = QVBoxLayout()
        self.result = label("", "strong", wrap=True)
        self.problems = label("", "warning", wrap=True)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, theme().px(4), 0)
        box.addWidget(self.result)
        box.addWidget(self.problems)
        box.addWidget(label("候选人和票数", "head"))
        box.addWidget(heads())
        box.addLayout(self._rows_box)
        box.addLayout(row(button("添加候选人", self.add_row, kind="small", icon="add"), None))
        box.addWidget(line())
        box.addWidget(self.form)
        box.addStretch(1)
        card.body.addWidget(self.bar)
        card.body.addWidget(scrolled(inner), 1)
        self._gone = button("删除", self.remove, kind="small", icon="delete")
        self._office = button("当选人任职…", self.take_office, kind="small", icon="checkmark")
        printing = button("打印", self._print, kind="small", icon="print")
        self._printing = printing
        save = button("保存 Ctrl+S", self.save, kind="primary")
        save.setAccessibleName("保存")
        card.body.addLayout(row(self._gone, self._office, printing, None, save))
        self._note = label("", "caption")
        card.body.addWidget(self._note)
        self.keeper = DraftKeeper(self._session, "branch", self, self)
        self.keeper.told.connect(self._note.setText)
        return card

    def _papers_card(self) -> Card:
        card = Card("换届材料", padding=14)
        card.setFixedWidth(theme().px(286))
        grid = QGridLayout()
        grid.setVerticalSpacing(theme().px(4))
        self._papers: dict[PaperKind, tuple[DateEdit, Any]] = {}
        for number, kind in enumerate(PaperKind):
            day, text = DateEdit(self._session.today), line_edit(hint="文号")
            day.setMinimumWidth(theme().px(112))
            day.setAccessibleName(f"{kind}日期")
            text.setAccessibleName(f"{kind}文号")
            grid.addWidget(label(kind, "caption", wrap=True), 2 * number, 0, 1, 2)
            grid.addWidget(day, 2 * number + 1, 0)
            grid.addWidget(text, 2 * number + 1, 1)
            self._papers[kind] = (day, text)
        inner = QWidget()
        inner.setLayout(grid)
        card.body.addWidget(scrolled(inner), 1)
        card.body.addLayout(row(None, button("保存材料", self.save_papers, kind="small")))
        return card

    # --- showing ---

    def refresh(self) -> None:
        """Show the elections as the ledger says now."""
        ledger, today = self._session.ledger_of_year(), self._session.today()
        self._choices = [Choice(p.id, p.name) for p in ledger.roster.present(self._session.reference_day())]
        term = term_of(ledger.branch, ledger.rulebook)
        if term is None:
            self._term.setText("还没有填本届选举日期。")
        else:
            left = term.left(today)
            until = f"，经批准延期至 {chinese(term.extended_until)}" if term.extended_until else ""
            told = f"还有 {left} 天" if left >= 0 else f"已超期 {-left} 天"
            reminders = "、".join(chinese(day) for day in term.reminders)
            text = f"本届任期至 {chinese(term.last)}{until}，{told}。提醒日：{reminders}。"
            self._term.setText(f"{text}延期一般不超过 {chinese(term.latest)}。")
        self.table.blockSignals(True)
        self.table.set_rows(ledger.elections, keep=lambda h: h.election.id)
        self.table.blockSignals(False)
        if self.dirty:
            return
        known = {held.election.id: held for held in ledger.elections}
        shown = known.get(self._held.election.id) if self._held else None
        self.load(shown or (ledger.elections[0] if ledger.elections else None))

    def load(self, held: HeldElection | None) -> None:
        """An election, or an empty form."""
        self.keeper.release()
        self._held = held
        self.form.load(held.election.__dict__ if held else {})
        clear(self._rows_box)
        self.rows = []
        for candidate in held.candidates if held else ():
            made = self.add_row()
            made.who.set_key(candidate.member)
            made.post.setCurrentText(candidate.post.value)
            made.nominated.setChecked(candidate.nominated)
            for name, edit in made.counts.items():
                edit.setText(str(getattr(candidate, name)))
        papers = {paper.kind: paper for paper in held.papers} if held else {}
        for kind, (day, text) in self._papers.items():
            day.set(papers[kind].dated_on if kind in papers else None)
            text.setText(papers[kind].number if kind in papers else "")
        self._heading.setText(f"{held.election.held_on} {held.election.kind}" if held else "登记选举")
        self._gone.setVisible(held is not None)
        self._office.setVisible(held is not None)
        self.bar.hide()
        self._judge()
        self._start = self._typed()

    def add_row(self) -> CandidateRow:
        """One more candidate."""
        made = CandidateRow(self._choices, self._judge, self._drop_row)
        self.rows.append(made)
        self._rows_box.addWidget(made)
        return made

    def _drop_row(self, gone: CandidateRow) -> None:
        self.rows.remove(gone)
        gone.hide()
        gone.deleteLater()
        self._judge()

    def _read(self) -> tuple[Election, list[Candidate]] | None:
        values = self.form.read()
        if values is None:
            return None
        candidates = [found for made in self.rows if (found := made.read()) is not None]
        return Election(id=self._held.election.id if self._held else 0, **values), candidates

    def _judge(self) -> None:
        """Say what the counts mean so far, without touching faults that are shown."""
        numbers = {name: self.form.editors[name].text().strip() for name in FIELDS.names if name in COUNTED}
        if not all(text.isdigit() for text in (numbers["seats"], numbers["entitled"], numbers["present"])):
            self.result.setText("填应选名额、应到、实到和票数，这里就判定是否有效、谁当选。")
            self.problems.hide()
            return
        values = {name: int(text) if text.isdigit() else 0 for name, text in numbers.items()}
        body = ElectionBody(self.form.editors["body"].currentText())
        election = replace(Election(held_on=self._session.today(), seats=values["seats"], body=body), **values)
        try:
            candidates = [(made, found) for made in self.rows if (found := made.read()) is not None]
        except ValueError as error:
            self.result.setText(str(error))
            return
        told = count(election, [found for _, found in candidates], self._session.ledger_of_year().rulebook)
        self._show_result(told, candidates)

    def _show_result(self, told: ElectionResult, candidates: list[tuple[CandidateRow, Candidate]]) -> None:
        self.result.setText(told.text)
        names = [made.who.text().strip() for made, _ in candidates]
        odd = "、".join(name for name in names if unknown(name))
        doubts = [problem.text for problem in told.problems]
        doubts += [f"{odd} 的笔画查不到，选票上排在最后，请核对次序"] if odd else []
        self.problems.setText("\n".join(doubts))
        self.problems.setVisible(bool(doubts))
        results = {(r.candidate.member, r.candidate.post): r for r in told.candidates}
        for made, found in candidates:
            result = results.get((found.member, found.post))
            words = f"{result.text}。{result.caution}" if result else ""
            made.result.setText(words)

    # --- drafts ---

    def _typed(self) -> dict[str, Any]:
        return {"texts": self.form.texts(), "rows": [made.texts() for made in self.rows]}

    @property
    def dirty(self) -> bool:
        """Whether something was changed."""
        return self._start is not None and self._start != self._typed()

    def forget(self) -> None:
        """Let the text go."""
        self._start = None

    def draft(self) -> dict[str, Any]:
        """What was typed."""
        id = self._held.election.id if self._held else 0
        return {"title": "登记选举", "view": "elections", "id": id, **self._typed()}

    def open_draft(self, content: dict[str, Any]) -> None:
        """Go on with what was typed and not saved."""
        elections = self._session.ledger_of_year().elections
        self.load(next((held for held in elections if held.election.id == content["id"]), None))
        self.form.set_texts(content["texts"])
        for made in list(self.rows):
            self._drop_row(made)
        for texts in content["rows"]:
            self.add_row().set_texts(texts)

    # --- verbs ---

    def save(self) -> None:
        """Check and save."""
        commit_composition()
        self.bar.hide()
        try:
            read = self._read()
            if read is None:
                return
            rulebook = self._session.ledger_of_year().rulebook
            told = count(read[0], read[1], rulebook)
            if self.form.show_problems(told.problems):
                return
            saved = save_election(self._session.ledger, read[0], read[1], rulebook)
        except (AppError, ValueError) as error:
            self.bar.show_text(str(error))
            return
        self._start = None
        self.keeper.done()
        self._session.say(with_warnings("已保存选举", told.problems), undo=True)
        elections = self._session.ledger_of_year().elections
        self.load(next(held for held in elections if held.election.id == saved.id))

    def take_office(self) -> None:
        """Let those elected take their posts."""
        held, ledger = self._held, self._session.ledger_of_year()
        if held is None:
            return
        elected = count(held.election, held.candidates, ledger.rulebook).elected
        names = "、".join(f"{ledger.roster[item.member].name}（{item.post}）" for item in elected)
        advice = "原任同一职务的从前一天免去；换届选举后任期从选举这天算起。可以撤销。"
        if elected and not ask(self, f"登记任职：{names}？", advice, "登记任职"):
            return
        try:
            take_office(self._session.ledger, held.election, elected, ledger.branch)
        except AppError as error:
            self.bar.show_error(error)
            return
        self._session.say("已登记任职", undo=True)

    def _print(self) -> None:
        """The papers of the shown election; without one the chapter of the year."""
        if self._held is None:
            self._session.go(ToChapter("elections"))
            return
        offer_forms(self._session, self._printing, self._held.election.id, ELECTION_FORMS)

    def remove(self) -> None:
        """Take the shown election away; it can be undone."""
        if self._held is None:
            return
        try:
            remove_election(self._session.ledger, self._held.election.id)
        except AppError as error:
            self.bar.show_error(error)
            return
        self._start = None
        self._held = None
        self._session.say("已删除一次选举", undo=True)
        self.refresh()

    def save_papers(self) -> None:
        """Note the papers that have a date."""
        try:
            if self._held is None:
                raise Refused("请先保存选举，再登记材料。")
            known = {paper.kind: paper for paper in self._held.papers}
            with self._session.ledger.transaction("登记换届材料"):
                for kind, (day, text) in self._papers.items():
                    dated = day.day()
                    number = text.text().strip()
                    before = known.get(kind)
                    if dated and (before is None or (before.dated_on, before.number) != (dated, number)):
                        keep_paper(
                            self._session.ledger,
                            ElectionPaper(election=self._held.election.id, kind=kind, dated_on=dated, number=number),
                        )
        except (AppError, ValueError) as error:
            self.bar.show_text(str(error))
            return
        self._session.say("换届材料已保存", undo=True)


COUNTED = ("seats", "entitled", "present", "ballots_given", "ballots_returned", "ballots_void")
