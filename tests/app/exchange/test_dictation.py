"""Minutes as plain text: what they say is proposed, nothing is made up, the text stays as it was written."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.dictation import Dictation, kept_of, read_dictation
from app.exchange.persons import Finder
from app.exchange.reading import Sure
from app.life.meetings import AgendaKind
from app.people.members import Member
from app.people.roster import Roster
from app.rules.meeting_types import MeetingType

TODAY = date(2026, 7, 16)
NAMES = ("甲一", "甲二", "乙三", "丙四", "丁五")


@pytest.fixture
def finder() -> Finder:
    members = [Member(id=number, name=name) for number, name in enumerate(NAMES, 1)]
    return Finder(Roster(tuple(members)), [], TODAY)


def names_of(told: Dictation) -> list[tuple[str, str]]:
    return [(NAMES[item.member - 1], item.reason) for item in told.value("absent") or ()]


PAPER = """第一党支部2026年7月支部委员会会议记录
时间：2026年7月5日（星期日）下午3:00—5:00    地点：三楼会议室
主持人：甲一   记录人：甲二
应到：5人  实到：3人
缺席人员及原因：乙三（出差）、丙四（病假）
会议议题：研究七月份工作
会议内容：
一、传达学习上级文件精神。甲一领学，１２条都读了。
二、讨论发展对象丁五的政审情况。
会议决定：
1．同意将丁五列为发展对象。
2．7月20日前报上级备案。
"""


def test_a_paper_with_its_labels_is_read_whole(finder: Finder) -> None:
    told = read_dictation(PAPER, finder, TODAY)
    assert told.doubts == ()
    assert told.value("types") == (MeetingType.COMMITTEE,)
    assert told.value("held_on") == date(2026, 7, 5)
    assert (told.value("start"), told.value("end")) == (time(15), time(17))
    assert [told.value(field) for field in ("place", "host", "recorder", "subject")] == [
        "三楼会议室",
        "甲一",
        "甲二",
        "研究七月份工作",
    ]
    assert names_of(told) == [("乙三", "因公"), ("丙四", "因病")]
    decided = [item for item in told.said if item.field == "agenda" and item.sure is Sure.READ]
    assert [(item.kind, item.title) for item in decided[0].value] == [
        (AgendaKind.DECISION, "同意将丁五列为发展对象"),
        (AgendaKind.DECISION, "7月20日前报上级备案"),
    ]


def test_the_text_itself_stays_as_it_was_written(finder: Finder) -> None:
    content = read_dictation(PAPER, finder, TODAY).value("content")
    assert content == "一、传达学习上级文件精神。甲一领学，１２条都读了。\n二、讨论发展对象丁五的政审情况。"


def test_prose_is_read_with_what_it_says_and_kept_whole(finder: Finder) -> None:
    prose = (
        "2026年7月5日下午，第一党支部在三楼会议室召开党员大会，由支部书记甲一主持，应到5人，实到3人，"
        "乙三因病请假，丙四出差请假。会议学习了《党章》。会议决定：推荐丁五为优秀党员。"
    )
    told = read_dictation(prose, finder, TODAY)
    assert told.value("types") == (MeetingType.GENERAL,)
    assert told.value("host") == "甲一"
    assert told.value("place") == "三楼会议室"
    assert names_of(told) == [("乙三", "因病"), ("丙四", "因公")]
    assert told.value("content") == prose
    assert [item.title for item in told.value("agenda")] == ["推荐丁五为优秀党员"]


def test_a_day_without_a_year_waits_for_a_tick(finder: Finder) -> None:
    (day,) = [
        item for item in read_dictation("时间：7月5日\n地点：会议室", finder, TODAY).said if item.field == "held_on"
    ]
    assert (day.value, day.sure) == (date(2026, 7, 5), Sure.ASKED)
    assert "年份" in day.why


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("时间：2026年13月5日", "不是存在的日期"),
        ("时间：2027年1月5日", "今天之后"),
        ("缺席：周八", "不在名册里"),
        ("应到：5人 实到：3人\n缺席：乙三（病假）", "缺席应有 2 人，只认出 1 人"),
        ("应到：5人 实到：3人\n缺席：无", "却写着无人缺席"),
    ],
)
def test_what_cannot_be_true_is_told_and_not_proposed(finder: Finder, text: str, words: str) -> None:
    told = read_dictation(text, finder, TODAY)
    assert any(words in doubt for doubt in told.doubts), told.doubts
    assert told.value("held_on") is None


@pytest.mark.parametrize(
    "text",
    ["应到5人，实到5人", "全体到齐", "缺席：无", "缺席人员：无\n应到：5人 实到：5人", "应到：5 实到：5\n全员到齐"],
)
def test_nobody_absent_is_said_where_the_text_says_so(finder: Finder, text: str) -> None:
    assert read_dictation(text, finder, TODAY).value("absent") == ()


@pytest.mark.parametrize("text", ["", "   \n", "今天天气很好", "会议很成功"])
def test_nothing_is_made_up(finder: Finder, text: str) -> None:
    told = read_dictation(text, finder, TODAY)
    assert {item.field for item in told.said} <= {"content"}


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("时间：2026年7月5日 15:00-16:30", time(15), time(16, 30)),
        ("时间：2026年7月5日上午9时至11时30分", time(9), time(11, 30)),
        ("时间:2026.7.5 晚上7点半", time(19, 30), None),
        ("时间：2026-07-05", None, None),
    ],
)
def test_times_in_every_writing(finder: Finder, text: str, start: time | None, end: time | None) -> None:
    told = read_dictation(text, finder, TODAY)
    assert told.value("held_on") == date(2026, 7, 5)
    assert (told.value("start"), told.value("end")) == (start, end)


def test_a_host_who_is_not_in_the_roster_is_proposed_with_a_word(finder: Finder) -> None:
    (host,) = [item for item in read_dictation("主持人：上级领导", finder, TODAY).said if item.field == "host"]
    assert (host.value, host.sure, host.why) == ("上级领导", Sure.PROPOSED, "不在名册里")


def test_only_what_is_ticked_is_kept_and_matters_come_together(finder: Finder) -> None:
    told = read_dictation(PAPER, finder, TODAY)
    kept = kept_of([item for item in told.said if item.field in ("place", "agenda")])
    assert set(kept) == {"place", "agenda"}
    assert [item.kind for item in kept["agenda"]] == [
        AgendaKind.DECISION,
        AgendaKind.DECISION,
        AgendaKind.STUDY,
        AgendaKind.DISCUSSION,
    ]


@given(
    st.text(
        alphabet="时间地点主持人：: 2026年7月5日甲一乙三（）()病假应到实缺席、，。\n0123456789—-一二决定", max_size=200
    )
)
def test_no_text_breaks_the_reader_and_every_quote_is_in_it(text: str) -> None:
    members = [Member(id=number, name=name) for number, name in enumerate(NAMES, 1)]
    told = read_dictation(text, Finder(Roster(tuple(members)), [], TODAY), TODAY)
    content = told.value("content")
    assert content is None or content in text
    day = told.value("held_on")
    assert day is None or day <= TODAY


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("中共某局机关第一支部委员会\n支部党员大会会议记录\n时间：2026年7月5日", MeetingType.GENERAL),
        ("中共某委员会第一支部委员会\n支部党员大会会议记录\n时间：2026年7月5日", MeetingType.GENERAL),
        ("某局机关第一支部委员会\n党课记录\n时间：2026年7月5日", MeetingType.LECTURE),
        ("第一党支部2026年7月支部委员会会议记录\n时间：2026年7月5日", MeetingType.COMMITTEE),
        ("中共甲支部委员会2026年7月支部党员大会记录", MeetingType.GENERAL),
        ("中共甲支部委员会会议记录\n时间：2026年7月5日", MeetingType.COMMITTEE),
        ("甲支部组织全体党员赴纪念馆开展“学英雄、担使命”主题党日活动。", MeetingType.THEME_DAY),
        ("7月5日，甲支部召开支委会研究主题党日、党课安排。", MeetingType.COMMITTEE),
        ("【时间】2026.7.5\n【主题】第三季度党课", MeetingType.LECTURE),
    ],
)
def test_the_name_of_a_branch_or_its_business_is_not_what_was_held(
    finder: Finder, text: str, type_: MeetingType
) -> None:
    assert read_dictation(text, finder, TODAY).value("types") == (type_,)


@pytest.mark.parametrize(
    "text",
    [
        "【时间】2026.7.5 15:00\n【地点】会议室\n【主持】甲一\n【记录】甲二\n【请假人员】乙三 病假\n【内容】\n学习……",
        "日期：2026年7月5日 15:00   地点 会议室\n主持人 甲一 记录人 甲二\n缺席 乙三（病假）\n内容 学习……",
        "时间\t2026年7月5日15:00\t地点\t会议室\n主持人\t甲一\t记录人\t甲二\n请假情况\t乙三（病）\n会议内容\n学习……",
        "时 间：2026年7月5日下午3:00\n地　点：会议室\n主 持 人：甲一\n记 录 人：甲二\n"
        "参会人员：全体党员（乙三因病请假）\n议程：学习……",
    ],
    ids=["boxed", "gaps", "table", "apart"],
)
def test_labels_stand_in_boxes_cells_or_with_their_signs_apart(finder: Finder, text: str) -> None:
    told = read_dictation(text, finder, TODAY)
    fields = [told.value(name) for name in ("held_on", "start", "place", "host", "recorder", "content")]
    assert fields == [date(2026, 7, 5), time(15), "会议室", "甲一", "甲二", "学习……"]
    assert names_of(told) == [("乙三", "因病")] and told.doubts == ()


@pytest.mark.parametrize(
    "text",
    [
        "7月5日下午，甲支部在会议室召开支委会，支部书记甲一主持，甲二参加，乙三因病请假。",
        "会议由甲一主持，乙三、丙四因出差请假，其余党员全部参加。",
        "参加：全体党员（乙三请假）",
        "参会党员：除乙三（病假）、丙四（出差）外全体党员\n列席人员：赵某",
        "除乙三请假外，其余党员全部到会。",
    ],
)
def test_the_absent_are_found_in_a_sentence_and_nobody_else(finder: Finder, text: str) -> None:
    told = read_dictation(text, finder, TODAY)
    assert {name for name, _ in names_of(told)} <= {"乙三", "丙四"}
    assert names_of(told)[0][0] == "乙三" and told.doubts == ()


def test_who_sat_in_is_proposed_by_name(finder: Finder) -> None:
    told = read_dictation("主持人：甲一\n列席人员：周八（上级党委）、吴九，群众3人", finder, TODAY)
    assert told.value("observers") == ("周八（上级党委）", "吴九") and "“群众3人”没有写是谁" in told.doubts[0]


def test_a_number_of_absentees_is_told_and_makes_nobody_absent(finder: Finder) -> None:
    told = read_dictation("到会人数：4\n缺席人数：1", finder, TODAY)
    assert told.value("absent") is None and "没有写是谁" in told.doubts[0]


def test_the_day_a_text_was_made_is_not_the_day_it_tells_of(finder: Finder) -> None:
    told = read_dictation("发布时间：2026年7月8日\n7月5日上午，甲支部召开支部党员大会。", finder, TODAY)
    (day,) = [item for item in told.said if item.field == "held_on"]
    assert (day.value, day.sure) == (date(2026, 7, 5), Sure.PROPOSED)


def test_the_year_of_what_is_judged_is_not_the_year_of_the_meeting(finder: Finder) -> None:
    told = read_dictation("甲支部2025年度组织生活会记录\n时间：1月20日", finder, TODAY)
    assert [item.sure for item in told.said if item.field == "held_on"] == [Sure.ASKED]


@pytest.mark.parametrize("text", ["地点：无\n主持人：甲一", "主持人：甲一\n地点：/"])
def test_nothing_in_the_place_of_something_is_nothing(finder: Finder, text: str) -> None:
    assert read_dictation(text, finder, TODAY).value("place") is None


def test_what_was_said_is_the_content_where_the_order_of_business_stands_before_it(finder: Finder) -> None:
    text = "时间：2026年7月5日\n议程：\n1.学习\n2.讨论\n会议内容：\n甲一领学了文件。"
    assert read_dictation(text, finder, TODAY).value("content") == "甲一领学了文件。"


def test_who_took_the_minutes_is_read_from_a_sentence_too(finder: Finder) -> None:
    told = read_dictation("2026年3月5日下午，召开党员大会，书记甲一主持，组织委员甲二同志作记录。", finder, TODAY)
    assert (told.value("host"), told.value("recorder")) == ("甲一", "甲二")


def test_a_spread_name_and_a_type_that_nobody_knows(finder: Finder) -> None:
    told = read_dictation("会议类型：座谈会\n时间：2026年3月5日\n主 持 人：甲　一", finder, TODAY)
    assert told.value("host") == "甲一" and told.value("types") is None
    assert told.doubts == ("会议类型：“座谈会”看不出是哪种会议",)


def test_what_is_said_beside_the_labels_is_proposed_as_what_happened(finder: Finder) -> None:
    paper = "支委会会议记录\n时间：2026年7月5日\n主持人：甲一\n会议议题：1.学习；2.研究\n"
    paper += "甲一：先学习。\n甲二：同意。\n会议决定：同意。"
    told = read_dictation(paper, finder, TODAY)
    content = next(item for item in told.said if item.field == "content")
    assert content.value == "甲一：先学习。\n甲二：同意。" and content.sure is Sure.PROPOSED
    assert told.value("subject") == "1.学习；2.研究"  # its signs as they were written


def test_labels_that_are_numbered_end_the_one_before_them(finder: Finder) -> None:
    paper = "主题党日活动记录\n一、时间：2026年7月1日\n二、活动内容：\n1.重温入党誓词\n2.参观\n"
    paper += "三、请假人员：丙四（出差）\n四、地点：展览馆"
    told = read_dictation(paper, finder, TODAY)
    assert told.value("content") == "1.重温入党誓词\n2.参观"
    assert names_of(told) == [("丙四", "因公")] and told.value("place") == "展览馆"


@pytest.mark.parametrize("said", ["全体党员参加", "全体党员均到会", "支部全体党员参加了活动"])
def test_a_sentence_says_that_everybody_came(finder: Finder, said: str) -> None:
    told = read_dictation(f"2026年7月5日，支部开展主题党日活动。书记甲一带队，{said}。", finder, TODAY)
    assert told.value("absent") == ()


def test_what_everybody_shall_do_says_nothing_of_who_came(finder: Finder) -> None:
    told = read_dictation("2026年7月5日召开党员大会，要求全体党员参加学习并写心得。", finder, TODAY)
    assert told.value("absent") is None


def test_the_labels_of_a_lecture(finder: Finder) -> None:
    paper = "党课记录\n授课人：甲一\n授课时间：2026年7月5日\n授课题目：党章\n听课人数：5人\n授课内容：第一章"
    told = read_dictation(paper, finder, TODAY)
    assert [told.value(name) for name in ("lecturer", "subject", "content")] == ["甲一", "党章", "第一章"]


def test_numbers_of_another_kind_end_nothing(finder: Finder) -> None:
    paper = "支委会\n时间：2026年7月1日\n会议内容：\n一、学习内容：党章\n二、研究"
    assert read_dictation(paper, finder, TODAY).value("content") == "一、学习内容：党章\n二、研究"


def test_a_sentence_says_who_recorded_why_somebody_was_absent_and_what_was_passed(finder: Finder) -> None:
    prose = (
        "2026年7月5日晚上七点半，党支部召开党员大会。会议由甲一主持，甲二记录。应到党员5名，实到4名，因病请假1名（丙四）。"
        "会议通过了丁五转正的决议，赞成4票，反对0票。"
    )
    told = read_dictation(prose, finder, TODAY)
    assert [told.value(field) for field in ("host", "recorder", "start")] == ["甲一", "甲二", time(19, 30)]
    assert names_of(told) == [("丙四", "因病")] and told.doubts == ()
    assert [item.title for item in told.value("agenda")] == ["通过了丁五转正的决议"]


@pytest.mark.parametrize("label", ["地点", "主持人", "记录人", "会议内容", "会议决议"])
@pytest.mark.parametrize("said", ["/", "无", "同上", "√", "——"])
def test_no_sign_behind_a_label_is_what_it_asks_for(finder: Finder, label: str, said: str) -> None:
    told = read_dictation(f"时间：2026年7月5日\n{label}：{said}\n主题：学习", finder, TODAY)
    assert {item.field for item in told.said} == {"held_on", "subject"}
    assert any(said in doubt for doubt in told.doubts) == (said in ("同上", "√"))


def test_a_line_of_numbers_says_that_nobody_was_absent_and_is_no_content(finder: Finder) -> None:
    told = read_dictation("时间：2026.7.5\n主持：甲一\n应到5人 实到5人 缺席0人\n甲一领学文件。", finder, TODAY)
    assert (told.value("absent"), told.value("content")) == ((), "甲一领学文件。")


@pytest.mark.parametrize("said", ["丁五没来（家里有事）", "丁五没有参加", "丁五未能到会，丙四没来得及发言"])
def test_who_did_not_come_is_absent_in_whatever_words(finder: Finder, said: str) -> None:
    told = read_dictation(f"2026年7月5日召开党员大会，甲一主持。{said}。", finder, TODAY)
    assert [name for name, _ in names_of(told)] == ["丁五"]


@pytest.mark.parametrize("where", ["上级党委的指导下", "会上", "七月五日", "全党", "工作中", "国庆期间"])
def test_not_everything_behind_in_is_a_place(finder: Finder, where: str) -> None:
    told = read_dictation(f"2026年7月5日，支部在{where}组织学习，在三楼会议室开会。", finder, TODAY)
    assert [(item.value, item.sure) for item in told.said if item.field == "place"] == [("三楼会议室", Sure.PROPOSED)]


def test_a_sentence_says_who_gave_a_lecture_and_what_a_meeting_was_about(finder: Finder) -> None:
    told = read_dictation("2026年7月8日，甲一书记给大家上了一堂题为“两个务必”的党课。", finder, TODAY)
    assert (told.value("lecturer"), told.value("types")) == ("甲一", (MeetingType.LECTURE,))
    told = read_dictation("2026年7月8日召开支委会，议题为研究发展党员，甲一主持。", finder, TODAY)
    assert told.value("subject") == "研究发展党员"


def test_sentences_before_the_labels_are_what_happened(finder: Finder) -> None:
    prose = "2026年7月5日，全体党员学习党章，甲一主持，大家谈了体会。记录：乙三。会议决议：通过年度计划。"
    told = read_dictation(prose, finder, TODAY)
    assert [(item.value, item.sure) for item in told.said if item.field == "content"] == [(prose, Sure.PROPOSED)]
