"""Single forms: a letter, a catalogue, a list, printed by themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from reportlab.platypus import KeepTogether, Spacer

from app import numerals
from app.errors import Refused
from app.people.members import Member, MemberStatus
from app.people.transfers import Transfer
from app.printing import style as s
from app.printing.pdf import Printed, print_story
from app.printing.text import Style, Text
from app.reports.cards import (
    birthday_card,
    minutes_in_bulk,
    person_year,
    remittance_sheet,
    talk_record,
    theme_day_record,
)
from app.reports.catalogue import FORMS
from app.reports.development import development_checks_sheet, development_record, materials_story
from app.reports.development_papers import (
    admission_ballot,
    approval_request,
    development_notice,
    filing_report,
    opinions_sheet,
    preview_request,
    resolution,
)
from app.reports.documents import BLANK_DAY, day_or_blank
from app.reports.dues import dues_chapter, dues_register_large, notice_story, receipts_story
from app.reports.elections import (
    ballot_rule,
    candidates_request,
    count_sheet,
    election_ballot,
    election_notice,
    election_report,
    election_request,
)
from app.reports.guide import guide_story
from app.reports.handover import handover_story
from app.reports.life import (
    appraisal_sheet,
    ballot_form,
    life_findings_part,
    papers_story,
    plan_chapter,
    repository_part,
    sign_in_sheet,
    sign_in_sheet_held,
    study_hours_part,
    tally_form,
)
from app.reports.parts import CutLine, apart
from app.reports.people import appraisal_chapter as appraisals_story
from app.reports.people import (
    birthdays_part,
    care_part,
    circumstances_part,
    dispositions_part,
    honours_part,
    transfers_part,
)
from app.reports.roster import full_roster, posted_roster, roster_chapter
from app.reports.self_checks import self_check_sheet
from app.reports.special_registers import register_sheet
from app.reports.superior_documents import document_progress_sheet, document_study_report
from app.reports.tasks import follow_ups_part, inspections_part, rectifications_register, tasks_part
from app.reports.wall_sheet import wall_sheets
from app.year.figures import age_on
from app.year.ledger import YearLedger

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

LETTER = Style(s.BODY.face, 12, 24, "left", indent=2)
LINE = Style(s.BODY.face, 12, 24, "left")
RIGHT = Style(s.BODY.face, 12, 24, "right")


Story = Callable[[YearLedger, int, date], "list[Flowable]"]
"""What a form says; the number is that of its record (a transfer, an applicant, a month), 0 for the whole year."""


def _signed(*lines: str) -> list[Flowable]:
    return [Text(line, RIGHT) for line in lines]


def transfer_letter(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """组织关系介绍信: stub, letter and receipt under one number (2006 式样). What is not known stays a blank."""
    transfer = next((item for item in ledger.transfers if item.id == record), None)
    if transfer is None:
        raise Refused("这份组织关系转接已经不在台账里。")
    member = ledger.roster[transfer.member]
    issued = transfer.issued_on
    day = day_or_blank(issued)
    status = ledger.roster.status(member.id, _before(transfer)) or MemberStatus.FULL
    kind = "中共预备党员" if status is MemberStatus.PROBATIONARY else "中共正式党员"
    number = f"第 {transfer.number} 号" if transfer.number else "第　　　　　号"
    here, there = ledger.branch.name, transfer.place
    stub = f"{member.name}同志（{kind}）组织关系由{here}转到{there}。"
    return [
        KeepTogether(
            [
                Text("中国共产党党员组织关系介绍信（存根）", s.FORM_TITLE),
                Text(number, RIGHT),
                Text(stub, LETTER),
                *_signed(day),
                Text("（贴回执联处）", Style(s.NOTE.face, 10.5, 30, "center")),
            ]
        ),
        CutLine(f"{number}　骑缝章"),
        KeepTogether(
            [
                Text("中国共产党党员组织关系介绍信", s.FORM_TITLE),
                Text(number, RIGHT),
                *_letter(ledger, transfer, member, kind, today),
            ]
        ),
        CutLine(f"{number}　骑缝章"),
        KeepTogether(
            [
                Text("中国共产党党员组织关系介绍信回执联", s.FORM_TITLE),
                Text(number, RIGHT),
                Text(f"{ledger.branch.superior or here}：", LINE),
                Text(f"{member.name}同志的党员组织关系已转达我处，特此回复。", LETTER),
                *_signed("（盖章）　　　　　　　　", BLANK_DAY),
                Text("经办人：　　　　　　　　联系电话：", LINE),
            ]
        ),
    ]


def _before(transfer: Transfer) -> date:
    return date.fromordinal(transfer.moved_on.toordinal() - 1)


def _letter(ledger: YearLedger, transfer: Transfer, member: Member, kind: str, today: date) -> list[Flowable]:
    issued = transfer.issued_on
    age = f"{age_on(member.birth, issued or today)} 岁" if member.birth else "　　岁"
    number = member.id_number or "　" * 12
    facts = f"{member.sex or '　'}，{age}，{member.ethnicity or '　　族'}，{kind}，身份证号码 {number}"
    dues = f"{numerals.month(transfer.dues_through)}" if transfer.dues_through else "　　　　年　　月"
    valid = numerals.number(transfer.valid_days) if transfer.valid_days else "　　　"
    phone = member.phone or "　" * 8
    day = day_or_blank(issued)
    return [
        Text(f"{transfer.addressee or transfer.place}：", LINE),
        Text(f"{member.name}同志（{facts}）由{ledger.branch.name}去{transfer.place}，请转接组织关系。", LETTER),
        Text(f"该同志党费已交到 {dues}。", LETTER),
        Text(f"（有效期 {valid} 天）", LINE),
        *_signed("（盖章）　　　　　　　　", day),
        Text(f"党员联系电话或其他联系方式：{phone}", LINE),
        Text("党员原所在基层党委通讯地址：", LINE),
        Text("联系电话：　　　　　　　传真：　　　　　　　邮编：", LINE),
    ]


def _part(title: str, make: Callable[[YearLedger, date], list[Flowable]]) -> Story:
    """A part of the book printed by itself, under its title."""

    def story(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
        del record
        note = f"{ledger.branch.name}　{ledger.year} 年度"
        found = make(ledger, today)
        if isinstance(found[0], Text) and title.startswith(found[0].text):
            found = found[1:]  # the section would say the title again
        return [Text(title, s.FORM_TITLE), Text(note, s.NOTE), *found, Spacer(1, 6)]

    return story


PARTS: dict[str, Callable[[YearLedger, date], list[Flowable]]] = {
    "transfers": lambda ledger, _: transfers_part(ledger),
    "circumstances": lambda ledger, _: circumstances_part(ledger),
    "dispositions": lambda ledger, _: dispositions_part(ledger),
    "honours": lambda ledger, _: honours_part(ledger),
    "care": lambda ledger, _: care_part(ledger),
    "birthdays": birthdays_part,
    "tasks": tasks_part,
    "follow_ups": lambda ledger, _: follow_ups_part(ledger),
    "inspections": lambda ledger, _: inspections_part(ledger),
    "study_hours": study_hours_part,
    "repository": lambda ledger, _: repository_part(ledger),
}
"""Parts of the book that are printed by themselves under the title of their form."""
STORIES: dict[str, Story] = {
    **{code: _part(FORMS[code].title, make) for code, make in PARTS.items()},
    "transfer_letter": transfer_letter,
    "register": register_sheet,
    "register_across": register_sheet,
    "self_check": self_check_sheet,
    "document_progress": document_progress_sheet,
    "document_study": document_study_report,
    "appraisals": lambda ledger, _, today: appraisals_story(ledger, today),
    "materials": materials_story,
    "roster": lambda ledger, _, today: roster_chapter(ledger, today),
    "roster_posted": posted_roster,
    "roster_full": full_roster,
    "dues_notice": notice_story,
    "receipts": receipts_story,
    "handover": handover_story,
    "guide": guide_story,
    "rectifications": rectifications_register,
    "papers": papers_story,
    "life_findings": _part("组织生活会", lambda ledger, _: life_findings_part(ledger)),
    "appraisal_tally": tally_form,
    "appraisal_ballot": ballot_form,
    "appraisal_sheet": appraisal_sheet,
    "sign_in": sign_in_sheet,
    "sign_in_held": sign_in_sheet_held,
    "minutes": minutes_in_bulk,
    "theme_days": theme_day_record,
    "talks": talk_record,
    "dues_register": lambda ledger, _, today: dues_chapter(ledger, today),
    "remittances": remittance_sheet,
    "person_year": person_year,
    "birthday_cards": birthday_card,
    "ballot": election_ballot,
    "dues_register_a3": dues_register_large,
    "roster_a3": full_roster,
    "count_sheet": count_sheet,
    "election_request": election_request,
    "candidates_request": candidates_request,
    "election_notice": election_notice,
    "ballot_rule": ballot_rule,
    "election_report": election_report,
    "development_notice": development_notice,
    "development_record": development_record,
    "filing_report": filing_report,
    "opinions": opinions_sheet,
    "preview_request": preview_request,
    "admission_ballot": admission_ballot,
    "resolution": resolution,
    "approval_request": approval_request,
    "development_checks": development_checks_sheet,
    "plan": lambda ledger, _, today: plan_chapter(ledger, today),
    "wall_sheet": wall_sheets,
}


def form_story(
    ledger: YearLedger, code: str, record: int, today: date, others: Sequence[int] = ()
) -> tuple[list[Flowable], str]:
    """What a form says, and the kind of its page; raises Refused when it, or what it is about, is not known.

    About `others` too it is written, each on pages of its own.
    """
    form = FORMS.get(code)
    if form is None:
        raise Refused(f"没有“{code}”这种表。", "可选：" + "、".join(item.title for item in FORMS.values()) + "。")
    story = apart([STORIES[code](ledger, one, today) for one in (record, *others)])
    return [_title(item) for item in story] if form.paper != "document" else story, form.paper


def _title(item: Flowable) -> Flowable:
    """A form has its title in the middle, also where a chapter of the book has it on the left."""
    return Text(item.text, s.FORM_TITLE) if isinstance(item, Text) and item.style is s.CHAPTER else item


def print_form(ledger: YearLedger, code: str, record: int, today: date, others: Sequence[int] = ()) -> Printed:
    """Print one form, also about others; raises Refused when it, or what it is about, is not known."""
    story, paper = form_story(ledger, code, record, today, others)
    form = FORMS[code]
    return print_story(story, paper, form.title, ledger.branch.name, form.title)
