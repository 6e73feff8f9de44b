"""The page of a sheet: the way back, what it is, what its rows say together, the grid."""

from __future__ import annotations

from ui.house.session import Session
from ui.house.ways import Place, ToDraft, ToView
from ui.kit.basic import button
from ui.kit.page import Page
from ui.kit.segmented import Segmented
from ui.pages.sheets.attendance import Rolls
from ui.pages.sheets.ballots import Ballots
from ui.pages.sheets.bases import Bases
from ui.pages.sheets.particulars import Particulars
from ui.pages.sheets.study_hours import StudyHours
from ui.pages.sheets.votes import Votes
from ui.record.sheet import Sheet, SheetView

SHEETS: dict[str, type[Sheet]] = {
    sheet.code: sheet for sheet in (Ballots, Bases, Particulars, Rolls, StudyHours, Votes)
}


class SheetsPage(Page):
    """成表录入. A view is the code of a sheet, with what it is of after a stroke."""

    title = "成表录入"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._back = button("返回", self._leave, kind="link")
        self.head.insertWidget(0, self._back)
        self._save = self.add_action(button("保存 Ctrl+S", self._store, kind="primary"))
        self._save.setAccessibleName("保存")
        self._choices: Segmented | None = None
        self.sheet: SheetView | None = None

    def open_with(self, place: Place) -> None:
        match place:
            case ToDraft():
                self._turn_to(place.content["view"])
                if self.sheet is not None:
                    self.sheet.resume(place)
            case ToView():
                self._turn_to(place.view)
            case _:
                pass

    def _turn_to(self, view: str) -> None:
        code, _, choice = view.partition("/")
        kind = SHEETS[code]
        choice = choice or kind.usual(self._session)
        self._clear()
        made = self.sheet = SheetView(self._session, kind(self._session, choice))
        self._offer(kind, choice)
        self.body.addWidget(made, 1)
        self.head_title.setText(kind.title)
        self.beside = kind.back.page
        made.told.connect(self.head_facts.setText)
        made.left.connect(self._leave)
        made.refresh()
        made.grid.setFocus()

    def _clear(self) -> None:
        for part in (self.sheet, self._choices):
            if part is not None:
                part.hide()
                self.body.removeWidget(part)
                part.deleteLater()
        self.sheet = self._choices = None

    def _offer(self, kind: type[Sheet], choice: str) -> None:
        """What the sheet can be of, to choose from."""
        choices = kind.choices(self._session)
        if not choices:
            return
        self._choices = Segmented(choices)
        self._choices.setAccessibleName(kind.title)
        self._choices.choose(choice)
        self._choices.chosen.connect(self._choose)
        self.body.addWidget(self._choices)

    def _choose(self, choice: str) -> None:
        assert self.sheet is not None and self._choices is not None
        if self.sheet.may_leave():
            self._turn_to(f"{self.sheet.sheet.code}/{choice}")
        else:
            self._choices.choose(self.sheet.sheet.choice)

    def refresh(self) -> None:
        if self.sheet is not None:
            self.sheet.refresh()

    def _store(self) -> None:
        if self.sheet is not None:
            self.sheet.save()

    def _leave(self) -> None:
        if self.sheet is not None:
            self._session.go(self.sheet.sheet.back)

    def leave(self) -> bool:
        return self.sheet is None or self.sheet.may_leave()
