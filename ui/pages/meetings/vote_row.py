"""表决: one vote as numbers, with the arithmetic in words while they are typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from app.life.votes import Vote, VoteKind, check_vote, judge
from app.rules.rulebook import Rulebook
from ui.kit.basic import button, label, restyle, row, together
from ui.kit.editors import NumberEdit, combo
from ui.kit.flow import Flow
from ui.kit.theme import theme

NUMBERS = (
    ("entitled", "应到表决权"),
    ("present", "实到"),
    ("in_favour", "赞成"),
    ("against", "反对"),
    ("abstained", "弃权"),
)


class VoteRow(QFrame):
    """One vote; emits `removed` when it is taken out."""

    removed = Signal()

    def __init__(self, rulebook: Rulebook) -> None:
        super().__init__()
        self._rulebook = rulebook
        self._touched: set[str] = set()
        self.kind = combo([kind.value for kind in VoteKind], accessible="表决事项类别")
        self.motion = QLineEdit()
        self.motion.setPlaceholderText("表决事项，如：同意接收某同志为预备党员")
        self.motion.setAccessibleName("表决事项")
        self.edits: dict[str, NumberEdit] = {}
        numbers = Flow(spacing=6)
        for name, text in NUMBERS:
            self._number(name, text, numbers)
        self._number("written_in_favour", "会前书面赞成", numbers)
        self._verdict = label("", "ok", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(4))
        away = button("去掉这项表决", self.removed.emit, kind="icon", icon="dismiss")
        box.addLayout(row(self.kind, self.motion, away))
        box.addLayout(numbers)
        box.addWidget(self._verdict)
        self.kind.currentTextChanged.connect(self._judge)

    def _number(self, name: str, text: str, into: Flow) -> None:
        edit = NumberEdit(44)
        edit.setAccessibleName(text)
        edit.textEdited.connect(lambda _, name=name: self._touched.add(name))
        edit.textChanged.connect(lambda _: self._judge())
        pair = together(label(text, "secondary"), edit, spacing=6)
        into.addWidget(pair)
        self.edits[name] = edit
        if name == "written_in_favour":
            self._written = pair

    def propose(self, entitled: int, present: int) -> None:
        """Numbers as the roll tells them, where nobody has typed others; all present in favour."""
        for name, value in (("entitled", entitled), ("present", present)):
            if name not in self._touched:
                self.edits[name].setText(str(value))
        against = self._value("against") + self._value("abstained")
        if "in_favour" not in self._touched:
            self.edits["in_favour"].setText(str(max(0, self._value("present") - against)))
        for name in ("against", "abstained"):
            if not self.edits[name].text():
                self.edits[name].setText("0")

    def load(self, vote: Vote) -> None:
        """Show a saved vote."""
        self.kind.setCurrentText(vote.kind.value)
        self.motion.setText(vote.motion)
        for name, edit in self.edits.items():
            self._touched.add(name)
            edit.setText(str(getattr(vote, name)))

    def read(self) -> Vote:
        """The vote as typed; what is empty or no number counts as 0."""
        numbers = {name: self._value(name) for name in self.edits}
        return Vote(kind=VoteKind(self.kind.currentText()), motion=self.motion.text().strip(), **numbers)

    def draft(self) -> dict[str, str]:
        """What was typed, as it stands in the fields."""
        numbers = {name: edit.text() for name, edit in self.edits.items()}
        return {"kind": self.kind.currentText(), "motion": self.motion.text(), **numbers}

    def take_draft(self, content: dict[str, str]) -> None:
        """Show what was typed and not saved."""
        self.kind.setCurrentText(content["kind"])
        self.motion.setText(content["motion"])
        for name, edit in self.edits.items():
            self._touched.add(name)
            edit.setText(content[name])

    def _value(self, name: str) -> int:
        try:
            return self.edits[name].read() or 0
        except ValueError:
            return 0

    def _judge(self) -> None:
        vote = self.read()
        written = self._rulebook.majorities[vote.kind].written
        self._written.setVisible(written)
        problems = check_vote(vote)
        verdict = judge(vote, self._rulebook)
        words = [verdict.text, verdict.caution, *(problem.text for problem in problems)]
        self._verdict.setText("；".join(word for word in words if word))
        restyle(self._verdict, "kind", "ok" if verdict.passed and not problems else "warning")
