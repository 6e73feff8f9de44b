"""What offices write in the place of a name, with the right result of each."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from app.exchange.mending import NEW_PERSON, Mending
from tests.app.exchange.bringing import Office


def rows(name: str) -> Sequence[Sequence[str]]:
    return [["姓名", "入党时间", "转正时间"], [name, "2001.7.1", "2002.7.1"]]


@pytest.mark.parametrize("said", ["1.甲一", "12、甲一", "3 甲一", "（4）甲一", "甲一同志", "5.甲 一"])
def test_numbers_before_a_name_and_words_of_respect_are_no_part_of_it(office: Office, said: str) -> None:
    office.takes("members", rows(said))
    assert office.names == ["甲一"]


@pytest.mark.parametrize("said", ["空缺", "待定", "无", "—", "暂缺", "XXX", "测试", "全体党员", "群众", "书记", "空白"])
def test_what_stands_where_nobody_is_makes_no_member(office: Office, said: str) -> None:
    office.takes("members", rows(said))
    assert office.names == [] and office.wrong == [(2, "name")]


@pytest.mark.parametrize(
    ("said", "proposed"),
    [
        ("甲一书记", "甲一"),
        ("甲一副主任", "甲一"),
        ("王老师", "王老师"),
        ("甲一2", "甲一2"),
        ("戊五\n己六", "戊五己六"),
        ("甲一、乙二", "甲一、乙二"),
        ("甲一（已故）", "甲一"),
        ("甲一(2025年6月转出)", "甲一"),
    ],
)
def test_what_may_be_more_than_a_name_is_asked(office: Office, said: str, proposed: str) -> None:
    office.takes("members", rows(said))
    assert office.names == [] and office.asked == [(2, "name", proposed)]
    office.takes("members", rows(said), mending=Mending(accept_all=True))
    assert office.names == [proposed]


@pytest.mark.parametrize("said", ["甲\n一", "欧阳甲一", "努尔·甲提", "Tom Green"])
def test_a_name_that_is_only_laid_out_is_taken(office: Office, said: str) -> None:
    office.takes("members", rows(said))
    assert office.names == [said.replace("\n", "")] and office.asked == []


def test_the_kind_of_a_talk_that_nobody_told_is_said(office: Office) -> None:
    office.has("甲一", "乙二")
    office.takes("talks", [["时间", "谈话人", "谈话对象"], ["2026.3.5", "甲一", "乙二"]])
    assert office.outcome.added == 1 and office.says("没有写谈话类型，记作日常谈心")


@pytest.mark.parametrize("said", ["甲一2", "甲一/8", "甲一、3"])
def test_a_number_behind_a_name_is_asked_about(office: Office, said: str) -> None:
    office.takes("members", rows(said))
    assert office.names == [] and [fault.field for fault in office.outcome.asked] == ["name"]


@pytest.mark.parametrize("line", ["1.本表一式两份报送", "2026年3月5日", "（2）流动党员另行登记", "以上；无"])
def test_a_line_alone_below_the_rows_is_nobody_and_is_counted(office: Office, line: str) -> None:
    office.takes("members", [*rows("甲一"), [line, "", ""]])
    assert office.names == ["甲一"] and any("表尾" in text for text in office.left)


def test_the_title_of_a_second_table_of_two_columns_is_nobody(office: Office) -> None:
    head = ["姓名", "入党时间"]
    office.takes("members", [["正式党员"], head, ["甲一", "2001.7.1"], [], ["预备党员"], head, ["甲二", "2026.3.2"]])
    assert office.names == ["甲一", "甲二"]


def test_words_of_headings_down_the_left_of_a_table_do_not_turn_it_on_its_side(office: Office) -> None:
    head = ["姓名", "性别", "入党时间"]
    office.takes("members", [head, ["单位", "男", "2001.7.1"], ["说明", "女", "2001.7.1"], ["甲一", "女", "2001.7.1"]])
    assert office.names == ["甲一"]


def test_two_rows_that_differ_in_nothing_but_a_telephone_are_asked_about(office: Office) -> None:
    row = ["甲一", "2001.7.1", "2002.7.1"]
    office.takes("members", [["姓名", "入党时间", "转正时间", "手机"], [*row, "13800000000"], [*row, "13900000000"]])
    assert office.names == ["甲一"] and [(number, field) for number, field, _ in office.asked] == [(3, "name")]


@pytest.mark.parametrize("said", ["无", "—", "/"])
def test_a_word_for_nothing_is_no_telephone(office: Office, said: str) -> None:
    office.takes("members", [["姓名", "入党时间", "手机"], ["甲一", "2001.7.1", said]])
    assert office.members["甲一"].phone == ""


@pytest.mark.parametrize(
    "line",
    [
        "以下空白",
        "此表一式三份",
        "党支部盖章",
        "支部书记（签字）：",
        "—以下无正文—",
        "年 月 日",
        "二〇二六年三月",
        "略",
        "附件1",
        "报送单位",
        "支部意见",
    ],
)
def test_what_stands_alone_at_the_end_of_a_roster_is_nobody(office: Office, line: str) -> None:
    office.takes("members", [["姓名", "性别", "入党时间"], ["甲一", "男", "2001.7.1"], [line, "", ""]])
    assert office.names == ["甲一"] and any("第 3 行" in left for left in office.left)


def test_a_name_without_anything_else_is_asked_about(office: Office) -> None:
    table = [["姓名", "性别", "入党时间"], ["甲一", "男", "2001.7.1"], ["乙二", "", ""]]
    office.takes("members", table)
    assert office.names == ["甲一"] and office.asked == [(3, "name", "乙二")]


def test_an_identity_number_is_no_telephone(office: Office) -> None:
    office.takes("members", [["姓名", "电话", "入党时间"], ["甲一", "11010519491231002X", "2001.7.1"]])
    assert office.names == [] and office.wrong == [(2, "phone")]


def test_before_a_day_is_not_on_it(office: Office) -> None:
    office.takes("members", [["姓名", "入党时间"], ["甲一", "1949.10.1前"]])
    assert office.asked == [(2, "joined", "1949-10-01")]


def test_a_name_that_is_known_with_another_birth_is_asked_and_makes_nobody_twice(office: Office) -> None:
    office.takes("members", [["姓名", "出生年月", "入党时间"], ["甲一", "1962.6.26", "1981.7"]])
    heads = ["姓名", "出生年月", "入党时间", "联系电话"]
    newer = [heads, ["甲一", "1962.8.5", "1981.7", "13900000000"], ["乙二", "1970.2", "2001.7", ""]]
    office.takes("members", newer)
    assert office.names == ["甲一", "乙二"] and office.asked == [(2, "name", "")]
    assert str(office.members["甲一"].birth) == "1962-06-26"
    office.takes("members", newer, mending=Mending(persons={2: office.members["甲一"].id}))
    assert office.names == ["甲一", "乙二"] and office.members["甲一"].phone == "13900000000"
    assert [found.field for found in office.outcome.differences] == ["birth"]
    office.takes("members", newer, mending=Mending(persons={2: NEW_PERSON}))
    assert office.names == ["甲一", "乙二", "甲一"]


def test_two_of_a_name_whose_number_and_birth_differ_are_two_and_told(office: Office) -> None:
    heads = ["姓名", "身份证号", "入党时间"]
    office.takes("members", [heads, ["甲一", "110101196206260014", "1981.7"]])
    office.takes("members", [heads, ["甲一", "110101197001010016", "2001.7"]])
    assert office.names == ["甲一", "甲一"] and office.says("按另一个人新增")


@pytest.mark.parametrize("said", ["甲一，", "甲一.", "“甲一”", "甲一/", "、甲一、", "甲一；"])
def test_marks_around_a_name_are_no_part_of_it(office: Office, said: str) -> None:
    office.takes("members", [["姓名", "性别", "入党时间", "转正时间"], [said, "男", "2001.7.1", "2002.7.1"]])
    assert office.names == ["甲一"]


@pytest.mark.parametrize("said", ["小王", "老李", "甲一 乙二", "甲一 男", "甲一等"])
def test_what_may_be_no_name_of_one_person_is_asked(office: Office, said: str) -> None:
    office.takes("members", [["姓名", "性别", "入党时间", "转正时间"], [said, "男", "2001.7.1", "2002.7.1"]])
    assert office.names == [] and [place[:2] for place in office.asked] == [(2, "name")]


@pytest.mark.parametrize("said", ["欧阳 修文", "甲 一", "甲　乙丙"])
def test_a_gap_for_looks_is_no_question(office: Office, said: str) -> None:
    office.takes("members", [["姓名", "性别", "入党时间", "转正时间"], [said, "男", "2001.7.1", "2002.7.1"]])
    assert len(office.names) == 1 and office.outcome.faults == []


@pytest.mark.parametrize("said", ["待补", "新党员", "N/A", "#REF!", "TRUE"])
def test_what_stands_where_nobody_is_named_is_nobody(office: Office, said: str) -> None:
    rows = [["姓名", "性别", "入党时间", "转正时间"], ["甲一", "男", "2001.7.1", "2002.7.1"]]
    office.takes("members", [*rows, [said, "男", "2001.7.1", "2002.7.1"]])
    assert office.names == ["甲一"]


def test_a_name_that_differs_in_its_dots_is_asked(office: Office) -> None:
    office.takes("members", rows("努尔·甲提"))
    office.takes("members", rows("努尔甲提"))
    (question,) = office.outcome.asked
    assert office.names == ["努尔·甲提"] and "只差姓名里的点" in question.reason
    known = office.members["努尔·甲提"].id
    assert question.who == ((NEW_PERSON, "新增为另一人"), (known, "名册里的努尔·甲提"))
    office.takes("members", rows("努尔甲提"), mending=Mending(persons={2: known}))
    assert office.names == ["努尔·甲提"]
    office.takes("members", rows("努尔甲提"), mending=Mending(persons={2: NEW_PERSON}))
    assert office.names == ["努尔·甲提", "努尔甲提"]


def test_so_it_is_in_other_tables(office: Office) -> None:
    office.takes("members", rows("努尔·甲提"))
    table = [["2026年"], ["姓名", "1月"], ["努尔甲提", 7]]
    office.takes("dues", table)
    assert office.paid == {} and office.asked == [(3, "name", "努尔·甲提")]
    office.takes("dues", table, mending=Mending(accept_all=True))
    assert office.paid == {"努尔·甲提 2026-01": 700}


def test_who_stands_twice_can_be_said_to_be_one_person_or_two(office: Office) -> None:
    table = [*rows("甲一"), ["甲一（科员）", "2001.7.1", "2002.7.1"]]
    office.takes("members", table)
    (question,) = office.outcome.asked
    assert question.who == ((NEW_PERSON, "新增为另一人"), (-2, "与第 2 行是同一个人"))


@pytest.mark.parametrize(("decided", "names"), [(-2, ["甲一"]), (NEW_PERSON, ["甲一", "甲一"])])
def test_what_was_said_of_who_stands_twice_holds(office: Office, decided: int, names: list[str]) -> None:
    table = [*rows("甲一"), ["甲一（科员）", "2001.7.1", "2002.7.1"]]
    office.takes("members", table, mending=Mending(persons={3: decided}))
    assert office.names == names and office.asked == []


def test_a_day_in_numerals_begins_a_row_of_meetings(office: Office) -> None:
    office.takes("meetings", [["时间", "类型", "主题"], ["二〇二六年三月五日", "党课", "学习"]])
    assert [str(one.meeting.held_on) for one in office.meetings] == ["2026-03-05"]
