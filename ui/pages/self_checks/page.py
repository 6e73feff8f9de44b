"""自查考核: a checklist and a period are chosen; its items stand with what the records tell beside a score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QInputDialog, QStackedWidget, QWidget

from app.checks.self_checks import Judgement, by_records
from app.errors import Refused
from app.record import Record
from app.ways import ToPaper, ToRecord
from app.work.checklist_packs import (
    SUFFIX,
    ChecklistPack,
    add_checklist,
    checklist_file,
    own_checklist,
    shipped_checklists,
    write_checklist,
)
from app.work.rectifications import raise_all
from app.work.self_checks import (
    Checklist,
    ChecklistItem,
    Scheme,
    Scored,
    SelfCheck,
    SelfCheckScore,
    save_scores,
    to_rectify,
)
from app.year.ledger import YearLedger
from app.year.periods import Period, period_words
from app.year.self_checks import period_title, periods_of, scheme_of
from ui.house.session import Session
from ui.house.ways import Place, ToDraft, ToView
from ui.kit.basic import button, column, row
from ui.kit.files import dated, write_bytes
from ui.pages.self_checks.form import ItemForm, ScoreForm
from ui.pages.self_checks.kinds import (
    CHECKS,
    ITEMS,
    LISTS,
    checks_register,
    code_of,
    items_register,
    judged,
    lists_register,
    score_register,
)
from ui.record.packs import PackChoice, gallery, pack_menu
from ui.record.registers import Register, RegisterForm
from ui.record.registers_page import RegistersPage

ALL = "0"


class Views(QWidget):
    """The choice of a checklist, and of a period or another view of it."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.lists, self.parts = PackChoice("考核清单", 260), PackChoice("评什么", 120)
        self._offered: dict[str, list[tuple[str, str]]] = {}
        self.setLayout(row(self.lists, self.parts, spacing=8))
        self.lists.chosen.connect(lambda _: self._turn())
        self.parts.chosen.connect(lambda _: self.chosen.emit(self.current))

    @property
    def current(self) -> str:
        """The code of the chosen view."""
        return LISTS if self.lists.current == ALL else code_of(int(self.lists.current or 0), self.parts.current)

    def _turn(self) -> None:
        self._show_parts()
        self.chosen.emit(self.current)

    def _show_parts(self) -> None:
        self.parts.setVisible(self.lists.current != ALL)
        self.parts.offer(self._offered.get(self.lists.current, []))

    def choose(self, code: str) -> None:
        """Choose a view, without a signal."""
        checklist, _, part = code.partition("/")
        self.lists.choose(checklist)
        self._show_parts()
        self.parts.choose(part)

    def offer(self, lists: Sequence[tuple[str, str]], parts: dict[str, list[tuple[str, str]]]) -> None:
        """The checklists by number, and the views of each."""
        self._offered = parts
        self.lists.offer([*lists, (ALL, "全部清单…")])
        self._show_parts()


