"""One candidate of an election as a row of editors."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.life.elections import Candidate
from app.people.posts import PostTitle
from ui.kit.basic import button, label, row
from ui.kit.editors import Choice, NumberEdit, PersonEdit, combo
from ui.kit.theme import theme

POST, TICK, COUNT, AWAY = 100, 30, 46, 28
"""Widths of the columns, at the usual size of text."""


def heads() -> QWidget:
    """What the columns of the rows are, above them."""
    made: list[QWidget] = [label("候选人", "caption")]
    words = ("职务", POST), ("正式", TICK), ("赞成", COUNT), ("反对", COUNT), ("弃权", COUNT), ("", AWAY)
    for word, width in words:
        head = label(word, "caption")
        head.setFixedWidth(theme().px(width))
        made.append(head)
    holder = QWidget()
    holder.setLayout(row(*made, spacing=5))
    return holder


class CandidateRow(QWidget):
    """One candidate: who, for which post, nominated or written in, the three counts."""

    def __init__(
        self, choices: list[Choice], changed: Callable[[], object], gone: Callable[[CandidateRow], object]
    ) -> None:
        super().__init__()
        self.who = PersonEdit()
        self.who.setAccessibleName("候选人")
        self.who.set_choices(choices)
        self.post = combo(
            [title.value for title in PostTitle if title is not PostTitle.GROUP_LEADER], accessible="职务"
        )
        self.post.setCurrentText(PostTitle.MEMBER.value)
        self.post.setFixedWidth(theme().px(POST))
        self.nominated = QCheckBox()
        self.nominated.setToolTip("正式候选人；另选他人的不勾")
        self.nominated.setAccessibleName("正式候选人")
        self.nominated.setChecked(True)
        self.nominated.setFixedWidth(theme().px(TICK))
        self.counts = {name: NumberEdit(COUNT) for name in ("in_favour", "against", "abstained")}
        for name, word in (("in_favour", "赞成"), ("against", "反对"), ("abstained", "弃权")):
            self.counts[name].setAccessibleName(word)
            self.counts[name].setToolTip(word)
            self.counts[name].textChanged.connect(lambda _: changed())
        self.result = label("", "caption", wrap=True)
        self.who.textChanged.connect(lambda _: changed())
        self.nominated.clicked.connect(lambda _: changed())
        away = button("去掉这位候选人", lambda: gone(self), kind="icon", icon="dismiss")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(2))
        box.addLayout(row(self.who, self.post, self.nominated, *self.counts.values(), away, spacing=5))
        box.addWidget(self.result)

    def read(self) -> Candidate | None:
        """The candidate; None while nobody is named. Raises ValueError in Chinese."""
        if not self.who.text().strip():
            return None
        member = self.who.key()
        if member is None:
            raise ValueError(f"候选人“{self.who.text()}”请从名册里选")
        numbers = {name: edit.read() or 0 for name, edit in self.counts.items()}
        return Candidate(
            election=0,
            member=member,
            post=PostTitle(self.post.currentText()),
            nominated=self.nominated.isChecked(),
            **numbers,
        )

    def texts(self) -> list[str]:
        """What stands in the row."""
        counts = [edit.text() for edit in self.counts.values()]
        return [self.who.text(), self.post.currentText(), "1" if self.nominated.isChecked() else "", *counts]

    def set_texts(self, texts: list[str]) -> None:
        """Show what was typed earlier."""
        self.who.setText(texts[0])
        self.post.setCurrentText(texts[1])
        self.nominated.setChecked(bool(texts[2]))
        for edit, text in zip(self.counts.values(), texts[3:], strict=False):
            edit.setText(text)
