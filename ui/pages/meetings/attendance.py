"""出席: everybody is there until marked; the absent by initials or a click, with a reason by one key."""

# The stubs of Qt and pyqtgraph leave out attributes and say None where there is none.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QInputDialog, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from app.life.attendance import ABSENCE_REASONS, EXCLUSION_REASONS, Attendance, AttendanceState
from app.people.members import Member
from app.pinyin import matches
from ui.kit.basic import Card, ElidedButton, button, clear, elided, label, restyle, row, scrolled
from ui.kit.icons import icon
from ui.kit.theme import theme

WIDE, NARROW = 372, 300
"""Widths at the usual size of text."""
MARKS = {
    AttendanceState.PRESENT: "✓ ",
    AttendanceState.LATE: "迟 ",
    AttendanceState.LEFT_EARLY: "退 ",
    AttendanceState.ABSENT: "✕ ",
    AttendanceState.EXCLUDED: "— ",
}
# What a click on a name makes of it.
NEXT = {
    AttendanceState.PRESENT: AttendanceState.ABSENT,
    AttendanceState.ABSENT: AttendanceState.LATE,
    AttendanceState.LATE: AttendanceState.LEFT_EARLY,
}
LOOKS = {
    AttendanceState.ABSENT: "absent",
    AttendanceState.LATE: "late",
    AttendanceState.LEFT_EARLY: "late",
    AttendanceState.EXCLUDED: "absent",
}


class QuickBox(QLineEdit):
    """Initials and Enter mark an absentee; 1–4 in the empty box give the last one a reason."""

    marked = Signal(str)
    reasoned = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.text().strip():
                self.marked.emit(self.text().strip())
            return
        number = event.text()
        if not self.text() and number in ("1", "2", "3", "4"):
            self.reasoned.emit(int(number) - 1)
            return
        super().keyPressEvent(event)


