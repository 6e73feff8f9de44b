"""The year-end ledger as one PDF, whole or by chapters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from reportlab.platypus import NextPageTemplate, PageBreak

from app.dates import chinese
from app.errors import Refused
from app.printing import style as s
from app.printing.contents import contents_pages
from app.printing.pdf import Printed, print_story, upright_page, wide_page
from app.printing.text import Text
from app.reports.appendix import Photo, appendix
from app.reports.binding import compose
from app.reports.catalogue import USUAL, Binding
from app.reports.chapters import Chapter, chapters
from app.reports.covers import cover
from app.reports.minutes import minutes_code, minutes_story
from app.reports.persons import PersonIndex
from app.rules.meeting_types import OPTIONAL_TYPES
from app.spool import Spool
from app.year.ledger import YearLedger

if TYPE_CHECKING:
    from reportlab.platypus import Flowable


def choose(names: Sequence[str]) -> list[Chapter]:
    """The chapters of these codes or titles, in the ledger's order. Raises Refused."""
    known = chapters()
    unknown = [name for name in names if not any(name in (item.code, item.title) for item in known)]
    if unknown:
        titles = "、".join(item.title for item in known)
        raise Refused(f"没有“{unknown[0]}”这一章。", f"可选：{titles}。")
    return [item for item in known if item.code in names or item.title in names]


def chosen_chapters(ledger: YearLedger, names: Sequence[str] | None, *, leave_out_empty: bool) -> list[Chapter]:
    """The chapters of these codes or titles, or of the whole book; raises Refused."""
    return printed_chapters(ledger, leave_out_empty=leave_out_empty) if names is None else choose(names)


def title_of(ledger: YearLedger) -> str:
    """What the book of a year is called."""
    return f"{ledger.year}年度党支部工作台账"


def printed_chapters(ledger: YearLedger, *, leave_out_empty: bool = False) -> list[Chapter]:
    """The chapters of the whole book, without those of types that were not held in the year and registers never kept.

    With `leave_out_empty` a part without records is left out; else it says that there was nothing.
    """
    held = {kind for minutes in ledger.minutes for kind in minutes.types}
    without = {minutes_code(kind) for kind in OPTIONAL_TYPES if kind not in held}
    without |= set() if ledger.registers else {"registers"}
    without |= set() if ledger.schemes else {"self_checks"}
    return [
        chapter
        for chapter in chapters()
        if chapter.code not in without and (chapter.filled(ledger) or not leave_out_empty)
    ]


@dataclass(frozen=True)
class BookOptions:
    """How a book is printed: parts without records left out, a margin that alternates, an appendix of photos."""

    leave_out_empty: bool = False
    duplex: bool = False
    photos: tuple[Photo, ...] = ()
    binding: Binding = USUAL


def print_book(
    ledger: YearLedger,
    today: date,
    names: Sequence[str] | None = None,
    options: BookOptions = BookOptions(),
    told: Callable[[int], bool] | None = None,
    spool: Spool | None = None,
) -> Printed:
    """Print the year's ledger: cover, contents and all chapters, or the named chapters alone.

    `told` hears of each page, `spool` holds what is large, see `print_story`. Raises Refused, Stopped.
    """
    chosen = chosen_chapters(ledger, names, leave_out_empty=options.leave_out_empty)
    body = compose(ledger, today, chosen, options.binding)
    index = next((item for item in body if isinstance(item, PersonIndex)), None)
    if index and names is None:
        index.mentions.first = 2  # who stands on the cover is not looked for there
    if options.photos:
        body += [*upright_page(), *appendix(options.photos)]
    title = title_of(ledger)
    story: list[Flowable] = []
    if names is None:
        # The contents begin on the back of the cover: two pages of them lie open beside each other.
        front = [*cover(ledger, today, options.binding), NextPageTemplate("upright"), PageBreak()]
        story = [*front, Text("目　录", s.CHAPTER), *contents_pages(body), *guide(), PageBreak()]
    first = "bare" if names is None else "wide" if chosen[0].wide else "upright"
    subject = f"{ledger.branch.name}{title}"
    return print_story(
        story + body,
        first,
        title,
        ledger.branch.name,
        subject,
        duplex=options.duplex,
        told=told,
        spool=spool,
        mentions=index.mentions if index else None,
    )


def written_book(
    ledger: YearLedger,
    today: date,
    names: Sequence[str] | None,
    *,
    leave_out_empty: bool = False,
    binding: Binding = USUAL,
) -> tuple[list[Flowable], str, str]:
    """The book, or some of its chapters, for an office program: the story, its first kind of page, its title.

    The contents and the index, with their pages, are of the printed book alone. Raises Refused.
    """
    chosen = [c for c in chosen_chapters(ledger, names, leave_out_empty=leave_out_empty) if c.code != "persons"]
    if not chosen:
        raise Refused("人名索引要有页码，Word 里没有。", "请导出 PDF，或同时勾选别的部分。")
    front = chosen[0].wide
    # Leaves between parts, and covers that are drawn, are of the printed book.
    body = compose(ledger, today, chosen, Binding(minutes_apart=binding.minutes_apart))
    title = title_of(ledger)
    if names is not None:
        return body, "wide" if front else "upright", title
    turn = wide_page() if front else upright_page()
    return [*cover(ledger, today, Binding(volume=binding.volume)), *turn, *body], "bare", title


def print_cover(ledger: YearLedger, today: date, binding: Binding = USUAL) -> Printed:
    """The first page alone, which is there at once while the rest is being made."""
    title = title_of(ledger)
    return print_story(cover(ledger, today, binding), "bare", title, ledger.branch.name, f"{ledger.branch.name}{title}")


def guide() -> list[Flowable]:
    """使用说明: how the ledger came about and how it is read (as the printed 工作手册 has it)."""
    told = (
        "本台账由党支部平时的记录汇编而成，按支部工作手册的顺序排列，截止日期见封面。",
        "没有记录的部分写“本年度无”；缺少的内容留空，不事后编写。",
        "同一次活动属于几种类型的，记录只印一次，其他部分注明见于何处，学时只计一次。",
        "出勤、学时、党费、票数和达标情况都由记录计算得出，依据的规定列在“年度达标情况”里。",
        "打印后由主持人、记录人和党支部书记签字，党支部盖章；签字页在最后。",
        "归档以后补录或更正的，日期、内容和原因列在签字页后面。",
        "台账报上级检查后由党支部归档保存。内有个人信息，请妥善保管。",
    )
    return [Text("使用说明", s.CHAPTER), *(Text(f"{number}. {text}", s.GUIDE) for number, text in enumerate(told, 1))]


def print_meeting(ledger: YearLedger, meeting: int) -> Printed:
    """Print the record of one meeting; raises Refused when it is not in the year."""
    minutes = ledger.minutes_by_meeting.get(meeting)
    if minutes is None:
        raise Refused("这次会议不在所选年度里。")
    story: list[Flowable] = [
        Text(f"{minutes.title}记录", s.CHAPTER),
        Text(minutes.meeting.subject, s.SECTION),
        *minutes_story(ledger, minutes),
    ]
    title = f"{chinese(minutes.meeting.held_on)}{minutes.title}记录"
    return print_story(story, "upright", title, ledger.branch.name, title)
