"""专项台账: one register is chosen and stands as a list with its form; shipped ones are taken with a click."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QInputDialog, QStackedWidget, QVBoxLayout, QWidget

from app.backups import BackupReason
from app.record import Record
from app.ways import ToPaper, ToRecord
from app.work.register_packs import (
    SUFFIX,
    RegisterPack,
    add_register,
    own_register,
    register_file,
    shipped_registers,
    write_register,
)
from app.work.special_registers import RegisterRow, SpecialRegister
from app.year.ledger import YearLedger
from ui.house.session import Session
from ui.house.ways import Place
from ui.kit.basic import button, clear, column, label, row
from ui.kit.files import dated, write_bytes
from ui.pages.special_registers.kinds import as_register, code_of
from ui.pages.special_registers.layout import LayoutPanel
from ui.record.packs import PackChoice, gallery, pack_menu
from ui.record.registers import Register
from ui.record.registers_page import RegistersPage


class SpecialRegistersPage(RegistersPage):
    """专项台账."""

    title = "专项台账"
    code = "special_registers"
    _shown_of: YearLedger | None = None
    """The ledger whose registers `_shown` are; they are asked for at every key of the filter."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._layout_button = self.add_action(button("栏目和格式", self.lay_out_register, icon="settings"))
        self._import_button = self.add_action(button("导入表格", self.import_table, icon="arrow_import"))
        self._more = self.add_action(button("增加台账", self._offer_registers, icon="add"))

    def _show_actions(self, shown: bool) -> None:
        """Show what can be done with the shown register, and with others beside it."""
        told = (self._layout_button, self._import_button, self._export_button, self._print_button, self._add)
        for made in (*told, self._more):
            made.setVisible(shown)

    def registers_of(self, session: Session) -> Sequence[Register]:
        ledger = session.ledger_of_year()
        if self._shown_of is not ledger:
            self._shown_of = ledger
            self._shown = [as_register(kept) for kept in ledger.registers if not kept.register.retired]
        return self._shown

    def make_views(self) -> Any:
        return PackChoice("专项台账")

    def lay_out(self, middle: QHBoxLayout) -> None:
        self.filter_box.setPlaceholderText("搜索这本台账")
        self.filter_box.setAccessibleName("搜索这本台账")
        whole = column(row(self.views, None, self.filter_box), middle, spacing=12)
        whole.setStretch(1, 1)
        shown = QWidget()
        shown.setLayout(whole)
        self._stack = QStackedWidget()
        self._stack.addWidget(shown)
        self._stack.addWidget(self._gallery())
        self.layout_panel = LayoutPanel(self._session)
        self.layout_panel.left.connect(self.refresh)
        self._stack.addWidget(self.layout_panel)
        self._importing = QVBoxLayout()
        self._importing.setContentsMargins(0, 0, 0, 0)
        importing = QWidget()
        importing.setLayout(self._importing)
        self._stack.addWidget(importing)
        self.body.addWidget(self._stack, 1)

    def _gallery(self) -> QWidget:
        """Every register that is shipped, to begin with."""
        told = "还没有专项台账。下面是常用的，点“启用”就能登记；不用的不必启用。"
        packs = [(p.register.title, p.register.purpose, lambda p=p: self.add(p)) for p in shipped_registers()]
        return gallery(told, "自己建一本…", self.add_own, self.choose_file, packs)

    # --- what is shown ---

    def refresh(self) -> None:
        registers = [item for item in self._session.ledger_of_year().registers if not item.register.retired]
        self.views.offer([(code_of(item.register.id), item.register.title) for item in registers])
        self._show_actions(bool(registers))
        self._stack.setCurrentIndex(0 if registers else 1)
        if registers:
            super().refresh()
        else:
            self.head_facts.setText("")

    def primary(self) -> None:
        if self._stack.currentIndex() == 0:
            super().primary()

    # --- registers are begun, laid out, written ---

    def _offer_registers(self) -> None:
        """A menu of the registers that are not kept yet."""
        known = {item.register.title for item in self._session.ledger_of_year().registers}
        packs = [p for p in shipped_registers() if p.register.title not in known]
        offered = [(p.register.title, lambda p=p: self.add(p)) for p in packs]
        menu = pack_menu(self._more, offered, "自己建一本…", self.add_own, self.choose_file)
        retired = [item.register for item in self._session.ledger_of_year().registers if item.register.retired]
        if retired:
            back = menu.addMenu("恢复使用")
            for register in retired:
                back.addAction(register.title, lambda register=register: self.lay_out_register(register))
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def add(self, pack: RegisterPack) -> None:
        """Begin a register."""
        if self.leave() and self.attempt(lambda: self._add_register(pack)):
            self._session.say(f"已启用“{pack.register.title}”", undo=True)

    def _add_register(self, pack: RegisterPack) -> None:
        made = add_register(self._session.ledger, pack, self._session.year)
        self.refresh()
        self._turn_to(code_of(made.id))

    def add_own(self) -> None:
        """Begin a register of the branch's own, and lay it out."""
        title, taken = QInputDialog.getText(self, "自己建一本台账", "台账名称：")
        if taken and title.strip() and self.leave() and self.attempt(lambda: self._add_register(own_register(title))):
            self.lay_out_register()

    def choose_file(self) -> None:
        """Ask for a register from a stick."""
        name, _ = QFileDialog.getOpenFileName(self, "从文件加入台账", "", f"台账格式 (*{SUFFIX} *.toml);;所有文件 (*)")
        if name:
            self.attempt(lambda: self.add(register_file(Path(name))))

    def import_table(self) -> None:
        """Bring a table into the shown register."""
        if not self.leave():
            return
        from app.exchange.tables import register_kind
        from ui.importing import ImportPanel

        session, register = self._session, self.shown_register
        kind = register_kind(session.ledger, register)
        clear(self._importing)
        self.importing = ImportPanel(
            lambda: session.ledger,
            session.today,
            session.tasks,
            kind,
            lambda: session.safekeeping.now(BackupReason.IMPORT),
        )
        back = button("返回台账", self.refresh, icon="chevron_left")
        self._importing.addLayout(row(back, label(f"导入到“{register.title}”", "head"), None))
        self._importing.addWidget(self.importing, 1)
        self._show_actions(False)
        self._stack.setCurrentIndex(self._stack.count() - 1)
        self.importing.setFocus()

    def lay_out_register(self, register: SpecialRegister | None = None) -> None:
        """Change names, order and columns of the shown register, or of another one."""
        if not self.leave():
            return
        shown = register or self.shown_register
        self._show_actions(False)
        self.layout_panel.show_register(shown.id)
        self._stack.setCurrentWidget(self.layout_panel)

    # --- papers ---

    @property
    def shown_register(self) -> SpecialRegister:
        """The register that is shown."""
        registers = self._session.ledger_of_year().registers
        return next(item.register for item in registers if code_of(item.register.id) == self.views.current)

    def print_shown(self) -> None:
        register = self.shown_register
        self._session.go(ToPaper("register_across" if register.across else "register", register.id))

    def export(self) -> None:
        register = self.shown_register
        start = str(self._session.path.parent / (dated(self._session.year, register.title) + ".xlsx"))
        name, _ = QFileDialog.getSaveFileName(
            self, "导出", start, f"Excel 表格 (*.xlsx);;台账格式，给别的台账用 (*{SUFFIX})"
        )
        if name:
            self.write(Path(name))

    def write(self, path: Path) -> None:
        """Write the shown register: its rows as a workbook, or how it is laid out as a pack."""
        from app.exchange.lists import register_workbook

        session, register = self._session, self.shown_register
        if path.suffix == SUFFIX:
            done = self.attempt(lambda: write_bytes(path, write_register(session.ledger, register.id).encode()))
        else:
            done = self.attempt(
                lambda: write_bytes(path, register_workbook(session.ledger_of_year(), register.id, session.today()))
            )
        if done:
            session.say(f"已导出 {path.name}")

    # --- coming ---

    def open_with(self, place: Place) -> None:
        if isinstance(place, ToRecord) and place.kind is RegisterRow:
            found = self._session.ledger[RegisterRow].all(id=place.id)
            self.refresh()
            if found:
                self._turn_to(code_of(found[0].register))
                if self.table.choose(lambda item: item.id == place.id):
                    self._show(self.table.current())
            return
        if isinstance(place, ToRecord) and place.kind is SpecialRegister:
            self._turn_to(code_of(place.id))
            return
        if not self.registers_of(self._session):
            self.refresh()
            return
        super().open_with(place)

    def _register_of(self, kind: type[Record], values: Mapping[str, Any]) -> Register:
        code = code_of(values.get("register", 0))
        registers = self.registers_of(self._session)
        return next((item for item in registers if item.code == code), registers[0])