class SelfChecksPage(RegistersPage):
    """自查考核."""

    title = "自查考核"
    code = "self_checks"
    _shown_of: YearLedger | None = None

    def __init__(self, session: Session) -> None:
        self._told: dict[str, dict[int, Judgement]] = {}
        super().__init__(session)
        self._raise = self.add_action(button("缺项列入整改", self.raise_gaps, icon="clipboard_task"))
        self._fill = self.add_action(button("按记录评分", self.score_by_records, icon="checkmark"))
        self._more = self.add_action(button("增加清单", self._offer_lists, icon="add"))

    def make_views(self) -> Any:
        return Views()

    def make_form(self, register: Register) -> RegisterForm:
        if register.kind is SelfCheckScore:
            return ScoreForm(self._session, self.code, register, lambda item: self._item(register.code, item))
        if register.kind is ChecklistItem:
            return ItemForm(self._session, self.code, register)
        return super().make_form(register)

    def _item(self, code: str, item: int) -> tuple[ChecklistItem, Judgement] | None:
        told = self._told.get(code, {}).get(item)
        scheme = self._scheme()
        found = next((one for one in scheme.items if one.id == item), None) if scheme else None
        return (found, told) if found is not None and told is not None else None

    def registers_of(self, session: Session) -> Sequence[Register]:
        ledger = session.ledger_of_year()
        if self._shown_of is not ledger:
            self._shown_of = ledger
            self._told = {}
            self._shown = [lists_register()]
            for scheme in ledger.schemes:
                self._shown += [checks_register(scheme), items_register(scheme)]
                for span in periods_of(scheme, ledger.year):
                    told = self._told.setdefault(code_of(scheme.checklist.id, span.name), {})
                    self._shown.append(score_register(session, scheme, span, told))
        return self._shown

    def lay_out(self, middle: QHBoxLayout) -> None:
        self.filter_box.setPlaceholderText("搜索项目")
        self.filter_box.setAccessibleName("搜索项目")
        whole = column(row(self.views, None, self.filter_box), middle, spacing=12)
        whole.setStretch(1, 1)
        shown = QWidget()
        shown.setLayout(whole)
        told = "还没有考核清单。下面是常用的，点“启用”就能逐项评分；记录里看得出的，程序会给出建议的分。"
        packs = [(p.checklist.title, p.checklist.purpose, lambda p=p: self.add(p)) for p in shipped_checklists()]
        self._stack = QStackedWidget()
        self._stack.addWidget(shown)
        self._stack.addWidget(gallery(told, "自己建一张…", self.add_own, self.choose_file, packs))
        self.body.addWidget(self._stack, 1)

    # --- what is shown ---

    def _scheme(self) -> Scheme | None:
        number = int(self.views.lists.current or 0)
        return next((s for s in self._session.ledger_of_year().schemes if s.checklist.id == number), None)

    def _span(self) -> Period | None:
        scheme = self._scheme()
        spans = periods_of(scheme, self._session.year) if scheme else []
        return next((span for span in spans if span.name == self.views.parts.current), None)

    def _scored(self) -> Scored | None:
        """The self-check that is shown, or the chosen one among those of the year."""
        scheme, span = self._scheme(), self._span()
        if scheme is None:
            return None
        if span is not None:
            return scheme.of(span.name)
        current = self.table.current() if self.register.kind is SelfCheck else None
        return next((one for one in scheme.checks if current is not None and one.check.id == current.id), None)

    def refresh(self) -> None:
        ledger = self._session.ledger_of_year()
        self.registers_of(self._session)
        begun = self.views.lists.count() > 0
        lists = [s for s in ledger.schemes if not s.checklist.retired]
        parts = {str(s.checklist.id): self._parts(s) for s in lists}
        self.views.offer([(str(s.checklist.id), s.checklist.title) for s in lists], parts)
        if lists and not begun:
            self.views.choose(code_of(lists[0].checklist.id, self._present(lists[0])))
        known = bool(ledger.schemes)
        self._stack.setCurrentIndex(0 if known else 1)
        scheme, span = self._scheme(), self._span()
        if scheme is not None and span is not None:
            told = self._told[code_of(scheme.checklist.id, span.name)]
            if not told:
                told.update(judged(self._session, scheme, span))
        for made, shown in (
            (self._raise, span is not None),
            (self._fill, span is not None),
            (self._more, known),
            (self._export_button, scheme is not None),
            (self._print_button, scheme is not None and self.views.parts.current != ITEMS),
        ):
            made.setVisible(shown)
        if known:
            super().refresh()
        else:
            self._add.hide()
            self.head_facts.setText("")

    def _parts(self, scheme: Scheme) -> list[tuple[str, str]]:
        spans = [(span.name, period_words(span.name)) for span in periods_of(scheme, self._session.year)]
        return [*spans, (CHECKS, "各期汇总"), (ITEMS, "检查项目")]

    def _present(self, scheme: Scheme) -> str:
        """The period of today, or the last of a year that is over."""
        day = self._session.reference_day()
        return next(span.name for span in periods_of(scheme, self._session.year) if span.first <= day <= span.last)

    # --- scoring ---

    def score_by_records(self) -> None:
        """Give every item that is not scored yet what the records propose, as one action."""
        scheme, span = self._scheme(), self._span()
        if scheme is None or span is None or not self.leave():
            return
        session = self._session

        def work() -> None:
            scores = by_records(scheme, scheme.of(span.name), self._told[self.register.code])
            if not scores:
                raise Refused("没有可以按记录评的项目。", "记录里看得出的都评过了，其余的请逐项评分。")
            check = SelfCheck(
                checklist=scheme.checklist.id, year=session.year, period=span.name, checked_on=session.today()
            )
            save_scores(session.ledger, check, scores, session.today())
            session.say(f"已按记录评 {len(scores)} 项，请逐项核对", undo=True)

        self.attempt(work)

    def raise_gaps(self) -> None:
        """Put what fell short on the rectification list, as one action."""
        scheme, scored = self._scheme(), self._scored()
        session = self._session

        def work() -> None:
            if scheme is None or scored is None:
                raise Refused("这一期还没有评分。", "先逐项评分，再把没有得满分的列入整改清单。")
            source = f"{scheme.checklist.title} {period_title(scored.check.period)}"
            wanted = to_rectify(scheme, scored, source, session.ledger_of_year().rectifications)
            number = raise_all(session.ledger, wanted, session.today())
            session.say(
                f"已列入整改清单 {number} 项，请定时限",
                undo=True,
                more=("去看", lambda: session.go(ToView("tasks", "rectifications"))),
            )

        if self.leave():
            self.attempt(work)

    # --- checklists are begun ---

    def _offer_lists(self) -> None:
        known = {scheme.checklist.title for scheme in self._session.ledger_of_year().schemes}
        packs = [p for p in shipped_checklists() if p.checklist.title not in known]
        offered = [(p.checklist.title, lambda p=p: self.add(p)) for p in packs]
        menu = pack_menu(self._more, offered, "自己建一张…", self.add_own, self.choose_file)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def add(self, pack: ChecklistPack) -> None:
        """Begin a checklist."""
        if self.leave() and self.attempt(lambda: self._add_list(pack)):
            self._session.say(f"已启用“{pack.checklist.title}”", undo=True)

    def _add_list(self, pack: ChecklistPack) -> None:
        made = add_checklist(self._session.ledger, pack)
        self.refresh()
        scheme = scheme_of(self._session.ledger_of_year(), made.id)
        self._turn_to(code_of(made.id, self._present(scheme) if pack.items else ITEMS))

    def add_own(self) -> None:
        """Begin a checklist of the branch's own with its items."""
        title, taken = QInputDialog.getText(self, "自己建一张考核清单", "清单名称：")
        if taken and title.strip():
            self.add(own_checklist(title))

    def choose_file(self) -> None:
        """Ask for a checklist from a stick."""
        name, _ = QFileDialog.getOpenFileName(self, "从文件加入清单", "", f"考核清单 (*{SUFFIX} *.toml);;所有文件 (*)")
        if name:
            self.attempt(lambda: self.add(checklist_file(Path(name))))

    # --- papers ---

    def print_shown(self) -> None:
        scored = self._scored()
        if scored is None:
            self.attempt(self._refuse_unscored)
        else:
            self._session.go(ToPaper("self_check", scored.check.id))

    def _refuse_unscored(self) -> None:
        raise Refused("还没有评分可以打印。", "先在一期里逐项评分；在“各期汇总”里要先选一期。")

    def export(self) -> None:
        scheme = self._scheme()
        if scheme is None:
            return
        items = self.views.parts.current == ITEMS
        start = str(self._session.path.parent / dated(self._session.year, scheme.checklist.title))
        table, pack = "Excel 表格 (*.xlsx)", f"考核清单，给别的台账用 (*{SUFFIX})"
        kinds = pack if items else f"{table};;{pack}"
        name, _ = QFileDialog.getSaveFileName(self, "导出", start + (SUFFIX if items else ".xlsx"), kinds)
        if name:
            self.write(Path(name))

    def write(self, path: Path) -> None:
        """Write the shown self-check as a workbook, or the checklist as a pack."""
        from app.exchange.lists import self_check_workbook

        session = self._session

        def work() -> None:
            scheme, scored = self._scheme(), self._scored()
            if scheme is not None and path.suffix == SUFFIX:
                write_bytes(path, write_checklist(session.ledger, scheme.checklist.id).encode())
            elif scored is None:
                self._refuse_unscored()
            else:
                write_bytes(path, self_check_workbook(session.ledger_of_year(), scored.check.id))
            session.say(f"已导出 {path.name}")

        self.attempt(work)

    # --- coming ---

    def open_with(self, place: Place) -> None:
        self.refresh()
        match place:
            case ToDraft():
                year = place.content["view"].partition("/")[2][:4]
                if year.isdigit() and int(year) != self._session.year:
                    self.attempt(lambda: self._session.show_year(int(year)))
                super().open_with(place)
            case ToRecord() if place.kind is SelfCheck:
                self._open_check(place.id)
            case ToRecord() if place.kind is Checklist:
                self._turn_to(code_of(place.id, CHECKS))
            case _:
                super().open_with(place)

    def _open_check(self, record: int) -> None:
        for scheme in self._session.ledger_of_year().schemes:
            for scored in scheme.checks:
                if scored.check.id == record and scored.check.year == self._session.year:
                    self._turn_to(code_of(scheme.checklist.id, scored.check.period))

    def _register_of(self, kind: type[Record], values: Mapping[str, Any]) -> Register:
        del values
        return next(item for item in self.registers_of(self._session) if item.kind is kind)
