"""The form of an election: its counts and candidates, judged as they are typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.life.elections import (
    Candidate,
    Election,
    ElectionBody,
    ElectionPaper,
    ElectionResult,
    HeldElection,
    check_candidates,
    count,
    keep_paper,
    remove_election,
    save_election,
    take_office,
)
from app.record import Problem
from app.reports.catalogue import FormGroup
from app.strokes import unknown
from ui.house.session import Session
from ui.house.ways import ToChapter, ToView
from ui.kit.basic import button, clear, label, line, row
from ui.kit.editors import Choice
from ui.kit.messages import ask
from ui.kit.record_fields import Fields
from ui.pages.branch.candidate_row import CandidateRow, heads
from ui.pages.branch.election_papers import ElectionPapers
from ui.record.form import RecordForm
from ui.record.part import Part
from ui.record.record_menu import offer_forms

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
COUNTED = ("seats", "entitled", "present", "ballots_given", "ballots_returned", "ballots_void")


class Candidates(QWidget):
    """The candidates of an election, one to a row; `changed` is called when something in them is."""

    def __init__(self, changed: Callable[[], object]) -> None:
        super().__init__()
        self._changed = changed
        self.choices: list[Choice] = []
        self.rows: list[CandidateRow] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(label("候选人和票数", "head"))
        box.addWidget(heads())
        self._box = QVBoxLayout()
        box.addLayout(self._box)
        box.addLayout(row(button("添加候选人", self.add, kind="small", icon="add"), None))

    def load(self, candidates: tuple[Candidate, ...]) -> None:
        """Show these."""
        clear(self._box)
        self.rows = []
        for candidate in candidates:
            made = self.add()
            made.who.set_key(candidate.member)
            made.post.setCurrentText(candidate.post.value)
            made.nominated.setChecked(candidate.nominated)
            for name, edit in made.counts.items():
                edit.setText(str(getattr(candidate, name)))

    def add(self) -> CandidateRow:
        """One more candidate."""
        made = CandidateRow(self.choices, self._changed, self._drop)
        self.rows.append(made)
        self._box.addWidget(made)
        return made

    def _drop(self, gone: CandidateRow) -> None:
        self.rows.remove(gone)
        gone.hide()
        gone.deleteLater()
        self._changed()

    def read(self) -> list[tuple[CandidateRow, Candidate]]:
        """Each row with the candidate in it; raises ValueError in Chinese."""
        return [(made, found) for made in self.rows if (found := made.read()) is not None]

    def typed(self) -> list[list[str]]:
        """What stands in the rows."""
        return [made.texts() for made in self.rows]

    def type_again(self, typed: list[list[str]]) -> None:
        """Put what was typed back."""
        for made in list(self.rows):
            self._drop(made)
        for texts in typed:
            self.add().set_texts(texts)


class ElectionForm(RecordForm):
    """An election with its candidates; `saved` is called with its id, None when it was taken away."""

    saved_words = "已保存选举"
    removed_words = "已删除一次选举"
    view = "elections"

    def __init__(self, session: Session, saved: Callable[[int | None], object]) -> None:
        self._saved = saved
        self.held: HeldElection | None = None
        super().__init__(session, "branch", "登记选举", Election, FIELDS, padding=14)
        self.form.edited.connect(self.judge)

    def make_parts(self) -> dict[str, Part]:
        self.candidates = Candidates(self.judge)
        self.papers = ElectionPapers(self._session.today, self.save)
        return {"candidates": self.candidates, "papers": self.papers}

    def inside(self, box: QVBoxLayout) -> None:
        self.result = label("", "strong", wrap=True)
        self.problems = label("", "warning", wrap=True)
        for part in (self.result, self.problems, self.candidates, line()):
            box.addWidget(part)
        super().inside(box)

    def more_buttons(self) -> list[QWidget]:
        """Taking office, and the papers."""
        self._office = button("当选人任职…", self.take_office, kind="small", icon="checkmark")
        self._printing = button("打印", self._print, kind="small", icon="print")
        self._sheet = button("成表填票数", self._to_sheet, kind="small", icon="table")
        return [self._sheet, self._office, self._printing]

    def _to_sheet(self) -> None:
        """The votes of the saved candidates in a grid."""
        if self.record is not None:
            self._session.go(ToView("sheets", f"votes/{self.record.id}"))

    def fill(self, values: Mapping[str, Any]) -> None:
        roster, day = self._session.ledger_of_year().roster, self._session.reference_day()
        fit = [person for person in roster.present(day) if roster.may_vote(person.id, day)]
        self.candidates.choices = [Choice(person.id, person.name) for person in fit]
        elections = self._session.ledger_of_year().elections
        self.held = next((h for h in elections if self.record and h.election.id == self.record.id), None)
        self.candidates.load(self.held.candidates if self.held else ())
        self.papers.load(self.held.papers if self.held else ())
        self.heading.setText(f"{self.record.held_on} {self.record.kind}" if self.record else "登记选举")
        self._office.setVisible(self.record is not None)
        self._sheet.setVisible(bool(self.held and self.held.candidates))
        self.judge()

    def draft_title(self) -> str:
        return "登记选举"

    def judge(self) -> None:
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
            candidates = self.candidates.read()
        except ValueError as error:
            self.result.setText(str(error))
            return
        told = count(election, [found for _, found in candidates], self._session.ledger_of_year().rulebook)
        self._show_result(told, candidates)

    def _show_result(self, told: ElectionResult, candidates: list[tuple[CandidateRow, Candidate]]) -> None:
        self.result.setText(told.text)
        names = [made.who.text().strip() for made, _ in candidates]
        odd = "、".join(name for name in names if unknown(name))
        doubts = [problem.text for problem in (*told.problems, *self._unfit([found for _, found in candidates]))]
        doubts += [f"{odd} 的笔画查不到，选票上排在最后，请核对次序"] if odd else []
        self.problems.setText("\n".join(doubts))
        self.problems.setVisible(bool(doubts))
        results = {(r.candidate.member, r.candidate.post): r for r in told.candidates}
        for made, found in candidates:
            result = results.get((found.member, found.post))
            made.result.setText(f"{result.text}。{result.caution}" if result else "")

    def made(self, values: dict[str, Any]) -> Election:
        self._read = [found for _, found in self.candidates.read()]
        self._papers = self.papers.read()
        return super().made(values)

    def check(self, record: Any) -> list[Problem]:
        """As elections are counted, and whether everybody may be elected."""
        told = count(record, self._read, self._session.ledger_of_year().rulebook).problems
        return [*told, *check_candidates(record, self._read, self._session.ledger_of_year().roster)]

    def _unfit(self, candidates: list[Candidate]) -> list[Problem]:
        day = self.form.readable().get("held_on") or self._session.today()
        return check_candidates(Election(held_on=day, seats=1), candidates, self._session.ledger_of_year().roster)

    def look_over(self) -> list[Problem]:
        self._read = [found for _, found in self.candidates.read()]
        return self.check(self.record)

    def store(self, record: Any) -> Election:
        """Keep the election with its candidates and papers."""
        ledger, rulebook = self._session.ledger, self._session.ledger_of_year().rulebook
        known = {(paper.kind, paper.dated_on, paper.number) for paper in self.held.papers} if self.held else set()
        with ledger.transaction("修改选举" if record.id else "登记选举"):
            saved = save_election(ledger, record, self._read, rulebook)
            for kind, day, number in self._papers:
                if (kind, day, number) not in known:
                    keep_paper(ledger, ElectionPaper(election=saved.id, kind=kind, dated_on=day, number=number))
        return saved

    def after_save(self, saved: Election) -> None:
        self._saved(saved.id)

    def leave(self) -> None:
        super().leave()
        self._saved(None)

    def take_away(self, record: Any) -> None:
        """Delete the election with its candidates and papers."""
        remove_election(self._session.ledger, record.id)

    def after_removal(self) -> None:
        self._saved(None)

    def take_office(self) -> None:
        """Let those elected take their posts."""
        held, ledger = self.held, self._session.ledger_of_year()
        if held is None:
            return
        elected = count(held.election, held.candidates, ledger.rulebook).elected
        names = "、".join(f"{ledger.roster[item.member].name}（{item.post}）" for item in elected)
        advice = "原任同一职务的从前一天免去；换届选举后任期从选举这天算起。可以撤销。"
        if elected and not ask(self, f"登记任职：{names}？", advice, "登记任职"):
            return
        if self.attempt(lambda: take_office(self._session.ledger, held.election, elected, ledger.branch)):
            self._session.say("已登记任职", undo=True)

    def _print(self) -> None:
        """The papers of the shown election; without one the chapter of the year."""
        if self.record is None:
            self._session.go(ToChapter("elections"))
            return
        offer_forms(self._session, self._printing, self.record.id, FormGroup.ELECTION)
