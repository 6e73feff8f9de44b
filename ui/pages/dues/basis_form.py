"""The form of a member's base: by the parts of the pay, or as it stands, with the approval of what is less."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.dates import PartialDate
from app.dues.bases import DuesBasis, basis_since, check_basis, set_basis
from app.dues.pay import DEDUCTIONS, GROSS, PayItem, base_of, fix_base, in_words, items_of
from app.errors import AppError
from app.money import read_fen, yuan
from app.record import Problem
from ui.house.session import Session
from ui.kit.basic import Card, button, label, line, row
from ui.kit.editors import Field, line_edit
from ui.kit.record_fields import Fields
from ui.record.form import RecordForm
from ui.record.part import Part

FIELDS = Fields(
    ("since", "category", "base_fen", "fixed_fen", "note", "approval", "approved_on"),
    hints={
        "base_fen": "税后核定数，可用下面的计算",
        "fixed_fen": "只在直接核定金额时填",
        "approval": "减免时必填，如 党委〔2026〕3号",
    },
)
SHORT = Fields(("since", "category", "base_fen"), hints={"base_fen": "税后核定数"})
"""What the form beside the months shows."""


class Calculator(Card):
    """From the pay slip to the base: each part typed once, the result at once."""

    def __init__(self) -> None:
        super().__init__("按工资项目计算", padding=12)
        self.fields: dict[str, Field[QLineEdit]] = {}
        for name in (GROSS, *DEDUCTIONS):
            field = Field(name, line_edit(width=110))
            field.editor.textChanged.connect(lambda _: self.show_result())
            self.fields[name] = field
            caption = label(name if name == GROSS else f"减：{name}", "" if name == GROSS else "secondary", wrap=True)
            made = row(caption, field)
            made.setStretch(0, 1)
            self.body.addLayout(made)
        self.result = label("填了应发合计，这里就算出基数。", "caption", wrap=True)
        self.body.addWidget(self.result)

    def items(self) -> list[PayItem] | None:
        """What was typed; None when an amount cannot be read, empty when nothing was typed."""
        found: list[PayItem] = []
        wrong = False
        for name, field in self.fields.items():
            text = field.editor.text().strip()
            try:
                fen = read_fen(text) if text else 0
                field.show_fault("")
            except ValueError as error:
                field.show_fault(str(error))
                wrong = True
                continue
            if fen:
                found.append(PayItem(name=name, amount_fen=fen, deducted=name != GROSS))
        return None if wrong else found

    def show_result(self) -> None:
        """Say what comes out."""
        items = self.items()
        if not items:
            self.result.setText("填了应发合计，这里就算出基数。")
            return
        try:
            self.result.setText(in_words(items))
        except AppError as error:
            self.result.setText(str(error))

    def load(self, items: list[PayItem]) -> None:
        """Show the parts a base was fixed by."""
        amounts = {item.name: item.amount_fen for item in items}
        for name, field in self.fields.items():
            field.editor.setText(yuan(amounts[name]).replace(",", "") if name in amounts else "")
            field.show_fault("")

    def typed(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: field.editor.text() for name, field in self.fields.items()}

    def type_again(self, typed: dict[str, str]) -> None:
        """Put what was typed back."""
        for name, field in self.fields.items():
            field.editor.setText(typed.get(name, ""))


class BasisForm(RecordForm):
    """The base of one member from a month on. A base of an earlier year is the beginning of a new one."""

    saved_words = "已核定"
    cancel_words = ""
    removable = False
    view = "bases"

    def __init__(self, session: Session, longer: Callable[[], object] | None = None) -> None:
        """With a way to the `longer` form it is the short one, in a card of its page."""
        self._longer, self._name = longer, ""
        fields, padding = (SHORT, 0) if self._short else (FIELDS, 14)
        super().__init__(session, "dues", "核定", DuesBasis, fields, padding=padding)
        if self._short:
            self.heading.hide()
            self.note.hide()
            self.keeper.told.connect(lambda words: self.note.setVisible(bool(words)))

    @property
    def _short(self) -> bool:
        return self._longer is not None

    def more_buttons(self) -> Sequence[QWidget]:
        return [button("更多项目…", self._longer, kind="link")] if self._longer else ()

    def make_parts(self) -> dict[str, Part]:
        if self._short:
            return {}
        self.calculator = Calculator()
        return {"pay": self.calculator}

    def inside(self, box: QVBoxLayout) -> None:
        super().inside(box)
        if not self._short:
            box.addWidget(line())
            box.addWidget(self.calculator)

    def show_of(self, member: int, name: str, basis: DuesBasis | None, since: PartialDate) -> None:
        """The base of a member: the one of the shown year, else a new one from a month on."""
        self._name, year = name, self._session.year
        if basis is not None and basis.fixed_in(year) and not self._short:
            self.load(vars(basis))
            return
        told = {name: value for name, value in vars(basis).items() if name != "id"} if basis else {"category": "在职"}
        self.load({**told, "member": member, "since": since})

    def fill(self, values: Mapping[str, Any]) -> None:
        self.heading.setText(f"核定：{self._name}" if values.get("member") else "核定")
        if not self._short:
            self.calculator.load(items_of(self._session.ledger, self.record.id) if self.record else [])

    def draft_title(self) -> str:
        return self.heading.text()

    @property
    def member(self) -> int:
        """Whose base is shown; 0 when nobody's."""
        return self.record.member if self.record else self._given.get("member", 0)

    def open_draft(self, content: Mapping[str, Any]) -> None:
        """Go on with what was typed."""
        member = content.get("given", {}).get("member") or content.get("member", 0)
        roster = self._session.ledger_of_year().roster
        self._name = roster[member].name if member in roster else ""
        super().open_draft(content)

    def made(self, values: dict[str, Any]) -> DuesBasis | None:
        self._items = [] if self._short else self.calculator.items()
        if self._items is None or not self.member:
            return None
        # What the short form does not show of the base it corrects stays.
        same = basis_since(self._session.ledger, self.member, values["since"]) if self._short else None
        basis = replace(same, **values) if same else DuesBasis(member=self.member, **values)
        return replace(basis, base_fen=base_of(self._items)) if self._items else basis

    def check(self, record: Any) -> list[Problem]:
        """As bases are checked."""
        return check_basis(record, self._session.ledger_of_year().rulebook)

    def store(self, record: Any) -> DuesBasis:
        """Fix the base: by the parts of the pay when they were typed, else as it stands."""
        ledger, rulebook = self._session.ledger, self._session.ledger_of_year().rulebook
        if self._items:
            return fix_base(ledger, record, self._items, rulebook)
        return set_basis(ledger, record, rulebook)

    def after_save(self, saved: DuesBasis) -> None:
        """It stays shown, to be corrected."""
        self.show_of(saved.member, self._name, saved, saved.since or PartialDate(self._session.year, 1))
