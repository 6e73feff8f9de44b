"""The papers of an election and of development: what the records know, blanks where they know nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from app.branch.branch import Branch
from app.development.steps import NoticeStage, PublicNotice
from app.errors import Refused
from app.exchange.document import document as word
from app.life.elections import Candidate, ElectionBody, ElectionKind, ElectionPaper, PaperKind
from app.numerals import counted
from app.people.members import MemberStatus, Standing
from app.people.posts import PostTitle
from app.people.roster import Roster
from app.printing import style as s
from app.printing.text import MAY_BREAK, balanced
from app.reports.book import print_book
from app.reports.forms import form_story, print_form
from app.rules.meeting_types import MeetingType
from app.year.ledger import YearLedger
from tests.app.exchange.test_office import words_of
from tests.app.reports.test_reports import pages_of, plain, text_of
from tests.conftest import TODAY
from tests.make import full, member, minutes, partial, roster, with_every_matter, year_ledger

NAMES = ("张一", "丁二", "李三", "王四", "欧阳五")


@pytest.fixture
def year() -> YearLedger:
    """Five members, of whom four stand for election; one at the meeting of admission, one whose term is extended."""
    who = Roster(
        tuple(member(n, name, joined=partial("2004-05-20")) for n, name in enumerate(NAMES, 1)),
        tuple(Standing(id=n, member=n, status=MemberStatus.FULL) for n in range(1, 6)),
        (),
        (),
    )
    held = minutes(1, date(2026, 3, 6), MeetingType.GENERAL, there=(1, 2, 3, 4, 5))
    return with_every_matter(year_ledger(who, held))


def text(year: YearLedger, code: str, record: int = 0) -> str:
    return plain(text_of(print_form(year, code, record, TODAY).data))


def elected(year: YearLedger, **changes: object) -> YearLedger:
    (held,) = year.elections
    return replace(year, elections=(replace(held, election=replace(held.election, **changes)),))


# --- elections ---


def test_a_ballot_names_the_candidates_by_the_strokes_of_their_surnames(year) -> None:
    ballot = text(year, "ballot")
    assert sorted(NAMES[:4], key=ballot.index) == ["丁二", "王四", "李三", "张一"]
    assert "以姓氏笔画为序" in ballot and "应选3名" in ballot


def test_secretaries_stand_before_the_others_and_who_was_written_in_is_not_on_the_ballot(year) -> None:
    (held,) = year.elections
    last = replace(held.candidates[0], post=PostTitle.SECRETARY)
    written_in = replace(held.candidates[1], nominated=False)
    held = replace(held, candidates=(last, written_in, *held.candidates[2:]))
    ballot = text(replace(year, elections=(held,)), "ballot")
    assert ballot.index("张一") < ballot.index("王四") < ballot.index("李三") and "丁二" not in ballot
    assert "丁二" in text(replace(year, elections=(held,)), "count_sheet")


def test_a_name_whose_strokes_are_not_known_stands_last(year) -> None:
    people = (year.roster.members[0], replace(year.roster.members[1], name="\U00030000二"), *year.roster.members[2:])
    ballot = text(replace(year, roster=replace(year.roster, members=people)), "ballot")
    assert ballot.index("王四") < ballot.index("张一") < ballot.index("二")


def test_the_report_says_who_was_elected_with_how_many_votes(year) -> None:
    report = text(year, "election_report")
    assert "张一18票（当选）" in report and "王四9票（未当选）" in report
    assert "应到22人，实到20人" in report and "请予审批（备案）" in report


def test_the_request_asks_for_what_is_elected(year) -> None:
    request = text(year, "election_request")
    assert "2026年6月30日" in request and "委员3名" in request and "妥否，请批示" in request
    assert "党员5名，其中正式党员5名" in request
    vacancy = text(elected(year, kind=ElectionKind.VACANCY), "election_request")
    assert "补选的请示" in vacancy and "届满" not in vacancy
    officers = text(elected(year, body=ElectionBody.GENERAL_OFFICERS), "election_request")
    assert "不设支部委员会" in officers and "差额" not in officers


def test_the_rule_of_the_ballot_holds_the_thresholds_of_the_regulation(year) -> None:
    rule = text(year, "ballot_rule")
    for words in (
        "五分之四以上",
        "不少于应选名额的20%",
        "实到会有选举权的人数半数",
        "不能委托他人代为投票",
        "候选人4名",
    ):
        assert words in rule


def test_the_notice_says_when_and_that_nobody_votes_for_another(year) -> None:
    notice = text(elected(year, meeting=1), "election_notice")
    assert "2026年6月30日（周二）" in notice and "五分之四以上" in notice and "不能委托他人代为投票" in notice


def test_what_was_counted_is_on_the_count_sheet_and_before_that_there_is_room(year) -> None:
    assert "22" in text(year, "count_sheet")
    assert "22" not in text(elected(year, present=0), "count_sheet")


def test_a_paper_bears_the_day_and_number_that_were_noted_for_it(year) -> None:
    (held,) = year.elections
    noted = ElectionPaper(id=1, election=1, kind=PaperKind.REQUEST, dated_on=date(2026, 5, 8), number="示例〔2026〕3号")
    request = text(replace(year, elections=(replace(held, papers=(noted,)),)), "election_request")
    assert "2026年5月8日" in request and "示例〔2026〕3号" in request


def test_without_candidates_there_is_no_ballot(year) -> None:
    (held,) = year.elections
    with pytest.raises(Refused, match="还没有候选人"):
        text(replace(year, elections=(replace(held, candidates=()),)), "ballot")


# --- development ---


def test_the_resolution_of_admission_holds_the_count_and_the_year_of_probation(year) -> None:
    paper = text(year, "resolution", 901)
    assert "关于接收张一同志为中共预备党员的决议" in paper
    assert "正式党员20名，实到18名" in paper and "赞成16票，不赞成1票，弃权1票" in paper
    assert "预备期自2026年3月6日起至2027年3月5日止" in paper


def test_a_meeting_that_extended_probation_is_told_so(year) -> None:
    """Nothing is known of the vote: room is left, nothing is invented."""
    paper = text(year, "resolution", 902)
    assert "关于延长欧阳五同志预备期的决议" in paper and "预备期6个月" in paper
    assert "赞成票" in paper
    assert "2025年" in text(year, "approval_request", 902)


def test_a_paper_of_a_step_that_has_not_come_is_refused(year) -> None:
    for code in ("resolution", "approval_request", "preview_request", "admission_ballot"):
        with pytest.raises(Refused, match="待定还没有办到第"):
            text(year, code, 903)


def test_the_filing_report_is_about_the_last_choice(year) -> None:
    assert "确定待定同志为入党积极分子" in text(year, "filing_report", 903)
    assert "确定张一同志为发展对象" in text(year, "filing_report", 901)


def test_the_public_notice_is_that_of_its_stage_with_its_days(year) -> None:
    notice = PublicNotice(
        applicant=901,
        stage=NoticeStage.ADMISSION,
        first_day=date(2026, 2, 2),
        last_day=date(2026, 2, 8),
        place="公告栏",
    )
    ways = (replace(year.development[0], notices=(notice,)), *year.development[1:])
    paper = text(replace(year, development=ways), "development_notice", 901)
    assert "关于拟接收预备党员的公示" in paper and "自2026年2月2日起，至2026年2月8日止，不少于5个工作日" in paper
    assert "公示地点：公告栏" in paper
    blank = text(year, "development_notice", 903)
    assert "关于拟确定发展对象的公示" in blank and "2026年" not in blank


def test_the_record_shows_every_step_done_or_not(year) -> None:
    record = text(year, "development_record", 903)
    assert "2024-03-05" in record and "推荐和确定入党积极分子" in record and "材料归档" in record


def test_opinions_are_asked_of_every_member_but_the_person(year) -> None:
    sheet = text(replace(year, development=year.development[-1:]), "opinions")
    assert all(name in sheet for name in NAMES) and "群众" in sheet


def test_in_bulk_everybody_who_has_come_to_it_has_a_paper_counted_by_itself(year) -> None:
    printed = print_form(year, "resolution", 0, TODAY)
    assert printed.pages == 2
    assert all("—1—" in plain(page) for page in pages_of(printed.data))
    records = print_form(year, "development_record", 0, TODAY)
    assert all("第1页共1页" in plain(page) for page in pages_of(records.data)) and records.pages == 3


# --- how a document is set ---


def test_a_long_title_is_broken_evenly_and_where_it_may_be() -> None:
    width = s.DOCUMENT_WIDTH
    long = "关于示例党支部换届选举候选人预备人选的请示"
    lines = balanced(long, s.DOCUMENT_TITLE, width).split("\n")
    assert "".join(lines) == long and abs(len(lines[0]) - len(lines[1])) <= 1
    told = balanced(f"关于示例党支部{MAY_BREAK}换届选举{MAY_BREAK}候选人预备人选的请示", s.DOCUMENT_TITLE, width)
    assert told == "关于示例党支部换届选举\n候选人预备人选的请示"
    assert balanced("关于换届的请示", s.DOCUMENT_TITLE, width) == "关于换届的请示"
    very = balanced("关" * 70, s.DOCUMENT_TITLE, width).split("\n")
    assert len(very) == 4 and max(map(len, very)) - min(map(len, very)) <= 1


def test_the_sender_stands_centred_above_the_date_four_characters_from_the_right(year) -> None:
    page = pypdfium2.PdfDocument(print_form(year, "resolution", 901, TODAY).data)[0].get_textpage()
    boxes = [page.get_rect(index) for index in range(page.count_rects())]
    words = {page.get_text_bounded(*box).strip(): box for box in boxes}
    date_box = next(box for text, box in words.items() if text == "2026年3月6日")
    sender = next(box for text, box in words.items() if text == "甲支部")
    edge = s.DOCUMENT_LEFT + s.DOCUMENT_WIDTH
    assert abs(date_box[2] - (edge - 4 * 16)) < 3
    assert abs((date_box[0] + date_box[2]) / 2 - (sender[0] + sender[2]) / 2) < 3


def test_as_word_a_document_has_its_margins_and_faces(year) -> None:
    from io import BytesIO

    from docx import Document

    story, paper = form_story(year, "election_request", 0, TODAY)
    data = word(story, "选举请示", paper)
    made = Document(BytesIO(data))
    assert round(made.sections[0].left_margin.mm) == 28 and round(made.sections[0].top_margin.mm) == 37
    assert "妥否，请批示" in words_of(data)
    faces = {
        fonts.get("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia")
        for fonts in made.element.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}rFonts")
    }
    assert {"方正小标宋简体", "仿宋_GB2312"} <= faces


def test_candidates_of_many_words_keep_their_table_in_the_frame(year) -> None:
    (held,) = year.elections
    more = tuple(Candidate(id=n, election=1, member=n % 5 + 1) for n in range(20))
    printed = print_form(replace(year, elections=(replace(held, candidates=more),)), "candidates_request", 0, TODAY)
    assert printed.pages == 2 and "妥否，请批示" in plain(text_of(printed.data))


def test_chapters_are_counted_as_usual() -> None:
    assert [counted(number) for number in (1, 9, 10, 12, 20, 21, 99)] == [*"一九十", "十二", "二十", "二十一", "九十九"]


def test_periods_before_the_ledger_are_named_without_those_that_were_filled_in() -> None:
    branch = Branch(id=1, name="甲支部", records_since=date(2026, 6, 1))
    held = [minutes(n, date(2026, n, 3), MeetingType.THEME_DAY) for n in (3, 4)]
    ledger = year_ledger(roster(full(1)), *held, branch=branch)
    printed = plain(text_of(print_book(ledger, date(2026, 6, 10), ["standing"]).data))
    assert "1月至2月、5月未用本台账记录" in printed
