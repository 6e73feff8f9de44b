"""What is to be printed, as one value: the book or some chapters, a record, a form, a briefing; and how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.reports.catalogue import FORMS, USUAL, Binding
from app.spool import Spool
from app.year.ledger import YearLedger

BRIEFING = "briefing"


@dataclass(frozen=True)
class Wanted:
    """`chosen` are the codes of chapters, None the whole book; `form` a code and the record it is about."""

    chosen: tuple[str, ...] | None = None
    meeting: int | None = None
    form: tuple[str, int] | None = None
    leave_out: bool = False
    duplex: bool = False
    photos: bool = False
    number: int = 1
    note: str = ""
    pieces: tuple[tuple[str, int], ...] = ()
    others: tuple[int, ...] = ()
    """Further records that the form is to be about."""
    binding: Binding = USUAL

    @property
    def nothing(self) -> bool:
        """Whether nothing was chosen."""
        return self.chosen == () and self.meeting is None and self.form is None

    @property
    def book(self) -> bool:
        """Whether it is the whole ledger of the year."""
        return self.chosen is None and self.meeting is None and self.form is None

    @property
    def pictured(self) -> bool:
        """Whether photos are to be appended."""
        return self.photos and self.meeting is None and self.form is None

    def title(self, year: int) -> str:
        """What is shown: a form, a record, or the ledger of the year."""
        if self.form:
            if self.form[0] == BRIEFING:
                return "党建工作简报"
            form = FORMS[self.form[0]]
            name = form.title.partition("（")[0]
            return f"{name} {1 + len(self.others)} 份" if self.others else form.title
        return "会议记录" if self.meeting else f"{year} 年度台账"

    def printed(
        self, ledger: YearLedger, today: date, photos: tuple[Any, ...], told: Callable[[int], bool], spool: Spool
    ) -> Any:
        """The PDF, what is large of it in the spool; raises Refused, Stopped, StorageTrouble."""
        from app.reports.book import BookOptions, print_book, print_meeting
        from app.reports.briefing import Briefing, print_briefing
        from app.reports.forms import print_form

        if self.form and self.form[0] == BRIEFING:
            return print_briefing(ledger, Briefing(self.number, today, self.pieces, self.note))
        if self.form:
            return print_form(ledger, *self.form, today, self.others)
        if self.meeting:
            return print_meeting(ledger, self.meeting)
        options = BookOptions(self.leave_out, self.duplex, photos, self.binding)
        return print_book(ledger, today, self.chosen, options, told, spool)

    def written(self, ledger: YearLedger, today: date) -> bytes:
        """The same as a .docx; raises Refused."""
        from app.exchange.document import document
        from app.reports.book import written_book
        from app.reports.briefing import Briefing, briefing_story
        from app.reports.forms import form_story

        title = self.title(ledger.year)
        if self.form and self.form[0] == BRIEFING:
            return document(
                briefing_story(ledger, Briefing(self.number, today, self.pieces, self.note)), title, "document"
            )
        if self.form or self.meeting:
            story, paper = form_story(ledger, *(self.form or ("minutes", self.meeting or 0)), today, self.others)
            return document(story, title, paper, ledger.branch.name)
        story, paper, title = written_book(
            ledger, today, self.chosen, leave_out_empty=self.leave_out, binding=self.binding
        )
        return document(story, title, paper, ledger.branch.name)
