"""Beside the rows of an import: what is asked of the chosen one, what was left out, which column is what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.exchange.columns import Columns
from app.exchange.headings import Layout, heading_of
from app.exchange.mending import NEW_PERSON, Mending
from app.exchange.raw import RawSheet
from app.exchange.sheet import BLOCK, Difference, LeftOut, Outcome, RowFault
from app.names import bare_name, tidy_name
from app.people.members import Member
from app.record import Severity
from ui.importing.preview import PreviewRow
from ui.kit.basic import Card, button, clear, elided, label, line, row, scrolled, wrapped
from ui.kit.editors import combo, line_edit
from ui.kit.theme import theme

WIDTH, ANSWER_EDGES = 272, 68
"""Pixels of 100 %: of the whole, and what of it an answer cannot write in."""
NOT_THERE = "（表里没有）"
Decide = Callable[[Mending], object]


class Side(Card):
    """Everything about one row, or about the file as a whole; each answer is told as another mending."""

    def __init__(self, decide: Decide, members: Callable[[], Sequence[Member]]) -> None:
        super().__init__(padding=12)
        self.setFixedWidth(theme().px(WIDTH))
        self._decide, self._members = decide, members
        self.answers: list[QPushButton] = []
        """The possible answers to the questions of the shown row, in the order of their numbers."""
        self._answered: dict[tuple[int, str], RowFault] = {}
        inner = QWidget()
        self._box = QVBoxLayout(inner)
        self._box.setContentsMargins(0, 0, theme().px(4), 0)
        self.body.addWidget(scrolled(inner), 1)

    def forget(self) -> None:
        """Another file: what was answered is gone."""
        self._answered = {}

    def _begin(self) -> None:
        clear(self._box)
        self.answers = []

    def _add(self, *widgets: QWidget) -> None:
        for widget in widgets:
            self._box.addWidget(widget)

    # --- the file ---

    def show_file(self, outcome: Outcome, mending: Mending) -> None:
        """What is told of the file, and what of it was not taken, each with a way to take it."""
        self._begin()
        if outcome.told:
            self._add(label("表的说明", "head"))
        for text in outcome.told:
            self._add(label(f"{text}。", "warning", wrap=True))
        self._add(label("没有取的", "head"))
        for item in outcome.left_out:
            self._add(label(str(item), wrap=True))
            if item.sheet is not None or item.rows:
                offer = item.offer or ("取这张工作表" if item.sheet is not None else "仍然导入这些行")
                take = button(offer, lambda item=item: self._take(item, mending), kind="small")
                take.setAccessibleName(f"{item.where}{item.what}：{offer}")
                self._box.addLayout(row(take, None))
        if not outcome.left_out:
            self._add(label("表里的都取了。", "secondary"))
        self._box.addStretch(1)

    def _take(self, item: LeftOut, mending: Mending) -> None:
        if item.sheet is not None:
            self._decide(replace(mending, layout=None, sheets=(mending.sheets or frozenset()) | {item.sheet}))
        else:
            self._decide(replace(mending, taken_rows=mending.taken_rows | set(item.rows)))

    # --- the columns ---

    def show_columns(self, book: Sequence[RawSheet], layout: Layout, columns: Columns, mending: Mending) -> None:
        """Which column each field is, to be said otherwise."""
        self._begin()
        sheet = book[layout.sheet]
        width = max((len(cells) for cells in sheet.grid), default=0)
        words = [NOT_THERE, *(heading_of(sheet, layout, column) for column in range(width))]
        self._add(label("每一项在表里是哪一列", "head"))
        for name in columns.offered():
            title = columns.title(name)
            box = combo(words, accessible=title)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(4)
            box.setCurrentIndex(layout.columns.get(name, -1) + 1)
            box.activated.connect(lambda at, name=name: self.set_column(layout, mending, name, at - 1))
            caption = label(title + (" *" if name in columns.needed else ""), "secondary")
            caption.setFixedWidth(theme().px(92))
            made = row(caption, box)
            made.setStretch(1, 1)
            self._box.addLayout(made)
        self._box.addStretch(1)

    def set_column(self, layout: Layout, mending: Mending, name: str, column: int) -> None:
        """Say which column a field is; -1 for none."""
        columns = {key: at for key, at in layout.columns.items() if key != name and at != column}
        if column >= 0:
            columns[name] = column
        ordered = dict(sorted(columns.items(), key=lambda item: item[1]))
        self._decide(replace(mending, layout=replace(layout, columns=ordered)))

    # --- a row ---

    def show_nothing(self) -> None:
        """No row fits what is looked for."""
        self._begin()
        self._add(label("没有这样的行。", "secondary"))
        self._box.addStretch(1)

    def show_row(self, item: PreviewRow, mending: Mending, *, people: bool) -> None:
        """What is wrong or asked of a row, where it differs, who it is."""
        self._begin()
        key = item.row.key
        place = f"“{item.row.sheet}”" if item.row.sheet else ""
        self._add(label(f"{place}第 {item.row.number} 行", "head"))
        asked = [fault for fault in item.faults if fault.asked]
        for fault in asked:
            self._ask(fault, mending)
        self._show_answered(key, mending)
        for fault in item.faults:
            if not fault.asked:
                kind = "error" if fault.severity is Severity.ERROR else "warning"
                self._add(label(f"{fault.column}：{fault.reason}", kind, wrap=True))
        if not item.faults:
            self._add(label("没有问题。", "secondary"))
        self._show_differences(item.differences, key, mending)
        if people:
            self._offer_persons(item, mending)
        self._add(line())
        out = QCheckBox("不导入这一行")
        out.setChecked(item.left_out)
        out.clicked.connect(
            lambda on: self._decide(
                replace(mending, left_out=mending.left_out | {key} if on else mending.left_out - {key})
            )
        )
        self._add(out, label("双击或按 Enter 就地改一个单元格。", "caption", wrap=True))
        self._box.addStretch(1)

    def _ask(self, fault: RowFault, mending: Mending) -> None:
        """A question with its answers: what is proposed, and what else it could be; Alt and a number chooses."""
        said = f"写着“{fault.said}”：" if fault.said and f"“{fault.said}”" not in fault.reason else ""
        self._add(label(f"{fault.column}：{said}{fault.reason}", "error", wrap=True))
        if fault.proposed:
            self._answer(fault.proposed, lambda: self._accept(fault, mending))
        for person, words in fault.who:
            self._answer(words, lambda person=person: self._is(fault.row, person, mending))
        for other in fault.others:
            self._answer(other, lambda other=other: self._mend(fault, other, mending))

    def _answer(self, text: str, chosen: Callable[[], object]) -> None:
        number = len(self.answers) + 1
        made = button(f"{number}　{text}", chosen, kind="small")
        made.setText(elided(made, made.text(), theme().px(WIDTH - ANSWER_EDGES)))
        made.setAccessibleName(text)
        made.setToolTip(f"{text}\nAlt+{number}" if number < 10 else text)
        self.answers.append(made)
        self._box.addLayout(row(made, None))

    def _accept(self, fault: RowFault, mending: Mending) -> None:
        place = (fault.row, fault.field)
        self._answered[place] = fault
        self._decide(replace(mending, accepted=mending.accepted | {place}))

    def _is(self, row: int, person: int | None, mending: Mending) -> None:
        others = {key: who for key, who in mending.persons.items() if key != row}
        self._decide(replace(mending, persons=others if person is None else {**others, row: person}))

    def _mend(self, fault: RowFault, text: str, mending: Mending) -> None:
        self._decide(replace(mending, edits={**mending.edits, (fault.row, fault.field): text}))

    def _show_answered(self, key: int, mending: Mending) -> None:
        for place, fault in self._answered.items():
            if place[0] != key or place not in mending.accepted:
                continue
            tick = QCheckBox(f"{fault.column}：按“{fault.proposed}”")
            tick.setChecked(True)
            tick.clicked.connect(
                lambda _, place=place: self._decide(replace(mending, accepted=mending.accepted - {place}))
            )
            self._add(wrapped(tick))

    def _show_differences(self, differences: Sequence[Difference], key: int, mending: Mending) -> None:
        if differences:
            self._add(line(), label("与名册不同的，勾上的改成表里的", "secondary", wrap=True))
        for difference in differences:
            place = (key, difference.field)
            tick = QCheckBox(f"{difference.label}：{difference.was} → {difference.new}")
            tick.setAccessibleName(f"{difference.label}改成{difference.new}")
            tick.setChecked(difference.taken)
            tick.clicked.connect(
                lambda on, place=place: self._decide(
                    replace(mending, taken=mending.taken | {place} if on else mending.taken - {place})
                )
            )
            self._add(wrapped(tick))
            if difference.since:
                self._add(self._since(difference, place, mending))

    def _since(self, difference: Difference, place: tuple[int, str], mending: Mending) -> QWidget:
        edit: QLineEdit = line_edit(difference.since)
        edit.setAccessibleName(f"{difference.label}从哪一天起")
        edit.editingFinished.connect(
            lambda: (
                self._decide(replace(mending, since={**mending.since, place: edit.text().strip()}))
                if edit.text().strip() != difference.since
                else None
            )
        )
        holder = QWidget()
        holder.setLayout(row(label("从哪一天起", "caption"), edit))
        return holder

    def _offer_persons(self, item: PreviewRow, mending: Mending) -> None:
        """Who a row is, where somebody of the same name is known."""
        name, key = bare_name(tidy_name(item.row.text("name"))[0]), item.row.key
        known = [member for member in self._members() if name and bare_name(member.name) == name]
        decided = mending.persons.get(key)
        if not known and decided is None:
            return
        choices: list[tuple[int | None, str]] = [(None, "由程序判断"), (NEW_PERSON, "新增为另一人")]
        choices += [(m.id, f"名册里的{m.name} {m.birth or ''}") for m in known]
        if decided is not None and decided < NEW_PERSON:
            choices.append((decided, f"与第 {-decided % BLOCK} 行是同一个人"))
        box = combo([text for _, text in choices], accessible="这一行是谁")
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(4)
        keys = [number for number, _ in choices]
        box.setCurrentIndex(keys.index(decided))
        box.activated.connect(lambda at: self._is(key, keys[at], mending))
        self._add(label("这一行是", "secondary"), box)