class AttendancePane(Card):
    """Who should come, who was there, who else; emits `changed`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__("出席")
        look = theme()
        self._people: list[Member] = []
        self._states: dict[int, AttendanceState] = {}
        self._reasons: dict[int, str] = {}
        self._approvals: dict[int, str] = {}
        self._guests: list[str] = []
        self._last: int | None = None
        self._beside = 4
        self.touched = False
        self._big = label("0", "big")
        self._expected = label("/ 应到 0", "secondary")
        self._rate = label("", "chip-ok")
        self._rate.setMaximumHeight(look.px(24))
        self.body.addLayout(row(self._big, self._expected, 6, self._rate, None))
        self.quick = QuickBox()
        self.quick.setPlaceholderText("拼音首字母标缺席，如 ljj 回车")
        self.quick.setAccessibleName("标缺席")
        self.quick.setToolTip("输入姓名或拼音首字母后按回车；空着时按 1 因公、2 因病、3 因事、4 外出")
        self.quick.addAction(icon("person", "text3", 16), QLineEdit.ActionPosition.LeadingPosition)
        self.quick.marked.connect(self._mark)
        self.quick.reasoned.connect(self._reason_for_last)
        self.body.addWidget(self.quick)
        self._fault = label("", "error", wrap=True)
        self._fault.hide()
        self.body.addWidget(self._fault)
        self._absent_frame = QFrame()
        self._absent_frame.setProperty("kind", "sunken")
        self._absent = QVBoxLayout(self._absent_frame)
        self._absent.setContentsMargins(look.px(10), look.px(8), look.px(6), look.px(8))
        self._absent.setSpacing(look.px(4))
        self.body.addWidget(self._absent_frame)
        self._guest_words = label("", "caption", wrap=True)
        self.body.addLayout(
            row(label("点名字切换，右键有更多", "caption"), None, button("列席 +", self._ask_guest, kind="link"))
        )
        self.body.addWidget(self._guest_words)
        holder = QWidget()
        self._chips = QGridLayout(holder)
        self._chips.setContentsMargins(0, 0, 0, 0)
        self._chips.setSpacing(look.px(4))
        self._chips.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(scrolled(holder), 1)

    def set_narrow(self, narrow: bool) -> None:
        """Take less room, with fewer names side by side."""
        self.setFixedWidth(theme().px(NARROW if narrow else WIDE))
        beside = 3 if narrow else 4
        if beside != self._beside:
            self._beside = beside
            clear(self._chips)
            self._show()

    def set_people(self, people: Sequence[Member]) -> None:
        """Who should come; marks of those who still should are kept."""
        if [person.id for person in people] == [person.id for person in self._people]:
            return
        self._people = list(people)
        self._show()

    def load(self, attendance: Sequence[Attendance]) -> None:
        """Take the marks of a saved roll."""
        self._states = {r.member: r.state for r in attendance if r.member is not None}
        self._reasons = {r.member: r.reason for r in attendance if r.member is not None and r.reason}
        self._approvals = {r.member: r.approval for r in attendance if r.member is not None and r.approval}
        self._guests = [r.name for r in attendance if r.member is None]
        self.touched = False
        self._show()

    def typed(self) -> dict[str, Any]:
        """The marks, as plain values."""
        rows = [[row.member, row.name, row.state.value, row.reason, row.approval] for row in self.read()]
        return {"rows": rows, "touched": self.touched}

    def type_again(self, typed: Mapping[str, Any]) -> None:
        """Put the marks back."""
        states = {state.value: state for state in AttendanceState}
        self.load(
            [
                Attendance(member=member, name=name, state=states[state], reason=reason, approval=approval)
                for member, name, state, reason, approval in typed["rows"]
            ]
        )
        self.touched = typed["touched"]

    def read(self) -> list[Attendance]:
        """The roll as marked."""
        roll = [self._row(person.id) for person in self._people]
        return roll + [Attendance(name=name, state=AttendanceState.OBSERVER) for name in self._guests]

    def _row(self, member: int) -> Attendance:
        state = self.state(member)
        if state is AttendanceState.PRESENT:
            return Attendance(member=member, state=state)
        approval = self._approvals.get(member, "") if state is AttendanceState.EXCLUDED else ""
        return Attendance(member=member, state=state, reason=self._reasons.get(member, ""), approval=approval)

    def expects(self, member: int) -> bool:
        """Whether somebody is among those who should come."""
        return any(person.id == member for person in self._people)

    def state(self, member: int) -> AttendanceState:
        """How somebody is marked."""
        return self._states.get(member, AttendanceState.PRESENT)

    def mark(self, member: int, state: AttendanceState) -> None:
        """Mark somebody."""
        self._states[member] = state
        self._last = member if state is AttendanceState.ABSENT else self._last
        self._show()
        self.touched = True
        self.changed.emit()

    def _mark(self, query: str) -> None:
        found = [p for p in self._people if p.name == query] or [p for p in self._people if matches(p.name, query)]
        starting = [p for p in found if self.state(p.id) is AttendanceState.PRESENT]
        chosen = starting if len(starting) == 1 else found
        if len(chosen) != 1:
            names = "、".join(p.name for p in found[:6])
            text = f"“{query}”可能是{names}，请再多打一个字母" if found else f"应到名单里没有“{query}”"
            self._fault.setText(text)
            self._fault.show()
            return
        self._fault.hide()
        self.quick.clear()
        was_absent = self.state(chosen[0].id) is AttendanceState.ABSENT
        self.mark(chosen[0].id, AttendanceState.PRESENT if was_absent else AttendanceState.ABSENT)
        self.quick.setFocus()

    def _reason_for_last(self, number: int) -> None:
        if self._last is not None and self.state(self._last) is AttendanceState.ABSENT:
            self.set_reason(self._last, ABSENCE_REASONS[number])

    def set_reason(self, member: int, reason: str) -> None:
        """Why somebody is absent."""
        self._reasons[member] = reason
        self._show()
        self.touched = True
        self.changed.emit()

    def _turn(self, member: int) -> None:
        self.mark(member, NEXT.get(self.state(member), AttendanceState.PRESENT))

    def _offer(self, chip: QPushButton, member: int) -> None:
        """The menu of a name: every way to take part, and the five reasons to be left out of 应到."""
        menu = QMenu(self)
        for state in (*NEXT, AttendanceState.LEFT_EARLY):
            menu.addAction(state.value, lambda state=state: self.mark(member, state))
        out = menu.addMenu("不计入应到（须上级同意、会议通过）")
        for reason in EXCLUSION_REASONS:
            out.addAction(reason, lambda reason=reason: self._ask_approval(member, reason))
        menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))

    def _ask_approval(self, member: int, reason: str) -> None:
        text, taken = QInputDialog.getText(self, "不计入应到", "上级批准依据（文号或日期）：")
        if taken:
            self.exclude(member, reason, text.strip())

    def exclude(self, member: int, reason: str, approval: str) -> None:
        """Leave somebody out of 应到 with the superior's approval (选举条例 and its 中组部 answers)."""
        self._reasons[member], self._approvals[member] = reason, approval
        self.mark(member, AttendanceState.EXCLUDED)

    def _ask_guest(self) -> None:
        name, taken = QInputDialog.getText(self, "列席人员", "姓名和单位：")
        if taken and name.strip():
            self.add_guest(name.strip())

    def add_guest(self, name: str) -> None:
        """Somebody from outside who sat in; nobody twice."""
        if name in self._guests:
            return
        self._guests.append(name)
        self._show()
        self.touched = True
        self.changed.emit()

    def counts(self) -> tuple[int, int]:
        """实到 and 应到."""
        expected = [p for p in self._people if self.state(p.id) is not AttendanceState.EXCLUDED]
        there = [p for p in expected if self.state(p.id) is not AttendanceState.ABSENT]
        return len(there), len(expected)

    def _show(self) -> None:
        there, expected = self.counts()
        self._big.setText(str(there))
        self._expected.setText(f"/ 应到 {expected}")
        share = 100 * there / expected if expected else 0
        self._rate.setText(f"到会率 {share:.1f}%")
        self._rate.setVisible(expected > 0)
        restyle(self._rate, "kind", "chip-ok" if share >= 50 else "chip-missing")
        clear(self._absent)
        absent = [p for p in self._people if self.state(p.id) is AttendanceState.ABSENT]
        self._absent_frame.setVisible(bool(absent))
        self._absent.addWidget(label(f"缺席 {len(absent)} 人", "caption"))
        for person in absent:
            self._absent.addLayout(self._absent_row(person))
        left_out = [p for p in self._people if self.state(p.id) is AttendanceState.EXCLUDED]
        self._absent_frame.setVisible(bool(absent or left_out))
        for person in left_out:
            why = "，".join(
                part
                for part in (self._reasons.get(person.id), self._approvals.get(person.id) or "没有写批准依据")
                if part
            )
            self._absent.addWidget(label(f"不计入应到：{person.name}（{why}）", "caption", wrap=True))
        self._guest_words.setText("列席：" + "、".join(self._guests))
        self._guest_words.setVisible(bool(self._guests))
        self._show_chips()

    def _absent_row(self, person: Member):
        name = label()
        name.setText(elided(name, person.name, theme().px(64)))
        name.setFixedWidth(theme().px(64))
        name.setToolTip(person.name)
        items: list[QWidget] = [name]
        known = self._reasons.get(person.id, "")
        reasons = [*ABSENCE_REASONS] if known in ("", *ABSENCE_REASONS) else [*ABSENCE_REASONS[:3], known]
        for reason in reasons:
            chip = button(reason, lambda reason=reason: self.set_reason(person.id, reason), kind="reason")
            chip.setCheckable(True)
            chip.setChecked(known == reason)
            chip.setAccessibleDescription(f"{person.name}缺席原因")
            items.append(chip)
        back = button(
            f"{person.name}改为出席",
            lambda: self.mark(person.id, AttendanceState.PRESENT),
            kind="icon",
            icon="arrow_undo",
        )
        return row(*items, None, back, spacing=4)

    def _show_chips(self) -> None:
        if self._chips.count() != len(self._people):
            clear(self._chips)
            for column in range(4):
                self._chips.setColumnStretch(column, int(column < self._beside))
            for number in range(len(self._people)):
                self._chips.addWidget(ElidedButton("", "person", ""), number // self._beside, number % self._beside)
        for number, person in enumerate(self._people):
            chip = self._chips.itemAt(number).widget()
            assert isinstance(chip, ElidedButton)
            state = self.state(person.id)
            chip.say(MARKS.get(state, "—") + person.name)
            chip.setAccessibleName(person.name)
            chip.setAccessibleDescription(state.value)
            chip.setToolTip(f"{person.name} {state.value}{self._reasons.get(person.id, '')}")
            restyle(chip, "state", LOOKS.get(state, ""))
            if chip.property("member") != person.id:
                chip.setProperty("member", person.id)
                if chip.property("wired"):
                    chip.clicked.disconnect()
                    chip.customContextMenuRequested.disconnect()
                chip.setProperty("wired", True)
                chip.clicked.connect(lambda _=False, member=person.id: self._turn(member))
                chip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
                chip.customContextMenuRequested.connect(
                    lambda _, chip=chip, member=person.id: self._offer(chip, member)
                )
